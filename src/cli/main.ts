#!/usr/bin/env node
import { runCli } from './cli';
import { ExitCode } from './command';
import { interruption, readStandardInput } from './io';

// Who reads the output may stop reading: `… | head`.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') return;
  process.stderr.write(`cdk8s-secrets: standard output cannot be written (${code})\n`);
  process.exit(ExitCode.UNUSABLE);
});
// Nobody is left whom it could be told.
process.stderr.on('error', () => undefined);

const io = { readInput: readStandardInput, stdout: process.stdout, stderr: process.stderr, environment: process.env, stopped: interruption };
void runCli(process.argv.slice(2), io).then(code => {
  process.exitCode = code;
});
