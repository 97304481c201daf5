import { ChangeKind, type ChangedSecret } from './changed-secrets';
import { inventoryOfManifests, type Inventory } from '../inspect/model/inventory';
import type { Manifest } from '../inspect/model/manifest';

/** Somebody who can read what they could not read before. */
export interface GrownExposure {
  /**
   * The namespace of the secret.
   *
   * @default - it is not known, or every one is meant
   */
  readonly namespace?: string;

  /**
   * The name of the secret.
   *
   * @default - every secret is meant
   */
  readonly secret?: string;

  /**
   * The key.
   *
   * @default - every key is meant
   */
  readonly key?: string;

  /** Who reads it: `Deployment/api`, `ServiceAccount/shop/ci`. */
  readonly reader: string;

  /** How: `env`, `volume`, or the verbs and the role that allow it. */
  readonly way: string;
}

/** Who can read more of the secrets that there were. What is new has no readers that it did not have. */
export function grownExposure(before: readonly Manifest[], after: readonly Manifest[], changed: readonly ChangedSecret[]): GrownExposure[] {
  const names = new Map<string, string>();
  for (const { namespace, name, formerName } of changed) if (formerName !== undefined) names.set(placeOf(namespace, formerName), name);
  const fresh = new Set(changed.filter(({ change }) => change === ChangeKind.ADDED).map(({ namespace, name }) => placeOf(namespace, name)));
  const renamed = (exposure: GrownExposure) => {
    const name = exposure.secret === undefined ? undefined : names.get(placeOf(exposure.namespace, exposure.secret));
    return name === undefined ? exposure : { ...exposure, secret: name };
  };
  const known = new Set(exposures(inventoryOfManifests(before)).map(exposure => JSON.stringify(renamed(exposure))));
  const used = new Set([...known].map(text => JSON.parse(text) as GrownExposure).map(({ namespace, secret = '' }) => placeOf(namespace, secret)));
  const seen = new Set<string>();
  return exposures(inventoryOfManifests(after)).filter(exposure => {
    const text = JSON.stringify(exposure);
    if (known.has(text) || seen.has(text)) return false;
    seen.add(text);
    const place = placeOf(exposure.namespace, exposure.secret ?? '');
    return exposure.secret === undefined || !fresh.has(place) || used.has(place);
  });
}

function placeOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function exposures({ uses, grants }: Inventory): GrownExposure[] {
  return [
    ...uses.map(({ namespace, secret, key, user, how }) => exposureOf(namespace, secret, key, user, how)),
    ...grants.map(({ namespace, secret, subject, verbs, role }) => exposureOf(namespace, secret, undefined, subject, `${[...verbs].sort().join(', ')} by ${role}`)),
  ];
}

function exposureOf(
  namespace: string | undefined, secret: string | undefined, key: string | undefined, reader: string, way: string,
): GrownExposure {
  return {
    ...namespace === undefined ? {} : { namespace },
    ...secret === undefined ? {} : { secret },
    ...key === undefined ? {} : { key },
    reader,
    way,
  };
}
