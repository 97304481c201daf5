import { Inspection } from '../../../src/app/inspection';
import { dockerConfigJson } from '../../../src/kubernetes/docker-config';
import { KubernetesVersion } from '../../../src/kubernetes/versions';
import { pod, secret } from '../manifests';
import { ERROR, testPairs, WARNING } from '../pairs';

const registry = (name: string, server: string) => secret(name, {
  '.dockerconfigjson': dockerConfigJson([{ server, username: 'u', password: 'p' }]),
}, { type: 'kubernetes.io/dockerconfigjson' });
const pulls = (container: any, ...names: string[]) => pod(container, { imagePullSecrets: names.map(name => ({ name })) });
const { V1_34, V1_35, V1_37 } = KubernetesVersion;
const right = [registry('r', 'ghcr.io'), pulls({ image: 'ghcr.io/o/x:1' }, 'r')];
const path = 'spec.imagePullSecrets[0].name';

testPairs({
  'fails since 1.35 when no manifest makes the pull secret of an image that the node may have': {
    wrong: [pulls({ image: 'ghcr.io/o/x:1' }, 'r')],
    right,
    code: 'UnknownSecret',
    severity: ERROR,
    path,
    says: ['without credentials', 'since 1.35'],
    options: { versions: [V1_34, V1_35] },
    versions: [V1_34, V1_35],
  },
  'warns until 1.34 when no manifest makes a pull secret': {
    wrong: [pulls({ image: 'ghcr.io/o/x:1' }, 'r')],
    right,
    code: 'UnknownSecret',
    severity: WARNING,
    path,
    options: { versions: [V1_34] },
  },
  'only warns when no registry of a pull secret is that of the image, which may be public': {
    wrong: [registry('r', 'quay.io'), pulls({ image: 'ghcr.io/o/x:1' }, 'r')],
    right,
    code: 'UnmatchedRegistry',
    severity: WARNING,
    path,
  },
});

describe('a pull secret that there is not', () => {
  const severity = (manifests: any[], options: any = {}) => {
    const { findings } = Inspection.fromManifests(manifests, { versions: [V1_37], ...options });
    return findings.find(({ code, path: at }) => code === 'UnknownSecret' && at === path)?.severity;
  };

  test.each<[string, any, string]>([
    ['a tag', { image: 'ghcr.io/o/x:1' }, ERROR],
    ['a digest', { image: `ghcr.io/o/x@sha256:${'0'.repeat(64)}` }, ERROR],
    ['a port and a tag', { image: 'registry.local:5000/x:1' }, ERROR],
    ['an account of Docker Hub', { image: 'acme/x:1' }, ERROR],
    ['a policy that never pulls', { image: 'ghcr.io/o/x', imagePullPolicy: 'Never' }, ERROR],
    ['no tag, which is pulled each time', { image: 'ghcr.io/o/x' }, WARNING],
    ['no tag, and a port', { image: 'registry.local:5000/x' }, WARNING],
    ['the tag latest', { image: 'ghcr.io/o/x:latest' }, WARNING],
    ['latest that is pulled if it is not there', { image: 'ghcr.io/o/x:latest', imagePullPolicy: 'IfNotPresent' }, ERROR],
    ['a policy that pulls each time', { image: 'ghcr.io/o/x:1', imagePullPolicy: 'Always' }, WARNING],
    ['an official image of Docker Hub', { image: 'nginx:1' }, WARNING],
    ['an image of Kubernetes', { image: 'registry.k8s.io/pause:3.10' }, WARNING],
  ])('bites where it is needed: %s', (_, container, expected) => {
    expect(severity([pulls(container, 'nope')])).toBe(expected);
  });

  test.each<[string, any[], string, any]>([
    ['has credentials', [registry('other', 'ghcr.io')], WARNING, {}],
    ['may have credentials', [], WARNING, { existingSecrets: [{ name: 'other' }] }],
    ['has credentials for something else', [registry('other', 'quay.io')], ERROR, {}],
    ['is none', [secret('other', { a: 'x' })], ERROR, {}],
  ])('does so where no other pull secret of the pod helps: one that %s', (_, others, expected, options) => {
    expect(severity([...others, pulls({ image: 'ghcr.io/o/x:1' }, 'nope', 'other')], options)).toBe(expected);
  });
});
