import { appendFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { manifestsOfApp } from './app-manifests';
import { AppEntry } from './app-record';
import type { ExistingSecret } from '../inspect/inspection-options';
import { inventoryOf, type Inventory } from '../inspect/model/inventory';
import { kindsOf, type ObjectKind } from '../inspect/model/object-kinds';
import { record } from '../inspect/model/untyped';

/** The variable with which a command asks an app for what it declares: the path of a file to append to. */
export const DECLARATION_LOG = 'CDK8S_SECRETS_DECLARATIONS';

/** The variable with which a command has an app write all of its output below another folder: its path. */
export const OTHER_OUTPUT = 'CDK8S_SECRETS_OUTPUT';

/** What an app answers, as one line of the log: names, and never a value. */
export interface AppAnswer<Declared = unknown> {
  readonly declared: readonly Declared[];
  readonly inventory: Inventory;
  /** Secrets that it takes to exist. */
  readonly existing: readonly ExistingSecret[];
  /** The kinds of its objects, each once. */
  readonly kinds: readonly ObjectKind[];
}

/** What an app declares, beyond what its manifests show. */
export interface Declarations {
  /** What is said of each. */
  readonly all: () => readonly unknown[];
  /** Whether an object is one of theirs. It is then not made: it could need values, and seal and remember them. */
  readonly own: (object: IConstruct) => boolean;
}

const DECLARED = new AppEntry<{ declarations?: Declarations }>('declarations', () => ({}));

/** What an app says of the secrets that it declares, where a command asks. */
export function declareToCommands(root: IConstruct, declarations: Declarations): void {
  DECLARED.of(root).declarations = declarations;
}

/**
 * Where a command asks what the app of a construct declares, its synth answers that, and nothing else: it validates nothing,
 * so it needs no value, and writes no manifest, so none is left anywhere however the run ends.
 */
export function answerCommands(root: IConstruct): void {
  const other = process.env[OTHER_OUTPUT];
  if (other !== undefined && other !== '') writeElsewhere(root, resolve(other));
  const log = process.env[DECLARATION_LOG];
  if (log === undefined || log === '') return;
  const app = root as any;
  for (const method of ['synth', 'synthYaml']) {
    if (typeof app[method] !== 'function') continue;
    const instead = () => {
      appendFileSync(log, `${JSON.stringify(answerOf(root))}\n`);
      return method === 'synthYaml' ? '' : undefined;
    };
    Object.defineProperty(app, method, { value: instead, configurable: true, writable: true });
  }
}

/** Has an app that names its output write below another folder, so that a command that only looks changes nothing. */
function writeElsewhere(root: IConstruct, folder: string): void {
  const app = root as { outdir?: unknown };
  if (typeof app.outdir !== 'string') return;
  const outdir = resolve(app.outdir);
  if (outdir === folder || outdir.startsWith(folder + sep)) return;
  const below = relative('.', outdir).split(sep).filter(part => part !== '..' && part !== '');
  Object.defineProperty(app, 'outdir', { value: join(folder, ...below), configurable: true, enumerable: true, writable: true });
}

function answerOf(root: IConstruct): AppAnswer {
  const { declarations } = DECLARED.of(root);
  // what cannot be rendered without a value that is not there is passed over
  const render = (object: ApiObject) => declarations?.own(object) === true ? undefined : object.toJson();
  const { sources, options: { existingSecrets = [], assumedSecrets = [] } } = manifestsOfApp(root, render);
  const objects = root.node.findAll().filter(construct => ApiObject.isApiObject(construct)) as ApiObject[];
  return {
    declared: declarations?.all() ?? [],
    inventory: inventoryOf(sources),
    existing: [...existingSecrets, ...assumedSecrets],
    kinds: kindsOf([...objects, ...sources.map(({ manifest }) => record(manifest))]),
  };
}
