import { ApiObject, App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import {
  Alphabet, BasicAuthSecret, BootstrapTokenSecret, CsiProvider, DockerConfigSecret, NamespaceSelector, Secret, SecretBinding, SecretDelivery,
  SensitiveValue, StoreReference, VaultEngine, type ManifestDeliveryOptions, type SecretProps,
} from '../../src';
import vectors from '../conformance/backends-vectors.json';
import { crdProblems } from '../conformance/crd';
import { unseal } from '../delivery/sealed/unseal';
import { manifestOf, newChart } from '../support/charts';
import { codes, findings, refusal } from '../support/refusal';
import { tempFile } from '../support/temp-folder';
import { newWorkload } from '../support/workloads';

const KEY = 'a determinism key of 32 bytes ...';
const determinismKey = SensitiveValue.fromLiteral(KEY);
const manifest = (options: ManifestDeliveryOptions = { determinismKey }) => SecretDelivery.manifest(options);
const external = () => SecretDelivery.external({ store: StoreReference.clusterSecretStore('vault') });

/** What is declared under a name in a namespace. */
function declare(data: Record<string, SensitiveValue>, props: Partial<SecretProps> = {}, chart = newChart('web'), id = 'Db'): Secret {
  return new Secret(chart, id, { metadata: { name: id.toLowerCase() }, data, delivery: manifest(), ...props });
}

/** The values of a Secret, by key. */
function valuesOf(secret: Secret): Record<string, string> {
  const { data } = manifestOf(secret);
  return Object.fromEntries(Object.entries<string>(data).map(([key, base64]) => [key, Buffer.from(base64, 'base64').toString()]));
}

/** One generated password. */
function passwordOf({ key = KEY, namespace = 'web', name = 'db', dataKey = 'password', generation = 1 }): string {
  const delivery = manifest({ determinismKey: SensitiveValue.fromLiteral(key) });
  const secret = new Secret(newChart(namespace), 'Db', { metadata: { name }, data: { [dataKey]: SensitiveValue.generated({ generation }) }, delivery });
  return valuesOf(secret)[dataKey];
}

describe('a generated value', () => {
  const words = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'abcdefghij') });
  const place = fc.record({
    key: fc.string({ minLength: 32, maxLength: 40, unit: fc.constantFrom(...'ABCDEFGHIJ') }),
    namespace: words,
    name: words,
    dataKey: words,
    generation: fc.integer({ min: 1, max: 5 }),
  });

  test('is the same wherever it is made, and another with any other key, namespace, name, key of the secret or generation', () => {
    fc.assert(fc.property(place, place, fc.constantFrom('key', 'namespace', 'name', 'dataKey', 'generation'), (one, other, field) => {
      expect(passwordOf({ ...one })).toBe(passwordOf({ ...one }));
      fc.pre(one[field as 'name'] !== other[field as 'name']);
      expect(passwordOf({ ...one, [field]: other[field as 'name'] })).not.toBe(passwordOf(one));
    }), { numRuns: 40 });
  });

  test('does not change with a version of this library', () => {
    expect(passwordOf({})).toBe('hs4YBQgaIhIoFObuUEZ7w5GX1t9Ovaoz');
  });

  test('is 32 letters and digits, if nothing else is said', () => {
    expect(passwordOf({})).toMatch(/^[A-Za-z0-9]{32}$/);
  });

  test('is that of the name without its hash, so that the hash does not change it', () => {
    const secret = declare({ password: SensitiveValue.generated() }, { hashedName: true });
    expect([secret.name, valuesOf(secret).password]).toEqual([expect.stringMatching(/^db-\w{10}$/), passwordOf({})]);
  });

  test('is derived from the name that the chart gives, where none is declared', () => {
    const [one, other] = ['A', 'A', 'B'].map(id => valuesOf(new Secret(newChart('web'), id, { data: { password: SensitiveValue.generated() }, delivery: manifest() })).password);
    expect(one).toBe(other);
  });

  test('of no namespace is another one too', () => {
    const secret = new Secret(new Chart(new App(), 'c'), 'Db', { metadata: { name: 'db' }, data: { password: SensitiveValue.generated() }, delivery: manifest() });
    expect(valuesOf(secret).password).not.toBe(passwordOf({}));
    expect(valuesOf(secret).password).toMatch(/^[A-Za-z0-9]{32}$/);
  });

  test('of another length or alphabet has nothing in common with it', () => {
    const values = valuesOf(declare({ a: SensitiveValue.generated({ length: 40 }) })).a;
    expect(values.startsWith(valuesOf(declare({ a: SensitiveValue.generated() })).a.slice(0, 6))).toBe(false);
  });

  test('is one value, however often the object stands in a secret and in the app', () => {
    const chart = newChart('web');
    const password = SensitiveValue.generated();
    const db = declare({ zz: password, password }, {}, chart);
    const other = declare({ token: password }, {}, chart, 'Other');
    expect(valuesOf(db)).toEqual({ password: passwordOf({}), zz: passwordOf({}) });
    expect(valuesOf(other)).toEqual({ token: passwordOf({}) });
  });

  test('is another for another object', () => {
    const { a, b } = valuesOf(declare({ a: SensitiveValue.generated(), b: SensitiveValue.generated() }));
    expect(a).not.toBe(b);
  });

  test('is a UUID', () => {
    expect(valuesOf(declare({ id: SensitiveValue.generatedUuid() })).id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('may be any part of a typed secret', () => {
    const delivery = manifest();
    const chart = newChart('web');
    const registry = new DockerConfigSecret(chart, 'R', {
      registries: [{ server: 'ghcr.io', username: SensitiveValue.fromLiteral('a'), password: SensitiveValue.generated() }], delivery,
    });
    const [base64] = Object.values<string>(manifestOf(registry).data);
    expect(JSON.parse(Buffer.from(base64, 'base64').toString()).auths['ghcr.io'].password).toMatch(/^[A-Za-z0-9]{32}$/);
    const token = new BootstrapTokenSecret(chart, 'T', {
      tokenId: 'abcdef', tokenSecret: SensitiveValue.generated({ length: 16, alphabet: Alphabet.lowercase() }), delivery,
    });
    expect(findings(token)).toEqual([]);
  });

  test('is searched for like any other: in a ConfigMap it is a leak', () => {
    const chart = newChart('web');
    const secret = declare({ password: SensitiveValue.generated() }, {}, chart);
    new ApiObject(chart, 'M', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: valuesOf(secret).password } });
    expect(codes(chart)).toEqual(['[c/M] LeakedValue']);
  });
});

