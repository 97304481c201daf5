import { unseal } from './sealed/unseal';
import {
  CsiProvider, Encoding, Secret, SecretDelivery, SensitiveValue, StoreReference, VaultEngine,
} from '../../src';
import vectors from '../conformance/backends-vectors.json';
import { crdProblems } from '../conformance/crd';
import { manifestOf, newChart } from '../support/charts';
import { codes, findings } from '../support/refusal';
import { tempFile } from '../support/temp-folder';

const determinismKey = SensitiveValue.fromLiteral('a determinism key of 32 bytes ...');
const external = () => SecretDelivery.external({ store: StoreReference.clusterSecretStore('vault') });
const user = () => SensitiveValue.fromLiteral('app');
const unread = (name = 'NOT_READ') => SensitiveValue.fromEnvironment(name);
const remote = (property: string) => SensitiveValue.fromRemote({ key: 'prod/db', property });
const urlOf = (parts: Record<string, SensitiveValue>) =>
  SensitiveValue.template('postgres://{user}:{password}@db:5432/app', parts, { encode: Encoding.url() });

function declare(data: Record<string, SensitiveValue>, delivery: SecretDelivery): Secret {
  return new Secret(newChart('web'), 'Db', { metadata: { name: 'db' }, data, delivery });
}

/** What an ExternalSecret fetches and makes. */
function externalOf(data: Record<string, SensitiveValue>) {
  const secret = declare(data, external());
  expect(findings(secret)).toEqual([]);
  expect(crdProblems(manifestOf(secret))).toEqual([]);
  const { spec } = manifestOf(secret);
  return {
    fetched: (spec.data ?? []).map(({ secretKey, remoteRef }: any) => `${secretKey}=${remoteRef.key}#${remoteRef.property}`),
    generated: (spec.dataFrom ?? []).map(({ sourceRef, rewrite }: any) => `${rewrite?.[0].regexp.target ?? 'password'}=${sourceRef.generatorRef.name}`),
    template: spec.target.template.data,
  };
}

const URL = 'postgres://{{ OPERAND | urlquery | replace "+" "%20" }}:{{ .password | urlquery | replace "+" "%20" }}@db:5432/app';

