import { growthOf } from './scaling';
import { ApoloVolume } from '../../src/apolo/apolo-volume';
import { envFileEntries } from '../../src/apolo/env-lines';
import { Inspection } from '../../src/app/inspection';
import { LeakGuard } from '../../src/inspect/leaks/leak-guard';
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
import { Exposure } from '../../src/secret/exposure';
import { dockerCpus, dockerMemory } from '../../src/swarm/docker-units';
import { parseEnvFile } from '../../src/value/env-file';
import { CERTIFICATE, PRIVATE_KEY } from '../support/key-pairs';

/** Twice the input takes at most this many times as long. */
const LIMIT = 2.5;
/** Four times is what a search that restarts takes. What lies between are the caches of the machine, which larger inputs no longer fit into. */
const SUSPECT = 3;
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n';
const each = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index)).join('');

/** What is thrown of our own is an answer too. */
function answer(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!Errors.isSecretsError(error)) throw error;
  }
}

const MANIFESTS: Readonly<Record<string, (size: number) => string>> = {
  'a List of empty objects': size => `{"apiVersion":"v1","kind":"List","items":[${'{},'.repeat(size)}{}]}`,
  'empty objects one after the other': size => '{}'.repeat(size),
  'empty documents': size => '---\n{}\n'.repeat(size),
  'documents that are texts': size => '---\na\n'.repeat(size),
  'fields that JSON has twice': size => `{"apiVersion":"v1","kind":"Secret",${'"a":1,'.repeat(size)}"a":1}`,
  'fields that YAML has twice': size => SECRET + 'a: 1\n'.repeat(size),
  'fields that YAML has twice, deep down': size => `${SECRET}x: ${'{a: '.repeat(400)}{${'a: 1, '.repeat(size)}}${'}'.repeat(400)}\n`,
  'unknown fields': size => SECRET + each(size, index => `a${index}: 1\n`),
  'quotes in a list': size => `a: [${'"",'.repeat(size)}]`,
  'quotes that follow one another': size => `a: "${'""'.repeat(size)}`,
  'quotes that open': size => '- "\n'.repeat(size),
  'escaped line breaks': size => `a: "${'\\\n'.repeat(size)}"`,
  'anchors': size => `[${each(size, index => `&a${index} x, `)}]`,
  'aliases': size => `- &a x\n${'- *a\n'.repeat(size)}`,
  'merges': size => `a: &a {b: 1}\nc:\n  <<: [${'*a,'.repeat(size)}*a]`,
  'tags': size => `[${'!!str a,'.repeat(size)}]`,
  'comments': size => `a:\n${'  #\n'.repeat(size)}  b: 1`,
  'empty lines': size => `a:${'\n'.repeat(size)} b`,
  'lines of a text': size => `a: ${'b\n  '.repeat(size)}`,
  'ends of documents': size => '...\n'.repeat(size),
  'brackets': size => '['.repeat(size),
  'items before something unusual': size => `a:\n${'- b: c\n'.repeat(size)}d: [e]\n`,
  'documents with something unusual at the end': size => 'a: b\nc: [d]\n---\n'.repeat(size),
  'blocks of empty lines': size => `a:\n${'- |\n\n  \n'.repeat(size)}`,
};

test.each(Object.entries(MANIFESTS))('the time to inspect %s grows with their number', (_, make) => {
  const run = (size: number) => {
    const text = make(size);
    return () => answer(() => Inspection._fromSources(readManifestStream(text)));
  };
  expect(growthOf(run, 2000, LIMIT)).toBeLessThan(SUSPECT);
});

