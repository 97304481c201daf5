import { apolo } from './apolo';
import { docker } from './docker';
import { faasCli } from './faas-cli';
import { kubectl } from './kubectl';
import { ShellScript } from './shell-script';
import { addSteps, type ScriptSubject, type SecretVerb, type System } from './system';

/** Every system for whose program there are scripts. */
export const SYSTEMS: readonly System[] = [kubectl, faasCli, docker, apolo];
export const SECRET_VERBS = ['create', 'update', 'delete'] as const satisfies readonly SecretVerb[];

/** A script that creates, updates or deletes secrets. */
export function secretsScript(verb: SecretVerb, system: System, subject: ScriptSubject): string {
  const script = new ShellScript(`${verb}s secrets by ${system.name}; made by cdk8s-secrets commands ${verb} --for ${system.name}`);
  addSteps(script, system, verb, subject, secret => system[verb](secret, script));
  return script.toString();
}
