import { ANYWHERE, checkUse } from './references';
import { checkCertificate } from './tls-secret';
import { DOCKER_CONFIG_JSON } from '../../kubernetes/secret-types';
import { FieldPath } from '../field-path';
import type { Cluster } from '../model/cluster';
import { isIssued } from '../model/issued';
import { reproachOfKeys } from '../model/known-here';
import type { Manifest } from '../model/manifest';
import { list, record, text } from '../model/untyped';
import { quote } from '../quote';

/** Secrets that gateways and service meshes read: the Gateway API, Istio and Linkerd. */
export function checkGateways(manifest: Manifest, cluster: Cluster): void {
  if (manifest.decoded !== undefined) return;
  const [group] = manifest.apiVersion.split('/');
  CHECKS[`${group}/${manifest.kind}`]?.(manifest, cluster);
}

const CHECKS: Readonly<Record<string, (manifest: Manifest, cluster: Cluster) => void>> = {
  'gateway.networking.k8s.io/Gateway': checkGateway,
  'networking.istio.io/Gateway': checkIstioGateway,
  'networking.istio.io/DestinationRule': checkDestinationRule,
  'extensions.istio.io/WasmPlugin': checkWasmPlugin,
  'multicluster.linkerd.io/Link': checkLink,
};

const SPEC = FieldPath.ROOT.child('spec');

/** A Secret of another namespace may be used where a ReferenceGrant there says so. */
function checkGateway(manifest: Manifest, cluster: Cluster): void {
  if (isIssued(manifest)) return;
  list(record(manifest.raw.spec).listeners).map(record).forEach(({ tls }, index) => {
    list(record(tls).certificateRefs).map(record).forEach(({ group = '', kind = 'Secret', name, namespace }, place) => {
      if (group !== '' || kind !== 'Secret' || text(name) === '') return;
      const field = SPEC.child('listeners').index(index).child('tls').child('certificateRefs').index(place).child('name');
      const where = text(namespace) === '' ? manifest.namespace : text(namespace);
      checkCertificate(checkUse({ manifest, name: text(name), field, without: 'the listener has no certificate', tolerated: true, namespace: where }, cluster), manifest, field, cluster);
    });
  });
}

/** What Istio reads of a credential, as in `pilot/pkg/credentials/kube/secrets.go`: each of the sets will do. */
const KEY_PAIRS = [['cert', 'key'], ['tls.crt', 'tls.key']] as const;
const AUTHORITIES = [['cacert'], ['ca.crt']] as const;
/** The ending of a Secret that holds the certificate of the authority alone. */
const AUTHORITY_SUFFIX = '-cacert';

/** A credential of Istio. */
interface Credential {
  readonly name: string;
  readonly field: FieldPath;
  /** Whether a certificate and its key are read. */
  readonly pair: boolean;
  /** Whether the certificate of the authority that signs those of the others is read. */
  readonly authority: boolean;
  /** What happens without. */
  readonly without: string;
}

