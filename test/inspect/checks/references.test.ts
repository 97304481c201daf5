import { Inspection } from '../../../src/app/inspection';
import { keyRef, pod, podWithVolumes, secret, whole } from '../manifests';
import { brief, ERROR, testPairs, WARNING } from '../pairs';

const db = secret('db', { user: 'u', password: 'p' });
const inNamespace = (manifest: any, namespace: string) => ({ ...manifest, metadata: { ...manifest.metadata, namespace } });

testPairs({
  'fails when env takes a key of a Secret that no manifest makes': {
    wrong: [db, pod({ env: [keyRef('A', 'bd', 'user')] })],
    right: [db, pod({ env: [keyRef('A', 'db', 'user')] })],
    code: 'UnknownSecret',
    severity: ERROR,
    path: 'spec.containers[0].env[0].valueFrom.secretKeyRef.key',
    says: ['"bd"', 'CreateContainerConfigError'],
  },
  'fails when envFrom takes a Secret that no manifest makes': {
    wrong: [pod({ envFrom: [whole('db')] })],
    right: [db, pod({ envFrom: [whole('db')] })],
    code: 'UnknownSecret',
    severity: ERROR,
    path: 'spec.containers[0].envFrom[0].secretRef.name',
  },
  'fails when a volume takes a Secret that no manifest makes': {
    wrong: [podWithVolumes([{ name: 'v', secret: { secretName: 'db' } }])],
    right: [db, podWithVolumes([{ name: 'v', secret: { secretName: 'db' } }])],
    code: 'UnknownSecret',
    severity: ERROR,
    path: 'spec.volumes[0].secret.secretName',
    says: ['FailedMount'],
  },
  'fails when a projected volume takes a Secret that no manifest makes': {
    wrong: [podWithVolumes([{ name: 'v', projected: { sources: [{ secret: { name: 'db' } }] } }])],
    right: [db, podWithVolumes([{ name: 'v', projected: { sources: [{ secret: { name: 'db' } }] } }])],
    code: 'UnknownSecret',
    severity: ERROR,
    path: 'spec.volumes[0].projected.sources[0].secret.name',
  },
  'fails when the driver of a volume needs a Secret that no manifest makes': {
    wrong: [podWithVolumes([{ name: 'v', csi: { driver: 'd', nodePublishSecretRef: { name: 'db' } } }])],
    right: [db, podWithVolumes([{ name: 'v', csi: { driver: 'd', nodePublishSecretRef: { name: 'db' } } }])],
    code: 'UnknownSecret',
    severity: ERROR,
    path: 'spec.volumes[0].csi.nodePublishSecretRef.name',
  },
  'warns when a pull secret is made by no manifest': {
    wrong: [pod({}, { imagePullSecrets: [{ name: 'r' }] })],
    right: [pod()],
    code: 'UnknownSecret',
    severity: WARNING,
    path: 'spec.imagePullSecrets[0].name',
    says: ['without credentials'],
  },
  'fails when env takes a key that the Secret does not have': {
    wrong: [db, pod({ env: [keyRef('A', 'db', 'passwrd')] })],
    right: [db, pod({ env: [keyRef('A', 'db', 'password')] })],
    code: 'UnknownKey',
    severity: ERROR,
    path: 'spec.containers[0].env[0].valueFrom.secretKeyRef.key',
    says: ['"passwrd"'],
  },
  'fails when an item of a volume is a key that the Secret does not have': {
    wrong: [db, podWithVolumes([{ name: 'v', secret: { secretName: 'db', items: [{ key: 'x', path: 'x' }] } }])],
    right: [db, podWithVolumes([{ name: 'v', secret: { secretName: 'db', items: [{ key: 'user', path: 'x' }] } }])],
    code: 'UnknownKey',
    severity: ERROR,
    path: 'spec.volumes[0].secret.items[0].key',
  },
  'warns when a key that the Secret does not have is optional': {
    wrong: [db, pod({ env: [keyRef('A', 'db', 'passwrd', { optional: true })] })],
    right: [db, pod({ env: [keyRef('A', 'db', 'password', { optional: true })] })],
    code: 'UnknownKey',
    severity: WARNING,
    path: 'spec.containers[0].env[0].valueFrom.secretKeyRef.key',
  },
  'fails when an item is a key that no Secret can have': {
    wrong: [db, podWithVolumes([{ name: 'v', secret: { secretName: 'db', items: [{ key: 'a b/c', path: 'x' }] } }])],
    right: [db, podWithVolumes([{ name: 'v', secret: { secretName: 'db', items: [{ key: 'user', path: 'x' }] } }])],
    code: 'InvalidKey',
    severity: ERROR,
    path: 'spec.volumes[0].secret.items[0].key',
  },
  'fails when a volume names a Secret as no Secret can be named': {
    wrong: [podWithVolumes([{ name: 'v', secret: { secretName: 'My_Secret' } }])],
    right: [secret('my-secret'), podWithVolumes([{ name: 'v', secret: { secretName: 'my-secret' } }])],
    code: 'InvalidName',
    severity: ERROR,
    path: 'spec.volumes[0].secret.secretName',
  },
  'fails when the Secret is in another namespace': {
    wrong: [inNamespace(db, 'data'), inNamespace(pod({ envFrom: [whole('db')] }), 'web')],
    right: [inNamespace(db, 'web'), inNamespace(pod({ envFrom: [whole('db')] }), 'web')],
    code: 'NamespaceMismatch',
    severity: ERROR,
    path: 'spec.containers[0].envFrom[0].secretRef.name',
    says: ['"data"'],
  },
  'warns when only the pod names its namespace': {
    wrong: [db, inNamespace(pod({ envFrom: [whole('db')] }), 'web')],
    right: [db, pod({ envFrom: [whole('db')] })],
    code: 'NamespaceMismatch',
    severity: WARNING,
    path: 'spec.containers[0].envFrom[0].secretRef.name',
  },
  'fails when two objects have one kind, namespace and name': {
    wrong: [db, db],
    right: [db, inNamespace(db, 'other')],
    code: 'DuplicateObject',
    severity: ERROR,
    path: 'metadata.name',
    says: ['document 1'],
  },
  'fails when two versions of one group make the same object': {
    wrong: [{ apiVersion: 'a.io/v1', kind: 'A', metadata: { name: 'a' } }, { apiVersion: 'a.io/v1beta1', kind: 'A', metadata: { name: 'a' } }],
    right: [{ apiVersion: 'a.io/v1', kind: 'A', metadata: { name: 'a' } }, { apiVersion: 'b.io/v1', kind: 'A', metadata: { name: 'a' } }],
    code: 'DuplicateObject',
    severity: ERROR,
    path: 'metadata.name',
  },
  'warns when an Ingress uses a certificate that no manifest makes': {
    wrong: [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'i' }, spec: { tls: [{ secretName: 't' }] } }],
    right: [{
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'i', annotations: { 'cert-manager.io/issuer': 'x' } },
      spec: { tls: [{ secretName: 't' }] },
    }],
    code: 'UnknownSecret',
    severity: WARNING,
    path: 'spec.tls[0].secretName',
  },
  'fails when an Ingress uses a Secret without a certificate': {
    wrong: [db, { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'i' }, spec: { tls: [{ secretName: 'db' }] } }],
    right: [
      { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'x' }, spec: { secretName: 't', issuerRef: { name: 'ca' }, dnsNames: ['example.com'] } },
      { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'i' }, spec: { tls: [{ secretName: 't' }] } },
    ],
    code: 'SecretTypeMismatch',
    severity: ERROR,
    path: 'spec.tls[0].secretName',
  },
  'fails when an OpenFaaS function uses a Secret that no manifest makes': {
    wrong: [{ apiVersion: 'openfaas.com/v1', kind: 'Function', metadata: { name: 'f' }, spec: { name: 'f', image: 'i', secrets: ['db'] } }],
    right: [db, { apiVersion: 'openfaas.com/v1', kind: 'Function', metadata: { name: 'f' }, spec: { name: 'f', image: 'i', secrets: ['db'] } }],
    code: 'UnknownSecret',
    severity: ERROR,
    path: 'spec.secrets[0]',
  },
  'fails when the pod template of a custom resource uses a Secret that no manifest makes': {
    wrong: [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'r' }, spec: { template: { spec: pod({ envFrom: [whole('db')] }).spec } } }],
    right: [db, { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'r' }, spec: { template: { spec: pod({ envFrom: [whole('db')] }).spec } } }],
    code: 'UnknownSecret',
    severity: ERROR,
    path: 'spec.template.spec.containers[0].envFrom[0].secretRef.name',
  },
});

