import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { AppInspection, Encoding, Secret, SecretDelivery, SensitiveValue, StoreReference } from '../../../src';
import { askGo } from '../ask-go';
import type { Differential } from '../differential';
import type { Random } from '../random';

/** A template whose parts have these values, and one of which is a template itself. */
export interface Composed {
  readonly text: string;
  readonly inner: string;
  readonly encoding: keyof typeof ENCODINGS;
  readonly innerEncoding: keyof typeof ENCODINGS;
  readonly a: string;
  readonly b: string;
}

const ENCODINGS = { none: Encoding.none, url: Encoding.url, base64: Encoding.base64, json: Encoding.json };
const TEXTS = ['', 'x', ':', '@', '{{', '}}', '{{{{', '{{ .a }}'.replaceAll(/[{}]/g, '$&$&'), '{{- ', ' -}}', '`', '"', '\\', '%', '%s', '%%', '\n', 'é☃😀', '\u2028', '/* */', '\t', "'"];
const VALUES = ['', 'x', 'a b+c', '{{ .b }}', '}}', '%2B%s', 'p@ss:/?#[]', '"\\\b\f\n\r\t\0\x1f\x7f', '<&>', '\u2028\u2029', 'é☃😀', '`', '\'', '~-._!*()', 'x'.repeat(300)];
const names = Object.keys(ENCODINGS) as (keyof typeof ENCODINGS)[];

/** The Go template that is made of it, and what it is here. */
export function composed({ text, inner, encoding, innerEncoding, a, b }: Composed): { readonly template: string; readonly value: string } {
  const literal = (value: string, key: string) => SensitiveValue.fromLiteral(value).orRemote({ key });
  const parts = { a: literal(a, 'a'), b: SensitiveValue.template(inner, { c: literal(b, 'b') }, { encode: ENCODINGS[innerEncoding]() }) };
  const value = SensitiveValue.template(text, parts, { encode: ENCODINGS[encoding]() });
  const delivery = SecretDelivery.external({ store: StoreReference.secretStore('s') });
  const chart = new Chart(Testing.app(), 'c');
  AppInspection.of(chart).acknowledge('MisreadText', 'no YAML is written: the operator gets the template as it is');
  new Secret(chart, 'S', { data: { t: value }, delivery });
  return { template: chart.toJson()[0].spec.target.template.data.t, value: value._read().toString('base64') };
}

export const differential: Differential<Composed> = {
  title: 'a value that is made of others: computed here, and by text/template of Go with sprig 3.3, as the External Secrets operator makes it',
  count: 2000,
  input: random => {
    const around = (name: string) => `${random.pick(TEXTS)}{${name}}${random.pick(TEXTS)}`;
    return {
      text: spaced(`${around('a')}${around('b')}${random.oneIn(2) ? around('a') : ''}`),
      inner: spaced(around('c')),
      encoding: random.pick(names),
      innerEncoding: random.pick(names),
      a: valueOf(random),
      b: valueOf(random),
    };
  },
  ours: input => ({ value: composed(input).value }),
  theirs: inputs => {
    const values = (text: string) => Buffer.from(text).toString('base64');
    const asked = inputs.map(input => ({ template: composed(input).template, values: { a: values(input.a), c: values(input.b) } }));
    const answers = askGo<{ readonly result: string; readonly error?: string }>(join(__dirname, '../value-template'), asked);
    if (typeof answers === 'string') return answers;
    return answers.map(({ result, error }) => error === undefined ? { value: result } : { refused: error });
  },
  known: [],
};

/** Encoding.json() refuses quotes around a name. */
function spaced(text: string): string {
  return text.replaceAll('"{', '" {');
}

function valueOf(random: Random): string {
  return Array.from({ length: 1 + random.below(3) }, () => random.pick(VALUES)).join('');
}
