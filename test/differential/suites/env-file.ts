import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../../../src';
import { askKubectl, withFolder } from '../ask-kubectl';
import type { Differential } from '../differential';
import { synthesized } from '../ours';
import type { Random } from '../random';

const BEFORE = ['', '', '', '', ' ', '\t', '\u00a0', '\u0085', '\ufeff', '#', 'export ', '\f', '\u2028'];
const KEYS = ['A', 'B', 'C_D', '.e', '-', 'f.g', 'IN_ENVIRONMENT', 'EMPTY', 'UNSET', '1H', '..I', 'J K', '', 'é', '__proto__', 'constructor', 'a-b', 'A'.repeat(254)];
const VALUES = ['', 'x', '"q"', "'q'", ' x ', 'a=b', '$A', '#c', '\r', '\\n', 'é☂😀', '\0', '\x85', '\v', 'x'.repeat(70_000), '\ufeff', 'x # y'];

export const differential: Differential<string> = {
  title: 'the data of an env file, made by kubectl create secret generic --from-env-file',
  count: 400,
  input: random => (random.oneIn(6) ? '\ufeff' : '') + Array.from({ length: random.below(6) }, () => line(random)).join(random.pick(['\n', '\n', '\r\n', '\r', '\n\n'])) + random.pick(['', '\n', '\r\n', '\r']),
  ours: content => withFolder(folder => {
    const path = join(folder, 'a.env');
    writeFileSync(path, content);
    return synthesized(chart => Secret.fromEnvFile(chart as any, 'S', path), dataOf);
  }),
  theirs: inputs => askKubectl(inputs, (content, folder) => {
    writeFileSync(join(folder, 'a.env'), content);
    return ['generic', 'a', `--from-env-file=${join(folder, 'a.env')}`];
  }, dataOf),
  known: [
    { name: 'a variable that is not set: an empty value for kubectl, refused here', covers: (_, mine) => 'refused' in mine && mine.refused.includes('EnvironmentVariableUnset') },
    { name: 'a line that is too long: kubectl ends there in silence, refused here', covers: (_, mine) => 'refused' in mine && mine.refused.includes('kubectl would end here in silence') },
    { name: 'a key that cdk8s cannot render; refused here', covers: (_, mine) => 'refused' in mine && mine.refused.includes('cdk8s can not render it') },
  ],
};

function dataOf(manifest: any): unknown {
  return manifest.data ?? {};
}

function line(random: Random): string {
  const start = random.pick(BEFORE) + random.pick(KEYS) + (random.oneIn(6) ? ' ' : '');
  return random.oneIn(5) ? start : `${start}=${random.oneIn(60) ? VALUES[14] : random.pick(VALUES.filter(value => value.length < 1000))}`;
}
