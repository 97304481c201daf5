import { statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ApiObject, App, Chart, JsonPatch, Yaml } from 'cdk8s';
import fc from 'fast-check';
import { parse } from 'yaml';
import { decryptSops, openAgeFile } from './unsops';
import {
  AppInspection, BasicAuthSecret, DeliveryKind, Inspection, Secret, SecretBinding, SecretDelivery, SecretPolicy, SensitiveValue,
  type SecretProps, type SopsDeliveryOptions,
} from '../../../src';
import { encryptForAge } from '../../../src/delivery/sops/age-file';
import { AgeRecipient } from '../../../src/delivery/sops/age-recipient';
import vectors from '../../conformance/sops-vectors.json';
import { manifestOf, newChart } from '../../support/charts';
import { withEnvironment } from '../../support/environment';
import { codes, findings, refusal } from '../../support/refusal';
import { tempFolder } from '../../support/temp-folder';
import { newWorkload, podTemplateOf } from '../../support/workloads';

const { identity, recipient } = vectors;
/** The public half of a key that nobody has. */
const other = 'age17e5kc27sqtunk08xp4502ygf8fkpeyct9jcah7me4xslp32ljsjqu2k6sf';
const determinismKey = SensitiveValue.fromLiteral(vectors.madeHere.determinismKey);
const sops = (options: Partial<SopsDeliveryOptions> = {}) => SecretDelivery.sops({ age: [recipient], determinismKey, ...options });
const literal = SensitiveValue.fromLiteral;

function declare(props: Partial<SecretProps> = {}, chart = newChart('shop')): Secret {
  return new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { password: literal('s3cr3t') }, delivery: sops(), ...props });
}

const yamlOf = (secret: Secret) => Yaml.stringify(manifestOf(secret));
const ENCRYPTED = expect.stringMatching(/^ENC\[AES256_GCM,data:[\w+/=]+,iv:[\w+/]{43}=,tag:[\w+/]{22}==,type:str\]$/);

test('the object is the Secret, with its values encrypted, and says how', () => {
  const manifest = manifestOf(declare({ metadata: { name: 'db', labels: { app: 'a' } }, type: 'example.com/db', immutable: true }));
  expect(manifest).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db', namespace: 'shop', labels: { app: 'a' } },
    data: { password: ENCRYPTED },
    immutable: true,
    type: 'example.com/db',
    sops: {
      age: [{ enc: expect.stringMatching(/^-----BEGIN AGE ENCRYPTED FILE-----\n/), recipient }],
      encrypted_regex: '^(data|stringData)$',
      lastmodified: '1970-01-01T00:00:00Z',
      mac: ENCRYPTED,
      version: '3.13.2',
    },
  });
  expect(Object.keys(manifest).at(-1)).toBe('sops');
});

test('what is written in YAML can be decrypted, and the MAC is right', () => {
  const plain = { delivery: SecretDelivery.manifest(), data: { 'a': literal('1'), '.b': literal(''), '10': literal('ü'), '9': literal('x') }, immutable: true };
  expect(decryptSops(parse(yamlOf(declare({ ...plain, delivery: sops() }))), identity)).toEqual(manifestOf(declare(plain)));
});

test('whatever the values are, they come back', () => {
  fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[a-zA-Z][-._a-zA-Z0-9]{0,20}$/), fc.string({ unit: 'binary' }), { minKeys: 1 }), texts => {
    const data = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, literal(text)]));
    expect(decryptSops(manifestOf(declare({ data })), identity)).toEqual(manifestOf(declare({ data, delivery: SecretDelivery.manifest() })));
  }), { numRuns: 30 });
});

