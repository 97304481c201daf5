import { decodeBase64 } from './base64';
import { repositoryOf } from './image-names';

/**
 * What keeps the value of `.dockerconfigjson` or `.dockercfg` from being taken by the API server, which reads it as JSON
 * and wants an object (or `null`), or undefined where nothing does. The text is not quoted: it holds passwords.
 */
export function dockerConfigProblem(text: string): string | undefined {
  const parsed = parseJson(text);
  if (parsed === undefined) return text.trim() === '' ? 'is empty, and must be a JSON object' : 'is no JSON';
  if (typeof parsed !== 'object' || Array.isArray(parsed)) return 'is JSON, but no object';
  return goProblem(parsed);
}

/** The deepest JSON that Go reads. */
const MAX_DEPTH = 10_000;

/** What Go has against JSON that is well formed. */
function goProblem(parsed: unknown): string | undefined {
  let level: unknown[] = [parsed];
  for (let depth = 1; level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) {
        if (typeof value === 'number' && !Number.isFinite(value)) return 'has a number that is too large';
      } else {
        if (depth > MAX_DEPTH) return 'is nested too deeply';
        for (const child of Object.values(value)) next.push(child);
      }
    }
    level = next;
  }
  return undefined;
}

/** What the kubelet reads in a pull secret: the registries it has credentials for, or why it can pull no image at all. */
export interface PullCredentials {
  readonly servers: readonly string[];
  readonly problem?: string;
}

/** No name of a host, with port and path, is longer. */
const MAX_SHOWN = 255;
const FIELDS = ['username', 'password', 'email', 'auth'];

/**
 * The registries that the kubelet finds in the value of a pull secret. Credential helpers and stores mean nothing to it,
 * and one entry that it cannot read makes every pull fail.
 *
 * @param key the key of the value: those of `.dockercfg` are not below `auths`
 */
export function readPullCredentials(key: string, text: string): PullCredentials {
  const config = parseJson(text);
  const entries = key === '.dockerconfigjson' ? fieldOf(config, 'auths') ?? {} : config ?? {};
  if (typeof entries !== 'object' || Array.isArray(entries)) return { servers: [], problem: 'its registries are no map' };
  for (const [server, entry] of Object.entries(entries as object)) {
    const problem = entryProblem(entry);
    if (problem !== undefined) return { servers: [], problem: `the entry ${shownServer(server)} ${problem}` };
  }
  return { servers: Object.keys(entries as object) };
}

/** The name of a registry in quotes, unless it holds a user and a password: it is content of a secret. */
export function shownServer(server: string): string {
  return /[@?#]/.test(server) || server.length > MAX_SHOWN ? '(not shown: it is no name of a registry)' : JSON.stringify(server);
}

function entryProblem(entry: unknown): string | undefined {
  if (entry === null) return undefined;
  if (typeof entry !== 'object' || Array.isArray(entry)) return 'is no map';
  const wrong = FIELDS.find(name => !['string', 'undefined'].includes(typeof (fieldOf(entry, name) ?? undefined)));
  if (wrong !== undefined) return `has a ${wrong} that is no string`;
  const auth = fieldOf(entry, 'auth') as string | null | undefined;
  if (auth === undefined || auth === null || auth === '') return undefined;
  const padded = auth.trim().endsWith('=') ? auth : auth + '='.repeat((4 - auth.replace(/[\r\n]/g, '').length % 4) % 4);
  const decoded = decodeBase64(padded);
  if (decoded === undefined) return 'has an auth that is no base64';
  return decoded.includes(':') ? undefined : 'has an auth that is no base64 of username:password';
}

/** A field as Go finds it: of any case, the exact one first. */
function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  return name in fields ? fields[name] : fields[Object.keys(fields).find(key => key.toLowerCase() === name) ?? name];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The host under which credentials of Docker Hub are looked for, besides those that match the image. */
const DOCKER_HUB_HOST = 'index.docker.io';

/**
 * Whether the kubelet tries the credentials of a registry (a key of `auths`) for an image: host by host label, where `*`
 * stands for any part of one, the same port, and a path that the image's path starts with.
 *
 * @see https://kubernetes.io/docs/concepts/containers/images/#config-json
 */
export function registryMatches(server: string, image: string): boolean {
  const repository = repositoryOf(image);
  if (repository === undefined) return false;
  const registry = splitUrl(withoutExtras(server));
  const target = splitUrl(repository);
  if (registry.host === DOCKER_HUB_HOST && registry.path === '' && target.host === 'docker.io') return true;
  // An IPv6 address in brackets, with no port behind it, is taken for a pattern that it does not match itself.
  if (registry.host.startsWith('[')) return false;
  const labels = registry.host.split('.');
  const targetLabels = target.host.split('.');
  return registry.port === target.port && labels.length === targetLabels.length && target.path.startsWith(registry.path)
    && labels.every((label, index) => globMatches(label, targetLabels[index]));
}

/** Host, port and path of a URL: without its scheme, user, query and fragment, and without the version of the API of registries. */
function withoutExtras(server: string): string {
  const [url] = server.replace(/^https?:\/\//, '').split(/[?#]/, 1);
  return url.replace(/^[^/]*@/, '').replace(/^([^/]*)\/v[12]\//, '$1/');
}

function splitUrl(url: string): { readonly host: string; readonly port: string; readonly path: string } {
  const slash = url.indexOf('/');
  const path = slash === -1 ? '' : url.slice(slash);
  const authority = slash === -1 ? url : url.slice(0, slash);
  const [host, port = ''] = authority.startsWith('[') ? authority.split(/^\[(.*)\]:/).slice(-2) : authority.split(':');
  return { host, port, path: path === '/' ? '' : unescaped(path) };
}

/** A path with its escapes (`%6f`) read, as far as they can be. */
function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Whether a label of a host matches a pattern, in which `*` stands for any characters. */
function globMatches(glob: string, label: string): boolean {
  const [start, ...rest] = glob.split('*');
  const end = rest.pop();
  if (end === undefined) return label === glob;
  if (!label.startsWith(start)) return false;
  let at = start.length;
  for (const part of rest) {
    const found = label.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return label.length - end.length >= at && label.endsWith(end);
}
