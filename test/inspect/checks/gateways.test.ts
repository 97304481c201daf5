import { Inspection } from '../../../src/app/inspection';
import { pod, secret } from '../manifests';
import { brief, ERROR, testPairs, WARNING, type Pair } from '../pairs';

const of = (apiVersion: string, kind: string, spec: object, metadata: object = {}) => ({ apiVersion, kind, metadata: { name: 'main', ...metadata }, spec });
const tls = secret('cert', { 'tls.crt': 'a', 'tls.key': 'b' });
const istio = (settings: object, selector?: object, metadata: object = {}) => {
  return of('networking.istio.io/v1', 'Gateway', { selector, servers: [{ tls: { mode: 'SIMPLE', ...settings } }] }, metadata);
};
const rule = (policy: object, more: object = {}) => of('networking.istio.io/v1', 'DestinationRule', { host: 'a', trafficPolicy: policy, ...more });
const gateway = (reference: object, metadata: object = {}) => {
  return of('gateway.networking.k8s.io/v1', 'Gateway', { listeners: [{ tls: { certificateRefs: [reference] } }] }, metadata);
};
const placed = (object: any, namespace: string | undefined) => ({ ...object, metadata: { ...object.metadata, namespace } });
const ingress = pod({}, {}, { labels: { app: 'web', istio: 'ingressgateway' }, namespace: 'istio-system' });
const SELECTOR = { istio: 'ingressgateway' };
const CREDENTIAL = 'spec.servers[0].tls.credentialName';

