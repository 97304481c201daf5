import { SensitiveValue } from './sensitive-value';
import type { ValueOrigin } from './value-source';
import { SecretsError } from '../errors/secrets-error';
import { quoteList } from '../errors/suggest';

/** A file or folder that holds many values at once. */
export interface ValueSet {
  /** What it is, without anything of its values: `env file "db.env"`. */
  readonly description: string;
  /** Where a command finds the value of a key. */
  readonly originOf: (key: string) => ValueOrigin;
  /** Reads it: how each value is had, by key. */
  open(): ReadonlyMap<string, () => Buffer>;
}

/**
 * The values of a set, by key.
 *
 * Its keys are the declared ones, or those that it has now; its values are read when they are needed, all from one
 * opening of the set, which must then have exactly these keys.
 */
export function valuesOf(set: ValueSet, declared?: readonly string[]): Record<string, SensitiveValue> {
  const keys = [...declared ?? set.open().keys()];
  let opened: ReadonlyMap<string, () => Buffer> | undefined;
  const open = () => opened ??= openChecked(set, keys);
  return Object.fromEntries(keys.map(key => [key, SensitiveValue._derived({
    description: set.description,
    origin: set.originOf(key),
    read: () => open().get(key)!(),
  })]));
}

function openChecked(set: ValueSet, keys: readonly string[]): ReadonlyMap<string, () => Buffer> {
  const opened = set.open();
  const missing = keys.filter(key => !opened.has(key));
  const extra = [...opened.keys()].filter(key => !keys.includes(key));
  if (missing.length === 0 && extra.length === 0) return opened;
  throw new SecretsError({
    code: 'KeysChanged',
    message: `${set.description} ${[
      ...missing.length > 0 ? [`lacks ${quoteList(missing)}`] : [],
      ...extra.length > 0 ? [`has ${quoteList(extra)}`] : [],
    ].join(' and ')}, which is not what was declared`,
    next: 'make its keys and the declared ones agree',
  });
}
