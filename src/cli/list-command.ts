import { appCommand, declarationsOf, type AppDeclarations } from './app-declarations';
import { ExitCode, UsageError, type Command } from './command';
import type { Io } from './io';
import { oneOf, parseOptions } from './parse-options';
import { inventoryOf } from '../inspect/model/inventory';
import { decodeManifestText } from '../inspect/read/manifest-files';
import { readManifestStream } from '../inspect/read/manifest-stream';
import { readRepository } from '../inspect/read/repository';
import type { UnreadableFile } from '../inspect/read/skipped';
import { printable } from '../report/printable';
import { secretList } from '../report/secret-list';
import { csvList, jsonList, tableList } from '../report/secret-list-report';

const STANDARD_INPUT = '-';
const FORMATS = ['table', 'json', 'csv'] as const;

const HELP = `Usage: cdk8s-secrets list [OPTION…] [FILE|DIRECTORY|-…]

Lists the Secrets of an app, or those that manifests make and use: namespace, name, type, keys with the sizes of their values where
those are known, where each value comes from, how the Secret gets to the cluster, who uses it, and who may get it through the API.
It never shows a value. What is used and nothing makes is listed as existing.

  cdk8s-secrets list
  helm template my-chart | cdk8s-secrets list --format csv -

Options:
  -f, --format FORMAT        table (the default), json or csv (a line for each key)
  -n, --namespace NAMESPACE  the namespace of objects that name none
      --app COMMAND          runs the app (default, where no file is named: the app of cdk8s.yaml in this directory)
  -h, --help                 prints this

What cannot be read is said, and the rest is listed.

Exit codes: 0 done, 2 the app fails, or some input cannot be used.
`;

const OPTIONS = {
  format: { type: 'string', short: 'f' },
  namespace: { type: 'string', short: 'n' },
  app: { type: 'string' },
} as const;

/** `cdk8s-secrets list`: what Secrets there are, and who has them. */
export const listCommand: Command = {
  name: 'list',
  summary: 'lists the Secrets of an app or of manifests, and who uses them',
  help: HELP,

  async run(args, io) {
    const { values, positionals } = parseOptions(args, OPTIONS);
    const format = oneOf(values.format ?? 'table', FORMATS, 'format', 'formats');
    if (values.app !== undefined && positionals.length > 0) throw new UsageError('an app and files are two lists; ask for one at a time');
    const { secrets, inventory, unreadable } = positionals.length > 0
      ? await manifestsOf(positionals, values.namespace, io) : { ...declarationsOf(appCommand(values.app), io), unreadable: [] };
    for (const { file, message } of unreadable) io.stderr.write(`cdk8s-secrets: ${printable(`${JSON.stringify(file)}: ${message}`)}\n`);
    const list = secretList(inventory, secrets);
    io.stdout.write(format === 'json' ? jsonList(list) : format === 'csv' ? csvList(list) : tableList(list));
    return unreadable.length > 0 ? ExitCode.UNUSABLE : ExitCode.CLEAN;
  },
};

/** What manifests say. What cannot be read does not hide what can. */
async function manifestsOf(
  inputs: readonly string[], namespace: string | undefined, io: Io,
): Promise<AppDeclarations & { unreadable: readonly UnreadableFile[] }> {
  const paths = inputs.filter(input => input !== STANDARD_INPUT);
  const piped = paths.length < inputs.length
    ? readManifestStream(decodeManifestText(await io.readInput(), STANDARD_INPUT), { file: STANDARD_INPUT }) : [];
  const { sources, unreadable } = readRepository(paths);
  return { secrets: [], inventory: inventoryOf([...piped, ...sources], namespace), unreadable };
}
