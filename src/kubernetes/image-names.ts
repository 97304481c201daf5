const HOST_PART = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::\d+)?$/;
const PATH_PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

/**
 * The repository of an image as the kubelet looks it up among registries, `docker.io/library/nginx` for `nginx:1`, or
 * undefined where it is no name of an image.
 *
 * @see https://github.com/distribution/reference
 */
export function repositoryOf(image: string): string | undefined {
  const [name] = image.split('@');
  const slash = name.lastIndexOf('/');
  const colon = name.indexOf(':', slash + 1);
  const [first, ...rest] = (colon === -1 ? name : name.slice(0, colon)).split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const host = isHost ? first : 'docker.io';
  const path = isHost ? rest : [first, ...rest];
  if (!HOST_PART.test(host) || !path.every(part => PATH_PART.test(part))) return undefined;
  const official = host === 'index.docker.io' ? 'docker.io' : host;
  return [official, ...official === 'docker.io' && path.length === 1 ? ['library'] : [], ...path].join('/');
}
