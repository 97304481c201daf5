import { apolo } from './apolo';
import { docker } from './docker';
import { faasCli } from './faas-cli';
import { kubectl } from './kubectl';
import { ShellScript } from './shell-script';
import type { SecretVerb, System } from './system';
import { placeOf, type LoggedSecret } from '../../secret/declaration-log';
import { UsageError } from '../command';

/** Every system for whose program there are scripts. */
export const SYSTEMS: readonly System[] = [kubectl, faasCli, docker, apolo];
export const SECRET_VERBS = ['create', 'update', 'delete'] as const satisfies readonly SecretVerb[];

/**
 * A script that creates, updates or deletes secrets.
 *
 * What the system cannot have is left out, with a comment; where the secrets were asked for by name, it is an error.
 */
export function secretsScript(verb: SecretVerb, system: System, secrets: readonly LoggedSecret[], { named = false } = {}): string {
  const script = new ShellScript(`${verb}s secrets by ${system.name}; made by cdk8s-secrets commands ${verb} --for ${system.name}`);
  for (const secret of secrets) {
    const refused = system.refuses?.(secret, secrets);
    if (refused === undefined) system[verb](secret, script);
    else if (named) throw new UsageError(`${placeOf(secret)} cannot be a secret of ${system.name}: ${refused}`);
    else script.step(`${placeOf(secret)} is left out: ${refused}`, []);
  }
  return script.toString();
}
