import { unquotePath } from './uri-text';

/**
 * What the platform refuses of a job that its client has accepted, in its own words.
 *
 * Every rule is a function from a text to what is wrong with it, an empty list where nothing is.
 */

/** A secret's URI in a job on a cluster. */
export function platformUri(uri: string, cluster: string): string[] {
  const [, scheme, host, rest] = /^([^:]*):(?:\/\/([^/]*))?(.*)$/s.exec(uri) ?? ['', '', '', uri];
  const path = unquotePath(rest);
  if (scheme !== 'secret') return [`Invalid URI scheme: '${scheme}' != 'secret'`];
  if (rest.includes('#')) return ['Fragment part is not allowed in URI'];
  if (rest.includes('?')) return ['Query part is not allowed in URI'];
  if ((host ?? '') !== cluster) return [`Invalid URI cluster: '${host ?? ''}' != '${cluster}'`];
  if (path.split('/').includes('..')) return [`Invalid path: '${path}'`];
  return path.split('/').length < 3 ? ['Invalid URI path: Wrong number of path items'] : [];
}

/** The path of a file in the container. */
export function platformMountPath(path: string): string[] {
  const clean = platformPath(path);
  if (!clean.startsWith('/')) return [`Mount path must be absolute: '${clean}'`];
  return path.split('/').includes('..') ? [`Invalid path: '${path}'`] : [];
}

/** The path as the platform takes it: no empty and no `.` elements, no `/` at the end; two slashes at the start stay two. */
export function platformPath(path: string): string {
  const root = /^\/*/.exec(path)![0].length;
  const elements = path.split('/').filter(element => element !== '' && element !== '.').join('/');
  return `${root === 2 ? '//' : root > 0 ? '/' : ''}${elements}` || '.';
}

/** Paths of one job's secret files. */
export function platformMountPaths(paths: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const path of paths.map(platformPath)) (seen.has(path) ? twice : seen).add(path);
  return [...twice].map(path => `destination path '${path}' was encountered multiple times`);
}

/** The key of a secret. */
export function platformKey(key: string): string[] {
  if (key.length > 253) return ['must be no more than 253 characters'];
  if (!/^(?!\.$|\.\.)[a-zA-Z0-9_\-.]+$/.test(key) || key.endsWith('\n')) {
    return ["must consist of letters, digits, '-', '_' and '.', and be neither '.' nor start with '..'"];
  }
  return key.toLowerCase() === '---neuro---' ? [`Illegal key '${key}'`] : [];
}

/** The name of an organization, a project or a cluster. */
export function platformName(name: string): string[] {
  return name.length >= 3 && name.length <= 255 && /^[a-z0-9](?:-?[a-z0-9])*$/.test(name)
    ? [] : ["must have 3 to 255 lower-case letters and digits, with single '-' between them"];
}
