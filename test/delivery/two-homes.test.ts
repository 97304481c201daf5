import {
  BasicAuthSecret, CsiProvider, DockerConfigSecret, ExternalSource, RemoteNaming, Secret, SecretDelivery, SensitiveValue, StoreReference,
  type ExternalDeliveryOptions,
} from '../../src';
import { crdProblems } from '../conformance/crd';
import { manifestOf, newChart } from '../support/charts';
import { codes, findings, refusal } from '../support/refusal';

const external = (options: Partial<ExternalDeliveryOptions> = {}) => SecretDelivery.external({ store: StoreReference.clusterSecretStore('vault'), ...options });
const csi = () => SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'shop' }) });
const literal = (text: string) => SensitiveValue.fromLiteral(text);
const REMOTE = { key: 'prod/db', property: 'password' };

function declare(data: Record<string, SensitiveValue>, delivery: SecretDelivery): Secret {
  return new Secret(newChart('web'), 'Db', { metadata: { name: 'db' }, data, delivery });
}

/** What is fetched, as `KEY=ENTRY#PROPERTY`, and what the template makes. */
function externalOf(data: Record<string, SensitiveValue>, options: Partial<ExternalDeliveryOptions> = {}) {
  const secret = declare(data, external(options));
  expect(findings(secret)).toEqual([]);
  const manifest = manifestOf(secret);
  expect(crdProblems(manifest)).toEqual([]);
  const { spec } = manifest;
  return {
    fetched: (spec.data ?? []).map(({ secretKey, remoteRef }: any) => `${secretKey}=${remoteRef.key}#${remoteRef.property}`),
    template: spec.target.template.data,
  };
}

describe('a value with a second home', () => {
  test.each<[string, SensitiveValue]>([
    ['a literal', literal('hunter22')],
    ['base64', SensitiveValue.fromBase64('aHVudGVyMjI=')],
    ['a public literal', literal('hunter22').asPublic()],
  ])('%s is read where values are written, and fetched elsewhere', (_, value) => {
    const both = value.orRemote(REMOTE);
    expect(manifestOf(declare({ password: both }, SecretDelivery.manifest())).data).toEqual({ password: 'aHVudGVyMjI=' });
    expect(externalOf({ password: both })).toEqual({ fetched: ['password=prod/db#password'], template: undefined });
    const mounted = declare({ password: both }, csi());
    expect(findings(mounted)).toEqual([]);
    expect(manifestOf(mounted).spec.parameters.objects).toContain('secretPath: prod/db\n');
  });

  test('a variable or a file need not be there where the value is fetched', () => {
    for (const value of [SensitiveValue.fromEnvironment('NO_SUCH_VARIABLE'), SensitiveValue.fromFile('no-such-file')]) {
      const both = value.orRemote(REMOTE);
      expect(externalOf({ a: both }).fetched).toEqual(['a=prod/db#password']);
      expect(codes(declare({ a: both }, csi()))).toEqual([]);
      expect(codes(declare({ a: both }, SecretDelivery.existing()))).toEqual([]);
    }
  });

  test('it stays public, and the other way round', () => {
    expect([literal('a').asPublic().orRemote(REMOTE)._isPublic, literal('a').orRemote(REMOTE).asPublic()._remote]).toEqual([true, REMOTE]);
  });

  test('the value itself is left as it was', () => {
    const value = literal('a');
    value.orRemote(REMOTE);
    expect(value._remote).toBeUndefined();
  });

  test('fails for an entry that is none, and for a second one', () => {
    expect(refusal(() => literal('a').orRemote({ key: '' })).code).toBe('InvalidExternalSecret');
    for (const value of [SensitiveValue.fromRemote({ key: 'a' }), literal('a').orRemote({ key: 'a' })]) {
      expect(refusal(() => value.orRemote(REMOTE))).toMatchObject({ code: 'InvalidValue', problem: 'a value has one place in a store, and this one has "a"' });
    }
  });
});

