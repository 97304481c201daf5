import type { ShellScript } from './shell-script';
import { placeOf, type LoggedKey, type LoggedSecret } from '../../secret/declaration-log';
import { UsageError } from '../command';

/** What can be done with a secret on a system. */
export type SecretVerb = 'create' | 'update' | 'delete';

/** Why some secrets cannot be on a system. */
export type Refusals = ReadonlyMap<LoggedSecret, string>;

/** A system that keeps secrets, and the program by which it is told of them. */
export interface System extends Readonly<Record<SecretVerb, (secret: LoggedSecret, script: ShellScript) => void>> {
  /** The name of the program. */
  readonly name: string;
  /**
   * Why the system cannot have some of the secrets.
   *
   * @param subject what a script is about
   * @param verb what is to be done with them
   */
  refusals(subject: ScriptSubject, verb: string): Refusals;
}

/** The secrets a script is about. */
export interface ScriptSubject {
  readonly secrets: readonly LoggedSecret[];
  /** All that the app declares. */
  readonly declared: readonly LoggedSecret[];
  /** Whether they were asked for by name. */
  readonly named: boolean;
}

/**
 * Adds what is done for each secret that a system can have. Another one is left out, with a comment; where it was asked for by name,
 * it is an error.
 */
export function addSteps(script: ShellScript, system: System, verb: string, subject: ScriptSubject, add: (secret: LoggedSecret) => void): void {
  const { secrets, named } = subject;
  const refusals = system.refusals(subject, verb);
  for (const secret of secrets) {
    const refused = refusals.get(secret);
    if (refused === undefined) add(secret);
    else if (named) throw new UsageError(`${placeOf(secret)} cannot be a secret of ${system.name}: ${refused}`);
    else script.step(`${placeOf(secret)} is left out: ${refused}`, []);
  }
  if (secrets.length === 0) script.step('the app declares no secret', []);
}

/** The secrets for which there is a reason, with it. */
export function refusalsOf(secrets: readonly LoggedSecret[], reason: (secret: LoggedSecret) => string | undefined): Refusals {
  return new Map(secrets.flatMap((secret): [LoggedSecret, string][] => {
    const why = reason(secret);
    return why === undefined ? [] : [[secret, why]];
  }));
}

/** Why a system that has no other secrets than values has none of a secret that something else fills. */
export const NO_KEYS = 'the program knows no key of it';

/** How messages name a key. */
export function keyNameOf(secret: LoggedSecret, { key }: LoggedKey): string {
  return `${placeOf(secret)}, key ${key}`;
}

/** The name of a key in a system whose secrets have one value each: that of the secret where it is also the name of the key. */
export function singleNameOf(secret: LoggedSecret, { key }: LoggedKey): string {
  return key === secret.name ? key : `${secret.name}.${key}`;
}
