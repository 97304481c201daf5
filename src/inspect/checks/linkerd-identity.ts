import { reproachOfKeys } from '../model/known-here';
import type { PodContext } from '../model/pod-context';
import { quote } from '../quote';

/** How Linkerd's identity controller is told which keys its issuer has, and where it reads them. */
const SCHEME = /^--?identity-scheme=(.{1,100})$/;
const ISSUER = '/var/run/linkerd/identity/issuer';

/** The keys of each scheme, as in `pkg/issuercerts` of Linkerd. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'linkerd.io/tls': ['crt.pem', 'key.pem'],
};

/** The Secret of Linkerd's issuer, which has other keys by another scheme. */
export function checkLinkerdIdentity({ containers, volumes, namespace, cluster, manifest }: PodContext): void {
  for (const { container } of containers) {
    const scheme = container.args?.map(arg => SCHEME.exec(arg)?.[1]).find(found => found !== undefined);
    if (scheme === undefined || !Object.hasOwn(KEYS, scheme)) continue;
    const mount = container.volumeMounts?.find(({ mountPath }) => mountPath === ISSUER);
    const placed = mount && volumes.find(({ volume }) => volume.name === mount.name);
    const name = placed?.volume.secret?.secretName ?? '';
    const secret = cluster.secrets.get(namespace, name);
    const keys = secret?.keys;
    if (placed === undefined || keys === undefined || KEYS[scheme].every(key => keys.has(key))) continue;
    const say = reproachOfKeys(secret!, manifest, cluster);
    say('SecretTypeMismatch', placed.path.child('secret').child('secretName'),
      `the Secret ${quote(name)} lacks ${KEYS[scheme].filter(key => !keys.has(key)).join(' and ')}: with the scheme ${scheme} the controller does not start`,
      'give it these keys, or the controller the scheme of those that it has');
  }
}