describe('keepPrevious', () => {
  test('adds the value of the generation before as a key, from the first on', () => {
    const of = (generation: number) => declare({ password: SensitiveValue.generated({ generation, keepPrevious: true }) });
    const [first, second, third] = [1, 2, 3].map(of).map(valuesOf);
    expect(Object.keys(first)).toEqual(['password', 'password-previous']);
    expect([second['password-previous'], third['password-previous']]).toEqual([first.password, second.password]);
    expect(new Set([first['password-previous'], first.password, second.password, third.password]).size).toBe(4);
  });

  test('the key can be asked for and bound', () => {
    const auth = new BasicAuthSecret(newChart('web'), 'A', { username: SensitiveValue.fromLiteral('app'), password: SensitiveValue.generated({ keepPrevious: true }), delivery: manifest() });
    expect(auth.key('password-previous').name).toBe('password-previous');
    newWorkload('Deployment', Chart.of(auth)).with(SecretBinding.env('OLD', auth.key('password-previous')));
    expect(codes(auth)).toEqual([]);
  });

  test('keeps the previous value of the key that the value belongs to', () => {
    const chart = newChart('web');
    const password = SensitiveValue.generated({ generation: 2, keepPrevious: true });
    declare({ password }, {}, chart);
    expect(valuesOf(declare({ token: password }, {}, chart, 'Other'))).toEqual({ 'token': passwordOf({ generation: 2 }), 'token-previous': passwordOf({}) });
  });

  test('keeps it in whatever order keys have the same value', () => {
    const of = (keys: readonly string[], generation: number) => {
      const password = SensitiveValue.generated({ generation, keepPrevious: true });
      return valuesOf(declare(Object.fromEntries(keys.map(key => [key, password]))));
    };
    const first = of(['password', 'token'], 1);
    expect(of(['token', 'password'], 2)).toMatchObject({ 'password-previous': first.password, 'token-previous': first.token });
  });

  test('fails where the key is taken', () => {
    const data = { 'password-previous': SensitiveValue.fromLiteral('x'), 'password': SensitiveValue.generated({ keepPrevious: true }) };
    expect(refusal(() => declare(data))).toMatchObject({ code: 'DuplicateKey', path: 'c/Db' });
  });
});