/** As long as a value that is sealed for a key of 2048 bits. */
const SEALED = Buffer.concat([Buffer.from([1, 0]), Buffer.alloc(256 + 16)]).toString('base64');

describe('a Secret counts as made', () => {
  const uses = pod({ env: [keyRef('A', 'db', 'password')] }, {}, { namespace: 'web' });
  const custom = (apiVersion: string, kind: string, spec: any, name = 'db') => ({ apiVersion, kind, metadata: { name, namespace: 'web' }, spec });
  const external = (spec: any) => custom('external-secrets.io/v1', 'ExternalSecret', { secretStoreRef: { name: 's', kind: 'ClusterSecretStore' }, ...spec });
  const fetched = (secretKey: string) => ({ data: [{ secretKey, remoteRef: { key: 'r' } }] });

  test.each<[string, any, string[]]>([
    ['by an ExternalSecret of its name with the key', external(fetched('password')), []],
    ['by an ExternalSecret without the key', external(fetched('x')), ['UnknownKey']],
    ['by an ExternalSecret with another target', external({ target: { name: 'x' }, ...fetched('password') }), ['UnknownSecret']],
    ['by an ExternalSecret whose keys are not known', external({ dataFrom: [{ extract: { key: 'r' } }] }), []],
    ['by an ExternalSecret whose template drops what was fetched', external({
      ...fetched('password'), target: { template: { data: { url: '{{ .password }}' } } },
    }), ['UnknownKey']],
    ['by an ExternalSecret whose template is merged', external({
      ...fetched('password'), target: { template: { mergePolicy: 'Merge', data: { url: '' } } },
    }), []],
    ['by a ClusterExternalSecret', custom('external-secrets.io/v1', 'ClusterExternalSecret', {
      externalSecretName: 'db', externalSecretSpec: { secretStoreRef: { name: 's', kind: 'ClusterSecretStore' }, ...fetched('password') },
    }, 'x'), []],
    ['by a SealedSecret with the key', custom('bitnami.com/v1alpha1', 'SealedSecret', { encryptedData: { password: SEALED } }), []],
    ['by a SealedSecret without the key', custom('bitnami.com/v1alpha1', 'SealedSecret', { encryptedData: { x: SEALED } }), ['UnknownKey']],
    ['by a SecretProviderClass, once somebody mounts it', custom('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', {
      provider: 'other', secretObjects: [{ secretName: 'db', type: 'Opaque', data: [{ key: 'password', objectName: 'o' }] }],
    }, 'x'), ['SecretNeedsMount']],
    ['by a VaultStaticSecret', custom('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', {
      mount: 'kv', path: 'db', type: 'kv-v2', destination: { name: 'db', create: true },
    }, 'x'), []],
    ['by a SopsSecret', custom('isindir.github.com/v1alpha3', 'SopsSecret', { secretTemplates: [{ name: 'db', stringData: { password: 'x' } }] }, 'x'), []],
  ])('%s', (_, manifest, codes) => {
    expect(Inspection.fromManifests([manifest, uses]).findings.map(finding => finding.code)).toEqual(codes);
  });

  test.each<[string, any, string[]]>([
    ['when it is declared as existing', { name: 'db' }, []],
    ['when it is declared as existing in the namespace', { name: 'db', namespace: 'web', keys: ['password'] }, []],
    ['but not in another namespace', { name: 'db', namespace: 'x' }, ['NamespaceMismatch']],
    ['but not with a key that it was declared without', { name: 'db', keys: ['user'] }, ['UnknownKey']],
  ])('%s', (_, existing, codes) => {
    expect(Inspection.fromManifests([uses], { existingSecrets: [existing] }).findings.map(finding => finding.code)).toEqual(codes);
  });

  test('when missing Secrets are not asked for', () => {
    expect(Inspection.fromManifests([uses], { missingSecrets: false }).findings).toEqual([]);
  });

  test('when a token Secret is asked for what the cluster fills in', () => {
    const token = secret('t', {}, {
      type: 'kubernetes.io/service-account-token', metadata: { annotations: { 'kubernetes.io/service-account.name': 'default' } },
    });
    expect(Inspection.fromManifests([token, pod({ env: [keyRef('A', 't', 'token')] })]).findings).toEqual([]);
  });
});

