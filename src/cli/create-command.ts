import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { ExitCode, UsageError, type Command } from './command';
import { createCommands } from './create-commands';
import { DECLARATION_LOG, type LoggedSecret } from '../secret/declaration-log';

const CONFIG = 'cdk8s.yaml';

const HELP = `Usage: cdk8s-secrets create [--app COMMAND]

Prints the commands that make the Secrets of SecretDelivery.existing(): kubectl create secret, and faas-cli secret create where it can.
They hold no values: those come from the files and environment variables that the program names, or from files that you write.

Options:
  --app COMMAND  runs the app (default: the app of ${CONFIG} in this directory)
  -h, --help     prints this

Exit codes: 0 done, 2 the app fails, or there is none.
`;

/** `cdk8s-secrets create`: prints what makes the secrets that the app expects to exist. */
export const createCommand: Command = {
  name: 'create',
  summary: 'prints the commands that make the Secrets which an app expects to exist',
  help: HELP,

  async run(args, io) {
    const secrets = declaredBy(appOf(args), io.environment);
    io.stdout.write(secrets.length === 0 ? '# the app expects no Secret to exist\n' : secrets.map(createCommands).join('\n'));
    return ExitCode.CLEAN;
  },
};

/** The command that runs the app. */
function appOf(args: readonly string[]): string {
  let given: string | undefined;
  try {
    given = parseArgs({ args: [...args], options: { app: { type: 'string' } } }).values.app;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (given !== undefined) return given;
  if (!existsSync(CONFIG)) throw new UsageError(`there is no ${CONFIG} in this directory, and no --app`);
  const app: unknown = parse(readFileSync(CONFIG, 'utf8'), { prettyErrors: false })?.app;
  if (typeof app !== 'string') throw new UsageError(`${CONFIG} names no app`);
  return app;
}

/** The secrets without objects of an app, each once; it is run for that, and what it writes is thrown away. */
function declaredBy(app: string, environment: Readonly<Record<string, string | undefined>>): LoggedSecret[] {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-'));
  try {
    const log = join(folder, 'declarations.jsonl');
    const { status } = spawnSync(app, {
      shell: true,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...environment, CDK8S_OUTDIR: join(folder, 'dist'), [DECLARATION_LOG]: log },
    });
    if (status !== 0) throw new UsageError('the app failed');
    const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(line => line !== '') : [];
    return [...new Set(lines)].map(line => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
