import type { ShellScript } from './shell-script';
import { keyNameOf, NO_KEYS, refusalsOf, type System } from './system';
import { platformKey } from '../../apolo/platform-rules';
import { placeOf, type LoggedSecret } from '../../secret/declaration-log';
import { shellWord } from '../../workload/secret-commands';

/** Commands for the Apolo platform, where every key is a secret of the current project. Adding one again replaces it. */
export const apolo: System = {
  name: 'apolo',

  refusals({ secrets }) {
    const owners = new Map<string, LoggedSecret[]>();
    for (const secret of secrets) for (const { key } of secret.keys) owners.set(key, [...(owners.get(key) ?? []).slice(0, 1), secret]);
    return refusalsOf(secrets, secret => {
      if (secret.keys.length === 0) return NO_KEYS;
      for (const { key } of secret.keys) {
        const [problem] = platformKey(key);
        if (problem !== undefined) return `Apolo refuses the key ${JSON.stringify(key)}: ${problem}`;
        const other = owners.get(key)!.find(owner => owner !== secret);
        if (other !== undefined) return `a project of Apolo has one secret ${JSON.stringify(key)}, and ${placeOf(other)} declares that key too`;
      }
      return undefined;
    });
  },

  create: write,
  update: write,

  delete(secret, script) {
    script.needs('apolo');
    script.uses('tries');
    script.step(placeOf(secret), secret.keys.map(({ key }) => `tries apolo secret rm ${keyArgument(key)}`));
  },
};

/** The client takes a value as an argument, or as `@FILE`; its standard input is a file too. */
function write(secret: LoggedSecret, script: ShellScript): void {
  script.needs('apolo');
  const lines = secret.keys.map(key => {
    const value = script.value(key.origin, keyNameOf(secret, key));
    const command = `apolo secret add ${keyArgument(key.key)}`;
    return value.file === undefined ? value.feed(`${command} @/dev/stdin`) : `${command} @${value.file}`;
  });
  script.step(`${placeOf(secret)}, delivery ${secret.delivery}`, lines);
}

/** A key that begins with a dash is no option. */
function keyArgument(key: string): string {
  return key.startsWith('-') ? `-- ${shellWord(key)}` : shellWord(key);
}
