import { join } from 'node:path';
import { substitute } from '../../../src/openfaas/envsubst';
import { TemplateError } from '../../../src/openfaas/envsubst-parser';
import { askGo } from '../ask-go';
import type { Differential, Verdict } from '../differential';
import type { Random } from '../random';

interface Template {
  readonly text: string;
  readonly environment: Readonly<Record<string, string>>;
}

const PIECES: readonly string[] = [
  ...[...'${}:-=?+/#%*?[]^,.!@abxyAB019_ \n\\"\'é☂😀'], '${', '${', '}', '}', '$$', '${A}', '${B}', '${#A}', ':-', ':=', '//', '/#', '/%', '##', '%%', '^^', ',,', '\\/', '\\}', ':2', ':-1', ':1:2', '[a-z]', '[^a]',
];
const NAMES = ['A', 'B', 'C', '_x1', 'é', '1', 'UNSET', ''];
const OPERATORS = [':-', ':=', '=', ':?', ':+', '-', '/', '//', '/#', '/%', '#', '##', '%', '%%', ':', '^', '^^', ',', ',,', '@', '!'];
const VALUES = ['', 'a', 'abc', 'aXbXc', 'a/b/c.tar.gz', 'é☂é', 'ÀÉ', 'aaa', '😀x', ' x ', 'a*b', '${A}', 'x\ny', 'ß', 'ǆ'];

export const differential: Differential<Template> = {
  title: 'a text with ${…}, substituted by github.com/drone/envsubst 1.0.3, which faas-cli is made with',
  count: 200_000,
  input: random => ({ text: template(random, 3), environment: { A: random.pick(VALUES), B: random.pick(VALUES), C: random.pick(VALUES), _x1: 'x' } }),
  ours,
  theirs(inputs) {
    const answers = askGo<{ base64: string; refused?: string }>(join(__dirname, '..', 'envsubst'), inputs);
    return typeof answers === 'string' ? answers : answers.map(({ base64, refused }) => refused === undefined ? { value: base64 } : { refused });
  },
  known: [
    {
      name: 'a character is cut in two: the text is no UTF-8, and so no YAML; refused here, and by faas-cli after it',
      covers: (_, mine, theirs) => 'refused' in mine && 'value' in theirs && Buffer.from(String(theirs.value), 'base64').includes(Buffer.from('\ufffd')) === false
        && !isText(String(theirs.value)),
    },
  ],
};

function isText(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  return Buffer.from(bytes.toString('utf8')).equals(bytes);
}

function ours({ text, environment }: Template): Verdict {
  try {
    return { value: Buffer.from(substitute(text, environment)).toString('base64') };
  } catch (error) {
    if (error instanceof TemplateError) return { refused: error.message };
    throw error;
  }
}

function template(random: Random, depth: number): string {
  return Array.from({ length: 1 + random.below(4) }, () => {
    if (depth > 0 && random.oneIn(2)) return substitution(random, depth);
    return random.pick(PIECES);
  }).join('');
}

function substitution(random: Random, depth: number): string {
  const name = random.pick(NAMES);
  if (random.oneIn(5)) return `\${${name}}`;
  if (random.oneIn(8)) return `\${#${name}}`;
  const argument = () => random.oneIn(3) ? template(random, depth - 1) : random.pick(['a', 'b', 'X', '*', '*.', '?', 'é', '1', '-1', '2', '0', '', '/', 'abc', '[a-c]', '*X', '☂', '100']);
  const operator = random.pick(OPERATORS);
  const second = '/:'.includes(operator.charAt(0)) && random.oneIn(2) ? random.pick(['/', ':']) + argument() : '';
  return `\${${name}${operator}${argument()}${second}}`;
}
