import type { DeclaredSecret } from './declared-secret';
import type { ValueOrigin } from '../value/value-source';

/** One declared secret, as a command hears of it: no values, only where each might be. */
export interface LoggedSecret {
  /** The path of its construct. */
  readonly path: string;
  readonly name: string;
  readonly namespace?: string;
  readonly type: string;
  readonly immutable?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** What its delivery is called. */
  readonly delivery: string;
  readonly keys: readonly LoggedKey[];
}

/** One key of a declared secret. */
export interface LoggedKey {
  readonly key: string;
  /** Where its value comes from, in words. */
  readonly source: string;
  /** How many bytes it has, where the delivery reads it. */
  readonly size?: number;
  /** What a command can take its value from. */
  readonly origin?: ValueOrigin;
}

/** What a command hears of the declared secrets, in their order. */
export function loggedSecrets(secrets: Iterable<DeclaredSecret>): LoggedSecret[] {
  return [...secrets].map(secret => ({
    path: secret.node.path,
    name: secret.name,
    namespace: secret.namespace,
    type: secret.secretType!,
    ...secret._loggedMetadata,
    delivery: secret._deliveryName,
    keys: secret._loggedKeys,
  }));
}

/** How messages name a secret: `NAMESPACE/NAME`. */
export function placeOf({ namespace, name }: { readonly namespace?: string; readonly name: string }): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