const pairs: Record<string, Pair> = {
  'a listener of the Gateway API names a Secret that there is': {
    wrong: [gateway({ name: 'crt' }), tls], right: [gateway({ name: 'cert' }), tls], code: 'UnknownSecret', severity: WARNING, path: 'spec.listeners[0].tls.certificateRefs[0].name',
  },
  'a listener of the Gateway API needs a certificate': {
    wrong: [gateway({ name: 'cert' }), secret('cert', { crt: 'a' })], right: [gateway({ name: 'cert' }), tls], code: 'SecretTypeMismatch', severity: ERROR, path: 'spec.listeners[0].tls.certificateRefs[0].name',
  },
  'a listener of the Gateway API may use a Secret of the namespace that it names': {
    wrong: [placed(gateway({ name: 'cert' }), 'web'), placed(tls, 'certs')],
    right: [placed(gateway({ name: 'cert', namespace: 'certs' }), 'web'), placed(tls, 'certs')],
    code: 'NamespaceMismatch',
    severity: WARNING,
    path: 'spec.listeners[0].tls.certificateRefs[0].name',
  },
  'a gateway of Istio looks in the namespace of its pods': {
    wrong: [placed(istio({ credentialName: 'cert' }, SELECTOR), 'web'), ingress, placed(tls, 'web')],
    right: [placed(istio({ credentialName: 'cert' }, SELECTOR), 'web'), ingress, placed(tls, 'istio-system')],
    code: 'NamespaceMismatch',
    severity: WARNING,
    path: CREDENTIAL,
  },
  'a gateway of Istio whose pods are elsewhere may find its Secret anywhere': {
    wrong: [placed(istio({ credentialName: 'crt' }, SELECTOR), 'web'), placed(tls, 'istio-system')],
    right: [placed(istio({ credentialName: 'cert' }, SELECTOR), 'web'), placed(tls, 'istio-system')],
    code: 'UnknownSecret',
    severity: WARNING,
    path: CREDENTIAL,
  },
  'a gateway of Istio needs a certificate and its key': {
    wrong: [istio({ credentialName: 'cert' }, SELECTOR), placed(ingress, undefined), secret('cert', { 'cert': 'a', 'tls.key': 'b' })],
    right: [istio({ credentialName: 'cert' }, SELECTOR), placed(ingress, undefined), secret('cert', { cert: 'a', key: 'b' })],
    code: 'SecretTypeMismatch',
    severity: ERROR,
    path: CREDENTIAL,
  },
  'a certificate that may be another one is a warning': {
    wrong: [istio({ credentialNames: ['cert'] }), secret('cert', { a: 'b' })], right: [istio({ credentialNames: ['cert'] }), tls], code: 'SecretTypeMismatch', severity: WARNING, path: 'spec.servers[0].tls.credentialNames[0]',
  },
  'mutual TLS needs an authority': {
    wrong: [istio({ mode: 'MUTUAL', credentialName: 'cert' }), tls],
    right: [istio({ mode: 'MUTUAL', credentialName: 'cert' }), secret('cert', { 'tls.crt': 'a', 'tls.key': 'b', 'ca.crt': 'c' })],
    code: 'SecretTypeMismatch',
    severity: WARNING,
    path: CREDENTIAL,
  },
  'mutual TLS finds the authority in a Secret of its own': {
    wrong: [istio({ mode: 'OPTIONAL_MUTUAL', credentialName: 'cert' }), tls],
    right: [istio({ mode: 'OPTIONAL_MUTUAL', credentialName: 'cert' }), tls, secret('cert-cacert', { cacert: 'c' })],
    code: 'SecretTypeMismatch',
    severity: WARNING,
    path: CREDENTIAL,
  },
  'mutual TLS finds the authority where the gateway says': {
    wrong: [istio({ mode: 'MUTUAL', credentialName: 'cert', caCertCredentialName: 'ca' }), tls, secret('ca', { a: 'b' })],
    right: [istio({ mode: 'MUTUAL', credentialName: 'cert', caCertCredentialName: 'ca' }), tls, secret('ca', { 'ca.crt': 'b' })],
    code: 'SecretTypeMismatch',
    severity: WARNING,
    path: 'spec.servers[0].tls.caCertCredentialName',
  },
  'a DestinationRule that originates TLS reads an authority': {
    wrong: [rule({ portLevelSettings: [{ tls: { mode: 'SIMPLE', credentialName: 'cert' } }] }), tls],
    right: [rule({ portLevelSettings: [{ tls: { mode: 'SIMPLE', credentialName: 'cert' } }] }), secret('cert', { cacert: 'a' })],
    code: 'SecretTypeMismatch',
    severity: WARNING,
    path: 'spec.trafficPolicy.portLevelSettings[0].tls.credentialName',
  },
  'a DestinationRule with mutual TLS reads a certificate': {
    wrong: [rule({}, { subsets: [{ trafficPolicy: { tls: { mode: 'MUTUAL', credentialName: 'cert' } } }] }), secret('cert', { cacert: 'a' })],
    right: [rule({}, { subsets: [{ trafficPolicy: { tls: { mode: 'MUTUAL', credentialName: 'cert' } } }] }), tls],
    code: 'SecretTypeMismatch',
    severity: WARNING,
    path: 'spec.subsets[0].trafficPolicy.tls.credentialName',
  },
  'a WasmPlugin is pulled with a docker config': {
    wrong: [of('extensions.istio.io/v1alpha1', 'WasmPlugin', { imagePullSecret: 'cert' }), tls],
    right: [of('extensions.istio.io/v1alpha1', 'WasmPlugin', { imagePullSecret: 'reg' }), { ...secret('reg', { '.dockerconfigjson': '{"auths":{"a":{"auth":"YTpi"}}}' }), type: 'kubernetes.io/dockerconfigjson' }],
    code: 'SecretTypeMismatch',
    severity: ERROR,
    path: 'spec.imagePullSecret',
  },
  'a Link of Linkerd needs a kubeconfig': {
    wrong: [of('multicluster.linkerd.io/v1alpha2', 'Link', { clusterCredentialsSecret: 'cert' }), secret('cert', { config: 'a' })],
    right: [of('multicluster.linkerd.io/v1alpha2', 'Link', { clusterCredentialsSecret: 'cert' }), secret('cert', { kubeconfig: 'a' })],
    code: 'SecretTypeMismatch',
    severity: ERROR,
    path: 'spec.clusterCredentialsSecret',
  },
};
testPairs(pairs);

