import { byteLength } from './names';

/** Longest file name of Linux, in bytes. */
const MAX_FILE_NAME = 255;
/** Longest path of Linux, in bytes. */
const MAX_PATH = 4096;
/** A text of fewer characters is short enough for a file's name, whatever the characters are. */
const SURELY_SHORT = MAX_FILE_NAME / 4;

/** No element of the path is `..`. */
export function noBacksteps(path: string): string[] {
  return path.split('/').includes('..') ? ["must not contain '..'"] : [];
}

/** A path below some root, as in `subPath`: relative, without `..`. */
export function localDescendingPath(path: string): string[] {
  return (path.startsWith('/') ? ['must be a relative path'] : []).concat(noBacksteps(path));
}

/** The `path` of a volume's item, as the API server checks it. */
export function itemPath(path: string): string[] {
  const problems = localDescendingPath(path);
  if (path.startsWith('..') && !path.startsWith('../')) {
    problems.push("must not start with '..'");
  }
  return problems;
}

/** The folders above a path, the innermost first: neither the path itself nor the root. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) folders.push(path.slice(0, slash));
  return folders;
}

/** What the kubelet refuses, or silently rewrites, in a path that the API server lets through. */
export function kubeletItemPath(path: string): string[] {
  const problems: string[] = [];
  if (byteLength(path) > MAX_PATH) {
    problems.push(`must be no more than ${MAX_PATH} bytes`);
  }
  const elements = path.split('/');
  if (elements.some(element => byteLength(element) > MAX_FILE_NAME)) {
    problems.push(`each element must be no more than ${MAX_FILE_NAME} bytes`);
  }
  if (elements.some(element => element === '' || element === '.')) {
    problems.push("must not have empty or '.' elements");
  }
  return problems;
}

/** Why the kubelet cannot make a file of this path, which the API server lets through, in its own words, or undefined. */
export function kubeletPathFailure(path: string): string | undefined {
  if (path.length < SURELY_SHORT && PLAIN_PATH.test(path)) return undefined;
  if (byteLength(path) > MAX_PATH) return `invalid path: must be less than or equal to ${MAX_PATH} characters`;
  if (path.split('/').some(element => byteLength(element) > MAX_FILE_NAME)) {
    return `invalid path: filenames must be less than or equal to ${MAX_FILE_NAME} characters`;
  }
  return cleanPath(path) === '' ? 'the path is the volume itself, which is a directory' : undefined;
}

/** A path of which no element is empty or starts with a dot. */
const PLAIN_PATH = /^\/?[^/.][^/]*(?:\/[^/.][^/]*)*$/;

/** The path as the kernel reads it: no empty or `.` elements, `..` taken back, no `/` at the end. */
export function cleanPath(path: string): string {
  if (PLAIN_PATH.test(path)) return path;
  const cleaned: string[] = [];
  for (const element of path.split('/')) {
    if (element === '..') cleaned.pop();
    else if (element !== '' && element !== '.') cleaned.push(element);
  }
  return (path.startsWith('/') ? '/' : '') + cleaned.join('/');
}

/** A mount path that means what it says: absolute and clean, so that two mounts are equal only where their texts are. */
export function mountPath(path: string): string[] {
  if (!path.startsWith('/')) return ['must be an absolute path'];
  const problems: string[] = [];
  if (path.includes(':')) problems.push("must not contain ':' (it is no separator here; a mount's options are fields)");
  if (/[\0\n]/.test(path)) problems.push('must not contain control characters');
  if (path === '/') problems.push('must not be the root of the file system');
  else if (cleanPath(path) !== path) problems.push(`must be a clean path, here '${cleanPath(path)}'`);
  return problems;
}
