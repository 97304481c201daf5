import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import {
  AppInspection, BasicAuthSecret, Inspection, KeyPair, PolicyPack, Secret, SecretBinding,
  SecretConfigMap, SecretDelivery, SecretPolicy, SecretRollout,
  SensitiveValue, WarningHandling, type KeptGenerations, type SecretProps,
} from '../../src';
import { readManifestStream } from '../../src/inspect/read/manifest-stream';
import vectors from '../conformance/backends-vectors.json';
import sopsVectors from '../conformance/sops-vectors.json';
import { unseal } from '../delivery/sealed/unseal';
import { decryptSops } from '../delivery/sops/unsops';
import { codes, findings, refusal } from '../support/refusal';
import { tempFile, tempFolder } from '../support/temp-folder';
import { newWorkload } from '../support/workloads';

const literal = SensitiveValue.fromLiteral;
const determinismKey = literal('a determinism key of 32 bytes ...');
const certificate = tempFile(vectors.sealedSecrets.certificatePem);
const other = 'age17e5kc27sqtunk08xp4502ygf8fkpeyct9jcah7me4xslp32ljsjqu2k6sf';

type Delivery = (keep?: KeptGenerations) => SecretDelivery;
const sealed: Delivery = keep => SecretDelivery.sealed({ certificate, determinismKey, keep });
const sops: Delivery = keep => SecretDelivery.sops({ age: [sopsVectors.recipient], determinismKey, keep });
const manifest: Delivery = keep => SecretDelivery.manifest({ determinismKey, keep });
const DELIVERIES: [string, Delivery][] = [['sealed', sealed], ['sops', sops], ['manifest', manifest]];

let folder: string;
let journal: string;
let said: string[];
beforeEach(() => {
  folder = tempFolder();
  journal = join(folder, 'generations.jsonl');
  said = [];
  jest.spyOn(process.stderr, 'write').mockImplementation(text => said.push(String(text)) > 0);
});
afterEach(() => jest.restoreAllMocks());

const outdir = () => join(folder, 'dist');
const written = (): any[] => readManifestStream(readFileSync(join(outdir(), 'c.k8s.yaml'), 'utf8')).map(({ manifest: object }) => object);
const names = () => written().map(({ metadata: { name } }) => name);

/** The chart of an app that writes into the folder. */
function chartOf(app = new App({ outdir: outdir() })): Chart {
  return new Chart(app, 'c', { namespace: 'web' });
}

/** One run of a program: what is written, the newest first. */
function synth(declare: (chart: Chart) => void): string[] {
  const chart = chartOf();
  declare(chart);
  App.of(chart).synth();
  return names();
}

/** A secret with a generated password of some generation. */
function db(delivery: Delivery, generation: number, { keep = {}, ...props }: Partial<SecretProps> & { keep?: Partial<KeptGenerations> } = {}) {
  return (chart: Construct) => new Secret(chart, 'Db', {
    metadata: { name: 'db' },
    data: { user: literal('app'), password: SensitiveValue.generated({ generation }) },
    hashedName: true,
    delivery: delivery({ journal, ...keep }),
    ...props,
  });
}

