import type { LiveSecret } from './live-secret';
import type { Inventory, InventoryKey, InventorySecret } from '../inspect/model/inventory';

/** What is known of a secret beyond the manifests: what an app declares. */
export interface Declared extends Omit<InventorySecret, 'keys'> {
  readonly keys: readonly InventoryKey[];
}

/** One Secret, and who has to do with it. */
export interface ListedSecret extends InventorySecret {
  /** Like `Deployment/api: env password`. */
  readonly boundTo: readonly string[];
  /** Like `User/bob: get`. */
  readonly grantedTo: readonly string[];
  /** What a cluster has of it, where one was asked. */
  readonly cluster?: readonly string[];
}

/** How secrets of a cluster are listed that nothing else knows. */
const UNDECLARED = 'not declared';

/**
 * The secrets of a list, each with what a cluster has of it, and those that the cluster has in the same namespaces beside them.
 *
 * @param liveIn the secrets of a namespace; where it is undefined, of that which names none
 */
export function withCluster(listed: readonly ListedSecret[], liveIn: (namespace: string | undefined) => readonly LiveSecret[]): ListedSecret[] {
  const namespaces = new Set(listed.map(({ namespace }) => namespace));
  const known = new Set(listed.map(({ namespace, name }) => placeOf(namespace, name)));
  const live = new Map([...namespaces].flatMap(namespace => liveIn(namespace).map(secret => {
    return [placeOf(namespace, secret.name), { secret, namespace }] as const;
  })));
  const others = [...live].filter(([place]) => !known.has(place)).map(([, { namespace, secret: { name, type, immutable, keys } }]): ListedSecret => ({
    ...namespace === undefined ? {} : { namespace },
    name,
    type,
    keys: keys.map(key => ({ key })),
    delivery: UNDECLARED,
    ...immutable ? { immutable } : {},
    boundTo: [],
    grantedTo: [],
    cluster: ['there'],
  }));
  const joined = listed.map(secret => ({ ...secret, cluster: inCluster(secret, live.get(placeOf(secret.namespace, secret.name))?.secret) }));
  return [...joined, ...others].sort((a, b) => placeOf(a.namespace, a.name) < placeOf(b.namespace, b.name) ? -1 : 1);
}

function inCluster({ type, keys }: ListedSecret, live: LiveSecret | undefined): string[] {
  if (live === undefined) return ['missing'];
  const wanted = keys?.map(({ key }) => key);
  const lacking = wanted?.filter(key => !live.keys.includes(key)) ?? [];
  const more = wanted === undefined ? live.keys : live.keys.filter(key => !wanted.includes(key));
  return [
    'there',
    ...type === undefined || type === live.type ? [] : [`type ${live.type}`],
    ...lacking.length === 0 ? [] : [`lacks ${lacking.join(', ')}`],
    ...more.length === 0 ? [] : [`has ${wanted === undefined ? '' : 'also '}${more.join(', ')}`],
  ];
}

/** Every Secret that is declared, made or used, each once, by namespace and name. */
export function secretList({ secrets, uses, grants }: Inventory, declared: readonly Declared[] = []): ListedSecret[] {
  const found = new Map<string, InventorySecret>();
  const known = (namespace: string | undefined, name: string) => found.has(placeOf(namespace, name));
  for (const { namespace, name, type, keys, delivery, immutable } of declared) {
    found.set(placeOf(namespace, name), {
      ...namespace === undefined ? {} : { namespace },
      name,
      type,
      keys: keys.map(({ key, size, source }) => ({ key, ...size === undefined ? {} : { size }, ...source === undefined ? {} : { source } })),
      delivery,
      ...immutable === true ? { immutable } : {},
    });
  }
  for (const secret of secrets) if (!known(secret.namespace, secret.name)) found.set(placeOf(secret.namespace, secret.name), secret);
  // the keys of what nothing makes are those that are asked for
  const asked = new Map<string, Set<string>>();
  for (const { namespace, secret, key } of uses) {
    const place = placeOf(namespace, secret);
    if (found.has(place) && !asked.has(place)) continue;
    const keys = asked.get(place) ?? new Set<string>();
    asked.set(place, keys);
    if (key !== undefined) keys.add(key);
    found.set(place, {
      ...namespace === undefined ? {} : { namespace }, name: secret, ...keys.size === 0 ? {} : { keys: [...keys].sort().map(each => ({ key: each })) }, delivery: 'existing',
    });
  }
  const bound = new Map<string, string[]>();
  for (const { namespace, secret, key, user, how } of uses) {
    add(bound, placeOf(namespace, secret), `${user}: ${how}${key === undefined ? '' : ` ${key}`}`);
  }
  const granted = new Map<string, string[]>();
  const everywhere: { readonly namespace?: string; readonly text: string }[] = [];
  for (const { namespace, secret, subject, verbs } of grants) {
    const text = `${subject}: ${verbs.join(' ')}`;
    if (secret === undefined || namespace === undefined) everywhere.push({ ...secret === undefined ? { namespace } : {}, text: secret === undefined ? text : `${text} (${secret})` });
    else add(granted, placeOf(namespace, secret), text);
  }
  return [...found.entries()].sort(([a], [b]) => a < b ? -1 : 1).map(([place, secret]) => ({
    ...secret,
    boundTo: [...new Set(bound.get(place) ?? [])].sort(),
    grantedTo: [...new Set([
      ...granted.get(place) ?? [],
      ...everywhere.filter(({ namespace }) => namespace === undefined || namespace === secret.namespace).map(({ text }) => text),
    ])].sort(),
  }));
}

function placeOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}\0${name}`;
}

function add(map: Map<string, string[]>, place: string, text: string): void {
  const texts = map.get(place);
  if (texts === undefined) map.set(place, [text]);
  else texts.push(text);
}
