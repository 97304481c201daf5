import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** Runs a command, and prints how long its whole process took. It may exit with 1: some of them have something to say of their input. */
const [command, ...args] = process.argv.slice(2);
const start = performance.now();
const { status, stderr, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
if (error !== undefined) throw error;
if (status === null || status > 1) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
console.log(JSON.stringify({ ms: performance.now() - start }));