describe.each(DELIVERIES)('with %s', (_, delivery) => {
  test('the manifests hold the newest and the two before it, whatever a synth finds in the output folder', () => {
    const made = [1, 2, 3, 4].map(generation => {
      rmSync(outdir(), { recursive: true, force: true });
      return synth(db(delivery, generation));
    });
    const [a, b, c, d] = made.map(([newest]) => newest);
    expect(new Set([a, b, c, d]).size).toBe(4);
    expect(made).toEqual([[a], [b, a], [c, b, a], [d, c, b]]);
  });

  test('an earlier object is the one that was the newest before', () => {
    synth(db(delivery, 1));
    const [before] = written();
    synth(db(delivery, 2));
    expect(written()[1]).toEqual(before);
  });

  test('a synth of the same values changes nothing, in the manifests and in the journal', () => {
    [1, 2].forEach(generation => synth(db(delivery, generation)));
    const files = [journal, join(outdir(), 'c.k8s.yaml')];
    const before = files.map(file => readFileSync(file, 'utf8'));
    said = [];
    synth(db(delivery, 2));
    expect(files.map(file => readFileSync(file, 'utf8'))).toEqual(before);
    expect(said).toEqual([]);
  });

  test('a value that comes back is the newest again, and once', () => {
    const [[a], [b]] = [1, 2].map(generation => synth(db(delivery, generation)));
    expect(synth(db(delivery, 1))).toEqual([a, b]);
    expect(synth(db(delivery, 1))).toEqual([a, b]);
    expect(synth(db(delivery, 3)).slice(1)).toEqual([a, b]);
  });

  test('a smaller number keeps fewer, and a greater one more from then on', () => {
    const [a, b, c] = [1, 2, 3].map(generation => synth(db(delivery, generation))[0]);
    expect(synth(db(delivery, 3, { keep: { generations: 2 } }))).toEqual([c, b]);
    expect(synth(db(delivery, 3))).toEqual([c, b]);
    expect(synth(db(delivery, 3, { keep: { generations: 1 } }))).toEqual([c]);
    expect(synth(db(delivery, 1, { keep: { generations: 4 } }))).toEqual([a, c]);
  });

  test('no value is in the journal, nor what it could be told by', () => {
    const passwords = [1, 2].map(generation => {
      synth(db(delivery, generation));
      return plainOf(delivery, written()[0]).password;
    });
    const text = readFileSync(journal, 'utf8');
    for (const password of passwords) {
      for (const form of ['utf8', 'base64', 'hex'] as const) expect(text).not.toContain(Buffer.from(password).toString(form));
    }
  });

  test('without the journal the manifests start again with the newest, and that is said', () => {
    [1, 2].forEach(generation => synth(db(delivery, generation)));
    rmSync(journal);
    said = [];
    const [c] = synth(db(delivery, 3));
    expect(names()).toEqual([c]);
    expect(said).toEqual([expect.stringMatching(`^cdk8s-secrets: ".*generations.jsonl" has web/${c} now; commit it`)]);
  });

  test('one secret in several namespaces keeps its earlier ones in each', () => {
    const declare = (generation: number) => (chart: Chart) => db(delivery, generation)(chart).replicateTo('b', 'c');
    synth(declare(1));
    synth(declare(2));
    const places = written().map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    const [newest, before] = [places[0], places[1]].map(place => place.slice('web/'.length));
    expect(places).toEqual(['web', 'b', 'c'].flatMap(namespace => [newest, before].map(name => `${namespace}/${name}`)));
    const passwords = written().map(object => plainOf(delivery, object).password);
    expect(new Set(passwords.filter((__, index) => index % 2 === 0)).size).toBe(1);
    expect(new Set(passwords).size).toBe(2);
    expect(synth(chart => db(delivery, 2)(chart))).toEqual([newest, before]);
  });

  test('a secret in several namespaces that is moved in the program keeps its earlier ones in each', () => {
    const declare = (generation: number) => (scope: Construct) => db(delivery, generation)(scope).replicateTo('b');
    synth(declare(1));
    synth(chart => declare(2)(new Construct(chart, 'Storage')));
    expect(written().map(({ metadata }) => metadata.namespace)).toEqual(['web', 'web', 'b', 'b']);
    expect(new Set(names()).size).toBe(2);
  });

  test('a command that looks at the app writes nothing', () => {
    jest.replaceProperty(process, 'env', { ...process.env, CDK8S_SECRETS_OUTPUT: join(folder, 'elsewhere') });
    const chart = chartOf();
    db(delivery, 1)(chart);
    App.of(chart).synth();
    expect(existsSync(journal)).toBe(false);
    expect(said).toEqual([]);
  });

  test('synthYaml writes no file, and says that the journal is not up to date', () => {
    const chart = chartOf();
    db(delivery, 1)(chart);
    App.of(chart).synthYaml();
    expect(existsSync(journal)).toBe(false);
    expect(said).toEqual([expect.stringContaining('is not brought up to date by synthYaml()')]);
  });

  test('an inspection has nothing against the earlier ones', () => {
    synth(db(delivery, 1));
    const chart = chartOf();
    const secret = db(delivery, 2)(chart);
    newWorkload('Deployment', chart).with(SecretBinding.files('/etc/db', secret), SecretRollout.hashedName());
    SecretPolicy.of(chart).require(PolicyPack.UNUSED);
    expect(Inspection.fromApp(App.of(chart)).findings).toEqual([]);
  });

  test('the same app can be synthesized twice', () => {
    synth(db(delivery, 1));
    const chart = chartOf();
    db(delivery, 2)(chart);
    App.of(chart).synth();
    const [first, text] = [names(), readFileSync(journal, 'utf8')];
    App.of(chart).synth();
    expect(names()).toEqual(first);
    expect(readFileSync(journal, 'utf8')).toBe(text);
    const later = new Secret(chart, 'Later', {
      data: { a: SensitiveValue.generated() }, hashedName: true, delivery: delivery({ journal }),
    });
    App.of(chart).synth();
    expect(readFileSync(journal, 'utf8')).toContain(later.name);
  });
});