test('an optional reference to a Secret that no manifest makes is no finding', () => {
  expect(Inspection.fromManifests([pod({ envFrom: [whole('x')].map(({ secretRef }) => ({ secretRef: { ...secretRef, optional: true } })) })]).findings).toEqual([]);
});

test('a name that is near to one that there is, is suggested', () => {
  const [finding] = Inspection.fromManifests([db, pod({ envFrom: [whole('bd')] })]).findings;
  expect(finding.next).toBe('did you mean "db"? Or add its manifest, or declare it as existing');
});

test('the namespace of the options is that of objects without one', () => {
  const manifests = [db, inNamespace(pod({ envFrom: [whole('db')] }), 'web')];
  expect(Inspection.fromManifests(manifests, { namespace: 'web' }).findings).toEqual([]);
  expect(Inspection.fromManifests(manifests, { namespace: 'x' }).findings.map(finding => finding.severity)).toEqual([ERROR]);
});

describe('of objects without pods', () => {
  const found = (...manifests: any[]) => brief(Inspection.fromManifests(manifests));
  const ingress = (apiVersion: string, secretName?: string) => ({ apiVersion, kind: 'Ingress', metadata: { name: 'i' }, spec: { tls: [{ hosts: ['a.example'], secretName }] } });
  const account = (apiVersion: string, ...names: any[]) => ({ apiVersion, kind: 'ServiceAccount', metadata: { name: 'a' }, imagePullSecrets: names.map(name => ({ name })) });
  const fn = (apiVersion: string, kind: string, secrets: any) => ({ apiVersion, kind, metadata: { name: 'f' }, spec: { name: 'f', image: 'i', secrets } });

  test('those of Kubernetes and OpenFaaS are known, not those that have their name', () => {
    expect(found(ingress('networking.k8s.io/v1', 't'), account('v1', 't'), fn('openfaas.com/v1', 'Function', ['t']))).toEqual([
      ['UnknownSecret', WARNING, 'spec.tls[0].secretName'], ['UnknownSecret', WARNING, 'imagePullSecrets[0].name'], ['UnknownSecret', ERROR, 'spec.secrets[0]'],
    ]);
    expect(found(ingress('example.com/v1', 't'), account('example.com/v1', 't'), fn('example.com/v1', 'Function', ['t']), fn('openfaas.com/v1', 'Profile', ['t']))).toEqual([]);
    expect(found({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkThing', metadata: { name: 'n' }, spec: { tls: [{ secretName: 't' }] } })).toEqual([]);
    expect(found({ ...fn('serving.knative.dev/v1', 'Service', ['t']), metadata: { name: 'f', labels: { faas_function: 'f' } } })).toEqual([]);
  });

  test('what names no Secret needs none', () => {
    expect(found(ingress('networking.k8s.io/v1'), account('v1', undefined, ''), fn('openfaas.com/v1', 'Function', ['', null]))).toEqual([]);
    expect(found({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'b' } })).toEqual([]);
  });

  test('a Secret of unknown type may be a pull secret', () => {
    expect(Inspection.fromManifests([account('v1', 'r')], { existingSecrets: [{ name: 'r' }] }).findings).toEqual([]);
  });

  test('a certificate needs its key', () => {
    expect(found(secret('t', { 'tls.crt': 'x' }), ingress('networking.k8s.io/v1', 't'))).toEqual([['SecretTypeMismatch', ERROR, 'spec.tls[0].secretName']]);
    expect(found(secret('t', { 'tls.key': 'x' }), ingress('networking.k8s.io/v1', 't'))).toEqual([['SecretTypeMismatch', ERROR, 'spec.tls[0].secretName']]);
  });

  test('an object that the server cannot read is not judged further', () => {
    expect(found({ ...secret('s'), data: { password: 5, plain: 'password' } }).map(([code]) => code)).toEqual(['WrongFieldType']);
  });
});