const identity = (scheme: string) => pod(
  { args: ['identity', `-identity-scheme=${scheme}`], volumeMounts: [{ name: 'issuer', mountPath: '/var/run/linkerd/identity/issuer' }] },
  { volumes: [{ name: 'issuer', secret: { secretName: 'linkerd-identity-issuer' } }] },
);
const issuer = (...keys: string[]) => secret('linkerd-identity-issuer', Object.fromEntries(keys.map(key => [key, 'a'])));
testPairs({
  'the issuer of Linkerd has the keys of its scheme': {
    wrong: [identity('kubernetes.io/tls'), issuer('crt.pem', 'key.pem')],
    right: [identity('kubernetes.io/tls'), issuer('tls.crt', 'tls.key')],
    code: 'SecretTypeMismatch',
    severity: ERROR,
    path: 'spec.volumes[0].secret.secretName',
    says: ['lacks tls.crt and tls.key'],
  },
  'the issuer of Linkerd has the keys of its own scheme': {
    wrong: [identity('linkerd.io/tls'), issuer('crt.pem', 'tls.key')],
    right: [identity('linkerd.io/tls'), issuer('crt.pem', 'key.pem')],
    code: 'SecretTypeMismatch',
    severity: ERROR,
    path: 'spec.volumes[0].secret.secretName',
    says: ['lacks key.pem'],
  },
});

test.each<[string, any]>([
  ['the own certificate of the workload', istio({ credentialName: 'builtin://' })],
  ['a file of the gateway', istio({ serverCertificate: '/etc/certs/cert.pem' })],
  ['a Secret whose certificate cert-manager makes', gateway({ name: 'cert' }, { annotations: { 'cert-manager.io/issuer': 'ca' } })],
  ['a certificate of another kind', gateway({ kind: 'ClusterCertificate', group: 'example.com', name: 'cert' })],
])('%s is no Secret that is missing', (_, object) => {
  expect(Inspection.fromManifests([object]).findings).toEqual([]);
});

test.each(['kubernetes://cert', 'kubernetes-gateway://certs/cert', 'kubernetes://certs/cert'])('the credential %s is the Secret', credential => {
  expect(Inspection.fromManifests([istio({ credentialName: credential }), placed(tls, 'certs')]).findings).toEqual([]);
  expect(Inspection.fromManifests([istio({ credentialName: credential })]).findings.map(({ code }) => code)).toEqual(['UnknownSecret']);
});

describe('the issuer of Linkerd', () => {
  const found = (...manifests: any[]) => Inspection.fromManifests(manifests).findings.map(({ code, path }) => [code, path]);
  const scheme = '-identity-scheme=kubernetes.io/tls';
  const controller = (container: any, volumes: any[]) => pod({ args: ['identity', scheme], ...container }, { volumes });
  const at = (name: string, mountPath = '/var/run/linkerd/identity/issuer') => ({ name, mountPath });
  const others = [{ name: 'other', secret: { secretName: 'other' } }, { name: 'e', emptyDir: {} }];
  const secrets = [issuer('crt.pem', 'key.pem'), secret('other', { a: 'b' })];
  const volume = { name: 'issuer', secret: { secretName: 'linkerd-identity-issuer' } };
  const lacks = [['SecretTypeMismatch', 'spec.volumes[1].secret.secretName']];

  test('is what is mounted at its place', () => {
    const mounted = [at('other', '/other'), at('e', '/e'), at('issuer')];
    expect(found(...secrets, controller({ volumeMounts: mounted }, [others[0], volume, others[1]]))).toEqual(lacks);
    expect(found(...secrets, controller({ args: ['--identity-scheme=kubernetes.io/tls'], volumeMounts: mounted }, [others[0], volume, others[1]]))).toEqual(lacks);
  });

  test.each<[string, any, any[]]>([
    ['nothing', { volumeMounts: undefined }, []],
    ['something else', { volumeMounts: [at('other', '/other')] }, [others[0]]],
    ['an empty directory', { volumeMounts: [at('e')] }, [others[1]]],
    ['a Secret that exists, whose keys nobody knows', { volumeMounts: [at('x')] }, [{ name: 'x', secret: { secretName: 'x' } }]],
  ])('is not known where %s is mounted', (_, container, volumes) => {
    expect(Inspection.fromManifests([...secrets, controller(container, volumes)], { existingSecrets: [{ name: 'x' }] }).findings).toEqual([]);
  });

  test.each(['-identity-scheme=toString', '-identity-scheme=__proto__', '-identity-scheme=x', 'x-identity-scheme=kubernetes.io/tls', '-identity-scheme=', 'kubernetes.io/tls'])('has no scheme by the argument %s', arg => {
    expect(found(...secrets, controller({ args: [arg], volumeMounts: [at('issuer'), at('other', '/o'), at('e', '/e')] }, [volume, ...others]))).toEqual([]);
  });
});

