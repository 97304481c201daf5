import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../../../src';
import { askKubectl, withFolder } from '../ask-kubectl';
import type { Differential } from '../differential';
import { synthesized } from '../ours';

type Entry = readonly [name: string, content: string | null];

const NAMES = ['a', 'b.txt', '.hidden', '..b', '...', 'C-D_e', 'f g', 'é', 'x'.repeat(253), '__proto__', 'constructor', 'toString', 'a=b', 'a,b', '-', '0'];
const CONTENTS = ['', 'x', '\n', 'a\r\n', '\0\xff', 'é☂', 'x'.repeat(100_000)];

export const differential: Differential<readonly Entry[]> = {
  title: 'the data of a folder, made by kubectl create secret generic --from-file',
  count: 200,
  input: random => Array.from({ length: random.below(5) }, () => [random.pick(NAMES), random.oneIn(12) ? null : random.pick(CONTENTS)] as const),
  ours: entries => withFolder(folder => synthesized(chart => Secret.fromDirectory(chart as any, 'S', filled(folder, entries)), dataOf)),
  theirs: inputs => askKubectl(inputs, (entries, folder) => ['generic', 'a', `--from-file=${filled(folder, entries)}`], dataOf),
  known: [
    { name: 'a folder, or a link: kubectl passes over it in silence, refused here', covers: (_, mine) => 'refused' in mine && mine.refused.includes('kubectl would skip it in silence') },
    { name: 'a key that cdk8s cannot render; refused here', covers: (_, mine) => 'refused' in mine && mine.refused.includes('cdk8s can not render it') },
  ],
};

function dataOf(manifest: any): unknown {
  return manifest.data ?? {};
}

function filled(parent: string, entries: readonly Entry[]): string {
  const folder = join(parent, 'folder');
  mkdirSync(folder);
  for (const [name, content] of new Map(entries)) {
    if (content !== null) writeFileSync(join(folder, name), content, 'latin1');
    else if (name.length % 2 === 0) mkdirSync(join(folder, name));
    else symlinkSync('elsewhere', join(folder, name));
  }
  return folder;
}
