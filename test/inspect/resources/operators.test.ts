import { generator, store } from './resources';
import { Inspection } from '../../../src/app/inspection';
import { MissingSecrets } from '../../../src/inspect/inspection-options';
import { keyRef, pod, secret } from '../manifests';
import { ERROR, testPairs, WARNING } from '../pairs';

const of = (apiVersion: string, kind: string, spec: any, more: any = {}) => ({ apiVersion, kind, metadata: { name: 'x' }, spec, ...more });

describe('a Password', () => {
  const password = (spec: any) => [generator('Password', 'pw', { length: 24, noUpper: false, allowRepeat: false, ...spec })];
  testPairs({
    'without repetition has no more letters than the alphabet': {
      wrong: password({ length: 64, digits: 5, symbols: 5 }),
      right: password({ length: 64, digits: 5, symbols: 5, allowRepeat: true }),
      code: 'OutOfRange',
      severity: ERROR,
      path: 'spec.length',
      says: ['54 letters'],
    },
    'without repetition has ten digits': {
      wrong: password({ length: 44, symbols: 0 }), right: password({ length: 40, symbols: 0 }), code: 'OutOfRange', severity: ERROR, path: 'spec.length', says: ['11 digits'],
    },
    'has no more symbols than it may take': {
      wrong: password({ symbols: 4, symbolCharacters: '-_-' }), right: password({ symbols: 2, symbolCharacters: '-_' }), code: 'OutOfRange', severity: ERROR, path: 'spec.length', says: ['4 symbols'],
    },
    'is as long as its digits and symbols': {
      wrong: password({ length: 10, digits: 6, symbols: 6 }), right: password({ length: 12, digits: 6, symbols: 6 }), code: 'OutOfRange', severity: ERROR, path: 'spec.length',
    },
    'names a key once': {
      wrong: password({ secretKeys: ['a', 'a'] }), right: password({ secretKeys: ['a', 'b'] }), code: 'ConflictingFields', severity: ERROR, path: 'spec.secretKeys[1]',
    },
    'has its settings under its name in a ClusterGenerator': {
      wrong: [generator('ClusterGenerator', 'g', { kind: 'UUID', generator: { passwordSpec: { length: 9, noUpper: false, allowRepeat: true } } })],
      right: [generator('ClusterGenerator', 'g', { kind: 'Password', generator: { passwordSpec: { length: 9, noUpper: false, allowRepeat: true } } })],
      code: 'ConflictingFields',
      severity: ERROR,
      path: 'spec.generator.passwordSpec',
    },
    'says for GitLab whose token it is': {
      wrong: [generator('GitlabDeployToken', 'g', { name: 't', scopes: ['read_registry'], projectID: '1', groupID: '2', auth: { token: { secretRef: { name: 's', key: 'k' } } } })],
      right: [generator('GitlabDeployToken', 'g', { name: 't', scopes: ['read_registry'], projectID: '1', auth: { token: { secretRef: { name: 's', key: 'k' } } } })],
      code: 'ConflictingFields',
      severity: ERROR,
      path: 'spec',
    },
  });
});

describe('a PushSecret', () => {
  const push = (spec: any) => of('external-secrets.io/v1alpha1', 'PushSecret', {
    secretStoreRefs: [{ name: 'vault', kind: 'ClusterSecretStore' }],
    selector: { secret: { name: 'db' } },
    data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'db' } } }],
    ...spec,
  });
  const db = secret('db', { password: 'p' });
  const generated = { selector: { generatorRef: { kind: 'Password', name: 'pw' } }, data: [{ match: { remoteRef: { remoteKey: 'db' } } }] };
  testPairs({
    'pushes a key that there is': {
      wrong: [db, push({ data: [{ match: { secretKey: 'pw', remoteRef: { remoteKey: 'db' } } }] })],
      right: [db, push({})],
      code: 'UnknownKey',
      severity: ERROR,
      path: 'spec.data[0].match.secretKey',
    },
    'pushes a Secret that there is': {
      wrong: [push({})], right: [db, push({})], code: 'UnknownSecret', severity: WARNING, path: 'spec.selector.secret.name',
    },
    'pushes into a store that there is': {
      wrong: [store('vaults'), db, push({})], right: [store('vault'), db, push({})], code: 'UnknownSecretStore', severity: WARNING, path: 'spec.secretStoreRefs[0].name',
    },
    'uses keys that there are in its template': {
      wrong: [db, push({ template: { data: { password: '{{ .pw }}' } } })],
      right: [db, push({ template: { data: { password: '{{ .password }}' } } })],
      code: 'UnknownTemplateKey',
      severity: ERROR,
      path: 'spec.template.data[password]',
    },
    'keeps what a generator made': {
      wrong: [push(generated)], right: [push({ ...generated, updatePolicy: 'IfNotExists' })], code: 'RegeneratedSecret', severity: WARNING, path: 'spec.selector.generatorRef',
    },
    'has one source': {
      wrong: [db, push({ selector: { secret: { name: 'db' }, generatorRef: { kind: 'Fake', name: 'f' } } })], right: [db, push({})], code: 'AmbiguousSource', severity: ERROR, path: 'spec.selector',
    },
    'names the remote key or renames, for many': {
      wrong: [db, push({ data: undefined, dataTo: [{ storeRef: { name: 'vault' }, remoteKey: 'a', rewrite: [{ regexp: { source: 'a', target: 'b' } }] }] })],
      right: [db, push({ data: undefined, dataTo: [{ storeRef: { name: 'vault' }, rewrite: [{ regexp: { source: 'a', target: 'b' } }] }] })],
      code: 'ConflictingFields',
      severity: ERROR,
      path: 'spec.dataTo[0]',
    },
    'says how often in hours': {
      wrong: [db, push({ refreshInterval: '7d' })], right: [db, push({ refreshInterval: '168h' })], code: 'InvalidFormat', severity: ERROR, path: 'spec.refreshInterval',
    },
  });
});