function checkIstioGateway(manifest: Manifest, cluster: Cluster): void {
  const { selector, servers } = record(manifest.raw.spec);
  list(servers).map(record).forEach(({ tls }, index) => {
    const { mode, credentialName, credentialNames, caCertCredentialName } = record(tls);
    const field = SPEC.child('servers').index(index).child('tls');
    const without = 'the gateway has no certificate for this server';
    const mutual = (mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL') && caCertCredentialName === undefined;
    const check = (name: unknown, at: FieldPath, pair: boolean, authority: boolean) => {
      checkCredential({ name: text(name), field: at, pair, authority, without }, selector, manifest, cluster);
    };
    check(credentialName, field.child('credentialName'), true, mutual);
    list(credentialNames).forEach((name, place) => check(name, field.child('credentialNames').index(place), true, mutual));
    check(caCertCredentialName, field.child('caCertCredentialName'), false, true);
  });
}

function checkDestinationRule(manifest: Manifest, cluster: Cluster): void {
  const { workloadSelector, trafficPolicy, subsets } = record(manifest.raw.spec);
  const policies = [
    { policy: record(trafficPolicy), path: SPEC.child('trafficPolicy') },
    ...list(subsets).map((subset, index) => ({ policy: record(record(subset).trafficPolicy), path: SPEC.child('subsets').index(index).child('trafficPolicy') })),
  ].flatMap(({ policy, path }) => [
    { policy, path },
    ...list(policy.portLevelSettings).map((setting, index) => ({ policy: record(setting), path: path.child('portLevelSettings').index(index) })),
  ]);
  for (const { policy, path } of policies) {
    const { mode, credentialName } = record(policy.tls);
    const pair = mode === 'MUTUAL';
    const credential = { name: text(credentialName), field: path.child('tls').child('credentialName'), pair, authority: !pair, without: 'no TLS connection is made' };
    checkCredential(credential, record(workloadSelector).matchLabels, manifest, cluster);
  }
}

/** Istio looks in the namespace of the pods that the labels choose; where they are not here, it may be any. */
function checkCredential(credential: Credential, selector: unknown, manifest: Manifest, cluster: Cluster): void {
  const { field, pair, authority, without } = credential;
  const place = placeOf(credential.name);
  if (place === undefined) return;
  const { name, namespace = cluster.workloads.namespaceOf(record(selector)) ?? ANYWHERE } = place;
  const secret = checkUse({ manifest, name, field, without, tolerated: true, namespace }, cluster);
  if (secret?.keys === undefined) return;
  const { keys } = secret;
  const hasOne = (sets: readonly (readonly string[])[]) => sets.some(set => set.every(key => keys.has(key)));
  const say = namespace === ANYWHERE ? manifest.findings.surprises.bind(manifest.findings) : reproachOfKeys(secret, manifest, cluster);
  if (pair && !hasOne(KEY_PAIRS)) {
    say('SecretTypeMismatch', field, `the Secret ${quote(name)} has no certificate and key, neither as tls.crt and tls.key nor as cert and key: ${without}`, 'use a Secret of the type kubernetes.io/tls');
  } else if (authority && !hasOne(AUTHORITIES) && !(pair && cluster.secrets.get(namespace ?? '', name + AUTHORITY_SUFFIX) !== undefined)) {
    say('SecretTypeMismatch', field, `the Secret ${quote(name)} has no certificate of an authority, neither as ca.crt nor as cacert: ${without}`,
      pair ? `add it, or make a Secret ${quote(name + AUTHORITY_SUFFIX)} with it` : 'add it');
  }
}

/** Where a credential is: `NAME`, `kubernetes://NAME`, `kubernetes-gateway://NAMESPACE/NAME`; undefined where it is no Secret. */
function placeOf(credential: string): { readonly name: string; readonly namespace?: string } | undefined {
  if (credential === '' || credential.startsWith('builtin://') || credential.startsWith('sds://')) return undefined;
  const [first, second] = credential.replace(/^kubernetes(?:-gateway)?:\/\//, '').split('/');
  return second === undefined ? { name: first } : { name: second, namespace: first };
}

function checkWasmPlugin(manifest: Manifest, cluster: Cluster): void {
  const name = text(record(manifest.raw.spec).imagePullSecret);
  if (name === '') return;
  const field = SPEC.child('imagePullSecret');
  const secret = checkUse({ manifest, name, field, without: 'the module is pulled without credentials', tolerated: true }, cluster);
  if (secret?.type !== undefined && secret.type !== DOCKER_CONFIG_JSON) {
    manifest.findings.fails('SecretTypeMismatch', field, `the Secret ${quote(name)} has the type ${quote(secret.type)}; Istio pulls the module without credentials`, `make it of the type ${DOCKER_CONFIG_JSON}`);
  }
}

/** The key in which Linkerd looks for the way to another cluster. */
const KUBECONFIG = 'kubeconfig';

function checkLink(manifest: Manifest, cluster: Cluster): void {
  const name = text(record(manifest.raw.spec).clusterCredentialsSecret);
  if (name === '') return;
  const field = SPEC.child('clusterCredentialsSecret');
  const without = 'the other cluster is not reached';
  const secret = checkUse({ manifest, name, field, without, tolerated: true }, cluster);
  if (secret?.keys !== undefined && !secret.keys.has(KUBECONFIG)) {
    const say = reproachOfKeys(secret, manifest, cluster);
    say('SecretTypeMismatch', field, `the Secret ${quote(name)} has no key ${KUBECONFIG}: ${without}`, 'make it with linkerd multicluster link');
  }
}
