import type { ApoloContext } from './apolo-context';
import { normalizePath, quotePath, splitUri, unquotePath, type UriParts } from './uri-text';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { hiddenBecause } from '../errors/shown-name';

/** The scheme, and the prefix that makes a text a reference to a secret; upper case does not. */
export const SECRET_PREFIX = 'secret:';

/** A resource of the platform: a scheme, a cluster and a quoted path that starts with `/`. */
export interface ResourceUri {
  readonly scheme: string;
  readonly cluster: string;
  readonly path: string;
}

/** What Apolo's client refuses, in its own words. */
export function refused(message: string, next = 'write secret:KEY, secret:/PROJECT/KEY or secret://CLUSTER/ORG/PROJECT/KEY'): SecretsError {
  return new SecretsError({ code: 'InvalidApoloReference', message, next } satisfies Problem);
}

/** Reads a reference; where it is a value that was given in its place, what is wrong with it is not said. */
export function withoutValue<T>(text: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof SecretsError ? hiddenBecause(text) : undefined;
    throw reason === undefined ? error : refused(`the client refuses the reference, which is not shown: ${reason}`);
  }
}

/**
 * Reads a URI as the client's command line does, and completes it from where the client stands.
 *
 * @param shown what messages show in place of the URI
 * @throws SecretsError InvalidApoloReference
 */
export function parseResourceUri(text: string, scheme: string, context: ApoloContext, shown?: string): ResourceUri {
  const parts = splitUri(text);
  if (parts.scheme === '') throw refused(`URI Scheme not specified. Please specify one of ${scheme}.`);
  if (parts.scheme !== scheme) throw refused(`Invalid scheme '${parts.scheme}:' (only '${scheme}:' is allowed)`);
  for (const [sign, part, quoted] of [['#', 'Fragment', '%23'], ['?', 'Query', '%3F']]) {
    if (text.includes(sign)) throw refused(`${part} part is not allowed in ${scheme} URI. Use '${quoted}' to quote '${sign}' in path.`);
  }
  if (parts.user !== undefined) throw refused(`User is not allowed in ${scheme} URI.`);
  if (parts.password !== undefined) throw refused(`Password is not allowed in ${scheme} URI`);
  if (parts.port !== undefined) throw refused(`Port is not allowed in ${scheme} URI`);
  if (/[^\x21-\x7e]|[[\]\\]/.test(parts.host)) throw refused(`the cluster has characters that no host has in '${shown ?? text}'`);
  const path = unquotePath(parts.path);
  if ((parts.host || path.replace(/^\/+/, '')).startsWith('~')) throw refused(`Cannot expand user for ${shown ?? printed(parts)}`);
  if (parts.host !== '') return { scheme, cluster: parts.host, path: parts.path };
  return { scheme, cluster: context.cluster, path: normalizePath(quotePath(`/${completed(path, context)}`)) };
}

/** The path below the cluster: the project (and the organization) put before it, or only the organization before a `/`. */
function completed(path: string, { org, project }: ApoloContext): string {
  const inOrg = path.startsWith('/') ? path.replace(/^\/+/, '') : path === '' ? project : `${project}/${path}`;
  return org === undefined ? inOrg : `${org}/${inOrg}`;
}

function printed({ scheme, host, path }: UriParts): string {
  return host === '' && !path.startsWith('//') ? `${scheme}:${path}` : `${scheme}://${host}${path}`;
}
