import { isOfImage } from './image-paths';
import { cleanPath, foldersAbove } from '../../kubernetes/paths';
import type { Container } from '../decode/decoded';

/** Directories in which the node, the runtime, the cluster or every image has something of its own. */
const SHARED = new Set(['bin', 'dev', 'lib', 'lib64', 'proc', 'run', 'sbin', 'sys', 'usr']);

/** What the node and the cluster have in directories that are the image's otherwise. */
const SHARED_BELOW: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['etc', new Set(['group', 'hostname', 'hosts', 'passwd', 'resolv.conf'])],
  ['var', new Set(['run'])],
]);

/**
 * Whether every mount of a container has a directory to itself: none is at, above or below another, what the node adds, what every image has,
 * or the container's program. Most are, and of those nothing else needs to be known.
 *
 * @param places where they are: absolute and clean
 */
export function areApart(places: readonly string[], { command, terminationMessagePath }: Container): boolean {
  if (terminationMessagePath !== undefined || places.some(isShared)) return false;
  const [program = ''] = command ?? [];
  const taken = new Set(places);
  if (taken.size < places.length || program.startsWith('/') && isAtOrBelow(cleanPath(program), taken)) return false;
  return places.length < 2 || !places.some(place => isBelow(place, taken));
}

function isShared(place: string): boolean {
  const [, first, second = ''] = place.split('/', 3);
  return SHARED.has(first) || isOfImage(place) || SHARED_BELOW.get(first)?.has(second) === true;
}

function isAtOrBelow(path: string, places: ReadonlySet<string>): boolean {
  return places.has(path) || isBelow(path, places);
}

function isBelow(path: string, places: ReadonlySet<string>): boolean {
  return foldersAbove(path).some(folder => places.has(folder));
}
