import { externalSecret, fetched, generated, generator, store, templated } from './resources';
import { Inspection } from '../../../src/app/inspection';
import { keyRef, pod, secret } from '../manifests';
import { ERROR, testPairs, WARNING } from '../pairs';

const PASSWORD = generator('Password', 'pw', { length: 32, digits: 5, symbols: 0, noUpper: false, allowRepeat: true });
const target = (fields: any) => ({ target: fields });

describe('the API server refuses', () => {
  testPairs({
    'a version that is no longer served': {
      wrong: [{ ...externalSecret(), apiVersion: 'external-secrets.io/v1beta1' }],
      right: [externalSecret()],
      code: 'UnservedVersion',
      severity: ERROR,
      path: 'apiVersion',
      says: ['0.17'],
    },
    'a key with a space': {
      wrong: [externalSecret({ data: [fetched('pass word')] })],
      right: [externalSecret({ data: [fetched('pass-word')] })],
      code: 'InvalidKey',
      severity: ERROR,
      path: 'spec.data[0].secretKey',
    },
    'a reference without a key': {
      wrong: [externalSecret({ data: [{ secretKey: 'password', remoteRef: { property: 'password' } }] })],
      right: [externalSecret({ data: [{ secretKey: 'password', remoteRef: { key: 'db' } }] })],
      code: 'RequiredField',
      severity: ERROR,
      path: 'spec.data[0].remoteRef.key',
    },
    'a field that there is not': {
      wrong: [externalSecret({ refreshIntervall: '1h' })],
      right: [externalSecret({ refreshInterval: '1h' })],
      code: 'UnknownField',
      severity: ERROR,
      path: 'spec.refreshIntervall',
      says: ['External Secrets 2.9'],
    },
    'a field of another type': {
      wrong: [externalSecret({ refreshInterval: 3600 })],
      right: [externalSecret({ refreshInterval: '3600s' })],
      code: 'WrongFieldType',
      severity: ERROR,
      path: 'spec.refreshInterval',
    },
    'a policy that there is not': {
      wrong: [externalSecret(target({ creationPolicy: 'Own' }))],
      right: [externalSecret(target({ creationPolicy: 'Owner' }))],
      code: 'UnsupportedValue',
      severity: ERROR,
      path: 'spec.target.creationPolicy',
    },
  });

  test('no version that is newer than those that are known', () => {
    expect(Inspection.fromManifests([{ ...externalSecret(), apiVersion: 'external-secrets.io/v2' }]).findings).toEqual([]);
  });

  test('several objects of a version that is not served, as one finding', () => {
    const old = (name: string) => ({ ...externalSecret({}, { name }), apiVersion: 'external-secrets.io/v1beta1' });
    const { findings } = Inspection.fromManifests([old('a'), old('b'), old('c')]);
    expect(findings.map(({ code, object, elsewhere }) => [code, object.name, elsewhere?.map(place => place.object.name)])).toEqual([['UnservedVersion', 'a', ['b', 'c']]]);
  });
});

describe('the webhook of the operator refuses', () => {
  testPairs({
    'an ExternalSecret that fetches nothing': {
      wrong: [externalSecret({ data: [] })],
      right: [externalSecret()],
      code: 'InvalidExternalSecret',
      severity: ERROR,
      path: 'spec',
    },
    'to delete a Secret that it did not create': {
      wrong: [secret('db'), externalSecret(target({ creationPolicy: 'Merge', deletionPolicy: 'Delete' }))],
      right: [externalSecret(target({ creationPolicy: 'Orphan', deletionPolicy: 'Delete' }))],
      code: 'InvalidExternalSecret',
      severity: ERROR,
      path: 'spec.target.deletionPolicy',
    },
    'to take keys out of a Secret that there is not': {
      wrong: [externalSecret(target({ creationPolicy: 'None', deletionPolicy: 'Merge' }))],
      right: [secret('db'), externalSecret(target({ creationPolicy: 'Merge', deletionPolicy: 'Merge' }))],
      code: 'InvalidExternalSecret',
      severity: ERROR,
      path: 'spec.target.deletionPolicy',
    },
    'a key that is fetched twice': {
      wrong: [externalSecret({ data: [fetched('password'), fetched('user'), fetched('password')] })],
      right: [externalSecret({ data: [fetched('password'), fetched('user')] })],
      code: 'InvalidExternalSecret',
      severity: ERROR,
      path: 'spec.data[2].secretKey',
      says: ['"password"'],
    },
    'two sources in one entry': {
      wrong: [externalSecret({ dataFrom: [{ extract: { key: 'a' }, find: { path: 'b' } }] })],
      right: [externalSecret({ dataFrom: [{ extract: { key: 'a' } }, { find: { path: 'b' } }] })],
      code: 'InvalidExternalSecret',
      severity: ERROR,
      path: 'spec.dataFrom[0]',
    },
    'an entry without a source': {
      wrong: [externalSecret({ dataFrom: [{ rewrite: [{ regexp: { source: 'a', target: 'b' } }] }] })],
      right: [externalSecret({ dataFrom: [{ extract: { key: 'a' }, rewrite: [{ regexp: { source: 'a', target: 'b' } }] }] })],
      code: 'InvalidExternalSecret',
      severity: ERROR,
      path: 'spec.dataFrom[0]',
    },
    'a bootstrap token': {
      wrong: [externalSecret(templated(undefined, { type: 'bootstrap.kubernetes.io/token' }))],
      right: [externalSecret(templated(undefined, { type: 'Opaque' }))],
      code: 'InvalidExternalSecret',
      severity: ERROR,
      path: 'spec.target.template.type',
    },
    'a place of a Secret that there is not': {
      wrong: [externalSecret(templated(undefined, { templateFrom: [{ literal: 'a: b', target: 'Spec' }] }))],
      right: [externalSecret(templated(undefined, { templateFrom: [{ literal: 'a: b', target: 'annotations' }] }))],
      code: 'InvalidExternalSecret',
      severity: ERROR,
      path: 'spec.target.template.templateFrom[0].target',
    },
    'an interval in days': {
      wrong: [externalSecret({ refreshInterval: '1d' })],
      right: [externalSecret({ refreshInterval: '24h' })],
      code: 'InvalidFormat',
      severity: ERROR,
      path: 'spec.refreshInterval',
    },
  });
});