describe('the document', () => {
  test('that sops 3.13.2 has made is read by what the tests decrypt with', () => {
    expect(decryptSops(parse(vectors.madeBySops.encrypted), identity)).toEqual(parse(vectors.madeBySops.plain));
  });

  test('that sops 3.13.2 and its MAC have found right is the one that is made today', () => {
    const secret = declare({
      metadata: { name: 'db', labels: { app: 'a' }, annotations: { on: 'yes', number: '1', empty: '' } },
      immutable: true,
      type: 'example.com/db',
      data: { 'password': literal('s3cr3t'), 'empty': literal(''), 'utf-8': literal('Zürich ☂'), '1': literal('one') },
    });
    expect(yamlOf(secret)).toBe(vectors.madeHere.encrypted);
  });

  test.each<[string, (manifest: any) => void]>([
    ['name', manifest => (manifest.metadata.name = 'dx')],
    ['type', manifest => (manifest.type = 'Other')],
    ['time', manifest => (manifest.sops.lastmodified = '2026-01-01T00:00:00Z')],
    ['key', manifest => (manifest.data = { other: manifest.data.password })],
  ])('is refused where somebody has changed its %s', (_, change) => {
    const manifest = manifestOf(declare());
    decryptSops(manifest, identity);
    change(manifest);
    expect(() => decryptSops(manifest, identity)).toThrow();
  });

  test('holds what the chart, a label and a patch of the user have added: the MAC is over all of it', () => {
    const secret = declare();
    ApiObject.of(secret).metadata.addLabel('team', 'a');
    ApiObject.of(secret).addJsonPatch(JsonPatch.add('/metadata/annotations', { note: 'n' }), JsonPatch.add('/data/more', 'YQ=='), JsonPatch.replace('/metadata/name', 'dx'));
    const manifest = manifestOf(secret);
    expect(manifest.data.more).toEqual(ENCRYPTED);
    expect(decryptSops(manifest, identity)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'Opaque',
      data: { password: 'czNjcjN0', more: 'YQ==' },
      metadata: { name: 'dx', namespace: 'shop', labels: { team: 'a' }, annotations: { note: 'n' } },
    });
  });

  test('with a patch that fails is no manifest, and nothing of the values is said', () => {
    const secret = declare();
    ApiObject.of(secret).addJsonPatch(JsonPatch.test('/metadata/name', 'another'));
    const refused = refusal(() => manifestOf(secret));
    expect(refused.code).toBe('UnrenderedObject');
    expect(refused.problem).toMatch(/^Failed serializing construct at path 'c\/Db\/Resource' with name 'db': TEST_OPERATION_FAILED: Test operation failed$/);
    expect(codes(secret)).toEqual(['[c/Db] UnrenderedObject']);
  });

  test('can be decrypted by every recipient', () => {
    const { sops: { age } } = manifestOf(declare({ delivery: sops({ age: [other, recipient] }) }));
    expect(age.map((entry: any) => entry.recipient)).toEqual([other, recipient]);
    expect(() => openAgeFile(age[0].enc, identity)).toThrow();
    expect(openAgeFile(age[1].enc, identity)).toHaveLength(32);
  });

  test('of a secret without values has none', () => {
    const manifest = manifestOf(declare({ data: {} }));
    expect(manifest).not.toHaveProperty('data');
    expect(decryptSops(manifest, identity).type).toBe('Opaque');
  });
});

