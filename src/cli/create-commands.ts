import { OPAQUE } from '../kubernetes/secret-types';
import type { LoggedSecret } from '../secret/declaration-log';
import type { ValueOrigin } from '../value/value-source';
import { shellWord } from '../workload/secret-commands';

/** The commands that make a secret, for bash and zsh. They hold no values, and give none to a command as an argument. */
export function createCommands(secret: LoggedSecret): string {
  const { name, namespace, type, keys } = secret;
  const files = keys.map(({ key, origin }) => ({ key, file: origin?.file === undefined && origin?.variable === undefined ? `${key}.txt` : undefined, origin }));
  const toWrite = files.flatMap(({ file }) => file === undefined ? [] : [file]);
  const lines = [
    `# ${namespace === undefined ? name : `${namespace}/${name}`}`,
    ...toWrite.length > 0 ? [`# first write the values, each without a newline at its end, into: ${toWrite.join(' ')}`] : [],
    [
      `kubectl create secret generic ${name}`,
      ...namespace === undefined ? [] : [`--namespace ${namespace}`],
      ...type === OPAQUE ? [] : [`--type ${shellWord(type)}`],
      ...files.map(({ key, file, origin }) => `--from-file=${key}=${source(file, origin)}`),
    ].join(' \\\n  '),
  ];
  return `${[...lines, ...faasCommands(secret)].join('\n')}\n`;
}

/** A file, or what bash makes one of; what is printed in it is seen in no list of processes. */
function source(file: string | undefined, origin: ValueOrigin | undefined): string {
  if (file !== undefined) return shellWord(file);
  if (origin?.file === undefined) return `<(printf %s "$${origin!.variable}")`;
  const word = shellWord(origin.file);
  if (origin.trimsNewline) return `<(printf %s "$(cat ${word})")`;
  // kubectl takes a comma for the end of the file's name, and no '=' in it
  return /[,=]/.test(origin.file) ? `<(cat ${word})` : word;
}

/** OpenFaaS makes secrets of one key, which has the name of the secret. */
function faasCommands({ name, namespace, type, keys: [only, ...others] }: LoggedSecret): string[] {
  if (type !== OPAQUE || only?.key !== name || others.length > 0) return [];
  const create = ['faas-cli secret create', name, ...namespace === undefined ? [] : [`--namespace ${namespace}`]].join(' ');
  const { file, variable, trimsNewline } = only.origin ?? {};
  const command = variable !== undefined ? `printf %s "$${variable}" | ${create}`
    : trimsNewline ? `printf %s "$(cat ${shellWord(file!)})" | ${create}` : `${create} --from-file=${shellWord(file ?? `${name}.txt`)}`;
  return ['# or, for OpenFaaS:', command];
}
