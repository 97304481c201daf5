import type { ShellScript } from './shell-script';
import { keyNameOf, singleNameOf, type System } from './system';
import { isPullSecretType } from '../../kubernetes/secret-types';
import { placeOf, type LoggedSecret } from '../../secret/declaration-log';
import { shellWord } from '../../workload/secret-commands';

/**
 * Commands for Docker Swarm, whose secrets have one value, no namespace, and cannot change: a new version has a name of its own,
 * and is given to every service that has an older one.
 */
export const docker: System = {
  name: 'docker',

  refuses({ type }) {
    return isPullSecretType(type) ? 'Docker Swarm pulls images with the credentials of docker login' : undefined;
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
    script.uses('swarm_versions');
    script.step(placeOf(secret), secret.keys.flatMap(key => [
      `for name in $(swarm_versions ${shellWord(singleNameOf(secret, key))}); do docker secret rm "$name"; done`,
    ]));
  },
};

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