/** The values of an object, by key. */
function plainOf(delivery: Delivery, object: any): Record<string, string> {
  const { name, namespace } = object.metadata;
  const { privateKeyPkcs8Pem } = vectors.sealedSecrets;
  const texts = (data: Record<string, string>, open: (text: string) => Buffer) =>
    Object.fromEntries(Object.entries(data).map(([key, text]) => [key, open(text).toString()]));
  if (delivery === sealed) return texts(object.spec.encryptedData, text => unseal(text, `${namespace}/${name}`, privateKeyPkcs8Pem));
  const { data } = (delivery === sops ? decryptSops(object, sopsVectors.identity) : object) as any;
  return texts(data, text => Buffer.from(text, 'base64'));
}

describe.each(DELIVERIES.slice(0, 2))('with %s, whose objects can be written down', (_, delivery) => {
  const holding = (data: SecretProps['data'], props: Partial<SecretProps> = {}) => db(delivery, 1, { data, ...props });

  test('values from anywhere are kept: keys may come and go', () => {
    const [a] = synth(holding({ password: literal('one'), old: literal('x') }));
    expect(synth(holding({ password: literal('two') })).slice(1)).toEqual([a]);
    expect(plainOf(delivery, written()[1])).toEqual({ old: 'x', password: 'one' });
  });

  test('nothing of them is in the journal', () => {
    const canary = 'zQ7xK&9vJ<4bL/pW+2mT';
    [canary, `${canary}2`].forEach(value => synth(holding({ password: literal(value) })));
    const text = readFileSync(journal, 'utf8');
    for (const form of ['utf8', 'base64', 'hex'] as const) expect(text).not.toContain(Buffer.from(canary).toString(form).slice(0, 12));
  });

  test('it is kept as it was, with its labels of then and with the patches that it had', () => {
    synth(chart => {
      const secret = holding({ a: literal('1') }, { metadata: { name: 'db', labels: { stage: 'old' } } })(chart);
      ApiObject.of(secret).addJsonPatch(JsonPatch.add('/metadata/annotations', { patched: 'yes' }));
    });
    const [before] = written();
    expect(before.metadata).toMatchObject({ labels: { stage: 'old' }, annotations: { patched: 'yes' } });
    synth(holding({ a: literal('2') }));
    expect(written()[1]).toEqual(before);
  });

  test('labels that change without a value make no generation, and are kept with the next', () => {
    const [a] = synth(holding({ a: literal('1') }));
    expect(synth(holding({ a: literal('1') }, { metadata: { name: 'db', labels: { stage: 'new' } } }))).toEqual([a]);
    synth(holding({ a: literal('2') }));
    expect(written()[1].metadata.labels.stage).toBe('new');
  });

  test('a secret that is renamed keeps those of its old name, and one that was moved those of its name', () => {
    const [a] = synth(holding({ a: literal('1') }));
    const [b] = synth(holding({ a: literal('1') }, { metadata: { name: 'database' } }));
    expect(names()).toEqual([b, a]);
    expect(b).toMatch(/^database-/);
    synth(chart => holding({ a: literal('2') }, { metadata: { name: 'database' } })(new Construct(chart, 'Storage')));
    // of its new place it has those of its name
    expect(names().slice(1)).toEqual([b]);
    expect(said.at(-1)).toContain(`no longer has web/${a}, which nothing declares any more`);
  });

  test('a secret that nobody declares any more is left out, and that is said', () => {
    const two = (chart: Chart) => {
      holding({ a: literal('1') })(chart);
      new Secret(chart, 'Key', { metadata: { name: 'key' }, data: { a: literal('1') }, hashedName: true, delivery: delivery({ journal }) });
    };
    const [a, key] = synth(two);
    said = [];
    expect(synth(holding({ a: literal('1') }))).toEqual([a]);
    expect(said).toEqual([expect.stringContaining(`no longer has web/${key}, which nothing declares any more`)]);
    expect(readFileSync(journal, 'utf8')).not.toContain(key);
  });

  test('two secrets of one journal have their own', () => {
    const two = (one: string, another: string) => (chart: Chart) => {
      holding({ a: literal(one) })(chart);
      new Secret(chart, 'Key', { metadata: { name: 'key' }, data: { a: literal(another) }, hashedName: true, delivery: delivery({ journal }) });
    };
    const [a1, k1] = synth(two('1', '1'));
    const [a2, , k1Again] = synth(two('2', '1'));
    expect(names()).toEqual([a2, a1, k1]);
    expect(k1Again).toBe(k1);
    const [k2] = synth(two('2', '2')).slice(2);
    expect(names()).toEqual([a2, a1, k2, k1]);
  });

  describe('a ConfigMap beside it', () => {
    const beside = (host: string, password: string, keys = ['host']) => (chart: Construct) => {
      const secret = holding({ host: literal(host), password: literal(password) })(chart);
      return { secret, config: new SecretConfigMap(chart, 'Config', { secret, keys, metadata: { name: 'db' } }) };
    };
    const configMaps = () => written().filter(({ kind }) => kind === 'ConfigMap');

    test('is kept with the Secrets that it goes with, and once where only a secret value changes', () => {
      synth(beside('a', '1'));
      const [first] = configMaps();
      synth(beside('a', '2'));
      expect([names().length, configMaps()]).toEqual([3, [first]]);
      synth(beside('b', '2'));
      expect(configMaps()).toEqual([expect.objectContaining({ data: { host: 'b' } }), first]);
      expect(said.at(-1)).toMatch(/ has web\/db-\w{10}, ConfigMap web\/db-\w{10} now;/);
      const before = readFileSync(journal, 'utf8');
      synth(beside('b', '2'));
      expect(readFileSync(journal, 'utf8')).toBe(before);
    });

    test('is kept in every namespace of the secret, and where it was moved', () => {
      synth(chart => beside('a', '1')(chart).secret.replicateTo('b'));
      synth(chart => beside('b', '1')(new Construct(chart, 'Storage')).secret.replicateTo('b'));
      expect(configMaps().map(({ metadata: { namespace }, data: { host } }) => `${namespace} ${host}`).sort()).toEqual(['b a', 'b b', 'web a', 'web b']);
    });

    test('of before is an error where what was public is a secret now', () => {
      synth(beside('shown-to-all', '1'));
      const chart = chartOf();
      const secret = holding({ host: literal('b'), password: literal('shown-to-all') })(chart);
      new SecretConfigMap(chart, 'Config', { secret, keys: ['host'], metadata: { name: 'db' } });
      expect(codes(chart)).toEqual([expect.stringMatching(/^\[c\/Config\/Earlier\/web\.db-\w{10}\] LeakedValue$/)]);
    });
  });

  test('what another delivery has brought is lost, and that is a warning', () => {
    const [a] = synth(holding({ a: literal('1') }));
    const chart = chartOf();
    holding({ a: literal('2') }, { delivery: delivery === sealed ? sops({ journal }) : sealed({ journal }) })(chart);
    const { warnings } = Inspection.fromApp(App.of(chart));
    expect(warnings.map(({ code, constructPath, message }) => [code, constructPath, message])).toEqual([
      ['EarlierSecretLost', 'c/Db', `the earlier Secret "web/${a}" was brought by SecretDelivery.${delivery === sealed ? 'sealed' : 'sops'}: it is no longer in the manifests`],
    ]);
    App.of(chart).synth();
    expect(readFileSync(journal, 'utf8')).not.toContain(a);
  });
});

