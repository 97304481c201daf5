/** Prints how long it takes to load a module, in ms. */
const start = performance.now();
require(process.argv[2]); // eslint-disable-line @typescript-eslint/no-require-imports
console.log(JSON.stringify({ ms: performance.now() - start }));
