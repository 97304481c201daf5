import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { Secret, SecretDelivery, SensitiveValue } from '../../../src';
import vectors from '../../conformance/sops-vectors.json';
import { askGo } from '../ask-go';
import type { Differential, Verdict } from '../differential';
import { synthesized } from '../ours';

interface Encrypted {
  readonly isDeterministic: boolean;
  readonly hasOther: boolean;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly immutable?: boolean;
  readonly data: Readonly<Record<string, string>>;
  /** What somebody changes after it was encrypted. */
  readonly change?: 'name' | 'label' | 'key' | 'order';
}

const { identity, recipient } = vectors;
const OTHER = 'age17e5kc27sqtunk08xp4502ygf8fkpeyct9jcah7me4xslp32ljsjqu2k6sf';
const CONTENTS = ['', 'x', '\0\xff', 'é☂', '\n', 'x'.repeat(3000), 'ENC[AES256_GCM,data:x]', '"\\'];
const KEYS = ['a', '.b', 'c-d', 'E_f', '1', '10', '0x1F', '1e3', 'yes', 'null', 'data', 'sops', '2026-01-01', '.inf', 'mac'];
const TEXTS = [
  'x', '', '0o8', '0o17', '017', '1e3', '0x1F', '1_000', 'yes', 'no', 'null', '~', '2026-01-01', '2026-01-01T00:00:00Z', '12:30:45', '.inf', '.nan', '=', '<<', '- a', 'a: b',
  ' a', 'a ', 'a #b', 'a\nb', 'a\n', '\n', '\n\n a', '\ta', 'a\r\nb', 'é☃😀', '\u00a0', '{}', '[]', '*a', '&a', '!a', '%a', '@a', '`', '|', '>', "it's", '"q"', '\\', '---', '...', 'x'.repeat(300),
];

/** The Secret that is declared, as `manifest()` delivers it. */
export const differential: Differential<Encrypted> = {
  title: 'the Secret that sops 3.13.2 decrypts, and its MAC, of what was encrypted here',
  count: 1000,
  input: random => {
    const map = (keys: readonly string[], texts: readonly string[]) =>
      Object.fromEntries(Array.from({ length: 1 + random.below(4) }, () => [random.pick(keys), random.pick(texts)]));
    return {
      isDeterministic: random.oneIn(2),
      hasOther: random.oneIn(3),
      name: random.pick(['db', 'a.b', '1', 'x'.repeat(63)]),
      namespace: random.pick(['web', 'kube-system', '1e3']),
      labels: map(['app', '1', 'yes', 'a.b/c'], ['x', '', '1', 'yes', '1e3', '0o8', '2026-01-01']),
      annotations: map(['note', '1', 'null', 'a.b/c', 'mac'], TEXTS),
      immutable: random.pick([undefined, true, false]),
      data: map(KEYS, CONTENTS),
      change: random.pick([undefined, undefined, undefined, 'name', 'label', 'key', 'order']),
    };
  },
  ours: input => {
    const verdict = synthesized(chart => declare(chart, input, SecretDelivery.manifest()), manifest => manifest);
    return 'value' in verdict && (input.change !== undefined || isMisread(input)) ? { refused: 'it was changed' } : verdict;
  },
  theirs: inputs => {
    const documents = inputs.map(input => synthesized(chart => declare(chart, input, SecretDelivery.sops({
      age: input.hasOther ? [OTHER, recipient] : [recipient],
      ...input.isDeterministic ? { determinismKey: SensitiveValue.fromLiteral('a determinism key of 32 bytes ...') } : {},
    })), manifest => Yaml.stringify(changed(manifest, input))));
    const answers = askGo<{ json?: string; refused?: string }>(join(__dirname, '..', 'sops'), documents.map(verdict => ({ identity, yaml: 'value' in verdict ? verdict.value : '' })));
    if (typeof answers === 'string') return answers;
    return answers.map(({ json, refused }, index): Verdict => {
      const document = documents[index];
      if ('refused' in document) return document;
      return json === undefined ? { refused: refused! } : { value: JSON.parse(json) };
    });
  },
  known: [],
};

/** What is refused where it is declared, as Go reads an octal number in it. */
function isMisread({ annotations }: Encrypted): boolean {
  return Object.values(annotations).includes('0o17');
}

function declare(chart: any, { name, namespace, labels, annotations, immutable, data }: Encrypted, delivery: SecretDelivery): Secret {
  return new Secret(chart, 'S', {
    metadata: { name, namespace, labels, annotations },
    immutable,
    data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, SensitiveValue.fromLiteral(text)])),
    delivery,
  });
}

function changed(manifest: any, { change }: Encrypted): any {
  const { apiVersion, kind, metadata, data, ...rest } = manifest;
  const [key] = Object.keys(data);
  switch (change) {
    case 'name': return { ...manifest, metadata: { ...metadata, name: `${metadata.name}x` } };
    case 'label': return { ...manifest, metadata: { ...metadata, labels: { ...metadata.labels, more: 'x' } } };
    case 'key': return { ...manifest, data: { ...data, more: data[key] === '' ? 'x' : data[key] } };
    case 'order': return { kind, apiVersion, metadata, data, ...rest };
    default: return manifest;
  }
}

