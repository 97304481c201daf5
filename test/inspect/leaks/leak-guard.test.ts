import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { type DeclaredValue, LeakGuard } from '../../../src/inspect/leaks/leak-guard';

const VALUE = 'hunter2/+p@ss "word"';
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const declare = (text: string | Buffer, change: Partial<DeclaredValue> = {}): DeclaredValue =>
  ({ name: 'db', namespace: 'ns', key: 'password', bytes: Buffer.from(text), ...change });
const guard = (...values: DeclaredValue[]) => {
  const leakGuard = new LeakGuard(values);
  const inManifests = (manifests: unknown[]) => manifests.flatMap((manifest, document) => leakGuard.inManifest(manifest)
    .map(({ path, ...leak }) => ({ document, path: path.toString(), ...leak })));
  return { inManifests, inText: leakGuard.inText.bind(leakGuard) };
};
const secret = (data: object, change: object = {}) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'ns' }, data, ...change });
const configMap = (data: unknown) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'ns' }, data });

test('a value may stand in the data of its own secret', () => {
  expect(guard(declare(VALUE)).inManifests([secret({ password: base64(VALUE) })])).toEqual([]);
});

test('a leak says which value it is, where it stands and in which form, and not the value', () => {
  const leaks = guard(declare(VALUE)).inManifests([secret({}), configMap({ url: `postgres://app:${VALUE}@db` })]);
  expect(leaks).toEqual([{
    code: 'LeakedValue',
    document: 1,
    path: 'data.url',
    message: 'the value of key "password" of secret "db" stands here, plain',
    next: 'bind the secret where the value is needed; if everybody may know the value, say so: SensitiveValue.….asPublic()',
  }]);
});

const deployment = (container: object) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { containers: [container] } });
describe.each([['with quotes', VALUE], ['of letters', 'hunter2plain']])('a value %s', (__, value) => {
  test.each<[string, unknown, string]>([
    ['an argument', deployment({ args: ['--x', `--password=${value}`] }), 'spec.containers[0].args[1]'],
    ['a variable', deployment({ env: [{ name: 'A', value }] }), 'spec.containers[0].env[0].value'],
    ['an annotation', { metadata: { annotations: { 'example.com/a': value } } }, 'metadata.annotations[example.com/a]'],
    ['a key', configMap({ a: 1, [value]: 'x' }), 'data'],
    ['a key of the object', { [value]: 1 }, ''],
    ['a text of several lines', configMap({ a: `b\n${value}` }), 'data.a'],
    ['base64 of several lines', configMap({ a: `${base64(value).slice(0, 9)}\n${base64(value).slice(9)}` }), 'data.a'],
    ['another key of its own secret', secret({ other: base64(value) }), 'data.other'],
    ['a key of its own secret', secret({ [value]: 'eA==' }), 'data'],
    ['the plain data of its own secret', secret({ password: value }), 'data.password'],
    ['its own secret, whose data is a text', { ...secret({}), data: `a ${value}` }, 'data'],
    ['stringData of its own secret', secret({}, { stringData: { password: value } }), 'stringData.password'],
    ['an annotation of its own secret', secret({}, { metadata: { name: 'db', annotations: { a: value } } }), 'metadata.annotations.a'],
    ['a secret of that name in another namespace', secret({ password: base64(value) }, { metadata: { name: 'db', namespace: 'other' } }), 'data.password'],
    ['another secret', secret({ password: base64(value) }, { metadata: { name: 'raw', namespace: 'ns' } }), 'data.password'],
    ['a ConfigMap of its name', { ...secret({ password: base64(value) }), kind: 'ConfigMap' }, 'data.password'],
    ['a document that is a text', value, ''],
  ])('is found in %s', (_, manifest, path) => {
    const leaks = guard(declare(value)).inManifests([manifest]);
    expect(leaks.map(leak => leak.path)).toEqual([path]);
    expect(inspect(leaks)).not.toContain('hunter2');
  });
});