test('a PushSecret of a Secret that something else fills is a warning in a repository', () => {
  const push = of('external-secrets.io/v1alpha1', 'PushSecret', {
    secretStoreRefs: [{ name: 'vault', kind: 'ClusterSecretStore' }], selector: { secret: { name: 'db' } }, data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'db' } } }],
  });
  const { findings } = Inspection._fromSources([store('vault'), secret('db', {}), push].map(manifest => ({ manifest })), { repository: true, unknownSecrets: MissingSecrets.WARN });
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['UnknownKey', WARNING]]);
});

// what IsDateTime of kube-openapi says
describe('a time in a resource of an operator', () => {
  const invalid = (when: string) => Inspection.fromManifests([
    secret('db', { user: 'u' }), { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'MFA', metadata: { name: 'm' }, spec: { secret: { name: 'db', key: 'user' }, when } },
  ]).findings.map(({ code, path }) => [code, path]);

  test.each(['2030-01-31T00:00:00Z', '2030-01-31t00:00:00z', '2030-01-31T23:59:59.5+01:00', '2030-01-31T00:00:00,5-01:00'])('may be %s', when => {
    expect(invalid(when)).toEqual([]);
  });

  test.each(['2030-02-30T00:00:00Z', '2030-01-31T24:00:00Z', '2030-01-31T00:00:60Z', '2030-01-31T00:00:00', '2030-01-31T00:00:00+0100', '2030-01-31', 'today'])('cannot be %s', when => {
    expect(invalid(when)).toEqual([['InvalidFormat', 'spec.when']]);
  });
});

describe('a SecretStore', () => {
  const vault = (auth: any, kind = 'SecretStore') => ({
    apiVersion: 'external-secrets.io/v1', kind, metadata: { name: 's', ...kind === 'SecretStore' ? { namespace: 'a' } : {} }, spec: { provider: { vault: { server: 'https://v', auth } } },
  });
  const token = (namespace: string) => ({ tokenSecretRef: { name: 't', key: 'token', namespace } });
  testPairs({
    'has one provider': {
      wrong: [{ ...store('s'), spec: { provider: { fake: { data: [] }, aws: { service: 'SecretsManager', region: 'r' } } } }],
      right: [store('s')],
      code: 'AmbiguousSource',
      severity: ERROR,
      path: 'spec.provider',
    },
    'says what its provider needs': {
      wrong: [{ ...store('s'), spec: { provider: { aws: { service: 'SecretsManager' } } } }],
      right: [{ ...store('s'), spec: { provider: { aws: { service: 'SecretsManager', region: 'r' } } } }],
      code: 'RequiredField',
      severity: ERROR,
      path: 'spec.provider.aws.region',
    },
    'has its credentials in its own namespace': {
      wrong: [vault(token('b'))], right: [vault(token('a'))], code: 'InvalidSecretStore', severity: ERROR, path: 'spec.provider.vault.auth.tokenSecretRef.namespace',
    },
  });
});

