import { Inspection } from '../../../src/app/inspection';
import { dockerConfigJson } from '../../../src/kubernetes/docker-config';
import { deployment, pod, secret, whole } from '../manifests';
import { ERROR, testPairs, WARNING } from '../pairs';

const registry = (name: string, server: string) => secret(name, {
  '.dockerconfigjson': dockerConfigJson([{ server, username: 'u', password: 'p' }]),
}, { type: 'kubernetes.io/dockerconfigjson' });
const pulls = (image: string, ...names: string[]) => pod({ image }, { imagePullSecrets: names.map(name => ({ name })) });
const account = (more: any = {}) => {
  const { metadata, ...rest } = more;
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', ...metadata }, ...rest };
};
const onlyListed = { annotations: { 'kubernetes.io/enforce-mountable-secrets': 'true' } };

testPairs({
  'fails when a pull secret has another type': {
    wrong: [secret('r', { '.dockerconfigjson': '{}' }), pulls('ghcr.io/o/x', 'r')],
    right: [registry('r', 'ghcr.io'), pulls('ghcr.io/o/x', 'r')],
    code: 'SecretTypeMismatch',
    severity: ERROR,
    path: 'spec.imagePullSecrets[0].name',
    says: ['"Opaque"'],
  },
  'fails when a pull secret of a ServiceAccount has another type': {
    wrong: [secret('r', { a: 'x' }), account({ imagePullSecrets: [{ name: 'r' }] })],
    right: [registry('r', 'ghcr.io'), account({ imagePullSecrets: [{ name: 'r' }] })],
    code: 'SecretTypeMismatch',
    severity: ERROR,
    path: 'imagePullSecrets[0].name',
  },
  'warns when no registry of a pull secret is that of the image, which is pulled each time': {
    wrong: [registry('r', 'ghcr.io'), pulls('quay.io/o/x', 'r')],
    right: [registry('r', 'quay.io'), pulls('quay.io/o/x', 'r')],
    code: 'UnmatchedRegistry',
    severity: WARNING,
    path: 'spec.imagePullSecrets[0].name',
  },
  'warns when a pull secret is for a host of Docker Hub that the kubelet does not look for': {
    wrong: [registry('r', 'hub.docker.com'), pulls('nginx', 'r')],
    right: [registry('r', 'https://index.docker.io/v1/'), pulls('nginx', 'r')],
    code: 'UnmatchedRegistry',
    severity: WARNING,
    path: 'spec.imagePullSecrets[0].name',
  },
  'warns when a pull secret is named twice': {
    wrong: [registry('r', 'ghcr.io'), pulls('ghcr.io/o/x', 'r', 'r')],
    right: [registry('r', 'ghcr.io'), pulls('ghcr.io/o/x', 'r')],
    code: 'IneffectivePullSecret',
    severity: WARNING,
    path: 'spec.imagePullSecrets[1].name',
  },
  'warns when an entry names no pull secret': {
    wrong: [pod({}, { imagePullSecrets: [{}] })],
    right: [pod()],
    code: 'IneffectivePullSecret',
    severity: WARNING,
    path: 'spec.imagePullSecrets[0].name',
  },
  "warns when a pod's pull secrets suppress those of its ServiceAccount": {
    wrong: [registry('r', 'ghcr.io'), registry('s', 'quay.io'), account({ imagePullSecrets: [{ name: 's' }] }), pulls('ghcr.io/o/x', 'r')],
    right: [registry('r', 'ghcr.io'), registry('s', 'ghcr.io'), account({ imagePullSecrets: [{ name: 's' }] }), pulls('ghcr.io/o/x', 'r', 's')],
    code: 'SuppressedPullSecrets',
    severity: WARNING,
    path: 'spec.imagePullSecrets',
    says: ['"s"'],
  },
  'fails when the ServiceAccount does not let the pod use a Secret': {
    wrong: [secret('db', { A: 'x' }), account({ metadata: onlyListed }), pod({ envFrom: [whole('db')] })],
    right: [secret('db', { A: 'x' }), account({ metadata: onlyListed, secrets: [{ name: 'db' }] }), pod({ envFrom: [whole('db')] })],
    code: 'NotMountable',
    severity: ERROR,
    path: 'spec.containers[0].envFrom[0].secretRef.name',
  },
  'warns when a checksum stands on the workload': {
    wrong: [deployment({ metadata: { annotations: { 'checksum/secret': 'abc' } } })],
    right: [deployment({ template: { annotations: { 'checksum/secret': 'abc' } } })],
    code: 'MisplacedChecksum',
    severity: WARNING,
    path: 'metadata.annotations[checksum/secret]',
    says: ['restarts no pod'],
  },
});