describe('with sops', () => {
  const to = (...age: string[]): Delivery => keep => SecretDelivery.sops({ age, determinismKey, keep });

  test('what not every recipient of today can decrypt is lost, as Flux would refuse all of the folder', () => {
    const { recipient } = sopsVectors;
    const [a] = synth(db(to(recipient, other), 1));
    expect(synth(db(to(recipient), 2)).slice(1)).toEqual([a]);
    const [b] = names();
    const chart = chartOf();
    db(to(recipient, other), 3)(chart);
    const lost = Inspection.fromApp(App.of(chart)).warnings;
    expect(lost.map(({ code, message }) => [code, message])).toEqual([['EarlierSecretLost', expect.stringContaining(`"web/${b}" is encrypted for other recipients`)]]);
    App.of(chart).synth();
    expect(names().slice(1)).toEqual([a]);
  });
});

describe('with manifest, which writes no value down', () => {
  const pair = (generation: number) => {
    const { privateKey, publicKey } = KeyPair.ed25519('deploy', { generation });
    return { 'id': privateKey, 'id.pub': publicKey };
  };

  test.each<[string, (generation: number) => SecretProps['data']]>([
    ['a password with the one before it', generation => ({ password: SensitiveValue.generated({ generation, keepPrevious: true }) })],
    ['a value that holds one', generation => ({ url: SensitiveValue.template('pg://{p}@db', { p: SensitiveValue.generated({ generation }) }) })],
    ['two values, of which one was rotated', generation => ({ a: SensitiveValue.generated({ generation }), b: SensitiveValue.generated() })],
    ['a UUID', generation => ({ id: SensitiveValue.generatedUuid({ generation }) })],
  ])('%s is derived again', (_, data) => {
    synth(db(manifest, 1, { data: data(1) }));
    const [first] = written();
    synth(db(manifest, 2, { data: data(2) }));
    expect(written()).toEqual([expect.anything(), first]);
    expect(written()[0].data).not.toEqual(first.data);
  });

  test('typed secrets keep theirs too, with what else they declare', () => {
    const login = (generation: number) => (chart: Chart) => new BasicAuthSecret(chart, 'Login', {
      metadata: { name: 'login' }, username: literal('u'), password: SensitiveValue.generated({ generation }), hashedName: true, delivery: manifest({ journal }),
    });
    synth(login(1));
    const [first] = written();
    synth(login(2));
    expect(written()[1]).toEqual(first);
  });

  test('one that belongs to another secret is derived again with it', () => {
    const both = (generation: number) => (chart: Chart) => {
      const password = SensitiveValue.generated({ generation });
      db(manifest, 1, { data: { password } })(chart);
      new Secret(chart, 'Copy', { metadata: { name: 'copy' }, data: { p: password }, hashedName: true, delivery: manifest({ journal }) });
    };
    synth(both(1));
    const first = written();
    synth(both(2));
    expect([written()[1], written()[3]]).toEqual(first);
  });

  test('an earlier value is guarded like one of today', () => {
    synth(db(manifest, 1));
    const earlier = Buffer.from(written()[0].data.password, 'base64').toString();
    const chart = chartOf();
    const secret = db(manifest, 2)(chart);
    new ApiObject(chart, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { password: earlier } } as any);
    expect(codes(secret)).toEqual(['[c/Config] LeakedValue']);
    expect(findings(secret).join('')).not.toContain(earlier);
  });

  test('the journal holds names and generations', () => {
    const [a] = synth(db(manifest, 1));
    const [b] = synth(db(manifest, 2));
    expect(readFileSync(journal, 'utf8').split('\n').map(line => line === '' ? '' : JSON.parse(line))).toEqual([
      { version: 1 },
      { path: 'c/Db', delivery: 'manifest', namespace: 'web', name: a, generations: { password: 1 } },
      { path: 'c/Db', delivery: 'manifest', namespace: 'web', name: b, generations: { password: 2 } },
      '',
    ]);
  });

  test('one whose other values have changed is lost, and that is a warning', () => {
    const [a] = synth(db(manifest, 1));
    const chart = chartOf();
    db(manifest, 2, { data: { user: literal('other'), password: SensitiveValue.generated({ generation: 2 }) } })(chart);
    const [warning, ...others] = Inspection.fromApp(App.of(chart)).warnings;
    expect([warning.code, others]).toEqual(['EarlierSecretLost', []]);
    expect(warning.message).toBe(`the earlier Secret "web/${a}" cannot be derived again, as more than the generations of its values has changed: it is no longer in the manifests`);
  });

  test('where warnings are errors, nothing is written until somebody has said that it may be lost', () => {
    synth(db(manifest, 1));
    const before = readFileSync(journal, 'utf8');
    const chart = chartOf();
    AppInspection.of(chart).configure({ warnings: WarningHandling.FAIL });
    db(manifest, 1, { data: { user: literal('other'), password: SensitiveValue.generated() } })(chart);
    expect(() => App.of(chart).synth()).toThrow('EarlierSecretLost');
    expect(readFileSync(journal, 'utf8')).toBe(before);
    AppInspection.of(chart).acknowledge('EarlierSecretLost', 'no pod needs it');
    App.of(chart).synth();
    expect(readFileSync(journal, 'utf8')).not.toBe(before);
  });

  test('a key pair is derived again', () => {
    synth(db(manifest, 1, { data: pair(1) }));
    const [first] = written();
    synth(db(manifest, 2, { data: pair(2) }));
    expect(written()[1]).toEqual(first);
  });

  test('fails for a secret without generated values, and says what keeps them', () => {
    const { code, path, next } = refusal(() => db(manifest, 1, { data: { user: literal('app') } })(chartOf()));
    expect([code, path, next]).toEqual(['UnsupportedByDelivery', 'c/Db', expect.stringMatching(/sealed or \.sops.*annotations/)]);
  });
});