/** Objects of which each could lead to each: pods that run as accounts with rights, and roles that act as others. */
const EXPOSURES: Readonly<Record<string, (index: number) => any[]>> = {
  'Secrets with a pod each': index => [secretOf(index), podOf(index, { serviceAccountName: 'robot' })],
  'accounts with a role each': index => [secretOf(index), podOf(index, { serviceAccountName: `a${index}` }), ...roleOf(index, 'secrets', 'get', [`s${index}`]), bindingOf(index, `a${index}`)],
  'accounts that act as the next': index => [podOf(index, { serviceAccountName: `a${index}` }), ...roleOf(index, 'serviceaccounts', 'impersonate', [`a${index + 1}`]), bindingOf(index, `a${index}`)],
  'Secrets that are copied in a row': index => [{ ...secretOf(index), metadata: { name: `s${index}`, namespace: 'a', annotations: { 'reflector.v1.k8s.emberstack.com/reflects': `a/s${index - 1}` } } }],
  'bindings of one account': index => [secretOf(index), ...roleOf(index, 'secrets', 'get', [`s${index}`]), bindingOf(index, 'robot')],
};
const RBAC = 'rbac.authorization.k8s.io';
const secretOf = (index: number) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: `s${index}`, namespace: 'a' }, data: { k: 'eA==' } });
const podOf = (index: number, spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `p${index}`, namespace: 'a' },
  spec: { containers: [{ name: 'c', image: 'x', env: [{ name: 'K', valueFrom: { secretKeyRef: { name: `s${index}`, key: 'k' } } }] }], ...spec },
});
const roleOf = (index: number, resource: string, verb: string, resourceNames: string[]) => [
  { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name: `r${index}`, namespace: 'a' }, rules: [{ apiGroups: [''], resources: [resource], verbs: [verb], resourceNames }] },
];
const bindingOf = (index: number, name: string) => ({
  apiVersion: `${RBAC}/v1`, kind: 'RoleBinding', metadata: { name: `b${index}`, namespace: 'a' }, roleRef: { kind: 'Role', name: `r${index}` }, subjects: [{ kind: 'ServiceAccount', name, namespace: 'a' }],
});

test.each(Object.entries(EXPOSURES))('the time to say who can read a Secret grows with the number of %s', (_, make) => {
  const run = (size: number) => {
    const inspection = Inspection.fromManifests(Array.from({ length: size }, (__, index) => make(index)).flat());
    return () => {
      const exposure = Exposure.fromInspection(inspection);
      return [exposure.readersOf('s1', { namespace: 'a' }), exposure.readableBy('ServiceAccount', 'a', 'robot')];
    };
  };
  expect(growthOf(run, 200, LIMIT)).toBeLessThan(SUSPECT);
});

const POD = (limits: string) => `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a","image":"a",${limits}}]}}`;
const TEXTS: Readonly<Record<string, readonly [string | ((size: number) => string), (text: string) => unknown]>> = {
  'a quantity of zeros': [size => `${'0'.repeat(size)}x`, text => parseQuantity(text)],
  'a limit of zeros': [size => POD(`"resources":{"limits":{"memory":"${'0'.repeat(size)}x"}}`), text => Inspection._fromSources(readManifestStream(text))],
  'the beginnings of PEM': ['-----BEGIN CERTIFICATE-----\n', text => keyPairProblem(Buffer.from(text), Buffer.from(PRIVATE_KEY))],
  'the ends of PEM': ['\n-----END X-----', text => keyPairProblem(Buffer.from(text), Buffer.from(PRIVATE_KEY))],
  'the beginnings and one end of PEM': [size => `${'-----BEGIN X-----\n'.repeat(size)}\n-----END X-----\n`, text => keyPairProblem(Buffer.from(text), Buffer.from(PRIVATE_KEY))],
  'headers of PEM': [size => `${'-----BEGIN X-----\n'}${'a: b\n'.repeat(size)}\n-----END X-----\n`, text => keyPairProblem(Buffer.from(CERTIFICATE), Buffer.from(text))],
  'labels': ['a.', text => dns1123Subdomain(text)],
  'hyphens': [size => `a${'-'.repeat(size)}`, text => dns1123Subdomain(text)],
  'lines of base64': ['YQ\n', text => illegalBase64Byte(text)],
  'padding': ['=', text => illegalBase64Byte(text)],
  'references': ['$(a', text => referencesIn(text)],
  'dollars': ['$', text => referencesIn(text)],
  'lines of an env file': ['a=b\n', text => parseEnvFile(Buffer.from(text), 'x')],
};

test.each(Object.entries(TEXTS))('the time to judge %s grows with their number', (_, [make, judge]) => {
  const run = (size: number) => {
    const text = typeof make === 'string' ? make.repeat(size) : make(size);
    return () => answer(() => judge(text));
  };
  expect(growthOf(run, 5000, LIMIT)).toBeLessThan(SUSPECT);
});