test('a certificate of a listener is a Secret of the core group, with a name', () => {
  const other = placed(secret('other', { a: 'b' }), 'web');
  const found = (reference: any) => Inspection.fromManifests([placed(gateway(reference), 'web'), other]).findings.map(({ code }) => code);
  expect(found({ name: 'other' })).toEqual(['SecretTypeMismatch']);
  expect(found({ group: '', kind: 'Secret', name: 'other', namespace: '' })).toEqual(['SecretTypeMismatch']);
  expect(found({ group: 'example.com', name: 'other' })).toEqual([]);
  expect(found({ kind: 'ConfigMap', name: 'other' })).toEqual([]);
  expect(found({ name: '' })).toEqual([]);
});

test('a credential is a Secret unless its scheme says otherwise', () => {
  const codes = (credentialName: string) => Inspection.fromManifests([istio({ credentialName })]).findings.map(({ code }) => code);
  expect(['builtin://', 'builtin://x', 'sds://x', ''].map(codes)).toEqual([[], [], [], []]);
  expect(['x-builtin', 'x-sds', 'x'].map(codes)).toEqual([['UnknownSecret'], ['UnknownSecret'], ['UnknownSecret']]);
});

test('what reads no Secret needs none, and a Secret of unknown type or keys may be right', () => {
  const objects = (name: string) => [
    of('extensions.istio.io/v1alpha1', 'WasmPlugin', { imagePullSecret: name }), of('multicluster.linkerd.io/v1alpha2', 'Link', { clusterCredentialsSecret: name }, { name: 'link' }),
  ];
  const codes = (manifests: any[], options?: any) => brief(Inspection.fromManifests(manifests, options)).map(([code, severity]) => [code, severity]);
  expect(codes(objects(''))).toEqual([]);
  expect(codes(objects('x'), { existingSecrets: [{ name: 'x' }] })).toEqual([]);
  expect(codes(objects('x'))).toEqual([['UnknownSecret', WARNING], ['UnknownSecret', WARNING]]);
});

test('mutual TLS says how the Secret of the authority would be called', () => {
  const [{ next }] = Inspection.fromManifests([istio({ mode: 'MUTUAL', credentialName: 'cert' }), tls]).findings;
  expect(next).toBe('add it, or make a Secret "cert-cacert" with it');
});

test('the Secret of the authority stands beside that of the certificate', () => {
  const found = (namespace: string) => brief(Inspection.fromManifests([
    placed(istio({ mode: 'MUTUAL', credentialName: 'cert' }, SELECTOR), 'web'), ingress, placed(tls, 'istio-system'), placed(secret('cert-cacert', { cacert: 'c' }), namespace),
  ]));
  expect(found('istio-system')).toEqual([]);
  expect(found('web')).toEqual([['SecretTypeMismatch', ERROR, CREDENTIAL]]);
});