test('whatever order values come in, and however many are kept, the manifests hold the latest ones, each once', () => {
  const step = fc.record({ generation: fc.integer({ min: 1, max: 4 }), generations: fc.integer({ min: 1, max: 4 }) });
  fc.assert(fc.property(fc.constantFrom(manifest, sops), fc.array(step, { minLength: 1, maxLength: 8 }), (delivery, steps) => {
    rmSync(journal, { force: true });
    const nameOf = new Map<number, string>();
    let latest: number[] = [];
    for (const { generation, generations } of steps) {
      latest = [generation, ...latest.filter(earlier => earlier !== generation)].slice(0, generations);
      const made = synth(db(delivery, generation, { keep: { generations } }));
      nameOf.set(generation, made[0]);
      expect(made).toEqual(latest.map(each => nameOf.get(each)));
    }
  }), { numRuns: 25 });
});

test('a secret whose name has no hash has nothing to keep', () => {
  expect(synth(db(sealed, 1, { hashedName: false }))).toEqual(['db']);
  expect(existsSync(journal)).toBe(false);
});

test('a secret whose name has its hash no longer has none of before, and that is said', () => {
  const [a] = synth(db(sealed, 1));
  said = [];
  expect(synth(db(sealed, 1, { hashedName: false }))).toEqual(['db']);
  expect(said.join('')).toContain(`no longer has web/${a}, which nothing declares any more;`);
  expect(readFileSync(journal, 'utf8')).not.toContain(a);
  said = [];
  synth(db(sealed, 1, { hashedName: false }));
  expect(said).toEqual([]);
});