const APOLO = { cluster: 'c', org: 'o', project: 'p' };
const readFunction = (fields: string) => readStack({ file: 'stack.yaml', text: `provider: {name: openfaas}\nfunctions:\n  f:\n    image: a\n${fields}`, environment: { A: 'x' } });
const OTHER_SYSTEMS: Readonly<Record<string, readonly [(size: number) => string, (text: string) => unknown]>> = {
  'substitutions': [size => '${A}'.repeat(size), text => substitute(text, { A: 'x' })],
  'substitutions within one another': [size => `${'${A:-'.repeat(size)}x${'}'.repeat(size)}`, text => substitute(text, {})],
  'substitutions that do not end': [size => '${A:-x'.repeat(size), text => substitute(text, {})],
  'dollars in a stack file': [size => '$'.repeat(size), text => substitute(text, {})],
  'backslashes in a default': [size => '\\'.repeat(size), text => substitute(`\${A:-${text}}`, {})],
  'replacements in a value': [size => 'ab'.repeat(size), text => substitute('${A//a/bbbb}', { A: text })],
  'characters in another case': [size => 'é'.repeat(size), text => substitute('${A^^}', { A: text })],
  'ranges of a pattern': [size => '[a-z]'.repeat(size), text => substitute(`\${A##${text}}`, { A: 'a'.repeat(100) })],
  'functions': [size => `provider: {name: openfaas}\nfunctions:\n${each(size, index => `  f${index}: {image: a}\n`)}`, text => readStack({ file: 'stack.yaml', text })],
  'unknown keys of a function': [size => each(size, index => `    k${index}: a\n`), readFunction],
  'merges in a stack file': [size => `    labels:\n      <<: [${'{a: b},'.repeat(size)}{}]\n`, readFunction],
  'aliases in a stack file': [size => `    secrets: [&a x${',*a'.repeat(size)}]\n`, readFunction],
  'anchors in a stack file': [size => `    secrets: [${each(size, index => `&a${index} x,`)}]\n`, readFunction],
  'brackets in a stack file': [size => `    labels: ${'['.repeat(size)}${']'.repeat(size)}\n`, readFunction],
  'steps up in the path of a volume': [size => `storage:${'../'.repeat(size)}x:/a`, text => ApoloVolume.parse(text, APOLO)],
  'bytes in the path of a volume': [size => `storage:${'%ff%c3'.repeat(size)}:/a`, text => ApoloVolume.parse(text, APOLO)],
  'colons in a volume': [size => `storage:${':'.repeat(size)}`, text => ApoloVolume.parse(text, APOLO)],
  'lines of an env file of Apolo': [size => 'A=b\n'.repeat(size), text => envFileEntries(text, 'x')],
  'blanks in an env file of Apolo': [size => ' \n'.repeat(size), text => envFileEntries(text, 'x')],
  'sizes of Docker': [size => `1${'0'.repeat(size)}x`, text => [dockerMemory(text), dockerCpus(text)]],
};

test.each(Object.entries(OTHER_SYSTEMS))('the time to read %s grows with their number', (_, [make, read]) => {
  const run = (size: number) => {
    const text = make(size);
    return () => {
      try {
        read(text);
      } catch (error) {
        if (!Errors.isSecretsError(error) && !(error instanceof TemplateError)) throw error;
      }
    };
  };
  expect(growthOf(run, 2000, LIMIT)).toBeLessThan(SUSPECT);
});

const guardOf = (values: readonly string[]) => new LeakGuard(values.map((value, index) => ({ name: 's', key: `k${index}`, bytes: Buffer.from(value) })));
const configMap = (text: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: text } });
const SEARCHES: Readonly<Record<string, (size: number) => readonly [values: string[], text: string]>> = {
  'values with one beginning in a text of beginnings': size => [
    Array.from({ length: size / 10 }, (_, index) => `${'abc'.repeat(60)}${index}`), 'abc'.repeat(20 * size),
  ],
  'values that are the ends of one another': size => [Array.from({ length: size / 10 }, (_, index) => 'abc'.repeat(index + 3)), 'abc'.repeat(20 * size)],
  'a long value in a text of its beginning': size => [[`${'abc'.repeat(size)}d`], 'abc'.repeat(10 * size)],
  'values in lines': size => [Array.from({ length: size / 10 }, (_, index) => `value-${index}`), 'value-\n'.repeat(size)],
};

test.each(Object.entries(SEARCHES))('the time to search for %s grows with both', (_, make) => {
  const run = (size: number) => {
    const [values, text] = make(size);
    return () => guardOf(values).inManifest(configMap(text));
  };
  expect(growthOf(run, 500, LIMIT)).toBeLessThan(SUSPECT);
});
