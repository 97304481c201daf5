import { performance } from 'node:perf_hooks';
import { runCli } from '../../src/cli/cli';
import { manifests } from '../manifests';

const [objects, finds] = process.argv.slice(2).map(Number);

const input = Buffer.from(manifests(objects, finds));
let written = 0;
const stdout = { write: (text: string) => written += text.length };

const start = performance.now();
void runCli(['check', '-'], { readInput: async () => input, stdout, stderr: process.stderr, environment: {}, stopped: () => new AbortController().signal }).then(() => {
  const ms = performance.now() - start;
  const { maxRSS } = process.resourceUsage();
  console.log(JSON.stringify({ ms, bytes: input.length, written, peakMiB: maxRSS / 1024 }));
});