describe('the operator makes no Secret', () => {
  testPairs({
    'of a key that no Secret can have': {
      wrong: [externalSecret({ data: [fetched('..password')] })],
      right: [externalSecret({ data: [fetched('.password')] })],
      code: 'InvalidKey',
      severity: ERROR,
      path: 'spec.data[0].secretKey',
    },
    'where no store is named': {
      wrong: [externalSecret({ secretStoreRef: undefined })],
      right: [externalSecret({
        secretStoreRef: undefined, data: [fetched('password', { sourceRef: { storeRef: { name: 'vault', kind: 'ClusterSecretStore' } } })],
      })],
      code: 'InvalidExternalSecret',
      severity: ERROR,
      path: 'spec.data[0]',
    },
    'whose type needs a key that is not made': {
      wrong: [externalSecret(templated(undefined, { type: 'kubernetes.io/tls' }))],
      right: [externalSecret({ data: [fetched('tls.crt'), fetched('tls.key')], ...templated(undefined, { type: 'kubernetes.io/tls' }) })],
      code: 'MissingKey',
      severity: ERROR,
      path: 'spec.target.template.type',
    },
    'of a template that uses a key that is not fetched': {
      wrong: [externalSecret(templated({ url: 'postgres://{{ .username }}:{{ .password }}@db' }))],
      right: [externalSecret({ data: [fetched('username'), fetched('password')], ...templated({ url: 'postgres://{{ .username }}:{{ .password }}@db' }) })],
      code: 'UnknownTemplateKey',
      severity: ERROR,
      path: 'spec.target.template.data[url]',
      says: ['"username"'],
    },
    'of a template that is none': {
      wrong: [externalSecret(templated({ url: '{{ .password }' }))],
      right: [externalSecret(templated({ url: '{{ .password }}' }))],
      code: 'InvalidTemplate',
      severity: ERROR,
      path: 'spec.target.template.data[url]',
    },
    'of a template with a function of Helm': {
      wrong: [externalSecret(templated({ url: '{{ include "x" . }}' }))],
      right: [externalSecret(templated({ url: '{{ .password | b64enc | quote }}' }))],
      code: 'InvalidTemplate',
      severity: ERROR,
      path: 'spec.target.template.data[url]',
      says: ['"include"'],
    },
    'of a template in an annotation': {
      wrong: [externalSecret(templated(undefined, { metadata: { annotations: { a: '{{ .user }}' } } }))],
      right: [externalSecret(templated(undefined, { metadata: { annotations: { a: '{{ .password | sha256sum }}' } } }))],
      code: 'UnknownTemplateKey',
      severity: ERROR,
      path: 'spec.target.template.metadata.annotations[a]',
    },
    'of a template in a ConfigMap': {
      wrong: [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 't' }, data: { url: '{{ .user }}' } },
        externalSecret(templated(undefined, { templateFrom: [{ configMap: { name: 't', items: [{ key: 'url' }] } }] })),
      ],
      right: [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 't' }, data: { url: '{{ .password }}' } },
        externalSecret(templated(undefined, { templateFrom: [{ configMap: { name: 't', items: [{ key: 'url' }] } }] })),
      ],
      code: 'UnknownTemplateKey',
      severity: ERROR,
      path: 'spec.target.template.templateFrom[0].configMap.items[0].key',
    },
    'where the store is one of another name': {
      wrong: [store('vault'), externalSecret({ secretStoreRef: { name: 'vautl', kind: 'ClusterSecretStore' } })],
      right: [store('vault'), externalSecret()],
      code: 'UnknownSecretStore',
      severity: WARNING,
      path: 'spec.secretStoreRef.name',
    },
    'where the store is of another kind': {
      wrong: [store('vault'), externalSecret({ secretStoreRef: { name: 'vault' } })],
      right: [store('vault'), externalSecret({ secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' } })],
      code: 'UnknownSecretStore',
      severity: WARNING,
      path: 'spec.secretStoreRef.name',
    },
    'where the store is in another namespace': {
      wrong: [store('vault', 'SecretStore', { namespace: 'a' }), externalSecret({ secretStoreRef: { name: 'vault' } }, { namespace: 'b' })],
      right: [store('vault', 'SecretStore', { namespace: 'a' }), externalSecret({ secretStoreRef: { name: 'vault' } }, { namespace: 'a' })],
      code: 'UnknownSecretStore',
      severity: WARNING,
      path: 'spec.secretStoreRef.name',
    },
    'where it only adds to a Secret that there is not': {
      wrong: [externalSecret(target({ creationPolicy: 'Merge' }))],
      right: [secret('db'), externalSecret(target({ creationPolicy: 'Merge' }))],
      code: 'UnknownSecret',
      severity: WARNING,
      path: 'spec.target',
    },
    'where the generator is one of another name': {
      wrong: [generator('ECRAuthorizationToken', 'ecr', { region: 'eu-west-1' }), externalSecret({ data: undefined, dataFrom: [generated('ECRAuthorizationToken', 'erc')] })],
      right: [generator('ECRAuthorizationToken', 'ecr', { region: 'eu-west-1' }), externalSecret({ data: undefined, dataFrom: [generated('ECRAuthorizationToken', 'ecr')] })],
      code: 'UnknownGenerator',
      severity: WARNING,
      path: 'spec.dataFrom[0].sourceRef.generatorRef.name',
    },
  });
});