describe('what an operator logs in with', () => {
  const key = (name: string, more: any = {}) => ({ name: 'login', key: name, ...more });
  const login = secret('login', { token: 't' });
  const inStore = (provider: any, kind = 'SecretStore') => (name: string) => ({ ...store('s', kind), spec: { provider: JSON.parse(JSON.stringify(provider).replaceAll('KEY', name)) } });
  const inVault = (more: any = {}) => ({ vault: { server: 'https://v', auth: { tokenSecretRef: key('KEY', more) } } });
  const issuer = (name: string) => of('cert-manager.io/v1', 'Issuer', {
    acme: { server: 'https://a', privateKeySecretRef: { name: 'login' }, solvers: [{ dns01: { cloudflare: { apiTokenSecretRef: key(name) } } }] },
  });
  const certificate = (name: string) => of('cert-manager.io/v1', 'Certificate', {
    secretName: 'x', dnsNames: ['a.example.com'], issuerRef: { name: 'i' }, keystores: { jks: { create: true, passwordSecretRef: key(name) } },
  });
  const gitlab = (name: string) => generator('GitlabDeployToken', 'g', { name: 't', scopes: ['read_registry'], projectID: '1', auth: { token: { secretRef: key(name) } } });
  const webhook = (name: string) => generator('Webhook', 'g', { url: 'https://w', result: {}, secrets: [{ name: 'login', secretRef: key(name) }] });

  testPairs(Object.fromEntries(Object.entries<[(name: string) => any, string]>({
    'is a key that the Secret has, in a SecretStore': [inStore(inVault()), 'spec.provider.vault.auth.tokenSecretRef.key'],
    'is a key that the Secret has, in a list of a SecretStore': [
      inStore({ webhook: { url: 'https://w', result: {}, secrets: [{ name: 'a', secretRef: key('KEY') }] } }), 'spec.provider.webhook.secrets[0].secretRef.key',
    ],
    'is a key that the Secret has, in a generator': [gitlab, 'spec.auth.token.secretRef.key'],
    'is a key that the Secret has, in a list of a generator': [webhook, 'spec.secrets[0].secretRef.key'],
    'is a key that the Secret has, in an Issuer': [issuer, 'spec.acme.solvers[0].dns01.cloudflare.apiTokenSecretRef.key'],
    'is a key that the Secret has, in a Certificate': [certificate, 'spec.keystores.jks.passwordSecretRef.key'],
  }).map(([name, [using, path]]) => [name, { wrong: [login, using('tokn')], right: [login, using('token')], code: 'UnknownKey', severity: ERROR, path, says: ['no key "tokn"'] }])));

  const codes = (...manifests: any[]) => Inspection.fromManifests(manifests).findings.map(({ code }) => code);

  test('may be put into the cluster by hand', () => {
    expect(codes(inStore(inVault())('tokn'), issuer('tokn'), certificate('tokn'), gitlab('tokn'))).toEqual([]);
  });

  test('is of another namespace, or of a ConfigMap', () => {
    const elsewhere = { ...login, metadata: { name: 'login', namespace: 'b' } };
    const authority = { type: 'ConfigMap', name: 'login', key: 'ca.crt' };
    expect(codes(elsewhere, { ...inStore(inVault())('tokn'), metadata: { name: 's', namespace: 'a' } })).toEqual([]);
    expect(codes(login, { ...store('s'), spec: { provider: { vault: { server: 'https://v', caProvider: authority, auth: { tokenSecretRef: key('token') } } } } })).toEqual([]);
  });

  test.each<[any, string[]]>([[{ namespace: 'b' }, ['UnknownKey']], [{}, []], [{ namespace: 'c' }, []]])('of a ClusterSecretStore is in the namespace that it names: %j', (more, expected) => {
    expect(codes({ ...login, metadata: { name: 'login', namespace: 'b' } }, inStore(inVault(more), 'ClusterSecretStore')('tokn'))).toEqual(expected);
  });

  test('in a repository, of a Secret without keys, is a warning', () => {
    const sources = [secret('login', {}), inStore(inVault())('token')].map(manifest => ({ manifest }));
    expect(Inspection._fromSources(sources, { repository: true, unknownSecrets: MissingSecrets.WARN }).findings.map(({ code, severity }) => [code, severity])).toEqual([['UnknownKey', WARNING]]);
  });
});