describe('a value that is made of others', () => {
  test('is computed where values are written', () => {
    const data = () => ({ url: urlOf({ user: user(), password: SensitiveValue.fromLiteral('a b@c') }) });
    const expected = 'postgres://app:a%20b%40c@db:5432/app';
    const plain = declare(data(), SecretDelivery.manifest());
    expect(Buffer.from(manifestOf(plain).data.url, 'base64').toString()).toBe(expected);
    const { certificatePem, privateKeyPkcs8Pem } = vectors.sealedSecrets;
    const sealed = declare(data(), SecretDelivery.sealed({ certificate: tempFile(certificatePem, 'pub-cert.pem') }));
    expect(unseal(manifestOf(sealed).spec.encryptedData.url, 'web/db', privateKeyPkcs8Pem).toString()).toBe(expected);
    const age = ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'];
    expect(declare(data(), SecretDelivery.sops({ age }))._knownValues().get('url')!.toString()).toBe(expected);
  });

  test('holds the generated value that is a key beside it', () => {
    const password = SensitiveValue.generated();
    const { data } = manifestOf(declare({ a_url: urlOf({ user: user(), password }), password }, SecretDelivery.manifest({ determinismKey })));
    const [url, key] = [data.a_url, data.password].map((base64: string) => Buffer.from(base64, 'base64').toString());
    expect(url).toBe(`postgres://app:${key}@db:5432/app`);
    const alone = manifestOf(declare({ password: SensitiveValue.generated() }, SecretDelivery.manifest({ determinismKey })));
    expect(data.password).toBe(alone.data.password);
  });

  test('may hold a generated value that is no key', () => {
    const of = (part: string) => manifestOf(declare({
      url: SensitiveValue.template(`{${part}}`, { [part]: SensitiveValue.generated() }),
    }, SecretDelivery.manifest({ determinismKey }))).data.url;
    expect(of('a')).toBe(of('a'));
    expect(of('a')).not.toBe(of('b'));
  });

  test('is a Go template of what is fetched, and of literals that everybody may know', () => {
    expect(externalOf({ url: urlOf({ user: user(), password: remote('password') }) })).toEqual({
      fetched: ['password=prod/db#password'], generated: [], template: { url: URL.replace('OPERAND', '"app"') },
    });
  });

  test('uses the keys of the secret, those too that a convention finds', () => {
    const password = unread();
    expect(externalOf({ username: remote('user'), password, url: urlOf({ user: remote('user'), password }) })).toEqual({
      fetched: ['password=db#password', 'username=prod/db#user'],
      generated: [],
      template: { password: '{{ index . "password" }}', username: '{{ index . "username" }}', url: URL.replace('OPERAND', '.username') },
    });
    expect(externalOf({ 'db-password': password, 'a': SensitiveValue.template('{p}', { p: password }) }).template).toMatchObject({ a: '{{ index . "db-password" }}' });
  });

  test('holds a literal that everybody may know by the name of its own key', () => {
    const username = user();
    expect(externalOf({ username, a: SensitiveValue.template('{u}:{p}', { u: username, p: remote('password') }) }).template).toMatchObject({ a: '{{ "app" }}:{{ .p }}' });
  });

  test('keeps parts of one name apart', () => {
    const of = (property: string) => SensitiveValue.template('{p}', { p: remote(property) });
    expect(externalOf({ p: unread(), a: of('x'), b: of('y'), c: of('x') })).toEqual({
      fetched: ['p=db#p', 'p_2=prod/db#x', 'p_3=prod/db#y', 'p_4=prod/db#x'],
      generated: [],
      template: { a: '{{ .p_2 }}', b: '{{ .p_3 }}', c: '{{ .p_4 }}', p: '{{ index . "p" }}' },
    });
  });

  test('is made of what the operator generates, once for the key and the text', () => {
    const password = SensitiveValue.generated();
    expect(externalOf({ username: user(), password, url: urlOf({ user: user(), password }) })).toEqual({
      fetched: [],
      generated: ['password=db-password'],
      template: { username: '{{ "app" }}', password: '{{ index . "password" }}', url: URL.replace('OPERAND', '"app"') },
    });
    expect(externalOf({ url: urlOf({ user: user(), password: SensitiveValue.generated() }) }).generated).toEqual(['password=db-url-password']);
  });

  test('may hold another one', () => {
    const pair = SensitiveValue.template('{user}%:{password}', { user: user(), password: remote('password') });
    expect(externalOf({ header: SensitiveValue.template('Basic {pair}', { pair }, { encode: Encoding.base64() }) }).template).toEqual({
      header: 'Basic {{ (printf "%s%%:%s" "app" .password) | b64enc }}',
    });
  });

  test('is fetched as a whole where it says so', () => {
    expect(externalOf({ url: urlOf({ user: user(), password: unread() }).orRemote({ key: 'prod/db', property: 'url' }) })).toEqual({
      fetched: ['url=prod/db#url'], generated: [], template: undefined,
    });
  });

  test.each<[string, SensitiveValue, RegExp]>([
    ['a variable', unread(), /key "url" is made of values that the cluster must have, and it has not "password": environment variable "NOT_READ"; .* or declare the same value as a key/],
    ['a literal that nobody may read', SensitiveValue.fromLiteral('hunter22'), /it has not "password": literal; say where .*, or \.asPublic\(\)/],
  ])('is an error where the cluster lacks a part: %s', (_, password, problem) => {
    expect(findings(declare({ url: urlOf({ user: user(), password }) }, external()))).toEqual([expect.stringMatching(problem)]);
  });

  test('is an error with the CSI driver, and none where the store has the whole text', () => {
    const csi = () => SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'shop' }) });
    const url = urlOf({ user: user(), password: remote('password') });
    expect(findings(declare({ url }, csi()))).toEqual([
      '[c/Db] UnsupportedByDelivery: key "url" is made of several values, and the CSI driver mounts values as they are; '
      + "keep the whole text in the store, with .orRemote({ key: '…' }) behind it, or use SecretDelivery.external",
    ]);
    expect(codes(declare({ url: url.orRemote({ key: 'secret/data/db', property: 'url' }) }, csi()))).toEqual([]);
  });

  test("is a template of Vault's operator, in which fields of the entry have the names of keys and parts", () => {
    const password = unread();
    const secret = declare({ password, url: urlOf({ user: SensitiveValue.fromRemote({ key: 'db', property: 'login' }), password }) },
      SecretDelivery.vault({ engine: VaultEngine.keyValue('secret') }));
    expect(findings(secret)).toEqual([]);
    const { templates } = manifestOf(secret).spec.destination.transformation;
    expect(templates.url.text).toContain(`{{ with dict "password" (get .Secrets "password") "user" (get .Secrets "login") }}${URL.replace('OPERAND', '.user')}{{ end }}`);
  });

  test('existing expects it', () => {
    expect(codes(declare({ url: urlOf({ user: user(), password: unread() }) }, SecretDelivery.existing()))).toEqual([]);
  });
});
