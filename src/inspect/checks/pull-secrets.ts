import type { Codes } from '../../errors/codes';
import { readPullCredentials, registryMatches, shownServer } from '../../kubernetes/pull-secret';
import { pullSecretKey } from '../../kubernetes/secret-types';
import type { FieldPath } from '../field-path';
import { serviceAccountOf, type PodContext } from '../model/pod-context';
import { quote } from '../quote';

/** The codes of these rules. */
export const PULL_SECRET_CODES = {
  IneffectivePullSecret: {
    cause: 'An entry of imagePullSecrets has no effect: it names no Secret, or one that is named already.',
    example: "imagePullSecrets: [{ name: '' }]",
    fix: 'Leave it out.',
    warns: true,
  },
  UnmatchedRegistry: {
    cause: "None of the registries of a pull secret is that of one of the pod's images, as the kubelet compares them: host label by label, port, start of the path.",
    example: 'a Secret for "ghcr.io" and the image "quay.io/o/app"',
    fix: 'Use the host of the image; for Docker Hub https://index.docker.io/v1/.',
    warns: true,
  },
  SuppressedPullSecrets: {
    cause: 'The pull secrets of a ServiceAccount are used only where the pod names none.',
    example: 'a pod with one pull secret, and a ServiceAccount with another',
    fix: 'Name them all in the pod, or none.',
    warns: true,
  },
} as const satisfies Codes;

/** Pull secrets that the kubelet cannot use, or will not. */
export function checkPullSecrets(context: PodContext): void {
  const { pod, out } = context;
  const { imagePullSecrets = [] } = pod.spec;
  const seen = new Set<string>();
  imagePullSecrets.forEach(({ name = '' }, index) => {
    const at = pod.path.child('imagePullSecrets').index(index).child('name');
    if (name === '') {
      out.surprises('IneffectivePullSecret', at, 'the entry names no Secret, and is passed over', 'name it, or leave the entry out');
    } else if (seen.has(name)) {
      out.surprises('IneffectivePullSecret', at, `the Secret ${quote(name)} is named twice`, 'leave one of them out');
    } else {
      checkPullSecret(name, at, context);
    }
    seen.add(name);
  });
  checkSuppressed(context, seen);
}

function checkPullSecret(name: string, path: FieldPath, context: PodContext): void {
  const { containers, cluster, namespace, out } = context;
  const secret = cluster.secrets.get(namespace, name);
  if (secret?.type === undefined) return;
  const key = pullSecretKey(secret.type);
  if (key === undefined) {
    out.fails('SecretTypeMismatch', path, `the Secret ${quote(name)} has the type ${quote(secret.type)}; the kubelet passes it over and pulls without credentials`,
      'make it of the type kubernetes.io/dockerconfigjson');
    return;
  }
  const { servers } = readPullCredentials(key, secret.contents?.bytes(key)?.toString('utf8') ?? '');
  const images = containers.map(({ container }) => container.image ?? '').filter(image => image !== '');
  if (servers.length === 0 || images.length === 0) return;
  if (!servers.some(server => images.some(image => registryMatches(server, image)))) {
    // Never more than a warning: a Secret may be given to all pods, and the images of this one be public.
    out.surprises('UnmatchedRegistry', path, `none of the registries of the Secret ${quote(name)} is that of an image of this pod`,
      `registries: ${servers.slice(0, 10).map(shownServer).join(', ')}`);
  }
}

/** The pull secrets of a ServiceAccount count only where the pod names none. */
function checkSuppressed({ pod, cluster, namespace, out }: PodContext, own: ReadonlySet<string>): void {
  if (own.size === 0) return;
  const account = cluster.serviceAccount(namespace, serviceAccountOf(pod));
  const lost = (account?.imagePullSecrets ?? []).map(({ name = '' }) => name).filter(name => name !== '' && !own.has(name));
  if (lost.length > 0) {
    out.surprises('SuppressedPullSecrets', pod.path.child('imagePullSecrets'),
      `as the pod names pull secrets, those of its ServiceAccount do not count: ${lost.map(quote).join(', ')}`, 'name them too, or leave these to the ServiceAccount');
  }
}