describe('a SecretProviderClass', () => {
  const providerClass = (spec: any) => [of('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', spec)];
  const secretObject = (data: any, more: any = {}) => ({ secretObjects: [{ secretName: 'db', type: 'Opaque', data, ...more }] });
  const vault = { provider: 'vault', parameters: { roleName: 'r', objects: '- objectName: password\n  secretPath: secret/data/db\n  secretKey: password\n' } };
  const azure = { provider: 'azure', parameters: { keyvaultName: 'k', tenantId: 't', objects: 'array:\n  - |\n    objectName: db-password\n    objectType: secret\n    objectAlias: password\n' } };
  const aws = { provider: 'aws', parameters: { objects: '- objectName: shop/db\n  objectType: secretsmanager\n  jmesPath:\n    - { path: pw, objectAlias: password }\n' } };
  const gcp = { provider: 'gcp', parameters: { secrets: '- resourceName: projects/p/secrets/db/versions/latest\n  path: password\n' } };
  const wrong = { code: 'UnfetchedObject', severity: ERROR, path: 'spec.secretObjects[0].data[0].objectName' };
  const pair = (base: any, name: string) => ({
    ...wrong,
    wrong: providerClass({ ...base, ...secretObject([{ objectName: name, key: 'password' }]) }),
    right: providerClass({ ...base, ...secretObject([{ objectName: 'password', key: 'password' }]) }),
  });
  const fetching = (base: any, text: string, instead: string) => {
    const [[parameter, objects]] = Object.entries<string>(base.parameters).filter(([, value]) => value.includes(text));
    return {
      wrong: providerClass({ ...base, parameters: { ...base.parameters, [parameter]: objects.replace(text, instead) } }),
      right: providerClass(base),
      code: 'InvalidProviderClass',
      severity: ERROR,
      path: `spec.parameters[${parameter}]`,
      says: ['entry 1'],
    };
  };
  testPairs({
    'of Vault makes a Secret of what it fetches': pair(vault, 'passwrd'),
    'of Azure makes a Secret of what it fetches, by its alias': pair(azure, 'db-password'),
    'of AWS makes a Secret of what it fetches, by the alias of a property': pair(aws, 'pw'),
    'of Google makes a Secret of what it fetches, by its path': pair(gcp, 'db'),
    'of Vault has a role': {
      wrong: providerClass({ provider: 'vault', parameters: { objects: vault.parameters.objects } }),
      right: providerClass(vault),
      code: 'InvalidProviderClass',
      severity: ERROR,
      path: 'spec.parameters[roleName]',
    },
    'of Vault has a role by its name': {
      wrong: providerClass({ provider: 'vault', parameters: { vaultRoleName: 'r', objects: vault.parameters.objects } }),
      right: providerClass(vault),
      code: 'InvalidProviderClass',
      severity: ERROR,
      path: 'spec.parameters[roleName]',
    },
    'of Vault has each file once': {
      wrong: providerClass({ ...vault, parameters: { ...vault.parameters, objects: vault.parameters.objects.repeat(2) } }),
      right: providerClass({ ...vault, parameters: { ...vault.parameters, objects: vault.parameters.objects + vault.parameters.objects.replace('password', 'other') } }),
      code: 'InvalidProviderClass',
      severity: ERROR,
      path: 'spec.parameters[objects]',
    },
    'of Azure has a vault': {
      wrong: providerClass({ provider: 'azure', parameters: { ...azure.parameters, keyvaultName: '' } }),
      right: providerClass(azure),
      code: 'InvalidProviderClass',
      severity: ERROR,
      path: 'spec.parameters[keyvaultName]',
    },
    'lists its objects in YAML': {
      wrong: providerClass({ provider: 'vault', parameters: { roleName: 'r', objects: '- objectName: [' } }),
      right: providerClass(vault),
      code: 'InvalidProviderClass',
      severity: ERROR,
      path: 'spec.parameters[objects]',
    },
    'names what it fetches': {
      wrong: providerClass({ provider: 'vault', parameters: { roleName: 'r', objects: '- objectName: a\n' } }),
      right: providerClass(vault),
      code: 'InvalidProviderClass',
      severity: ERROR,
      path: 'spec.parameters[objects]',
      says: ['secretPath'],
    },
    'of Azure says what each object is': fetching(azure, '    objectType: secret\n', ''),
    'of Azure knows secrets, keys and certificates': fetching(azure, 'objectType: secret\n', 'objectType: certificate\n'),
    'of AWS says what each object is': fetching(aws, '  objectType: secretsmanager\n', ''),
    'of AWS knows secrets and parameters': fetching(aws, 'objectType: secretsmanager', 'objectType: ssm'),
    'of Google names versions of secrets': fetching(gcp, 'projects/p/secrets/db/versions/latest', 'db'),
    'has a provider': { wrong: providerClass({ parameters: {} }), right: providerClass({ provider: 'other', parameters: {} }), code: 'InvalidProviderClass', severity: ERROR, path: 'spec.provider' },
    'gives a Secret a type': {
      wrong: providerClass({ ...vault, ...secretObject([{ objectName: 'password', key: 'a' }], { type: undefined }) }),
      right: providerClass({ ...vault, ...secretObject([{ objectName: 'password', key: 'a' }]) }),
      code: 'InvalidProviderClass',
      severity: ERROR,
      path: 'spec.secretObjects[0].type',
    },
    'gives a Secret the keys of its type': {
      wrong: providerClass({ ...vault, ...secretObject([{ objectName: 'password', key: 'tls.crt' }], { type: 'kubernetes.io/tls' }) }),
      right: providerClass({ ...vault, ...secretObject([{ objectName: 'password', key: 'tls.crt' }, { objectName: 'password', key: 'tls.key' }], { type: 'kubernetes.io/tls' }) }),
      code: 'MissingKey',
      severity: ERROR,
      path: 'spec.secretObjects[0].type',
    },
    'gives a Secret keys that it can have': {
      wrong: providerClass({ ...vault, ...secretObject([{ objectName: 'password', key: 'a b' }]) }),
      right: providerClass({ ...vault, ...secretObject([{ objectName: 'password', key: 'a-b' }]) }),
      code: 'InvalidKey',
      severity: ERROR,
      path: 'spec.secretObjects[0].data[0].key',
    },
    'is synced with what it fetches': {
      wrong: [
        ...providerClass(vault),
        of('secret-sync.x-k8s.io/v1alpha1', 'SecretSync', { secretProviderClassName: 'x', serviceAccountName: 'a', secretObject: { type: 'Opaque', data: [{ sourcePath: 'pw', targetKey: 'k' }] } }),
      ],
      right: [
        ...providerClass(vault),
        of('secret-sync.x-k8s.io/v1alpha1', 'SecretSync', { secretProviderClassName: 'x', serviceAccountName: 'a', secretObject: { type: 'Opaque', data: [{ sourcePath: 'password', targetKey: 'k' }] } }),
      ],
      code: 'UnfetchedObject',
      severity: ERROR,
      path: 'spec.secretObject.data[0].sourcePath',
    },
  });

  test.each<[string, any]>([
    ['an ARN, which says what it is', { provider: 'aws', parameters: { objects: '- objectName: arn:aws:secretsmanager:eu-central-1:123456789012:secret:db\n  objectType: ""\n' } }],
    ['a parameter of AWS', { provider: 'aws', parameters: { objects: '- objectName: /shop/db\n  objectType: ssmparameter\n' } }],
    ['a type that is filled in later', { provider: 'aws', parameters: { objects: '- objectName: db\n  objectType: ${TYPE}\n' } }],
    ['a secret of one region of Google', { provider: 'gcp', parameters: { secrets: '- resourceName: projects/$PROJECT/locations/europe-west1/secrets/db/versions/3\n  path: a\n' } }],
    ['a parameter of Google', { provider: 'gcp', parameters: { secrets: '- resourceName: projects/p/locations/global/parameters/db/versions/3\n  path: a\n' } }],
  ])('takes %s', (__, spec) => {
    expect(Inspection.fromManifests(providerClass(spec)).findings).toEqual([]);
  });

  test.each<[string | undefined, string]>([[undefined, '_shop_db'], ['-', '-shop-db'], ['False', 'shop/db'], ['false', 'shop/db']])('of AWS writes /shop/db with pathTranslation %s as %s', (pathTranslation, name) => {
    const spec = (objectName: string) => ({
      provider: 'aws',
      parameters: { ...pathTranslation === undefined ? {} : { pathTranslation }, objects: '- objectName: /shop/db\n  objectType: ssmparameter\n' },
      ...secretObject([{ objectName, key: 'a' }]),
    });
    expect(Inspection.fromManifests(providerClass(spec(name))).findings).toEqual([]);
    expect(Inspection.fromManifests(providerClass(spec('shop.db'))).findings.map(({ code }) => code)).toEqual(['UnfetchedObject']);
  });

  test('of Vault is no riddle in a template of Helm', () => {
    const { findings } = Inspection._fromSources([{ manifest: providerClass({ ...vault, parameters: { roleName: 'r', objects: '{{ .Values.objects }}' } })[0] }], { repository: true });
    expect(findings.map(({ code }) => code)).toEqual(['UnrenderedTemplate']);
  });
});

