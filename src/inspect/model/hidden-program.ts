import type { ContainerMounts, Mounted } from './container-mounts';
import { hasBits } from '../../kubernetes/modes';
import { cleanPath } from '../../kubernetes/paths';
import type { Container } from '../decode/decoded';

/** The mount in whose place the container's program would have to be, and which has none. */
export function hidesProgram({ command = [] }: Container, { inOrder }: ContainerMounts): Mounted | undefined {
  const [program = ''] = command;
  if (!program.startsWith('/') || program.includes('$')) return undefined;
  const path = cleanPath(program);
  const outer = [...inOrder].reverse().find(({ at, added }) => added !== 'node' && (path === at || path.startsWith(`${at === '/' ? '' : at}/`)));
  if (outer === undefined || outer.content.kind === 'other') return undefined;
  if (outer.content.kind === 'file') return isProgram(outer.content.file.mode) ? undefined : outer;
  const entry = outer.content.entries.get(path.slice(outer.at.length + 1));
  if (entry === undefined) return outer.content.complete ? outer : undefined;
  return 'made' in entry || !isProgram(entry.mode) ? outer : undefined;
}

function isProgram(mode: number): boolean {
  return [0o100, 0o010, 0o001].some(bit => hasBits(mode, bit));
}