test('a delivery without keep reads and writes no journal', () => {
  writeFileSync(journal, 'no journal');
  [1, 2].forEach(generation => expect(synth(db(() => sealed(), generation))).toHaveLength(1));
});

describe('fails for options that keep nothing', () => {
  test.each<[string, () => SecretDelivery]>([
    ['no path', () => sealed({ journal: '' })],
    ['no text as a path', () => sops({ journal: 7 as any })],
    ['none', () => manifest({ journal, generations: 0 })],
    ['half of one', () => sealed({ journal, generations: 1.5 })],
    ['more than 100', () => sealed({ journal, generations: 101 })],
    ['no determinism key', () => SecretDelivery.manifest({ keep: { journal } })],
    ['no determinism key to seal with', () => SecretDelivery.sealed({ certificate, reuse: 'dist', keep: { journal } })],
  ])('%s', (_, make) => expect(refusal(make).code).toBe('InvalidDelivery'));
});

describe('the journal', () => {
  const first = () => {
    synth(db(sealed, 1));
    return readFileSync(journal, 'utf8');
  };
  const again = () => refusal(() => db(sealed, 2)(chartOf()));

  /** The journal with another first entry. */
  const changed = (text: string, change: (entry: any) => unknown) => {
    const [header, entry] = text.split('\n');
    return `${header}\n${JSON.stringify(change(JSON.parse(entry)))}\n`;
  };

  test.each<[string, (text: string) => string]>([
    ['is something else', () => 'a: b\n'],
    ['is of a version to come', text => text.replace('"version":1', '"version":2')],
    ['has the marks of a merge', text => `${text}<<<<<<< HEAD\n`],
    ['has a line that was cut off', text => text.slice(0, -20)],
    ['has an entry of nothing', text => `${text}{"path":"c/Db","delivery":"sealed","namespace":"web","name":"db-1"}\n`],
    ['has an object of another name', text => changed(text, entry => ({ ...entry, name: 'db-1' }))],
    ['has an object of another namespace', text => changed(text, entry => ({ ...entry, namespace: 'x' }))],
    ['has an object without metadata', text => changed(text, entry => ({ ...entry, manifest: { ...entry.manifest, metadata: undefined } }))],
    ['has generations that are no numbers', text => changed(text, entry => ({ ...entry, manifest: undefined, generations: { a: 'x' } }))],
    ['has a ConfigMap for a Secret', text => changed(text, entry => ({ ...entry, manifest: { ...entry.manifest, apiVersion: 'v1', kind: 'ConfigMap', immutable: true } }))],
    ['has a Secret for a ConfigMap', text => changed(text, entry => ({ ...entry, delivery: 'configMap' }))],
    ['has a ConfigMap that can change', text => changed(text, entry => ({ ...entry, delivery: 'configMap', manifest: { ...entry.manifest, apiVersion: 'v1', kind: 'ConfigMap' } }))],
    ['has generations of a ConfigMap', text => changed(text, entry => ({ ...entry, delivery: 'configMap', manifest: undefined, generations: {} }))],
    ['has both an object and generations', text => changed(text, entry => ({ ...entry, generations: {} }))],
    ['names no construct', text => changed(text, entry => ({ ...entry, path: '' }))],
    ['has another object', text => text.replace('"kind":"SealedSecret"', '"kind":"ClusterRoleBinding"')],
    ['has a plain Secret', text => `${text}${JSON.stringify({
      path: 'c/Db', delivery: 'sops', name: 'db-1', manifest: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db-1' }, data: { a: 'Yg==' } },
    })}\n`],
    ['has a Secret that nothing says to be encrypted', text => `${text}${JSON.stringify({
      path: 'c/Db', delivery: 'sops', name: 'db-1', manifest: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db-1' }, data: { a: 'ENC[x]' } },
    })}\n`],
    ['has a Secret of which a part is plain', text => `${text}${JSON.stringify({
      path: 'c/Db', delivery: 'sops', name: 'db-1', manifest: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db-1' }, data: { a: 'Yg==' }, sops: { mac: '' } },
    })}\n`],
  ])('is refused where it %s', (_, change) => {
    const text = first();
    expect(change(text)).not.toBe(text);
    writeFileSync(journal, change(text));
    expect(again()).toMatchObject({ code: 'UnusableGenerations', path: 'c/Db' });
  });

  test('is refused where it is a folder', () => {
    journal = folder;
    expect(again().code).toBe('UnusableGenerations');
  });

  test('has a Secret that stands in it twice where it is last', () => {
    const [a, b] = [1, 2].map(generation => synth(db(sealed, generation))[0]);
    const lines = readFileSync(journal, 'utf8').trimEnd().split('\n');
    writeFileSync(journal, [...lines, lines[1], ''].join('\n'));
    expect(synth(db(sealed, 3)).slice(1)).toEqual([a, b]);
  });

  test('may be empty, and have lines twice and blank ones, as where two branches met', () => {
    writeFileSync(journal, '');
    const lines = first().trimEnd().split('\n');
    writeFileSync(journal, [...lines, '', lines[1], ''].join('\n'));
    expect(synth(db(sealed, 2))).toHaveLength(2);
    expect(readFileSync(journal, 'utf8').split('\n')).toHaveLength(4);
  });

  test('is the same with the line ends of Windows', () => {
    const text = first().replaceAll('\n', '\r\n');
    writeFileSync(journal, text);
    said = [];
    synth(db(sealed, 1));
    expect([said, readFileSync(journal, 'utf8')]).toEqual([[], text]);
    expect(synth(db(sealed, 2))).toHaveLength(2);
  });

  test('is refused in the output of the app, which is emptied', () => {
    journal = join(outdir(), 'generations.jsonl');
    expect(again()).toMatchObject({ code: 'UnusableGenerations', problem: expect.stringContaining('which cdk8s empties') });
  });

  test('has the lines that there were in their order, so that a change adds one', () => {
    const text = first();
    synth(db(sealed, 2));
    expect(readFileSync(journal, 'utf8').startsWith(text)).toBe(true);
  });

  test('is written with the manifests or not at all', () => {
    const chart = chartOf();
    db(sealed, 1)(chart);
    chart.node.addValidation({ validate: () => ['no'] });
    expect(() => App.of(chart).synth()).toThrow('no');
    expect(existsSync(journal)).toBe(false);
  });

  test('that another synth has changed meanwhile is left as that wrote it, and nothing is written', () => {
    const text = first();
    const before = written();
    const chart = chartOf();
    db(sealed, 2)(chart);
    synth(db(sealed, 3));
    const [theirs, theirManifests] = [readFileSync(journal, 'utf8'), written()];
    expect(theirs).not.toBe(text);
    expect(refusal(() => App.of(chart).synth()).code).toBe('UnusableGenerations');
    expect(readFileSync(journal, 'utf8')).toBe(theirs);
    expect(written()).toEqual(theirManifests);
    expect(before).toHaveLength(1);
  });

  test('that another synth of the same program has written meanwhile is as it should be', () => {
    const chart = chartOf();
    db(sealed, 1)(chart);
    synth(db(sealed, 1));
    said = [];
    App.of(chart).synth();
    expect(said).toEqual([]);
  });
});
