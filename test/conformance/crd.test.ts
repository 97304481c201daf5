import { crdProblems } from './crd';

const external = (spec: object) => ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'a' }, spec });
const store = (provider: object) => ({ apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', metadata: { name: 'a' }, spec: { provider } });

test('the check takes what the CRD takes', () => {
  expect(crdProblems(external({
    secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
    data: [{ secretKey: 'a', remoteRef: { key: 'b' } }],
  }))).toEqual([]);
  expect(crdProblems({
    apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'a' }, spec: { encryptedData: {}, template: { metadata: null } },
  })).toEqual([]);
});

test.each<[string, object, string[]]>([
  ['an unknown field', external({ secretStoreReff: {} }), [".spec: unknown field 'secretStoreReff'"]],
  ['a missing field', external({ data: [{ secretKey: 'a' }] }), [".spec.data[0]: must have 'remoteRef'"]],
  ['another type', external({ data: [{ secretKey: 1, remoteRef: { key: 'a' } }] }), ['.spec.data[0].secretKey: must be string, is integer']],
  ['a word outside the enum', external({ refreshPolicy: 'Never' }), ['.spec.refreshPolicy: must be one of CreatedOnce, Periodic, OnChange']],
  ['a text that the pattern refuses', external({ data: [{ secretKey: 'a b', remoteRef: { key: 'a' } }] }),
    ['.spec.data[0].secretKey: must match ^[-._a-zA-Z0-9]+$']],
  ['an empty text', external({ secretStoreRef: { name: '' } }), [
    '.spec.secretStoreRef.name: must match ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
    '.spec.secretStoreRef.name: length must be at least 1',
  ]],
  ['null where null is not allowed', external({ data: null }), ['.spec.data: must be array, is null']],
  ['two providers', store({ fake: { data: [] }, aws: { service: 'SecretsManager', region: 'r' } }), ['.spec.provider: number of fields must be at most 1']],
  ['unknown metadata', { ...external({}), metadata: { name: 'a', label: {} } }, [".metadata: unknown field 'label'"]],
  ['a kind without a CRD', { apiVersion: 'v1', kind: 'Secret' }, ['no CRD of v1 Secret']],
])('the check refuses %s', (_, manifest, problems) => {
  expect(crdProblems(manifest)).toEqual(problems);
});
