import { UsageError } from './command';
import { SecretsError } from '../errors/secrets-error';
import { TOOL } from '../report/tool';

/**
 * What to say of an error. Of one that nobody expected only the place is said: its text could hold anything.
 *
 * @param command that which was asked for, where there is such a one
 */
export function errorText(error: unknown, command?: string): string {
  return `${TOOL.name}: ${explain(error, command)}\n`;
}

function explain(error: unknown, command: string | undefined): string {
  if (error instanceof SecretsError) return error.message;
  if (error instanceof UsageError) return `${error.message}\nTry ${TOOL.name} ${command === undefined ? '' : `${command} `}--help`;
  const missing = missingPeer(error);
  if (missing !== undefined) return `${command === undefined ? 'this' : `the command ${command}`} needs ${missing}, which is not installed; install it beside ${TOOL.name}: npm install ${PEERS.join(' ')}`;
  const { name, stack = '' } = error as Error;
  return [`unexpected ${name}; please report it`, ...stack.split('\n').filter(line => /^\s+at /.test(line))].join('\n');
}

/** What apps bring with them; most commands need neither. */
const PEERS = ['cdk8s', 'constructs'];

/** A peer that cannot be loaded. */
function missingPeer(error: unknown): string | undefined {
  const { code, message = '' } = error as Partial<NodeJS.ErrnoException>;
  return code === 'MODULE_NOT_FOUND' ? PEERS.find(name => message.startsWith(`Cannot find module '${name}'`)) : undefined;
}
