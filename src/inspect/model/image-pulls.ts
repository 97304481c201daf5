import type { PodContext } from './pod-context';
import { repositoryOf } from '../../kubernetes/image-names';
import { readPullCredentials, registryMatches } from '../../kubernetes/pull-secret';
import { pullSecretKey } from '../../kubernetes/secret-types';
import type { Container } from '../decode/decoded';

/** The first version whose kubelet gives an image that it has only to pods with the credentials that it was pulled with. */
export const VERIFIES_CACHED_SINCE = 35;

/** What a sentence says of it. */
export const NOT_EVEN_CACHED = 'and since 1.35 the pod does not get them from the cache of the node either';

/** Repositories whose images anybody may pull. */
const PUBLIC = ['docker.io/library/', 'registry.k8s.io/', 'k8s.gcr.io/', 'mcr.microsoft.com/', 'public.ecr.aws/', 'gcr.io/distroless/'];

/**
 * Whether a pull secret is what the pod needs for an image that may be on the node already: a private one, as far as its name says, that
 * is not pulled each time, and for which no other pull secret of the pod can have credentials.
 */
export function needsPullSecret(name: string, context: PodContext): boolean {
  const others = (context.pod.spec.imagePullSecrets ?? []).map(secret => secret.name ?? '').filter(other => other !== '' && other !== name);
  return context.containers.some(({ container }) => {
    const { image = '' } = container;
    return image !== '' && !isPulledAlways(container) && !isPublic(image) && !others.some(other => mayServe(other, image, context));
  });
}

/** Without a policy, `latest` is pulled each time. */
function isPulledAlways({ image = '', imagePullPolicy }: Container): boolean {
  if (imagePullPolicy) return imagePullPolicy === 'Always';
  const [, tag = 'latest'] = image.slice(image.lastIndexOf('/') + 1).split(':');
  return !image.includes('@') && tag === 'latest';
}

function isPublic(image: string): boolean {
  const repository = repositoryOf(image);
  return repository === undefined || PUBLIC.some(start => repository.startsWith(start));
}

/** Whether a pull secret has credentials for an image, or may have. */
function mayServe(name: string, image: string, { cluster, namespace }: PodContext): boolean {
  const secret = cluster.secrets.get(namespace, name);
  if (secret === undefined) return false;
  if (secret.type === undefined) return true;
  const key = pullSecretKey(secret.type);
  if (key === undefined) return false;
  const text = secret.contents?.bytes(key)?.toString('utf8');
  return text === undefined || readPullCredentials(key, text).servers.some(server => registryMatches(server, image));
}
