import { kubectlNameHash } from '../../../src/kubernetes/name-hash';
import { askKubectl } from '../ask-kubectl';
import type { Differential } from '../differential';

interface Named {
  readonly name: string;
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

const TEXTS = ['', 'x', '<&>', 'é☂😀', '"', '\\', '\u2028', '\n', 'x'.repeat(500), '=', ' '];
const KEYS = ['a', 'B', '.c', 'd-e', 'f_g', '0', 'toString', 'zz', 'aa', 'A.B'];

export const differential: Differential<Named> = {
  title: 'the name with its hash, made by kubectl create secret generic --append-hash',
  count: 200,
  input: random => ({
    name: random.pick(['a', 'db', 'a.b', 'x'.repeat(200)]),
    type: random.pick(['', '', 'Opaque', 'example.com/db', 'x<y', 'kubernetes.io/basic-auth']),
    data: Object.fromEntries(Array.from({ length: random.below(5) }, () => [random.pick(KEYS), random.pick(TEXTS)])),
  }),
  ours({ name, type, data }) {
    const base64 = Object.fromEntries(Object.entries(data).map(([key, text]) => [key, Buffer.from(text).toString('base64')]));
    return { value: `${name}-${kubectlNameHash({ name, type, data: base64 })}` };
  },
  theirs: inputs => askKubectl(inputs, ({ name, type, data }) => [
    'generic', name, '--append-hash', ...type === '' ? [] : [`--type=${type}`], ...Object.entries(data).map(([key, text]) => `--from-literal=${key}=${text}`),
  ], ({ metadata }) => metadata.name),
  known: [],
};
