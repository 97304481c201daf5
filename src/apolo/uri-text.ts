/**
 * URIs as the Apolo client reads, quotes and prints them; it uses the Python library yarl.
 *
 * @see https://yarl.aio-libs.org
 */

/** The parts of a URI as they stand in the text. */
export interface UriParts {
  /** In lower case; empty where the text has none. */
  readonly scheme: string;
  readonly user?: string;
  readonly password?: string;
  /** In lower case; empty where the text has none. */
  readonly host: string;
  readonly port?: string;
  /** Quoted, and without `.` and `..` where there is a host. */
  readonly path: string;
}

/** Characters of a path that are never quoted. */
const PATH_SAFE = /^[A-Za-z0-9\-._~!$'()*,+&=;@:/]$/;
/** Those among them whose quoted form is kept, as it may mean something else. */
const PATH_PROTECTED = /^[/+]$/;

/** Splits a URI; what follows a `#` or `?` is left out, the client refuses both before. */
export function splitUri(text: string): UriParts {
  const clean = text.replace(/^[\x00-\x20]+/, '').replace(/[\t\r\n]/g, '');
  const [, scheme = '', rest] = /^(?:([A-Za-z0-9+\-.]+):)?([^#?]*)/.exec(clean)!;
  const [, authority = '', path] = /^(?:\/\/([^/]*))?(.*)$/s.exec(rest)!;
  const { host, ...others } = splitAuthority(authority);
  const quoted = requotePath(path);
  return { scheme: scheme.toLowerCase(), host: host.toLowerCase(), ...others, path: authority === '' ? quoted : normalizePath(quoted) };
}

function splitAuthority(authority: string): Pick<UriParts, 'user' | 'password' | 'host' | 'port'> {
  const at = authority.lastIndexOf('@');
  const [, host, port] = /^([^:]*)(?::(.*))?$/s.exec(authority.slice(at + 1))!;
  const [, user, password] = /^([^:]*)(?::(.*))?$/s.exec(authority.slice(0, Math.max(at, 0)))!;
  return { host, user: user || undefined, password, port: port || undefined };
}

/** Quotes every character of a plain path that needs it, `%` included. */
export function quotePath(path: string): string {
  return [...path].map(character => PATH_SAFE.test(character) ? character : percentEncode(character)).join('');
}

/** Brings the quoting of a path into one form: what needs none is plain, the rest is upper case, a stray `%` is `%25`. */
export function requotePath(path: string): string {
  return path.replace(/%([0-9A-Fa-f]{2})?|[^%]/gsu, (match, hex?: string) => {
    if (hex === undefined) return match === '%' ? '%25' : quotePath(match);
    const character = String.fromCharCode(parseInt(hex, 16));
    return PATH_SAFE.test(character) && !PATH_PROTECTED.test(character) ? character : `%${hex.toUpperCase()}`;
  });
}

/** The plain path; bytes that are no UTF-8 stay quoted. */
export function unquotePath(path: string): string {
  return path.replace(/(?:%[0-9A-Fa-f]{2})+/g, run => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replace(/(?:%[0-7][0-9A-Fa-f])+|(?:%[89A-Fa-f][0-9A-Fa-f])+/g, part => decoded(part));
    }
  });
}

/** Takes out `.` and `..`; a `..` at the root is dropped, and one of them at the end leaves a `/`. */
export function normalizePath(path: string): string {
  const segments = path.split('/');
  const [first] = segments.splice(0, path.startsWith('/') ? 1 : 0);
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  if (['.', '..'].includes(segments[segments.length - 1])) kept.push('');
  return (first === undefined ? '' : '/') + kept.join('/');
}

function percentEncode(character: string): string {
  return [...Buffer.from(character, 'utf8')].map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/** A run of bytes that is not UTF-8 as a whole: each of its characters that is. */
function decoded(run: string): string {
  const escapes = run.match(/%../g)!;
  const pieces: string[] = [];
  for (let start = 0; start < escapes.length;) {
    const length = [1, 2, 3, 4].find(count => isCharacter(escapes.slice(start, start + count).join('')));
    const piece = escapes.slice(start, start + (length ?? 1)).join('');
    pieces.push(length === undefined ? piece : decodeURIComponent(piece));
    start += length ?? 1;
  }
  return pieces.join('');
}

function isCharacter(escapes: string): boolean {
  try {
    return [...decodeURIComponent(escapes)].length === 1;
  } catch {
    return false;
  }
}