describe('a SecretSync', () => {
  const sync = (secretObject: any) => [of('secret-sync.x-k8s.io/v1alpha1', 'SecretSync', { secretProviderClassName: 'c', serviceAccountName: 'a', secretObject })];
  const data = [{ sourcePath: 'a', targetKey: 'k' }];
  testPairs({
    'makes each key once': {
      wrong: sync({ type: 'Opaque', data: [...data, { sourcePath: 'b', targetKey: 'k' }] }), right: sync({ type: 'Opaque', data }), code: 'ConflictingFields', severity: ERROR, path: 'spec.secretObject.data[1]',
    },
    'makes the keys of the type': {
      wrong: sync({ type: 'kubernetes.io/tls', data }), right: sync({ type: 'Opaque', data }), code: 'MissingKey', severity: ERROR, path: 'spec.secretObject.type',
    },
    'leaves the labels of the controller alone': {
      wrong: sync({ type: 'Opaque', data, labels: { 'secrets-store.sync.x-k8s.io/a': 'b' } }),
      right: sync({ type: 'Opaque', data, labels: { a: 'b' } }),
      code: 'ConflictingFields',
      severity: ERROR,
      path: 'spec.secretObject.labels',
    },
  });
});

describe('a Certificate', () => {
  const certificate = (spec: any, name = 'x') => ({ ...of('cert-manager.io/v1', 'Certificate', { secretName: 'tls', issuerRef: { name: 'ca' }, dnsNames: ['example.com'], ...spec }), metadata: { name } });
  testPairs({
    'is for somebody': { wrong: [certificate({ dnsNames: [] })], right: [certificate({})], code: 'ConflictingFields', severity: ERROR, path: 'spec' },
    'is renewed at one time': {
      wrong: [certificate({ renewBefore: '360h', renewBeforePercentage: 30 })], right: [certificate({ renewBefore: '360h' })], code: 'ConflictingFields', severity: ERROR, path: 'spec.renewBeforePercentage',
    },
    'is renewed while it lives': { wrong: [certificate({ duration: '24h', renewBefore: '24h' })], right: [certificate({ duration: '24h', renewBefore: '8h' })], code: 'OutOfRange', severity: ERROR, path: 'spec.renewBefore' },
    'lives for an hour': { wrong: [certificate({ duration: '30m' })], right: [certificate({ duration: '1h' })], code: 'OutOfRange', severity: ERROR, path: 'spec.duration' },
    'has a life in hours': { wrong: [certificate({ duration: '90d' })], right: [certificate({ duration: '2160h' })], code: 'InvalidFormat', severity: ERROR, path: 'spec.duration' },
    'has a short common name': { wrong: [certificate({ commonName: 'a'.repeat(65) })], right: [certificate({ commonName: 'a'.repeat(64) })], code: 'OutOfRange', severity: ERROR, path: 'spec.commonName' },
    'has one password for a keystore': {
      wrong: [certificate({ keystores: { jks: { create: true, password: 'changeit', passwordSecretRef: { name: 's', key: 'k' } } } })],
      right: [certificate({ keystores: { jks: { create: true, passwordSecretRef: { name: 's', key: 'k' } } } })],
      code: 'ConflictingFields',
      severity: ERROR,
      path: 'spec.keystores.jks.password',
    },
    'has an RSA key that is large enough': {
      wrong: [certificate({ privateKey: { size: 1024 } })], right: [certificate({ privateKey: { size: 2048 } })], code: 'OutOfRange', severity: ERROR, path: 'spec.privateKey.size',
    },
    'has an RSA key that is small enough': {
      wrong: [certificate({ privateKey: { algorithm: 'RSA', size: 16384 } })], right: [certificate({ privateKey: { algorithm: 'RSA', size: 8192 } })], code: 'OutOfRange', severity: ERROR, path: 'spec.privateKey.size',
    },
    'has an ECDSA key of a size that there is': {
      wrong: [certificate({ privateKey: { algorithm: 'ECDSA', size: 512 } })],
      right: [certificate({ privateKey: { algorithm: 'ECDSA', size: 521 } }), certificate({ secretName: 'b', privateKey: { algorithm: 'Ed25519', size: 1 } }, 'b')],
      code: 'UnsupportedValue',
      severity: ERROR,
      path: 'spec.privateKey.size',
    },
    'has an issuer of a kind that there is': {
      wrong: [certificate({ issuerRef: { name: 'ca', kind: 'AWSPCAClusterIssuer' } })],
      right: [certificate({ issuerRef: { name: 'ca', kind: 'AWSPCAClusterIssuer', group: 'awspca.cert-manager.io' } })],
      code: 'UnsupportedValue',
      severity: ERROR,
      path: 'spec.issuerRef.kind',
    },
    'has addresses': {
      wrong: [certificate({ ipAddresses: ['10.0.0.1', 'example.com'] })], right: [certificate({ ipAddresses: ['10.0.0.1', '2001:db8::1'] })], code: 'InvalidFormat', severity: ERROR, path: 'spec.ipAddresses[1]',
    },
    'leaves the annotations of cert-manager alone': {
      wrong: [certificate({ secretTemplate: { annotations: { 'cert-manager.io/issuer-name': 'a' } } })],
      right: [certificate({ secretTemplate: { annotations: { 'cert-manager.io/allow-direct-injection': 'true' } } })],
      code: 'InvalidKey',
      severity: ERROR,
      path: 'spec.secretTemplate.annotations[cert-manager.io/issuer-name]',
    },
    'has an issuer': { wrong: [certificate({ issuerRef: undefined })], right: [certificate({})], code: 'RequiredField', severity: ERROR, path: 'spec.issuerRef' },
    'has a Secret of its own': {
      wrong: [certificate({}, 'a'), certificate({}, 'b')], right: [certificate({}, 'a'), certificate({ secretName: 'b' }, 'b')], code: 'SecretMadeTwice', severity: ERROR, path: 'spec.secretName',
    },
    'is of a version that is served': { wrong: [{ ...certificate({}), apiVersion: 'cert-manager.io/v1alpha2' }], right: [certificate({})], code: 'UnservedVersion', severity: ERROR, path: 'apiVersion' },
    'makes the keys of its keystores, and no others': {
      wrong: [certificate({ keystores: { jks: { create: true, passwordSecretRef: { name: 's', key: 'k' } } } }), pod({ env: [keyRef('A', 'tls', 'keystore.p12')] })],
      right: [certificate({ keystores: { jks: { create: true, passwordSecretRef: { name: 's', key: 'k' } } } }), pod({ env: [keyRef('A', 'tls', 'keystore.jks')] })],
      code: 'UnknownKey',
      severity: ERROR,
      path: 'spec.containers[0].env[0].valueFrom.secretKeyRef.key',
    },
  });
});