test('a pull secret of any registry that matches one image is no finding', () => {
  const manifests = [registry('r', '*.azurecr.io'), pod({ image: 'foo.azurecr.io/x' }, {
    imagePullSecrets: [{ name: 'r' }], initContainers: [{ name: 'i', image: 'nginx' }],
  })];
  expect(Inspection.fromManifests(manifests).findings).toEqual([]);
});

test('a pull secret whose registries are not known is no finding', () => {
  expect(Inspection.fromManifests([pulls('nginx', 'r')], { existingSecrets: [{ name: 'r', type: 'kubernetes.io/dockerconfigjson' }] }).findings).toEqual([]);
});

describe('a ServiceAccount that limits the Secrets of its pods', () => {
  const limited = (more: any = {}) => account({ metadata: onlyListed, ...more });
  const db = secret('db', { A: 'x' });
  const found = (...manifests: any[]) => Inspection.fromManifests(manifests).findings.map(({ code, path, next }) => [code, path, next]);

  test('lists pull secrets apart', () => {
    const uses = pulls('ghcr.io/o/x', 'r');
    expect(found(registry('r', 'ghcr.io'), limited({ imagePullSecrets: [{ name: 'r' }] }), uses)).toEqual([]);
    expect(found(registry('r', 'ghcr.io'), limited({ secrets: [{ name: 'r' }] }), uses)).toEqual([['NotMountable', 'spec.imagePullSecrets[0].name', 'add it to imagePullSecrets of the ServiceAccount']]);
    expect(found(db, limited({ imagePullSecrets: [{ name: 'db' }] }), pod({ envFrom: [whole('db')] }))).toEqual([
      ['SecretTypeMismatch', 'imagePullSecrets[0].name', 'make it of the type kubernetes.io/dockerconfigjson'],
      ['NotMountable', 'spec.containers[0].envFrom[0].secretRef.name', 'add it to secrets of the ServiceAccount'],
    ]);
  });

  test('does not look at projected volumes, nor at Secrets of drivers', () => {
    const volumes = [{ name: 'v', projected: { sources: [{ secret: { name: 'db' } }] } }, { name: 'w', csi: { driver: 'd', nodePublishSecretRef: { name: 'db' } } }];
    expect(found(db, limited(), pod({ volumeMounts: [{ name: 'v', mountPath: '/v' }, { name: 'w', mountPath: '/w' }] }, { volumes }))).toEqual([]);
  });

  test('is one with the annotation alone', () => {
    expect(found(db, account(), pod({ envFrom: [whole('db')] }))).toEqual([]);
    expect(found(db, account({ metadata: { annotations: { 'kubernetes.io/enforce-mountable-secrets': 'false' } } }), pod({ envFrom: [whole('db')] }))).toEqual([]);
  });
});

