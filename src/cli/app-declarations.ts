import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from './command';
import type { Io } from './io';
import { DECLARATION_LOG, type AppAnswer } from '../app/app-answer';
import { wholeText } from '../document/parsed-document';
import { parseYaml } from '../document/yaml-document';
import type { ExistingSecret } from '../inspect/inspection-options';
import type { Inventory } from '../inspect/model/inventory';
import type { ObjectKind } from '../inspect/model/object-kinds';
import type { LoggedSecret } from '../secret/declaration-log';

const CONFIG = 'cdk8s.yaml';

/** What an app declares, and what its manifests say of secrets: never a value. */
export interface AppDeclarations {
  readonly secrets: readonly LoggedSecret[];
  readonly inventory: Inventory;
  /** Secrets that it takes to exist. */
  readonly existing: readonly ExistingSecret[];
  /** The kinds of its objects. */
  readonly kinds: readonly ObjectKind[];
}

const NOTHING: AppDeclarations = { secrets: [], inventory: { secrets: [], uses: [], grants: [] }, existing: [], kinds: [] };

/**
 * The command that runs the app.
 *
 * @param given what the user says it is; else the one of cdk8s.yaml
 * @throws UsageError where there is none
 */
export function appCommand(given: string | undefined): string {
  if (given !== undefined) return given;
  if (!existsSync(CONFIG)) throw new UsageError(`there is no ${CONFIG} in this directory, and no --app`);
  let app: unknown;
  try {
    app = (parseYaml(wholeText(readFileSync(CONFIG, 'utf8'))).value as { app?: unknown } | null)?.app;
  } catch {
    throw new UsageError(`${CONFIG} is no YAML`);
  }
  if (typeof app !== 'string') throw new UsageError(`${CONFIG} names no app`);
  return app;
}

/**
 * Runs an app to hear what it declares. It validates nothing and writes nothing: no value is needed, and no manifest made that
 * could stay behind.
 *
 * @throws UsageError where the app fails
 */
export function declarationsOf(app: string, { environment, stderr }: Io): AppDeclarations {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-'));
  try {
    const log = join(folder, 'declarations.jsonl');
    // An app without a construct of this library would write its manifests. There is no folder in a file, so it cannot.
    const nowhere = join(folder, 'no-folder');
    writeFileSync(nowhere, '');
    const run = spawnSync(app, {
      shell: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      maxBuffer: Infinity,
      encoding: 'utf8',
      env: { ...environment, CDK8S_OUTDIR: join(nowhere, 'dist'), [DECLARATION_LOG]: log },
    });
    const answered = existsSync(log);
    if (run.status !== 0 && !answered && run.stderr.includes(nowhere)) return NOTHING;
    stderr.write(run.stderr);
    if (run.status !== 0) throw new UsageError('the app failed');
    const lines = answered ? readFileSync(log, 'utf8').split('\n').filter(line => line !== '') : [];
    const answers = [...new Set(lines)].map((line): AppAnswer<LoggedSecret> => JSON.parse(line));
    return {
      secrets: once(answers.flatMap(({ declared }) => declared)),
      inventory: {
        secrets: once(answers.flatMap(({ inventory }) => inventory.secrets)),
        uses: once(answers.flatMap(({ inventory }) => inventory.uses)),
        grants: once(answers.flatMap(({ inventory }) => inventory.grants)),
      },
      // another copy of this library, and an older one, may not say it
      existing: once(answers.flatMap(({ existing = [] }) => existing)),
      kinds: once(answers.flatMap(({ kinds = [] }) => kinds)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each of the values once: several copies of the library tell of the same. */
function once<T>(values: readonly T[]): T[] {
  return [...new Map(values.map(value => [JSON.stringify(value), value])).values()];
}
