import type { ShellScript } from './shell-script';
import { keyNameOf, NO_KEYS, refusalsOf, singleNameOf, type System } from './system';
import { swarmName } from '../../kubernetes/portable-name';
import { isPullSecretType } from '../../kubernetes/secret-types';
import { placeOf, type LoggedKey, type LoggedSecret } from '../../secret/declaration-log';
import { shellWord } from '../../workload/secret-commands';

/**
 * Commands for Docker Swarm, whose secrets have one value, no namespace, and cannot change: a new version has a name of its own,
 * and is given to every service that has an older one.
 */
export const docker: System = {
  name: 'docker',

  refusals({ secrets, declared }) {
    const taken = takenNames(secrets, declared);
    return refusalsOf(secrets, secret => {
      if (isPullSecretType(secret.type)) return 'Docker Swarm pulls images with the credentials of docker login';
      if (secret.keys.length === 0) return NO_KEYS;
      for (const key of secret.keys) {
        const name = singleNameOf(secret, key);
        const problems = swarmName(name);
        if (problems.length > 0) return `${JSON.stringify(name)} can be no secret of Docker Swarm: ${problems[0]}`;
        const other = taken.get(name)?.find(owner => owner !== key);
        if (other !== undefined) return `a swarm has one secret ${JSON.stringify(name)}, and another declared one is that too, or a version of it`;
      }
      return undefined;
    });
  },

  create(secret, script) {
    each(secret, script, (name, feed) => [feed(`docker secret create${labelOptions(secret)} ${name} -`)]);
  },

  update(secret, script) {
    script.uses('swarm_versions', 'swarm_next', 'swarm_replace');
    each(secret, script, (name, feed) => [
      `next=$(swarm_next ${name})`,
      feed(`docker secret create${labelOptions(secret)} "$next" -`),
      `swarm_replace ${name} "$next"`,
    ]);
  },

  delete(secret, script) {
    script.needs('docker');
    script.uses('tries', 'swarm_versions');
    script.step(placeOf(secret), secret.keys.flatMap(key => [
      `versions=$(swarm_versions ${shellWord(singleNameOf(secret, key))})`,
      'for name in $versions; do tries docker secret rm "$name"; done',
    ]));
  },
};

/**
 * The keys that have each name in a swarm, or a later version of it. A script is about one of two that have the same name where it is
 * told so; a version would still be taken for one.
 */
function takenNames(secrets: readonly LoggedSecret[], declared: readonly LoggedSecret[]): ReadonlyMap<string, readonly LoggedKey[]> {
  const taken = new Map<string, LoggedKey[]>();
  // Two tell what is to be told.
  const add = (name: string, key: LoggedKey) => taken.set(name, [...(taken.get(name) ?? []).slice(0, 1), key]);
  for (const secret of secrets) for (const key of secret.keys) add(singleNameOf(secret, key), key);
  for (const secret of declared) {
    for (const key of secret.keys) {
      const name = singleNameOf(secret, key);
      const base = name.replace(VERSION, '');
      if (base === name) continue;
      add(base, key);
    }
  }
  return taken;
}

/** What is added to the name of a secret for its second version, and the later ones. */
const VERSION = /-v[0-9]+$/;

function each(secret: LoggedSecret, script: ShellScript, lines: (name: string, feed: (command: string) => string) => string[]): void {
  script.needs('docker');
  const steps = secret.keys.flatMap(key => {
    const value = script.value(key.origin, keyNameOf(secret, key));
    return lines(shellWord(singleNameOf(secret, key)), command => value.feed(command));
  });
  script.step(`${placeOf(secret)}, delivery ${secret.delivery}`, steps);
}

function labelOptions({ labels = {} }: LoggedSecret): string {
  return Object.entries(labels).map(([name, value]) => ` --label ${shellWord(`${name}=${value}`)}`).join('');
}