describe('without a good key', () => {
  test('a manifest cannot be made, and the next step is said', () => {
    expect(findings(declare({ password: SensitiveValue.generated() }, { delivery: SecretDelivery.manifest() }))).toEqual([
      '[c/Db] MissingDeterminismKey: key "password": a generated text of 32 characters is derived from a secret key, and SecretDelivery.manifest of "c/Db" has none; '
      + "give it one: determinismKey: SensitiveValue.fromEnvironment('DETERMINISM_KEY'), made once by openssl rand -base64 32 and kept out of the repository",
    ]);
  });

  test.each<[string, SensitiveValue, string]>([
    ['a short one', SensitiveValue.fromLiteral('x'.repeat(31)), 'InvalidDeterminismKey'],
    ['one that is not set', SensitiveValue.fromEnvironment('NO_SUCH_KEY'), 'EnvironmentVariableUnset'],
    ['a generated one', SensitiveValue.generated(), 'InvalidValue'],
  ])('%s is refused when the value is needed', (_, key, code) => {
    expect(codes(declare({ password: SensitiveValue.generated() }, { delivery: manifest({ determinismKey: key }) }))).toEqual([`[c/Db] ${code}`]);
    expect(codes(declare({ password: SensitiveValue.fromLiteral('x') }, { delivery: manifest({ determinismKey: key }) }))).toEqual([]);
  });

  test('a plain text as key is refused at once, and not shown', () => {
    const problem = refusal(() => SecretDelivery.manifest({ determinismKey: KEY as never }));
    expect(problem).toMatchObject({ code: 'InvalidDeterminismKey', problem: 'the determinism key is no SensitiveValue' });
  });

  test('a value that belongs to a secret whose delivery has none cannot be had in another', () => {
    const chart = newChart('web');
    const password = SensitiveValue.generated();
    declare({ password }, { delivery: SecretDelivery.existing() }, chart);
    expect(findings(declare({ token: password }, {}, chart, 'Other'))).toEqual([expect.stringMatching(/^\[c\/Other\] MissingDeterminismKey: key "token": .* SecretDelivery\.existing of "c\/Db" has none/)]);
  });
});

describe('sealed', () => {
  const { certificatePem, privateKeyPkcs8Pem } = vectors.sealedSecrets;
  const sealed = (key?: SensitiveValue) => SecretDelivery.sealed({ certificate: tempFile(certificatePem, 'pub-cert.pem'), determinismKey: key });

  test('is the value that a manifest would have', () => {
    const secret = declare({ password: SensitiveValue.generated() }, { delivery: sealed(determinismKey) });
    const { encryptedData } = manifestOf(secret).spec;
    expect(unseal(encryptedData.password, 'web/db', privateKeyPkcs8Pem).toString()).toBe(passwordOf({}));
    expect(codes(secret)).toEqual([]);
  });

  test('needs a key for it too', () => {
    expect(codes(declare({ password: SensitiveValue.generated() }, { delivery: sealed() }))).toEqual(['[c/Db] MissingDeterminismKey']);
  });
});

test('SOPS encrypts the value that a manifest would have', () => {
  const age = ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'];
  const secret = declare({ password: SensitiveValue.generated() }, { delivery: SecretDelivery.sops({ age, determinismKey }) });
  expect(codes(secret)).toEqual([]);
  expect(secret._knownValues().get('password')!.toString()).toBe(passwordOf({}));
  expect(codes(declare({ password: SensitiveValue.generated() }, { delivery: SecretDelivery.sops({ age }) }))).toEqual(['[c/Db] MissingDeterminismKey']);
});

test('a copy in another namespace has the same value; the operator would make another one', () => {
  const secret = declare({ password: SensitiveValue.generated() });
  secret.replicateTo('jobs');
  const objects = Chart.of(secret).toJson();
  expect(objects.map(({ metadata, data }: any) => [metadata.namespace, data])).toEqual(['web', 'jobs'].map(namespace => [namespace, objects[0].data]));

  const generated = declare({ password: SensitiveValue.generated({ generation: 2 }) }, { delivery: external() });
  generated.replicateTo('jobs');
  expect(findings(generated)).toEqual([expect.stringMatching(/^\[c\/Db\/\S+\] UnsupportedByDelivery: "password" is a generated text .* another value in each namespace/)]);
});

