#!/usr/bin/env node
import { runCli } from './cli';
import { interruption, readStandardInput } from './io';

// Who reads the output may stop reading: `… | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const io = { readInput: readStandardInput, stdout: process.stdout, stderr: process.stderr, environment: process.env, stopped: interruption };
void runCli(process.argv.slice(2), io).then(code => {
  process.exitCode = code;
});