describe('with a determinism key', () => {
  test('two programs write the same bytes', () => {
    expect(yamlOf(declare())).toBe(yamlOf(declare()));
  });

  test('another value changes its own line and the MAC', () => {
    const lines = (value: string) => yamlOf(declare({ data: { a: literal('1'), b: literal(value), c: literal('3') } })).split('\n');
    const [before, after] = [lines('2'), lines('4')];
    const changed = before.filter((line, index) => line !== after[index]).map(line => line.trim().split(':')[0]);
    expect(changed).toEqual(['b', 'mac']);
    expect(lines('2')).toEqual(before);
  });

  test('a label changes the MAC alone besides itself', () => {
    const lines = (app: string) => yamlOf(declare({ metadata: { name: 'db', labels: { app } } })).split('\n');
    const after = lines('b');
    expect(lines('a').filter((line, index) => line !== after[index]).map(line => line.trim().split(':')[0])).toEqual(['app', 'mac']);
  });

  test('equal values have nothing in common under another key, in another secret, another namespace or for other recipients', () => {
    const encrypted = [
      declare({ data: { password: literal('s'), other: literal('s') } }),
      declare({ metadata: { name: 'dx' }, data: { password: literal('s') } }),
      declare({ metadata: { name: 'db', namespace: 'x' }, data: { password: literal('s') } }),
      declare({ data: { password: literal('s') }, delivery: sops({ age: [recipient, other] }) }),
      declare({ data: { password: literal('s') }, delivery: sops({ determinismKey: literal('another determinism key of 32 bytes') }) }),
    ].flatMap(secret => Object.values<string>(manifestOf(secret).data));
    const partsOf = (name: string) => encrypted.map(text => new RegExp(`${name}:([^,]+)`).exec(text)![1]);
    for (const part of ['data', 'iv', 'tag']) expect(new Set(partsOf(part)).size).toBe(encrypted.length);
  });

  test('no nonce of a data key is used for two texts', () => {
    const nonces = ['1', '2', '3'].flatMap(value => yamlOf(declare({ data: { a: literal(value), b: literal(value) } })).match(/iv:[^,]+/g)!);
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  test('the order in which recipients are named changes nothing but their order', () => {
    const [one, two] = [[recipient, other], [other, recipient]].map(age => manifestOf(declare({ delivery: sops({ age }) })));
    expect(two.sops.age.reverse()).toEqual(one.sops.age);
    expect({ ...two, sops: { ...two.sops, age: [] } }).toEqual({ ...one, sops: { ...one.sops, age: [] } });
  });

  test('a checksum hashes what changes with the value alone, and tells nothing of it', () => {
    const input = (value: string, options: Partial<SopsDeliveryOptions> = {}) =>
      declare({ data: { a: literal(value) }, delivery: sops(options) })._checksumInput('a');
    expect(input('1')).toEqual(input('1', { age: [other] }));
    expect(input('1')).not.toEqual(input('2'));
    expect(input('1')).not.toEqual(input('1', { determinismKey: literal('another determinism key of 32 bytes') }));
  });

  test('a name can hold a hash, which depends on the key', () => {
    const name = (options: Partial<SopsDeliveryOptions>) => declare({ hashedName: true, delivery: sops(options) }).name;
    expect(name({})).toMatch(/^db-[a-z0-9]{10}$/);
    expect(name({})).toBe(name({ age: [other] }));
    expect(name({})).not.toBe(name({ determinismKey: literal('another determinism key of 32 bytes') }));
    expect(refusal(() => name({ determinismKey: undefined }))).toMatchObject({ code: 'UnsupportedByDelivery', path: 'c/Db' });
  });
});

describe('without one', () => {
  const random = { delivery: sops({ determinismKey: undefined }) };

  test('two synths of one program write the same bytes, and two programs do not', () => {
    const secret = declare(random);
    expect(yamlOf(secret)).toBe(yamlOf(secret));
    expect(yamlOf(secret)).not.toBe(yamlOf(declare(random)));
    expect(decryptSops(manifestOf(secret), identity).data).toEqual({ password: 'czNjcjN0' });
  });

  test('there is nothing that a checksum could hash', () => {
    expect(declare(random)._checksumInput('password')).toBeUndefined();
  });
});

test('the secret has the same name, keys and type as with any other delivery', () => {
  const [plain, secret] = [SecretDelivery.manifest(), sops()].map(delivery =>
    new BasicAuthSecret(newChart('ns1'), 'Login', { username: literal('u'), password: literal('p'), delivery }));
  const contractOf = ({ name, namespace, secretType, keyNames }: BasicAuthSecret) => [name, namespace, secretType, keyNames];
  expect(contractOf(secret)).toEqual(contractOf(plain));
});

describe('nothing is encrypted', () => {
  test.each<[string, any, string]>([
    ['for nobody', [], 'SOPS needs somebody who can decrypt'],
    ['without saying for whom', undefined, 'SOPS needs somebody who can decrypt'],
    ['for somebody twice', [recipient, recipient], `the recipient ${recipient} is named twice`],
    ['for a secret key', [identity], 'a secret key of age was given in place of a recipient'],
  ])('%s', (_, age, problem) => {
    expect(refusal(() => sops({ age }))).toMatchObject({ code: 'InvalidAgeRecipient', problem });
  });

  test('where a value cannot be had, and the key is named', () => {
    withEnvironment({ NO_SUCH: undefined }, () => {
      const secret = declare({ data: { password: SensitiveValue.fromEnvironment('NO_SUCH') } });
      expect(findings(secret)).toEqual([expect.stringMatching(/^\[c\/Db\] EnvironmentVariableUnset: key "password": environment variable "NO_SUCH" is not set/)]);
    });
  });

  test('with a determinism key that is short, or missing', () => {
    expect(codes(declare({ delivery: sops({ determinismKey: literal('short') }) }))).toEqual(['[c/Db] InvalidDeterminismKey']);
    withEnvironment({ NO_SUCH: undefined }, () => {
      expect(codes(declare({ delivery: sops({ determinismKey: SensitiveValue.fromEnvironment('NO_SUCH') }) }))).toEqual(['[c/Db] EnvironmentVariableUnset']);
    });
  });

  test.each<[string, Partial<SecretProps>]>([
    ['a label that SOPS takes for encrypted', { metadata: { name: 'db', labels: { data: 'x' } } }],
    ['an annotation that SOPS takes for encrypted', { metadata: { name: 'db', annotations: { stringData: 'x' } } }],
    ['an annotation that SOPS reads as a number', { metadata: { name: 'db', annotations: { mode: '0o640' } } }],
    ['an annotation in which SOPS reads the end of a line', { metadata: { name: 'db', annotations: { note: 'a\u2028b' } } }],
    ['a key that SOPS reads as a number', { data: { '0o17': literal('x') } }],
  ])('beside %s', (_, props) => {
    expect(codes(declare(props))).toEqual(['[c/Db] UnsupportedByDelivery']);
  });

  test.each<[string, unknown]>([['a fraction', 0.5], ['a number that is too large', 2 ** 60]])('beside %s', (_, value) => {
    const secret = declare();
    ApiObject.of(secret).addJsonPatch(JsonPatch.add('/metadata/generation', value));
    expect(codes(secret)).toEqual(['[c/Db] UnsupportedByDelivery']);
  });
});

describe('an app with it', () => {
  test('has no findings: the keys are known and no plain value is in the manifest', () => {
    const chart = newChart('shop');
    SecretPolicy.of(chart).forbidPlaintext();
    SecretPolicy.of(chart).allowDeliveries(DeliveryKind.SOPS);
    const secret = declare({}, chart);
    newWorkload('Deployment', chart).with(SecretBinding.env('A', secret.key('password')));
    expect(codes(chart)).toEqual([]);
    expect(Inspection.fromApp(App.of(chart)).findings).toEqual([]);
  });

  test('rolls pods out with the value, and a key that is missing is found', () => {
    const annotations = (value: string) => {
      const chart = newChart('shop');
      const secret = declare({ data: { password: literal(value) } }, chart);
      return podTemplateOf(manifestOf(newWorkload('Deployment', chart).with(SecretBinding.envFrom(secret)))).metadata.annotations;
    };
    expect(annotations('1')).toEqual(annotations('1'));
    expect(annotations('1')).not.toEqual(annotations('2'));
    const chart = newChart('shop');
    declare({ type: 'kubernetes.io/tls' }, chart);
    expect(codes(chart)).toEqual(['[c/Db] MissingKey']);
  });

  test('writes it into a file that everybody may read: it is fit for a repository', () => {
    const modeOf = (delivery: SecretDelivery) => {
      const outdir = tempFolder();
      const app = new App({ outdir });
      declare({ delivery }, newChart('shop', app));
      app.synth();
      // eslint-disable-next-line no-bitwise
      return statSync(join(outdir, 'c.k8s.yaml')).mode & 0o077;
    };
    expect(modeOf(SecretDelivery.manifest())).toBe(0);
    expect(modeOf(sops())).not.toBe(0);
  });

  test('may acknowledge what is found in it', () => {
    const chart = new Chart(new App(), 'c', { namespace: 'shop' });
    SecretPolicy.of(chart).allowDeliveries(DeliveryKind.EXTERNAL);
    declare({}, chart);
    expect(codes(chart)).toEqual(['[c/Db] DeliveryForbidden']);
    AppInspection.of(chart).acknowledge('DeliveryForbidden', 'until the store is there');
    expect(codes(chart)).toEqual([]);
  });
});

test('an age file holds one chunk, and says so where that is not enough', () => {
  const randomness = { fileKey: Buffer.alloc(16, 1), ephemeralKey: Buffer.alloc(32, 2), payloadNonce: Buffer.alloc(16, 3) };
  const make = (size: number) => encryptForAge(AgeRecipient.parse(recipient), Buffer.alloc(size, 7), randomness);
  for (const size of [1, 65536]) expect(openAgeFile(make(size), identity)).toEqual(Buffer.alloc(size, 7));
  for (const size of [0, 65537]) expect(() => make(size)).toThrow(RangeError);
});

test('neither the secret nor its delivery shows a value, the data key or the determinism key, whatever prints them', () => {
  const delivery = sops({ determinismKey: literal('canary-key'.repeat(4)) });
  const secret = declare({ delivery, data: { password: literal('canary-value') } });
  const text = JSON.stringify(manifestOf(secret));
  const dataKey = openAgeFile(manifestOf(secret).sops.age[0].enc, identity);
  for (const thing of [secret, delivery, text]) {
    for (const options of [{ depth: null }, { depth: null, showHidden: true, customInspect: false }]) {
      const shown = inspect(thing, { ...options, maxArrayLength: null });
      for (const hidden of ['canary-', dataKey.toString('base64'), dataKey.toString('hex'), dataKey.toString('hex').replace(/(..)(?=.)/g, '$1 ').slice(0, 40)]) {
        expect(shown.includes(hidden)).toBe(false);
      }
    }
  }
});
