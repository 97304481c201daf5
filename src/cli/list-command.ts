import { appCommand, declarationsOf, type AppDeclarations } from './app-declarations';
import { ExitCode, UsageError, type Command } from './command';
import { APP, CONTEXT, INPUTS, NAMESPACE, OUTPUT, PROGRESS, progressOf, wantsProgress } from './common-options';
import { inputsOf, isUnusable, readInputs, refuseNothing, sayUnreadable, type Inputs } from './inputs';
import type { Io } from './io';
import { Kubectl } from './kubectl';
import { LiveSecrets } from './live-secrets';
import type { Options } from './option';
import { parseOptions, type Parsed } from './parse-options';
import { writeOutput } from './write-output';
import { inventoryOf } from '../inspect/model/inventory';
import type { UnreadableFile } from '../inspect/read/skipped';
import { secretList, withCluster } from '../report/secret-list';
import { csvList, jsonList, tableList } from '../report/secret-list-report';

const LIST_OPTIONS = {
  format: {
    type: 'string', short: 'f', value: 'FORMAT', choices: ['table', 'json', 'csv'], default: 'table', summary: '', details: '`csv` has a line for each key.',
  },
  output: OUTPUT,
  namespace: NAMESPACE,
  app: APP,
  cluster: {
    type: 'boolean',
    summary: 'says what the cluster that kubectl reaches has of them',
    details: 'And which Secrets it has beside them in the same namespaces. Names, types and keys are read, by a template of kubectl that prints no value.',
  },
  context: CONTEXT,
  ...INPUTS,
  ...PROGRESS,
} as const satisfies Options;

/** `cdk8s-secrets list`: what Secrets there are, and who has them. */
export const listCommand: Command = {
  name: 'list',
  summary: 'lists the Secrets of an app or of manifests, and who uses them',
  usage: ['[OPTION…] [FILE|DIRECTORY|-…]'],
  description: 'Lists the Secrets of an app, or those that manifests make and use: type, keys, sizes, where each value comes from, how the Secret gets to the cluster, '
    + 'who uses it, and who may get it through the API. It never shows a value.',
  details: ['Sizes are there where values are known. What is used and nothing makes is listed as existing. What cannot be read is said, and the rest is listed.'],
  examples: [
    { call: 'cdk8s-secrets list', does: 'lists those of the app of cdk8s.yaml in this directory' },
    { call: 'cdk8s-secrets list dist --cluster', does: 'lists those of manifests, with what the cluster has of them' },
    { call: 'helm template my-chart | cdk8s-secrets list --format csv -', does: 'lists those of a chart, for a spreadsheet' },
  ],
  options: LIST_OPTIONS,
  exits: { [ExitCode.CLEAN]: 'done', [ExitCode.UNUSABLE]: 'the app fails, or some input cannot be used' },
  completes: () => ({ files: true }),

  async run(args, io) {
    const { values, positionals } = parseOptions(args, LIST_OPTIONS);
    const inputs = inputsOf(values, positionals);
    if (values.app !== undefined && inputs !== undefined) throw new UsageError('an app and files are two lists; ask for one at a time');
    if (values.context !== undefined && values.cluster !== true) throw new UsageError('--context names a cluster, which is asked with --cluster only');
    const { secrets, inventory, unreadable, unusable } = inputs === undefined
      ? { ...declarationsOf(appCommand(values.app), io), unreadable: [], unusable: false } : await manifestsOf(inputs, values, io);
    sayUnreadable(unreadable, io);
    const declared = secretList(inventory, secrets);
    const live = new LiveSecrets(new Kubectl(io.environment, values.context));
    const list = values.cluster === true ? withCluster(declared, namespace => live.of(namespace ?? values.namespace)) : declared;
    writeOutput(values.format === 'json' ? jsonList(list) : values.format === 'csv' ? csvList(list) : tableList(list), values.output, io);
    return unusable ? ExitCode.UNUSABLE : ExitCode.CLEAN;
  },
};

/** What manifests say. What cannot be read does not hide what can. */
async function manifestsOf(
  inputs: Inputs, values: Parsed<typeof LIST_OPTIONS>['values'], io: Io,
): Promise<Pick<AppDeclarations, 'secrets' | 'inventory'> & { unreadable: readonly UnreadableFile[]; unusable: boolean }> {
  const progress = progressOf(wantsProgress(values), io);
  const read = await readInputs(inputs, io, progress).finally(() => progress.end());
  const { sources, unreadable } = read;
  refuseNothing(read);
  return { secrets: [], inventory: inventoryOf(sources, values.namespace), unreadable, unusable: isUnusable({ sources, unreadable }) };
}
