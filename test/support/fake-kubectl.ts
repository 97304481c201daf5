import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tempFolder } from './temp-folder';

/** What a cluster has, for a program that answers as kubectl does; `npm run test:cluster` asks the real one. */
export interface FakeCluster {
  readonly objects?: readonly any[];
  /** The kinds that each API version serves, beyond those of v1 and apps/v1. */
  readonly kinds?: Readonly<Record<string, readonly string[]>>;
  /** What it says on standard error instead, and exits with 1. */
  readonly error?: string;
}

const PROGRAM = `
const { readFileSync, appendFileSync } = require('node:fs');
const { join } = require('node:path');
const { objects = [], kinds = {}, error } = JSON.parse(readFileSync(join(__dirname, 'cluster.json'), 'utf8'));
const args = process.argv.slice(2);
appendFileSync(join(__dirname, 'calls.jsonl'), JSON.stringify(args) + '\\n');
const fail = text => { process.stderr.write(text); process.exit(1); };
if (error !== undefined) fail(error);
const served = { 'v1': ['Secret', 'ConfigMap', 'Pod', 'ServiceAccount'], 'apps/v1': ['Deployment'], ...kinds };
const option = name => (args.find(arg => arg.startsWith('--' + name + '=')) || '=').split('=').slice(1).join('=');
const raw = args.includes('--raw') ? args[args.indexOf('--raw') + 1] : undefined;
if (raw === '/apis') {
  const groups = {};
  for (const each of Object.keys(served).filter(name => name.includes('/'))) (groups[each.split('/')[0]] ??= []).push({ version: each.split('/')[1] });
  process.stdout.write(JSON.stringify({ groups: Object.entries(groups).map(([name, versions]) => ({ name, versions })) }));
} else if (raw !== undefined) {
  const found = served[raw.replace(/^\\/apis?\\//, '')];
  if (found === undefined) fail('Error from server (NotFound): the server could not find the requested resource');
  process.stdout.write(JSON.stringify({ resources: found.map(kind => ({ kind })) }));
} else if (args[0] === 'get' && args[1] === 'secrets') {
  if (!args.some(arg => arg.startsWith('go-template='))) fail('only names are asked for');
  const namespace = option('namespace') || 'default';
  for (const { kind, metadata, type = 'Opaque', immutable, data = {} } of objects) {
    if (kind !== 'Secret' || metadata.namespace !== namespace) continue;
    const words = [metadata.namespace, metadata.name, type].map(word => JSON.stringify(word));
    process.stdout.write([...words, immutable === true, ...Object.keys(data).map(key => JSON.stringify(key))].join(' ') + '\\n');
  }
} else {
  const asked = JSON.parse(readFileSync(0, 'utf8')).items;
  const found = asked.flatMap(({ kind, metadata: { name, namespace = 'default' } }) => {
    return objects.filter(each => each.kind === kind && each.metadata.name === name && each.metadata.namespace === namespace);
  });
  if (found.length > 0) process.stdout.write(JSON.stringify(asked.length === 1 ? found[0] : { apiVersion: 'v1', kind: 'List', items: found }));
}
`;

/** A `PATH` on which `kubectl` reaches this cluster. */
export function pathToCluster(cluster: FakeCluster): { readonly path: string; readonly calls: string } {
  const folder = tempFolder({ 'cluster.json': JSON.stringify(cluster), 'kubectl.js': PROGRAM });
  const file = join(folder, 'kubectl');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'kubectl.js')}' "$@"\n`);
  chmodSync(file, 0o755);
  return { path: [folder, process.env.PATH].join(delimiter), calls: join(folder, 'calls.jsonl') };
}
