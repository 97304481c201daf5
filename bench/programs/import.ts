/** Prints how long it takes to load cdk8s, and a module with what the other arguments name of it, in ms. */
const [, , name, ...exported] = process.argv;
const start = performance.now();
require('cdk8s'); // eslint-disable-line @typescript-eslint/no-require-imports
const library = require(name); // eslint-disable-line @typescript-eslint/no-require-imports
for (const part of exported) if (library[part] === undefined) throw new Error(`${name} has no ${part}`);
console.log(JSON.stringify({ ms: performance.now() - start }));