describe('an OnePasswordItem', () => {
  const item = (itemPath: string, spec: any = {}, more: any = {}) => [of('onepassword.com/v1', 'OnePasswordItem', { itemPath, ...spec }, more)];
  testPairs({
    'has a path of a vault and an item': { wrong: item('items/db'), right: item('vaults/shop/items/db'), code: 'InvalidFormat', severity: ERROR, path: 'spec.itemPath' },
    'has its type beside its spec': {
      wrong: item('vaults/shop/items/db', { type: 'Opaque' }), right: item('vaults/shop/items/db', {}, { type: 'Opaque' }), code: 'UnknownField', severity: ERROR, path: 'spec.type',
    },
  });

  test('is told where the type belongs', () => {
    expect(Inspection.fromManifests(item('vaults/shop/items/db', { type: 'Opaque' })).findings[0].next).toBe('write type at the top of the object, beside spec');
  });
});

describe('an InfisicalStaticSecret', () => {
  const infisical = (spec: any) => [of('secrets.infisical.com/v1beta1', 'InfisicalStaticSecret', {
    infisicalAuthRef: { name: 'a', namespace: 'n' },
    sources: [{ projectId: 'p', environmentSlug: 'prod', secretPath: '/' }],
    syncOptions: { refreshInterval: '1m' },
    targets: [{ kind: 'Secret', name: 'db', namespace: 'shop', creationPolicy: 'Owner' }],
    ...spec,
  })];
  const target = (template: any) => ({ targets: [{ kind: 'Secret', name: 'db', namespace: 'shop', creationPolicy: 'Owner', template: { engineVersion: 'v1', data: template } }] });
  testPairs({
    'names a project': { wrong: infisical({ sources: [{ environmentSlug: 'prod', secretPath: '/' }] }), right: infisical({}), code: 'ConflictingFields', severity: ERROR, path: 'spec.sources[0]' },
    'has a policy for its target': {
      wrong: infisical({ targets: [{ kind: 'Secret', name: 'db', namespace: 'shop', creationPolicy: 'Merge' }] }), right: infisical({}), code: 'UnsupportedValue', severity: ERROR, path: 'spec.targets[0].creationPolicy',
    },
    'has templates that can be read': {
      wrong: infisical(target({ url: '{{ .DB_USER.Value }' })), right: infisical(target({ url: '{{ .DB_USER.Value }}' })), code: 'InvalidTemplate', severity: ERROR, path: 'spec.targets[0].template.data[url]',
    },
    'has one template for all keys that can be read': {
      wrong: infisical(target('{{ range $k, $v := . }}{{ $k }}: x')), right: infisical(target('{{ range $k, $v := . }}{{ $k }}: x{{ end }}')), code: 'InvalidTemplate', severity: ERROR, path: 'spec.targets[0].template.data',
    },
    'makes keys that a Secret can have': {
      wrong: infisical(target({ 'a/b': '{{ .DB_USER.Value }}' })), right: infisical(target({ 'a.b': '{{ .DB_USER.Value }}' })), code: 'InvalidKey', severity: ERROR, path: 'spec.targets[0].template.data[a/b]',
    },
  });
});

