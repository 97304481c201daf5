import type { Pair } from './pair-up';
import { groupBy } from '../errors/group-by';
import type { KnownSecret } from '../inspect/model/known-secrets';
import type { Manifest } from '../inspect/model/manifest';
import { secretReferences } from '../inspect/model/secret-references';

/** The hash at the end of a name, as kubectl, kustomize and this library write it. */
const HASHED = /^(.+)-[2456789bcdfghkmt]{10}$/;

/** Whether pods of a state see a secret. */
export type IsSeen = (secret: KnownSecret) => boolean;

/** What the pods of manifests see. */
export function seenBy(manifests: readonly Manifest[]): IsSeen {
  let seen: Set<string> | undefined;
  return ({ namespace = '', name }) => {
    seen ??= new Set(manifests.flatMap(manifest => {
      return manifest.pods.flatMap(({ spec }) => secretReferences(spec).map(({ secretName }) => JSON.stringify([manifest.namespace, secretName])));
    }));
    return seen.has(JSON.stringify([namespace, name]));
  };
}

/**
 * Has secrets be one whose names differ in their hash alone: the one that pods see before and the one that they see after, of which either state may keep others
 * for a while; where pods do not tell, one that is gone and one that is new, if no other is like them.
 */
export function withRenamed(pairs: readonly Pair<KnownSecret>[], isSeenBefore: IsSeen, isSeenAfter: IsSeen): Pair<KnownSecret>[] {
  const hashed = pairs.filter(({ before, after }) => baseOf((after ?? before)!) !== undefined);
  const former = new Map<KnownSecret, KnownSecret>();
  for (const group of groupBy(hashed, ({ before, after }) => baseOf((after ?? before)!)!).values()) {
    const before = group.flatMap(pair => pair.before ?? []);
    const after = group.flatMap(pair => pair.after ?? []);
    const gone = only(group.flatMap(pair => pair.after === undefined ? pair.before! : []));
    const fresh = only(group.flatMap(pair => pair.before === undefined ? pair.after! : []));
    const [was, is] = [only(before.filter(isSeenBefore)), only(after.filter(isSeenAfter))];
    if (was !== undefined && is !== undefined && was.name !== is.name) former.set(is, was);
    else if (gone !== undefined && fresh !== undefined && before.length === 1 && after.length === 1) former.set(fresh, gone);
  }
  const used = new Set(former.values());
  return pairs.filter(({ before, after }) => after !== undefined || !used.has(before!)).map(pair => {
    const was = pair.after === undefined ? undefined : former.get(pair.after);
    return was === undefined ? pair : { before: was, after: pair.after! };
  });
}

function baseOf({ namespace, name }: KnownSecret): string | undefined {
  const base = HASHED.exec(name)?.[1];
  return base === undefined ? undefined : JSON.stringify([namespace ?? null, base]);
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
