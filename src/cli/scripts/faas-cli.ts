import { namespaceOption } from './kubectl';
import type { ShellScript } from './shell-script';
import { keyNameOf, refusalsOf, type System } from './system';
import { OPAQUE } from '../../kubernetes/secret-types';
import { placeOf, type LoggedSecret } from '../../secret/declaration-log';
import { shellWord } from '../../workload/secret-commands';

/** Commands for OpenFaaS, whose secrets have one key, named like the secret. The gateway is that of `OPENFAAS_URL`. */
export const faasCli: System = {
  name: 'faas-cli',

  refusals: ({ secrets }) => refusalsOf(secrets, ({ name, type, keys }) => {
    if (type !== OPAQUE) return `OpenFaaS makes secrets of the type ${OPAQUE} only, and this one has the type ${type}`;
    return keys.length === 1 && keys[0].key === name ? undefined : 'OpenFaaS makes secrets of one key, which has the name of the secret';
  }),

  create: (secret, script) => write('create', secret, script),
  update: (secret, script) => write('update', secret, script),

  delete(secret, script) {
    script.needs('faas-cli');
    script.uses('tries');
    script.step(placeOf(secret), [`tries faas-cli secret remove ${shellWord(secret.name)}${namespaceOption(secret)}`]);
  },
};

/** Without --trim=false the program would take away blanks and newlines. A file is sent as it is, and may be binary. */
function write(verb: string, secret: LoggedSecret, script: ShellScript): void {
  script.needs('faas-cli');
  const [key] = secret.keys;
  const value = script.value(key.origin, keyNameOf(secret, key));
  const command = `faas-cli secret ${verb} ${shellWord(secret.name)}${namespaceOption(secret)} --trim=false`;
  script.step(`${placeOf(secret)}, delivery ${secret.delivery}`, [value.file === undefined ? value.feed(command) : `${command} --from-file=${value.file}`]);
}