describe('external', () => {
  const objectsOf = (secret: Secret) => Chart.of(secret).toJson();

  test('a generator makes it, and an ExternalSecret takes it once, and never again', () => {
    const password = SensitiveValue.generated({ length: 24, alphabet: Alphabet.urlSafe() });
    const secret = declare({ password, id: SensitiveValue.generatedUuid() }, { delivery: external() });
    expect(codes(secret)).toEqual([]);
    const objects = objectsOf(secret);
    expect(crdProblems(manifestOf(secret))).toEqual([]);
    expect(objects).toEqual([
      {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: 'db', namespace: 'web' },
        spec: {
          refreshPolicy: 'CreatedOnce',
          refreshInterval: '1h0m0s',
          target: {
            name: 'db',
            creationPolicy: 'Orphan',
            deletionPolicy: 'Retain',
            immutable: true,
            template: { engineVersion: 'v2', mergePolicy: 'Replace', type: 'Opaque', metadata: { labels: {}, annotations: {} } },
          },
          dataFrom: [
            {
              sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'UUID', name: 'db-id' } },
              rewrite: [{ regexp: { source: '^uuid$', target: 'id' } }],
            },
            { sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'db-password' } } },
          ],
        },
      },
      { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'UUID', metadata: { name: 'db-id', namespace: 'web' }, spec: {} },
      {
        apiVersion: 'generators.external-secrets.io/v1alpha1',
        kind: 'Password',
        metadata: { name: 'db-password', namespace: 'web' },
        spec: {
          length: 24, digits: 0, symbols: 24, symbolCharacters: Alphabet.urlSafe()._characters, noUpper: false, allowRepeat: true, encoding: 'raw',
        },
      },
    ]);
  });

  test('every generation has objects of its own, and so the Secret has another name', () => {
    const secret = declare({ password: SensitiveValue.generated({ generation: 2 }) }, { delivery: external() });
    expect(codes(secret)).toEqual([]);
    expect(secret.name).toBe('db-g2');
    expect(objectsOf(secret).map(({ kind, metadata }: any) => [kind, metadata.name])).toEqual([['ExternalSecret', 'db-g2'], ['Password', 'db-g2-password']]);
    expect(manifestOf(secret).spec.target.name).toBe('db-g2');
  });

  test('several generations are all in the name, so that raising any of them changes it', () => {
    const generated = (generation: number) => SensitiveValue.generated({ generation });
    const nameOf = (a: number, b: number) => declare({ a: generated(a), b: generated(b) }, { delivery: external() }).name;
    expect([nameOf(1, 1), nameOf(2, 1), nameOf(1, 2), nameOf(2, 2)]).toEqual(['db', 'db-g2-1', 'db-g1-2', 'db-g2']);
  });

  test('needs no store', () => {
    expect(codes(declare({ password: SensitiveValue.generated() }, { delivery: SecretDelivery.external({}) }))).toEqual([]);
  });

  test('a key that no name may hold is named by a hash', () => {
    const secret = declare({ DB_PASSWORD: SensitiveValue.generated() }, { delivery: external() });
    expect(codes(secret)).toEqual([]);
    expect(objectsOf(secret)[1].metadata.name).toMatch(/^db-db-password-\w{10}$/);
  });

  test.each([
    ['the secret', 'a'.repeat(253), 'password'],
    ['the key', 'db', 'a'.repeat(253)],
  ])('where the name of %s leaves no room for both, a hash is the name', (_, name, key) => {
    const secret = declare({ [key]: SensitiveValue.generated() }, { delivery: external(), metadata: { name } });
    expect(codes(secret)).toEqual([]);
    expect(objectsOf(secret)[1].metadata.name).toMatch(/^generated-\w{10}$/);
  });

  test('the same value under two keys is generated once', () => {
    const password = SensitiveValue.generated();
    const secret = declare({ a: password, b: password }, { delivery: external() });
    expect(codes(secret)).toEqual([]);
    const { dataFrom, target } = manifestOf(secret).spec;
    expect(dataFrom).toHaveLength(1);
    expect(target.template.data).toEqual({ a: '{{ index . "a" }}', b: '{{ .a }}' });
  });

  test('a key that is added later has a generator too', () => {
    const secret = declare({ a: SensitiveValue.generated() }, { delivery: external() });
    secret.addData('b', SensitiveValue.generated());
    expect(codes(secret)).toEqual([]);
    expect(objectsOf(secret).map(({ metadata }: any) => metadata.name)).toEqual(['db', 'db-a', 'db-b']);
  });

  test('what is in the store is fetched, and not generated', () => {
    const password = SensitiveValue.generated({ generation: 3 }).orRemote({ key: 'prod/db', property: 'password' });
    const secret = declare({ password }, { delivery: external() });
    expect(codes(secret)).toEqual([]);
    expect(objectsOf(secret).map(({ kind, metadata }: any) => [kind, metadata.name])).toEqual([['ExternalSecret', 'db']]);
  });

  const remote = SensitiveValue.fromRemote({ key: 'a' });
  test.each<[string, Record<string, SensitiveValue>, Partial<SecretProps>, string, RegExp]>([
    ['beside what is fetched, which would never be fetched again', { a: SensitiveValue.generated(), b: remote }, {}, 'UnsupportedByDelivery', /"a" is generated, and other keys are fetched/],
    ['with the value before', { a: SensitiveValue.generated({ generation: 2, keepPrevious: true }) }, {}, 'UnsupportedByDelivery', /"a-previous" is a generated text .* keeps no value of an earlier generation/],
    ['in a Secret that must not be immutable', { a: SensitiveValue.generated() }, { immutable: false }, 'UnsupportedByDelivery', /immutable: false/],
  ])('is refused %s', (_, data, props, code, problem) => {
    expect(findings(declare(data, { delivery: external(), ...props }))).toEqual([expect.stringMatching(new RegExp(`^\\[c/Db\\] ${code}: .*${problem.source}`))]);
  });

  test('is refused in many namespaces, each of which would have another value', () => {
    const delivery = SecretDelivery.external({ store: StoreReference.clusterSecretStore('vault'), namespaces: NamespaceSelector.labeled({ team: 'shop' }) });
    expect(findings(declare({ a: SensitiveValue.generated() }, { delivery }))).toEqual([
      expect.stringMatching(/UnsupportedByDelivery: "a" is a generated text .* another value in each namespace/),
    ]);
  });

  test('is refused in a second secret, for which the operator would make another value', () => {
    const chart = newChart('web');
    const password = SensitiveValue.generated();
    declare({ password }, { delivery: external() }, chart);
    expect(findings(declare({ token: password }, { delivery: external() }, chart, 'Other'))).toEqual([
      expect.stringMatching(/^\[c\/Other\] UnsupportedByDelivery: "token" is a generated text .* belongs to another secret/),
    ]);
  });

  test('is refused when a higher generation is added after the name was made', () => {
    const secret = declare({ a: SensitiveValue.generated() }, { delivery: external() });
    secret.addData('b', SensitiveValue.generated({ generation: 2 }));
    expect(codes(secret)).toEqual(['[c/Db] InvalidGeneratedValue']);
  });
});

