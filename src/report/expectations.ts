import type { LiveSecret } from './live-secret';
import type { ExistingSecret } from '../inspect/inspection-options';
import { CERTIFICATE, type Inventory } from '../inspect/model/inventory';
import { isCustom, type ObjectKind } from '../inspect/model/object-kinds';
import { SecretUse } from '../inspect/model/secret-references';
import { matchesName } from '../inspect/read/glob';
import { isPullSecretType, OPAQUE, requiredKeys, TLS } from '../kubernetes/secret-types';

/** A secret that has to be in a cluster before what expects it is applied. */
export interface ExpectedSecret {
  readonly namespace?: string;
  /** `*` stands for any text. */
  readonly name: string;
  readonly type?: string;
  /** In order. */
  readonly keys: readonly string[];
  /** Whether the kubelet pulls images with it, which takes one of the types for that. */
  readonly pulls: boolean;
  /** Who uses it: `Deployment/api`. */
  readonly usedBy: readonly string[];
}

/** What a program, or manifests, take a cluster to have. */
export interface Expectations {
  readonly secrets: readonly ExpectedSecret[];
  /** Kinds that somebody has to install. */
  readonly kinds: readonly ObjectKind[];
}

/** What is expected of a secret, as far as it was read. */
interface Gathered {
  namespace?: string;
  name: string;
  type?: string;
  readonly keys: Set<string>;
  pulls: boolean;
  readonly usedBy: Set<string>;
}

function gather(namespace: string | undefined, name: string): Gathered {
  return { ...namespace === undefined ? {} : { namespace }, name, keys: new Set(), pulls: false, usedBy: new Set() };
}

/**
 * What has to be in a cluster.
 *
 * @param existing secrets that are said to exist
 * @param made secrets that are made: nobody else has to
 * @param uses who uses secrets, which exist where nothing makes them
 */
export function expectationsOf(
  existing: readonly ExistingSecret[], made: readonly Pick<ExistingSecret, 'namespace' | 'name'>[], uses: Inventory['uses'], kinds: readonly ObjectKind[],
): Expectations {
  const secrets = new Map<string, Gathered>();
  const at = (namespace: string | undefined, name: string) => {
    const place = placeOf(namespace, name);
    const found = secrets.get(place) ?? gather(namespace, name);
    secrets.set(place, found);
    return found;
  };
  const patterns = existing.filter(({ name }) => name.includes('*'));
  for (const { namespace, name, type, keys = [] } of existing) {
    const secret = at(namespace, name);
    if (type !== undefined) secret.type = type;
    for (const key of keys) secret.keys.add(key);
  }
  const known = new Set(made.map(({ namespace, name }) => placeOf(namespace, name)));
  const everywhere = new Set(existing.filter(({ namespace }) => namespace === undefined).map(({ name }) => name));
  for (const { namespace, secret: name, key, user, how, optional } of uses) {
    if (optional === true || known.has(placeOf(namespace, name)) || known.has(placeOf(undefined, name))) continue;
    const pattern = patterns.find(each => matchesName(each.name, name) && (each.namespace ?? namespace) === namespace);
    const isEverywhere = everywhere.has(name) && !secrets.has(placeOf(namespace, name));
    const secret = at(isEverywhere ? undefined : namespace, pattern === undefined ? name : pattern.name);
    if (pattern === undefined) for (const needed of how === CERTIFICATE ? requiredKeys(TLS) : key === undefined ? [] : [key]) secret.keys.add(needed);
    if (how === SecretUse.IMAGE_PULL) secret.pulls = true;
    secret.usedBy.add(user);
  }
  return {
    secrets: [...secrets].sort(([a], [b]) => a < b ? -1 : 1).map(([, secret]) => {
      return { ...secret, keys: [...secret.keys].sort(), usedBy: [...secret.usedBy].sort() };
    }),
    kinds: kinds.filter(isCustom),
  };
}

function placeOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/** What is there, and what is not as it is expected. */
export enum Verdict {
  OK = 'ok',
  MISSING = 'missing',
  WRONG = 'wrong',
}

/** One thing that was looked for in a cluster. */
export interface Verified {
  /** `shop/database`, `external-secrets.io/v1 ExternalSecret`. */
  readonly what: string;
  readonly verdict: Verdict;
  /** What is wrong, or what there is. */
  readonly details: readonly string[];
}

/**
 * What a cluster has of a secret that it should have.
 *
 * @param live the secrets of its namespace
 */
export function verifySecret({ namespace, name, type, keys, pulls, usedBy }: ExpectedSecret, live: readonly LiveSecret[]): Verified {
  const what = namespace === undefined ? name : `${namespace}/${name}`;
  const found = live.find(secret => matchesName(name, secret.name));
  const wanted = [...type === undefined || type === OPAQUE ? [] : [type], ...keys.length === 0 ? [] : [`keys ${keys.join(', ')}`]];
  if (found === undefined) {
    return { what, verdict: Verdict.MISSING, details: [...wanted, ...usedBy.length === 0 ? [] : [`used by ${usedBy.join(', ')}`]] };
  }
  const lacking = keys.filter(key => !found.keys.includes(key));
  const wrong = [
    ...type === undefined || type === found.type ? [] : [`it has the type ${found.type}, not ${type}`],
    ...pulls && type === undefined && !isPullSecretType(found.type) ? [`it has the type ${found.type}: the kubelet passes it over, and pulls without credentials`] : [],
    ...lacking.length === 0 ? [] : [`it has no ${lacking.length === 1 ? 'key' : 'keys'} ${lacking.join(', ')}`],
  ];
  return wrong.length > 0 ? { what, verdict: Verdict.WRONG, details: wrong } : { what, verdict: Verdict.OK, details: wanted };
}

/**
 * Whether a cluster serves a kind.
 *
 * @param served the kinds that it serves of the version; undefined where it does not serve the version
 * @param versions the versions of the group that it serves
 */
export function verifyKind({ apiVersion, kind }: ObjectKind, served: ReadonlySet<string> | undefined, versions: readonly string[]): Verified {
  const what = `${apiVersion} ${kind}`;
  if (served?.has(kind) === true) return { what, verdict: Verdict.OK, details: [] };
  if (served !== undefined) return { what, verdict: Verdict.WRONG, details: ['the cluster serves this version, and not this kind of it'] };
  if (versions.length > 0) {
    return { what, verdict: Verdict.WRONG, details: [`the cluster serves ${versions.join(', ')} of this group: another version of its controller is installed`] };
  }
  return { what, verdict: Verdict.MISSING, details: ['the cluster does not serve this group: its controller is not installed'] };
}