describe('a pull secret', () => {
  const codes = (...manifests: any[]) => Inspection.fromManifests(manifests).findings.map(({ code }) => code);

  test('needs the registry of one image of the pod', () => {
    const two = pod({ image: 'quay.io/o/x' }, { initContainers: [{ name: 'i', image: 'ghcr.io/o/x' }], imagePullSecrets: [{ name: 'r' }] });
    expect(codes(registry('r', 'ghcr.io'), two)).toEqual([]);
    const several = secret('r', { '.dockerconfigjson': dockerConfigJson(['ghcr.io', 'quay.io'].map(server => ({ server, username: 'u', password: 'p' }))) }, { type: 'kubernetes.io/dockerconfigjson' });
    expect(codes(several, pulls('quay.io/o/x', 'r'))).toEqual([]);
  });

  test('is told with ten of its registries', () => {
    const servers = Array.from({ length: 11 }, (_, index) => `r${index}.io`);
    const many = secret('r', { '.dockerconfigjson': JSON.stringify({ auths: Object.fromEntries(servers.map(server => [server, { username: 'u', password: 'p' }])) }) }, { type: 'kubernetes.io/dockerconfigjson' });
    expect(Inspection.fromManifests([many, pulls('quay.io/o/x', 'r')]).findings[0].next).toBe(`registries: ${servers.slice(0, 10).map(server => `"${server}"`).join(', ')}`);
  });

  test('that is broken is told so where it is made', () => {
    const of = (config: string) => secret('r', { '.dockerconfigjson': config }, { type: 'kubernetes.io/dockerconfigjson' });
    expect(codes(of('{"auths":{"ghcr.io":{"auth":"!"}}}'), pulls('quay.io/o/x', 'r'))).toEqual(['InvalidDockerConfig']);
    expect(codes(of('{"auths":{}}'), pulls('quay.io/o/x', 'r'))).toEqual(['InvalidDockerConfig']);
    expect(codes(secret('r', { a: 'x' }, { type: 'kubernetes.io/dockerconfigjson' }), pulls('quay.io/o/x', 'r'))).toEqual(['MissingKey']);
  });

  test('of a pod whose images are filled in later is not judged by them', () => {
    expect(codes(registry('r', 'ghcr.io'), pulls('', 'r'))).not.toContain('UnmatchedRegistry');
  });

  test('of the ServiceAccount counts where the pod names none', () => {
    expect(codes(registry('s', 'quay.io'), account({ imagePullSecrets: [{ name: 's' }, {}] }), pod({ image: 'quay.io/o/x' }))).toEqual([]);
    expect(codes(registry('r', 'quay.io'), account({ imagePullSecrets: [{}, { name: '' }] }), pulls('quay.io/o/x', 'r'))).toEqual([]);
  });
});

describe('an annotation that kubectl has no room for', () => {
  const MAX = 262_144;
  const sizes = (manifest: any) => Inspection.fromManifests([manifest]).findings.filter(({ code }) => code === 'LastAppliedTooLarge').map(({ message }) => Number(/have (\d+) bytes/.exec(message)![1]));
  const configMap = (data: any, metadata: any = {}, more: any = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', ...metadata }, data, ...more });
  const [empty] = [300_000].map(length => sizes(configMap({ a: 'x'.repeat(length) }))[0] - length);

  test('is one byte too long', () => {
    expect(sizes(configMap({ a: 'x'.repeat(MAX - empty) }))).toEqual([]);
    expect(sizes(configMap({ a: 'x'.repeat(MAX - empty + 1) }))).toEqual([MAX + 1]);
  });

  test('counts other annotations twice, as bytes, since they stand in the object too', () => {
    const annotations = { a: 'é'.repeat(50_000) };
    expect(sizes(configMap({ a: 'x'.repeat(100_000) }, { annotations }))).toEqual([empty + 100_000 + 2 * 100_001 + '"":""'.length]);
    expect(sizes(configMap({}, { annotations: { a: 'x'.repeat(131_000) } }))).toHaveLength(1);
  });

  test('may be that of a SealedSecret, and of bytes', () => {
    expect(sizes(configMap({}, {}, { binaryData: { a: 'AAAA'.repeat(70_000) } }))).toHaveLength(1);
    expect(sizes({ apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 's' }, spec: { encryptedData: { a: 'AAAA'.repeat(70_000) } } })).toHaveLength(1);
    expect(sizes(secret('s', {}, { stringData: { a: 'x'.repeat(280_000) } }))).toHaveLength(1);
  });

  test('is not looked for in objects that hold no files', () => {
    expect(sizes(pod({ env: [{ name: 'A', value: 'x'.repeat(300_000) }] }))).toEqual([]);
    expect(sizes({ ...configMap({ a: 'x'.repeat(300_000) }), apiVersion: 'example.com/v1', kind: 'Thing' })).toEqual([]);
  });
});

test('a checksum on a Pod, and one on the template too, restart what they should', () => {
  const checksum = { 'checksum/secret': 'x' };
  const codes = (manifest: any) => Inspection.fromManifests([manifest]).findings.map(({ code }) => code);
  expect(codes(pod({}, {}, { annotations: checksum }))).toEqual([]);
  expect(codes(deployment({ metadata: { annotations: checksum }, template: { annotations: checksum } }))).toEqual([]);
});