describe('where the cluster or somebody else has the values', () => {
  const csi = () => SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'shop' }) });

  test.each<[string, SensitiveValue, string]>([
    ['text', SensitiveValue.generated({ length: 20 }), "LC_ALL=C tr -dc 'A-Za-z0-9' < /dev/urandom | head -c 20"],
    ['UUID', SensitiveValue.generatedUuid(), 'od -An -N16 -tx1 /dev/urandom'],
  ])('the CSI driver needs the %s in the store, and the command is said that makes one', (_, value, command) => {
    const secret = declare({ password: value }, { delivery: csi() });
    const [line, ...others] = findings(secret);
    expect(others).toEqual([]);
    expect(line).toMatch(/^\[c\/Db\] UnsupportedByDelivery: the value of key "password" is a generated /);
    expect(line).toContain(`put one into the store, made by ${command}`);
    expect(codes(declare({ password: value.orRemote({ key: 'secret/data/db', property: 'password' }) }, { delivery: csi() }))).toEqual([]);
  });

  test('Vault needs it in the store too', () => {
    const vault = SecretDelivery.vault({ engine: VaultEngine.keyValue('secret') });
    expect(findings(declare({ password: SensitiveValue.generated() }, { delivery: vault }))).toEqual([
      expect.stringMatching(/^\[c\/Db\] UnsupportedByDelivery: the value of key "password" is a generated .*, and a VaultStaticSecret fetches what a store holds; put one/),
    ]);
  });

  test('a command makes it of random bytes, but not where a delivery derives it', () => {
    const randomOf = (delivery: SecretDelivery) => declare({ password: SensitiveValue.generated() }, { delivery })._origin('password')?.random?.length;
    expect([SecretDelivery.existing(), external(), manifest()].map(randomOf)).toEqual([32, 32, undefined]);
  });

  test.each([['derives', manifest()], ['has the operator make', external()]])('a command asks for one that another secret %s', (_, delivery) => {
    const chart = newChart('web');
    const password = SensitiveValue.generated();
    declare({ password }, { delivery }, chart);
    expect(declare({ password }, { delivery: SecretDelivery.existing() }, chart, 'Other')._origin('password')).toBeUndefined();
  });

  test('existing needs nothing', () => {
    const secret = declare({ password: SensitiveValue.generated({ keepPrevious: true }) }, { delivery: SecretDelivery.existing() });
    expect([codes(secret), secret.keyNames]).toEqual([[], ['password', 'password-previous']]);
  });
});
