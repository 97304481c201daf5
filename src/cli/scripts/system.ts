import type { ShellScript } from './shell-script';
import { placeOf, type LoggedKey, type LoggedSecret } from '../../secret/declaration-log';

/** What can be done with a secret on a system. */
export type SecretVerb = 'create' | 'update' | 'delete';

/** A system that keeps secrets, and the program by which it is told of them. */
export interface System extends Readonly<Record<SecretVerb, (secret: LoggedSecret, script: ShellScript) => void>> {
  /** The name of the program. */
  readonly name: string;
  /** Why the system cannot have a secret, where it cannot. */
  refuses?(secret: LoggedSecret, all: readonly LoggedSecret[]): string | undefined;
}

/** How messages name a key. */
export function keyNameOf(secret: LoggedSecret, { key }: LoggedKey): string {
  return `${placeOf(secret)}, key ${key}`;
}

/** The name of a key in a system whose secrets have one value each: that of the secret where it is also the name of the key. */
export function singleNameOf(secret: LoggedSecret, { key }: LoggedKey): string {
  return key === secret.name ? key : `${secret.name}.${key}`;
}
