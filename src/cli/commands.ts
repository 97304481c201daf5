import { checkCommand } from './check-command';
import type { Command } from './command';
import { commandsCommand, createCommand } from './commands-command';
import { completionCommand } from './completion-command';
import { diffCommand } from './diff-command';
import { explainCommand } from './explain-command';
import { importCommand } from './import-command';
import { listCommand } from './list-command';
import { reportCommand } from './report-command';
import { verifyCommand } from './verify-command';

/** Every command; another one needs nothing but its place in this list. */
export const COMMANDS: readonly Command[] = [
  checkCommand, diffCommand, explainCommand, listCommand, reportCommand,
  verifyCommand, importCommand, commandsCommand, createCommand, completionCommand,
];