describe('a VaultStaticSecret', () => {
  const vault = (spec: any, destination: any = {}) => [of('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', {
    mount: 'kv', path: 'db', type: 'kv-v2', destination: { name: 'db', create: true, ...destination }, ...spec,
  })];
  const only = (templates: any, more: any = {}) => ({ transformation: { excludeRaw: true, excludes: ['.*'], templates, ...more } });
  testPairs({
    'has a mount': { wrong: vault({ mount: undefined }), right: vault({}), code: 'RequiredField', severity: ERROR, path: 'spec.mount' },
    'has a type of engine': { wrong: vault({ type: 'kv2' }), right: vault({ type: 'kv-v1' }), code: 'UnsupportedValue', severity: ERROR, path: 'spec.type' },
    'has fields that there are': { wrong: vault({ refreshInterval: '1h' }), right: vault({ refreshAfter: '1h' }), code: 'UnknownField', severity: ERROR, path: 'spec.refreshInterval' },
    'is refreshed after one unit': { wrong: vault({ refreshAfter: '1h30m' }), right: vault({ refreshAfter: '90m' }), code: 'InvalidFormat', severity: ERROR, path: 'spec.refreshAfter' },
    'has versions only with kv-v2': { wrong: vault({ type: 'kv-v1', version: 2 }), right: vault({ version: 2 }), code: 'ConflictingFields', severity: ERROR, path: 'spec.version' },
    'restarts what it knows to have changed': {
      wrong: vault({ hmacSecretData: false, rolloutRestartTargets: [{ kind: 'Deployment', name: 'a' }] }),
      right: vault({ hmacSecretData: true, rolloutRestartTargets: [{ kind: 'Deployment', name: 'a' }] }),
      code: 'ConflictingFields',
      severity: WARNING,
      path: 'spec.rolloutRestartTargets',
    },
    'restarts what can be restarted': {
      wrong: vault({ rolloutRestartTargets: [{ kind: 'Job', name: 'a' }] }),
      right: vault({ rolloutRestartTargets: [{ kind: 'Deployment', name: 'a' }] }),
      code: 'UnsupportedValue',
      severity: ERROR,
      path: 'spec.rolloutRestartTargets[0].kind',
    },
    'has templates that can be read': {
      wrong: vault({}, only({ url: { text: '{{ get .Secrets "url" ' } })),
      right: vault({}, only({ url: { text: '{{ get .Secrets "url" }}' } })),
      code: 'InvalidTemplate',
      severity: ERROR,
      path: 'spec.destination.transformation.templates[url].text',
    },
    'leaves the key _raw alone': {
      wrong: vault({}, only({ _raw: { text: 'a' } })), right: vault({}, only({ raw: { text: 'a' } })), code: 'InvalidKey', severity: ERROR, path: 'spec.destination.transformation.templates[_raw]',
    },
    'makes the keys of the type': {
      wrong: vault({}, { type: 'kubernetes.io/ssh-auth', ...only({ key: { text: 'a' } }) }),
      right: vault({}, { type: 'kubernetes.io/ssh-auth', ...only({ 'ssh-privatekey': { text: 'a' } }) }),
      code: 'MissingKey',
      severity: ERROR,
      path: 'spec.destination.type',
    },
    'fills a Secret that somebody makes': { wrong: vault({}, { create: false }), right: [secret('db'), ...vault({}, { create: false })], code: 'UnknownSecret', severity: WARNING, path: 'spec.destination.name' },
    'makes the keys of its templates, and no others': {
      wrong: [...vault({}, only({ password: { text: 'a' } })), pod({ env: [keyRef('A', 'db', 'pw')] })],
      right: [...vault({}, only({ password: { text: 'a' } })), pod({ env: [keyRef('A', 'db', 'password')] })],
      code: 'UnknownKey',
      severity: ERROR,
      path: 'spec.containers[0].env[0].valueFrom.secretKeyRef.key',
    },
  });

  test.each(['VaultDynamicSecret', 'VaultPKISecret'])('has fellows of which more is not known: %s', kind => {
    const spec = { mount: 'm', path: 'p', role: 'r', destination: { name: 'db', create: true }, somethingElse: 1 };
    expect(Inspection.fromManifests([of('secrets.hashicorp.com/v1beta1', kind, spec)]).findings).toEqual([]);
  });
});

