import { groupBy } from '../errors/group-by';

/** The same thing before and after a change; what was added has no before, what was removed no after. */
export interface Pair<T> {
  readonly before?: T;
  readonly after?: T;
}

/** How things of two states are recognized. */
export interface Recognition<T> {
  /** What makes it the same thing. Several in one state may have it: those of environments, for example. */
  readonly identityOf: (thing: T) => string;
  /** The file that it comes from, which tells those apart. */
  readonly fileOf: (thing: T) => string | undefined;
}

/**
 * Pairs what is in one state with what is in the next, in the order of the next, and then what was removed. Where several share an
 * identity, those of one file are the same, then those of files of one name, and then one that is left on each side.
 */
export function pairUp<T>(before: readonly T[], after: readonly T[], { identityOf, fileOf }: Recognition<T>): Pair<T>[] {
  const old = groupBy(before, identityOf);
  const fresh = groupBy(after, identityOf);
  const oldFile = relativeTo(commonFolder(before.map(fileOf)));
  const freshFile = relativeTo(commonFolder(after.map(fileOf)));
  const partners = new Map<T, T>();
  for (const [identity, group] of fresh) {
    const others = old.get(identity);
    if (others === undefined) continue;
    let left: { readonly before: readonly T[]; readonly after: readonly T[] } = { before: others, after: group };
    const byFile = (nameOf: (file: string) => string) => {
      left = pairByName(left, thing => nameOf(oldFile(fileOf(thing))), thing => nameOf(freshFile(fileOf(thing))), partners);
    };
    if (others.length > 1 || group.length > 1) [byFile(file => file), byFile(file => file.split('/').pop()!)];
    if (left.before.length === 1 && left.after.length === 1) partners.set(left.after[0], left.before[0]);
  }
  const kept = new Set(partners.values());
  return [
    ...after.map(thing => partners.has(thing) ? { before: partners.get(thing)!, after: thing } : { after: thing }),
    ...before.filter(thing => !kept.has(thing)).map(thing => ({ before: thing })),
  ];
}

/** Pairs those whose names are the same, in their order, and gives the others. */
function pairByName<T>(
  { before, after }: { readonly before: readonly T[]; readonly after: readonly T[] },
  oldName: (thing: T) => string, freshName: (thing: T) => string, partners: Map<T, T>,
): { before: T[]; after: T[] } {
  const open = groupBy(before, oldName);
  const rest = after.filter(thing => {
    const partner = open.get(freshName(thing))?.shift();
    if (partner !== undefined) partners.set(thing, partner);
    return partner === undefined;
  });
  return { before: [...open.values()].flat(), after: rest };
}

/** The folder that all files are in, as the parts of its path. */
function commonFolder(files: readonly (string | undefined)[]): readonly string[] {
  let common: readonly string[] | undefined;
  for (const file of files) {
    if (file === undefined) continue;
    const folders = partsOf(file).slice(0, -1);
    const end = common === undefined ? folders.length : common.findIndex((folder, index) => folder !== folders[index]);
    common = (common ?? folders).slice(0, end === -1 ? undefined : end);
  }
  return common ?? [];
}

function relativeTo(folder: readonly string[]): (file: string | undefined) => string {
  return file => file === undefined ? '' : partsOf(file).slice(folder.length).join('/');
}

function partsOf(file: string): string[] {
  return file.split(/[\\/]/);
}
