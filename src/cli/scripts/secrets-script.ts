import { apolo } from './apolo';
import { docker } from './docker';
import { faasCli } from './faas-cli';
import { kubectl } from './kubectl';
import { ShellScript } from './shell-script';
import { addSteps, type ScriptSubject, type SecretVerb, type System } from './system';
import type { LoggedSecret } from '../../secret/declaration-log';

/** Every system for whose program there are scripts. */
export const SYSTEMS: readonly System[] = [kubectl, faasCli, docker, apolo];
export const SECRET_VERBS = ['create', 'update', 'delete'] as const satisfies readonly SecretVerb[];

/** A script that creates, updates or deletes secrets. */
export function secretsScript(verb: SecretVerb, system: System, subject: ScriptSubject): string {
  const script = new ShellScript(`${verb}s secrets by ${system.name}; made by cdk8s-secrets commands ${verb} --for ${system.name}`);
  const partial = sharedWithOthers(subject);
  addSteps(script, system, verb, subject, secret => system[verb](askedFor(secret, partial), script));
  return script.toString();
}

/** The values that a script must not make: secrets that it does not write have them too. */
function sharedWithOthers({ secrets, declared }: ScriptSubject): ReadonlySet<string> {
  const written = new Set(secrets.map(({ path }) => path));
  const others = declared.filter(({ path }) => !written.has(path)).flatMap(({ keys }) => keys);
  return new Set(others.flatMap(({ origin }) => origin?.random?.sharedAs ?? []));
}

function askedFor(secret: LoggedSecret, partial: ReadonlySet<string>): LoggedSecret {
  return { ...secret, keys: secret.keys.map(key => partial.has(key.origin?.random?.sharedAs ?? '') ? { ...key, origin: undefined } : key) };
}