describe('a generator without a memory', () => {
  const of = (spec: any) => [PASSWORD, externalSecret({ data: undefined, dataFrom: [generated('Password', 'pw')], ...spec })];
  const path = 'spec.dataFrom[0].sourceRef.generatorRef';
  const once = of({ refreshPolicy: 'CreatedOnce', target: { immutable: true, creationPolicy: 'Orphan' } });

  testPairs({
    'makes a new password every hour by default': { wrong: of({}), right: once, code: 'RegeneratedSecret', severity: WARNING, path, says: ['"1h"'] },
    'makes a new password at every refresh': { wrong: of({ refreshPolicy: 'Periodic', refreshInterval: '24h' }), right: of({ refreshInterval: '0s' }), code: 'RegeneratedSecret', severity: WARNING, path, says: ['"24h"'] },
    'makes a new password with every label': { wrong: of({ refreshPolicy: 'OnChange' }), right: of({ refreshPolicy: 'CreatedOnce' }), code: 'RegeneratedSecret', severity: WARNING, path },
    'may be one for the whole cluster': {
      wrong: [
        { ...generator('ClusterGenerator', 'pw', { kind: 'Password', generator: { passwordSpec: PASSWORD.spec } }) },
        externalSecret({ data: undefined, dataFrom: [generated('ClusterGenerator', 'pw')] }),
      ],
      right: [
        { ...generator('ClusterGenerator', 'pw', { kind: 'Password', generator: { passwordSpec: PASSWORD.spec } }) },
        externalSecret({ data: undefined, dataFrom: [generated('ClusterGenerator', 'pw')], target: { immutable: true } }),
      ],
      code: 'RegeneratedSecret',
      severity: WARNING,
      path,
    },
  });

  const tokenOf = (kind: string, spec: any) => [externalSecret({ data: undefined, dataFrom: [generated(kind, 'pw')], ...spec })];
  testPairs({
    'makes a token that ends before the next one': {
      wrong: tokenOf('ECRAuthorizationToken', { refreshInterval: '12h' }), right: tokenOf('ECRAuthorizationToken', { refreshInterval: '11h59m' }), code: 'ExpiredToken', severity: WARNING, path, says: ['12 hours', '"12h"'],
    },
    'makes one token, which ends': {
      wrong: tokenOf('GithubAccessToken', { refreshInterval: '0' }), right: tokenOf('GithubAccessToken', { refreshInterval: '30m' }), code: 'ExpiredToken', severity: WARNING, path, says: ['an hour', 'no other'],
    },
    'makes a token when something changes': {
      wrong: tokenOf('ACRAccessToken', { refreshPolicy: 'OnChange' }), right: tokenOf('ACRAccessToken', { refreshPolicy: 'Periodic' }), code: 'ExpiredToken', severity: WARNING, path, says: ['3 hours'],
    },
    'makes a token for an hour, every hour': {
      wrong: tokenOf('GCRAccessToken', {}), right: tokenOf('GCRAccessToken', { refreshInterval: '55m' }), code: 'ExpiredToken', severity: WARNING, path,
    },
    'makes a token of which nobody knows the end': {
      wrong: tokenOf('GCRAccessToken', { refreshInterval: '24h' }), right: tokenOf('QuayAccessToken', { refreshInterval: '24h' }), code: 'ExpiredToken', severity: WARNING, path,
    },
  });

  test('is none where what it makes expires anyway', () => {
    const token = externalSecret({ data: undefined, dataFrom: [generated('ECRAuthorizationToken', 'ecr')] });
    expect(Inspection.fromManifests([token]).findings).toEqual([]);
  });
});

