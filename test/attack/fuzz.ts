import type { Tried } from './leaks';
import { ApoloVolume } from '../../src/apolo/apolo-volume';
import { envFileEntries } from '../../src/apolo/env-lines';
import { Inspection } from '../../src/app/inspection';
import { glob } from '../../src/inspect/read/glob';
import { readManifestStream } from '../../src/inspect/read/manifest-stream';
import { illegalBase64Byte } from '../../src/kubernetes/base64';
import { referencesIn } from '../../src/kubernetes/expansion';
import { keyPairProblem } from '../../src/kubernetes/key-pair';
import { dns1123Subdomain } from '../../src/kubernetes/names';
import { parseQuantity } from '../../src/kubernetes/quantity';
import { substitute } from '../../src/openfaas/envsubst';
import { TemplateError } from '../../src/openfaas/envsubst-parser';
import { readStack } from '../../src/openfaas/stack-reader';
import { Errors } from '../../src/report/errors';
import { dockerMemory } from '../../src/swarm/docker-units';
import { parseEnvFile } from '../../src/value/env-file';
import { Random } from '../differential/random';
import { yamlText } from '../differential/yaml-texts';
import { CERTIFICATE, PRIVATE_KEY } from '../support/key-pairs';

const APOLO = { cluster: 'c', org: 'o', project: 'p' };
const MANIFEST = '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"type":"Opaque","data":{"a":"YQ=="},"stringData":{"b":"c"}}';
const STACK = 'provider: {name: openfaas}\nfunctions:\n  f: {image: a, secrets: [s], environment: {a: "${A}"}, limits: {memory: 1Mi}}\n';

/** What reads what others wrote, and something that it takes. */
const READERS: Readonly<Record<string, readonly [seed: string | ((random: Random) => string), read: (text: string) => unknown]>> = {
  'YAML': [yamlText, text => Inspection.fromYaml(text)],
  'JSON': [MANIFEST, text => Inspection.fromYaml(text)],
  'documents': [yamlText, text => readManifestStream(text)],
  'stack files': [STACK, text => readStack({ file: 'stack.yaml', text, environment: { A: 'x' } })],
  'substitutions': ['a${A:-b}${B//x/y}${#A}${A##*.}', text => substitute(text, { A: 'a.b', B: 'xx' })],
  'env files': ['A=b\n#c\nB="d"\n', text => parseEnvFile(Buffer.from(text), 'x')],
  'env files of Apolo': ['A=b\nB=secret:c\n', text => envFileEntries(text, 'x')],
  'volumes of Apolo': ['secret://c/o/p/k:/a', text => ApoloVolume.parse(text, APOLO)],
  'certificates': [CERTIFICATE, text => keyPairProblem(Buffer.from(text), Buffer.from(PRIVATE_KEY))],
  'keys': [PRIVATE_KEY, text => keyPairProblem(Buffer.from(CERTIFICATE), Buffer.from(text))],
  'base64': ['YWJj', text => illegalBase64Byte(text)],
  'quantities': ['1.5Gi', text => [parseQuantity(text), dockerMemory(text)]],
  'references': ['$(A) $$(B)', text => referencesIn(text)],
  'names': ['a-b.c', text => dns1123Subdomain(text)],
  'patterns of paths': ['**/a/*.yaml', text => glob(text)('a/b.yaml')],
};

const PIECES = ['\0', '\n', '\r', '\t', ' ', '"', "'", '\\', '/', '{', '}', '[', ']', ':', ',', '#', '&', '*', '!', '|', '>', '%', '@', '`', '$', '$(', '${', ')', '-', '---\n', '=', '0', '1e9', '-1', 'a', 'null',
  '~', '<<', 'é', '☂', '😀', '\ud800', '\ufeff', '\u2028', '\u0085', '__proto__', 'constructor', '-----BEGIN ', '-----END ', 'x'.repeat(300)];

/** Gives readers inputs that are nearly right. Each has to give something, or to refuse it with a code, within two seconds. */
export function tryInputs(seed: number, count: number): Tried {
  const random = new Random(seed);
  const failed: string[] = [];
  const readers = Object.entries(READERS);
  for (let tried = 0; tried < count; tried++) {
    const [name, [source, read]] = readers[tried % readers.length];
    const text = changed(random, typeof source === 'string' ? source : source(random));
    const start = process.hrtime.bigint();
    try {
      read(text);
    } catch (error) {
      if (!Errors.isSecretsError(error) && !(error instanceof TemplateError)) failed.push(`${name}: ${(error as Error).name} for ${JSON.stringify(text).slice(0, 300)}`);
    }
    if (process.hrtime.bigint() - start > 2_000_000_000n) failed.push(`${name}: more than two seconds for ${JSON.stringify(text).slice(0, 300)}`);
  }
  return { tried: count, failed };
}

function changed(random: Random, text: string): string {
  let result = text;
  for (let changes = random.below(5); changes > 0; changes--) {
    const at = random.below(result.length + 1);
    const piece = random.oneIn(4) ? result.slice(random.below(result.length + 1)).slice(0, 40) : random.pick(PIECES);
    result = result.slice(0, at) + piece + result.slice(at + random.below(4));
  }
  return result;
}
