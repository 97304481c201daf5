/** Prints how long it takes to load a module, and of it what the other arguments name, in ms. */
const [, , name, ...exported] = process.argv;
const start = performance.now();
const library = require(name); // eslint-disable-line @typescript-eslint/no-require-imports
for (const part of exported) if (library[part] === undefined) throw new Error(`${name} has no ${part}`);
console.log(JSON.stringify({ ms: performance.now() - start }));