describe('the Secret has the keys', () => {
  const uses = (key: string) => pod({ env: [keyRef('A', 'db', key)] });
  const codes = (...manifests: any[]) => Inspection.fromManifests(manifests).findings.map(({ code }) => code);
  const once = { refreshPolicy: 'CreatedOnce', data: undefined };

  test.each<[string, any[], string, string[]]>([
    ['of a Password', [generator('Password', 'pw', { ...PASSWORD.spec }), externalSecret({ ...once, dataFrom: [generated('Password', 'pw')] })], 'password', []],
    ['of a Password, and no other', [generator('Password', 'pw', { ...PASSWORD.spec }), externalSecret({ ...once, dataFrom: [generated('Password', 'pw')] })], 'pw', ['UnknownKey']],
    ['that a Password names', [generator('Password', 'pw', { ...PASSWORD.spec, secretKeys: ['pw'] }), externalSecret({ ...once, dataFrom: [generated('Password', 'pw')] })], 'pw', []],
    ['of a Password that is made elsewhere', [externalSecret({ ...once, dataFrom: [generated('Password', 'pw')] })], 'any', []],
    ['of an SSHKey', [externalSecret({ ...once, dataFrom: [generated('SSHKey', 'k')] })], 'privateKey', []],
    ['of an SSHKey, and no other', [externalSecret({ ...once, dataFrom: [generated('SSHKey', 'k')] })], 'id_rsa', ['UnknownKey']],
    ['that a ConfigMap has templates for', [externalSecret(templated(undefined, { templateFrom: [{ configMap: { name: 't', items: [{ key: 'url' }] } }] }))], 'url', []],
    ['that a ConfigMap has templates for, and no other', [externalSecret(templated(undefined, { templateFrom: [{ configMap: { name: 't', items: [{ key: 'url' }] } }] }))], 'password', ['UnknownKey']],
    ['that a template names', [externalSecret(templated(undefined, { templateFrom: [{ literal: '{{ .password }}' }] }))], 'any', []],
    ['of the Secret that it adds to', [secret('db', { user: 'u' }), externalSecret({ target: { creationPolicy: 'Merge' } })], 'user', []],
    ['only of the Secret where it makes none', [secret('db', { user: 'u' }), externalSecret({ target: { creationPolicy: 'None' } })], 'password', ['UnknownKey']],
  ])('%s', (_, manifests, key, expected) => {
    expect(codes(...manifests, uses(key))).toEqual(expected);
  });
});

test('a ClusterExternalSecret is looked at like what it makes', () => {
  const spec = externalSecret({ ...templated({ url: '{{ .user }}' }) }).spec;
  const manifest = { apiVersion: 'external-secrets.io/v1', kind: 'ClusterExternalSecret', metadata: { name: 'db' }, spec: { externalSecretSpec: spec } };
  expect(Inspection.fromManifests([manifest]).findings.map(({ code, path }) => [code, path]))
    .toEqual([['UnknownTemplateKey', 'spec.externalSecretSpec.target.template.data[url]']]);
});

test('of the first version, which had other fields and functions, it is only said that nobody serves it', () => {
  const before = { ...externalSecret({ dataFrom: [{ key: 'db' }], ...templated({ password: '{{ .password | base64decode | toString }}' }) }), apiVersion: 'external-secrets.io/v1alpha1' };
  expect(Inspection.fromManifests([before]).findings.map(({ code }) => code)).toEqual(['UnservedVersion']);
});

test('an app that uses a store of the platform is told nothing', () => {
  expect(Inspection.fromManifests([externalSecret()]).findings).toEqual([]);
});
