import { Inspection } from '../../../src/app/inspection';
import { pod, secret } from '../manifests';
import { ERROR, testPairs, WARNING, type Pair } from '../pairs';

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