describe('a VaultAuth', () => {
  const auth = (spec: any) => [of('secrets.hashicorp.com/v1beta1', 'VaultAuth', { method: 'kubernetes', mount: 'kubernetes', kubernetes: { role: 'r', serviceAccount: 'default' }, ...spec })];
  testPairs({
    'has a method that there is': { wrong: auth({ method: 'kubernets' }), right: auth({ method: 'appRole' }), code: 'UnsupportedValue', severity: ERROR, path: 'spec.method' },
    'says in a list for which namespaces it is': { wrong: auth({ allowedNamespaces: '*' }), right: auth({ allowedNamespaces: ['*'] }), code: 'WrongFieldType', severity: ERROR, path: 'spec.allowedNamespaces' },
    'counts the seconds of a token': {
      wrong: auth({ kubernetes: { role: 'r', tokenExpirationSeconds: '600' } }), right: auth({ kubernetes: { role: 'r', tokenExpirationSeconds: 600 } }), code: 'WrongFieldType', severity: ERROR, path: 'spec.kubernetes.tokenExpirationSeconds',
    },
  });
});

test('kinds that are not known are passed over', () => {
  expect(Inspection.fromManifests([
    of('secrets.hashicorp.com/v1beta1', 'VaultConnection', { anything: 1 }), of('example.com/v1', 'ExternalSecret', {}), of('external-secrets.io/v1', 'Other', {}), of('bitnami.com/v1', 'constructor', {}),
  ]).findings).toEqual([]);
});

describe('what a newer operator may know', () => {
  const fetching = (more: any) => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'a' },
    spec: { secretStoreRef: { name: 's', kind: 'SecretStore' }, dataFrom: [{ extract: { key: 'k' } }], ...more },
  });
  const severities = (manifest: any, repository: boolean) => Inspection._fromSources([{ manifest }], { missingSecrets: false, repository }).findings
    .map(({ code, severity }) => [code, severity]);

  test.each<[string, any, string]>([
    ['a field', fetching({ dataFrom: [{ extract: { key: 'k' }, select: [] }] }), 'UnknownField'],
    ['a value', fetching({ secretStoreRef: { name: 's', kind: 'ProviderStore' } }), 'UnsupportedValue'],
  ])('%s is a warning in a repository, and an error elsewhere', (_, manifest, code) => {
    expect(severities(manifest, true)).toEqual([[code, WARNING]]);
    expect(severities(manifest, false)).toEqual([[code, ERROR]]);
  });

  test('a provider is a warning in a repository', () => {
    expect(severities({ ...store('s'), spec: { provider: { quantum: {} } } }, true)).toEqual([['RequiredField', WARNING], ['UnknownField', WARNING]]);
  });

  test.each<[string, any, string]>([
    ['a field', fetching({ refreshIntervall: '1h' }), 'UnknownField'],
    ['a value', fetching({ secretStoreRef: { name: 's', kind: 'SecretStor' } }), 'UnsupportedValue'],
  ])('but a slip in %s is an error everywhere', (_, manifest, code) => {
    expect(severities(manifest, true)).toEqual([[code, ERROR]]);
  });
});
