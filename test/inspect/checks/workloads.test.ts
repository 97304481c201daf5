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