describe('a literal where a cluster fetches the values', () => {
  test('is written into the template if everybody may know it, beside what is fetched', () => {
    expect(externalOf({ username: literal('app'), note: literal('a {{ "b" }}\n').asPublic(), password: SensitiveValue.fromEnvironment('UNSET_1') })).toEqual({
      fetched: ['password=db#password'],
      template: { note: '{{ "a {{ \\"b\\" }}\\n" }}', password: '{{ index . "password" }}', username: '{{ "app" }}' },
    });
  });

  test('is decoded in the template where it is no text', () => {
    const { template } = externalOf({ a: SensitiveValue.fromBase64('/wA=').asPublic(), b: SensitiveValue.fromRemote({ key: 'b' }) });
    expect(template).toEqual({ a: '{{ ("/wA=" | b64dec) }}', b: '{{ index . "b" }}' });
  });

  test('needs something that is fetched beside it, as the operator does', () => {
    expect(findings(declare({ username: literal('app') }, external()))).toEqual([
      '[c/Db] InvalidExternalSecret: every value of the secret stands in the program or in templates, and the operator refuses an ExternalSecret that fetches nothing; '
      + 'declare the keys that the templates need, or give this secret SecretDelivery.manifest() where everybody may know its values',
    ]);
  });

  test('is an error if not, with the ways on; also where a convention is set', () => {
    for (const options of [{}, { naming: RemoteNaming.entryPerSecret('prod/{name}') }]) {
      expect(findings(declare({ password: literal('hunter22') }, external(options)))).toEqual([
        '[c/Db] InvalidExternalSecret: the value of key "password" is a literal of the program, and no store holds it unless somebody puts it there; '
        + "say where the store has the value of this environment, with .orRemote({ key: '…' }) behind it, or .asPublic() where everybody may read it in the manifest",
      ]);
    }
  });

  test('says nothing but its key where sources bring all keys', () => {
    const { fetched, template } = externalOf({ password: literal('dev') }, { sources: [ExternalSource.extract({ key: 'prod/db' })] });
    expect([fetched, template]).toEqual([[], undefined]);
  });

  test('is a part of a docker config if everybody may know it: a user name', () => {
    const secret = new DockerConfigSecret(newChart('web'), 'Pull', {
      registries: [{ server: 'ghcr.io', username: literal('a"b'), password: SensitiveValue.fromRemote({ key: 'ghcr' }) }], delivery: external(),
    });
    expect(findings(secret)).toEqual([]);
    expect(manifestOf(secret).spec.target.template.data['.dockerconfigjson']).toBe('{"auths":{"ghcr.io":{"username":{{ "a\\"b" | toJson }},'
      + '"password":{{ .registry0_password | toJson }},"auth":"{{ printf "%s:%s" "a\\"b" .registry0_password | b64enc }}"}}}');
  });

  test('is the user name of basic auth', () => {
    const secret = new BasicAuthSecret(newChart('web'), 'A', { username: literal('app'), password: SensitiveValue.fromEnvironment('UNSET_1'), delivery: external() });
    expect(findings(secret)).toEqual([]);
    expect(manifestOf(secret).spec.target.template.data).toEqual({ username: '{{ "app" }}', password: '{{ index . "password" }}' });
  });

  test('is an error with the CSI driver, which mounts what a store holds', () => {
    expect(findings(declare({ username: literal('app') }, csi()))).toEqual([
      '[c/Db] UnsupportedByDelivery: the value of key "username" is a literal of the program, and the CSI driver mounts what a store holds; '
      + "say where the store has the value of this environment, with .orRemote({ key: '…' }) behind it",
    ]);
  });
});

test('keys that sources bring stay in the Secret when templates make others', () => {
  const unread = SensitiveValue.fromDelivery();
  const { template } = externalOf({ username: unread, url: unread }, { sources: [ExternalSource.extract({ key: 'a' })], templates: { url: 'x{{ .username }}' } });
  expect(template).toEqual({ username: '{{ index . "username" }}', url: 'x{{ .username }}' });
});