test.each<[string, string]>([
  ['plain', `a ${VALUE} b`],
  ['escaped as in JSON', JSON.stringify({ password: VALUE })],
  ['percent-encoded', `postgres://app:${encodeURIComponent(VALUE)}@db/app`],
  ['in base64', base64(VALUE)],
  ['in base64', base64(`a${VALUE}b`)],
  ['in base64', base64(`ab${VALUE}`)],
  ['in base64', Buffer.from(`a${VALUE}`).toString('base64url')],
  ['in base64', base64(`{"auths":{"x":{"password":"${VALUE}"}}}`).replace(/.{20}/g, '$&\n  ')],
  ['escaped as in JSON', JSON.stringify(JSON.stringify({ a: 'x' })) + VALUE.replace(/"/g, '\\"')],
  ['percent-encoded', `a=${encodeURIComponent(VALUE).replaceAll('%20', '+')}`],
  ['percent-encoded', encodeURIComponent(VALUE).toLowerCase()],
  ['escaped as in HTML', 'hunter2/+p@ss &quot;word&quot;'],
  ['in hexadecimal', Buffer.from(`a${VALUE}b`).toString('hex')],
  ['in hexadecimal', Buffer.from(VALUE).toString('hex').toUpperCase()],
  ['in base64 of base64', base64(base64(VALUE))],
  ['in base64 of base64', base64(`x${base64(VALUE)}`)],
])('it is found %s', (form, text) => {
  const [leak, ...others] = guard(declare(VALUE)).inManifests([configMap({ a: text })]);
  expect(others).toEqual([]);
  expect(leak.message).toBe(`the value of key "password" of secret "db" stands here, ${form}`);
});

test('a value is found wherever it stands in text that was encoded as a whole', () => {
  const around = fc.uint8Array({ maxLength: 9 });
  fc.assert(fc.property(fc.uint8Array({ minLength: 6, maxLength: 40 }), around, around, (bytes, before, after) => {
    fc.pre(new Set(Buffer.from(bytes).toString('latin1').trim()).size > 5);
    const text = Buffer.concat([before, bytes, after]).toString('base64');
    expect(guard(declare(Buffer.from(bytes))).inManifests([configMap({ text })]).map(leak => leak.path)).toEqual(['data.text']);
  }));
});

test('bytes that are no text are found in base64', () => {
  const bytes = Buffer.from('ff00fe01fd02fc03', 'hex');
  expect(guard(declare(bytes)).inManifests([{ binaryData: { a: Buffer.concat([Buffer.of(1), bytes]).toString('base64') } }])).toHaveLength(1);
});

test('a number is found', () => {
  expect(guard(declare('48151623')).inManifests([configMap({ port: 48151623 })]).map(leak => leak.path)).toEqual(['data.port']);
});

test('white space around a value does not hide it', () => {
  expect(guard(declare(`  ${VALUE}\n`)).inManifests([configMap({ a: VALUE })])).toHaveLength(1);
});

test('a long value is found as a whole only', () => {
  const prefix = 'Server=tcp:db.example.com,1433;Initial Catalog=main;'.repeat(5);
  const values = ['one', 'two'].map(end => declare(`${prefix}Password=${end}`, { key: end }));
  const leaks = guard(...values).inManifests([configMap({ a: `${prefix}Password=two`, b: prefix, c: `${prefix}Password=on` })]);
  expect(leaks.map(({ path, message }) => [path, /"(\w+)" of secret/.exec(message)![1]])).toEqual([['data.a', 'two']]);
});

test('values that are part of one another are all found', () => {
  const leaks = guard(declare('xyzabcdef', { key: 'a' }), declare('abcdef', { key: 'b' }), declare('bcdefghij', { key: 'c' }))
    .inManifests([configMap({ a: 'xyzabcdefghij' })]);
  expect(leaks.map(({ message }) => /key "(\w)"/.exec(message)![1])).toEqual(['a', 'b', 'c']);
});

test('a value that two secrets declare may stand in both, and is reported once', () => {
  const both = guard(declare(VALUE), declare(VALUE, { name: 'db2', key: 'pw' }));
  const second = secret({ pw: base64(VALUE) }, { metadata: { name: 'db2', namespace: 'ns' } });
  expect(both.inManifests([secret({ password: base64(VALUE) }), second])).toEqual([]);
  expect(both.inManifests([configMap({ a: VALUE })])).toHaveLength(1);
});

test('a value may be part of what another secret declares', () => {
  const url = `postgres://app:${VALUE}@db`;
  const values = guard(declare(VALUE), declare(url, { name: 'url', key: 'url' }));
  expect(values.inManifests([secret({ url: base64(url) }, { metadata: { name: 'url', namespace: 'ns' } })])).toEqual([]);
  expect(values.inManifests([secret({ url: base64(`${url}/x`) }, { metadata: { name: 'url', namespace: 'ns' } })])).toHaveLength(2);
});

describe('nothing of the value is shown', () => {
  test.each<[string, DeclaredValue, unknown]>([
    ['is the name of its secret', declare('hunter2-x', { name: 'hunter2-x' }), secret({}, { metadata: { name: 'hunter2-x' } })],
    ['is its key', declare('hunter2-x', { key: 'hunter2-x' }), configMap({ a: 'hunter2-x' })],
    ['stands in a key above another leak', declare('hunter2-x'), configMap({ 'hunter2-x': { b: 'hunter2-x' } })],
    ['is the namespace', declare('hunter2-x'), { kind: 'A', metadata: { namespace: 'hunter2-x' } }],
    ['is the kind', declare('hunter2-x'), { kind: 'hunter2-x' }],
  ])('where it %s', (_, value, manifest) => {
    const leaks = guard(value).inManifests([manifest]);
    expect(leaks.length).toBeGreaterThan(0);
    expect(inspect(leaks)).not.toContain('hunter2');
    expect(inspect(guard(value))).not.toContain('hunter2');
  });
});

test('a key that holds a value is counted, and so is each key below it', () => {
  const leaks = guard(declare('hunter2-x')).inManifests([configMap({ 'a': 1, 'hunter2-x': { b: ['hunter2-x'] } })]);
  expect(leaks.map(({ path, message }) => [path, message])).toEqual([
    ['data', 'the value of key "password" of secret "db" stands in its key 2, plain'],
    ['data[key 2].b[0]', 'the value of key "password" of secret "db" stands here, plain'],
  ]);
});

test('a text that is no manifest is searched too', () => {
  expect(guard(declare('hunter2-x')).inText('hunter2-x.k8s.yaml', 'in the name of a file')).toEqual([{
    code: 'LeakedValue',
    message: 'the value of key "password" of secret "db" stands in the name of a file, plain',
    next: expect.any(String),
  }]);
});

test.each(['', 'admin', '12345', ' 12345 \n', 'aaaaaaaaaaaa', 'abababababab', 'postgres', 'PostgreSQL', 'localhost\n'])('%j is not searched for', text => {
  expect(guard(declare(text)).inManifests([configMap({ a: `${text} ${base64(text)}` })])).toEqual([]);
});

test('a value that is the namespace of its secret is not searched for', () => {
  expect(guard(declare('catalog', { namespace: 'catalog' })).inManifests([configMap({ a: 'catalog' })])).toEqual([]);
  expect(guard(declare('catalog')).inManifests([configMap({ a: 'catalog' })])).toHaveLength(1);
});

test.each(['123456', 'abcabc', 'hunter', 'password1', 'supersecret', 'changeme'])('%j is searched for', text => {
  expect(guard(declare(text)).inManifests([configMap({ a: text })])).toHaveLength(1);
});

test('an object that is nested very deeply is searched to its end', () => {
  let nested: unknown = VALUE;
  for (let depth = 0; depth < 20_000; depth++) nested = { a: nested };
  expect(guard(declare(VALUE)).inManifests([nested])).toHaveLength(1);
});

test('without values nothing is searched for', () => {
  expect(guard().inManifests([configMap({ a: VALUE }), null, 7, undefined])).toEqual([]);
});

test.each<[string, string, string]>([
  ["it's a password", "'it''s a password'", 'quoted as in a shell or in YAML'],
  ["it's a password", "'it'\\''s a password'", 'quoted as in a shell or in YAML'],
  ["it's a password", 'it&#39;s a password', 'escaped as in HTML'],
  ['a&b<c>d', '{"a":"a\\u0026b\\u003cc\\u003ed"}', 'escaped as in JSON'],
  ['a$b`c"d', '"a\\$b\\`c\\"d"', 'quoted as in a shell or in YAML'],
  ["a!b'c(d)", 'a%21b%27c%28d%29', 'percent-encoded'],
])('%j is found in %s, %s', (value, text, form) => {
  expect(guard(declare(value)).inManifests([configMap({ a: text })]).map(leak => leak.message)).toEqual([
    `the value of key "password" of secret "db" stands here, ${form}`,
  ]);
});

test('a value that everybody may know may stand anywhere, and its place in its Secret stays its own', () => {
  expect(guard(declare(VALUE, { isPublic: true })).inManifests([configMap({ a: VALUE }), secret({ password: base64(VALUE) })])).toEqual([]);
});

test('a part of a value is found, and may stand where the value does', () => {
  const whole = `{"password":"${'swordfish-7'}"}`;
  const found = guard(declare(whole), declare('swordfish-7', { isPart: true })).inManifests([secret({ password: base64(whole) }), configMap({ a: 'swordfish-7' })]);
  expect(found.map(({ path }) => path)).toEqual(['data.a']);
});
