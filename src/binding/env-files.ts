import { posix } from 'node:path';
import type { IConstruct } from 'constructs';
import type { BindingVariant } from './app-bindings';
import type { SelectorVariant } from './container-selector';
import { OWN_CONTAINER } from './pod-template';
import { volumeName } from './volume-name';
import { childOf, VolumeOfFiles } from './volume-of-files';
import type { ISecret, SecretKey } from '../secret/secret-reference';

/** Where the container that writes the file has the secret, and the file. */
const SECRET_FOLDER = '/mnt/secret';
const FILE_FOLDER = '/mnt/env';
const FILE = 'secret.env';

/**
 * Keys of one secret as variables that the kubelet reads out of a file: an init container writes it from the secret's own files, into memory.
 *
 * @param variables the key for each name of a variable
 */
export function envFilesVariant(
  secret: ISecret, variables: ReadonlyMap<string, SecretKey>, image: string, containers: SelectorVariant,
): BindingVariant {
  const volume = new VolumeOfFiles([{ secret }], {}, secret.node);
  const script = scriptOf(variables);
  const name = volumeName(`${OWN_CONTAINER}env-${secret.name}`, JSON.stringify([image, script]));
  const writer = {
    name,
    image,
    command: ['sh', '-c', script],
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
  };
  return {
    secrets: [secret],
    containers,
    applyTo: (scope: IConstruct) => {
      const source = volume.sourceIn(() => childOf(scope, volume.name));
      return (pod, selected) => {
        const from = pod.volume(volume.name, volume.content, source());
        const to = pod.volume(name, name, { emptyDir: { medium: 'Memory' } });
        if (from === undefined || to === undefined) return;
        const volumeMounts = [{ mountPath: SECRET_FOLDER, name: from, readOnly: true }, { mountPath: FILE_FOLDER, name: to }];
        if (!pod.initContainer({ ...writer, volumeMounts }, selected.some(({ isInit }) => isInit))) return;
        for (const container of selected) {
          for (const variable of variables.keys()) pod.env(container, variable, { fileKeyRef: { volumeName: to, path: FILE, key: variable } });
        }
      };
    },
  };
}

/**
 * Writes `NAME='value'` for each variable, as the kubelet reads it: nothing is escaped in the quotes, lines end without a carriage return,
 * and an empty value is none.
 */
function scriptOf(variables: ReadonlyMap<string, SecretKey>): string {
  const lines = [...variables].map(([name, { name: key }]) => `put ${name} ${posix.join(SECRET_FOLDER, key)}`);
  return [
    'set -eu',
    'umask 077',
    'put() {',
    '  if [ ! -s "$2" ]; then echo "$1: no variable can be made of a file that is empty or missing" >&2; exit 1; fi',
    '  if grep -q "[\'$(printf "\\r")]" "$2"; then',
    '    echo "$1: no variable can be made of a value with a single quote or a carriage return" >&2; exit 1',
    '  fi',
    '  printf "%s=\'" "$1"; cat "$2"; printf "\'\\n"',
    '}',
    '{',
    ...lines.map(line => `  ${line}`),
    `} > ${posix.join(FILE_FOLDER, FILE)}`,
  ].join('\n');
}
