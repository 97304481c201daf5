import type { BindingVariant } from './app-bindings';
import type { SelectorVariant } from './container-selector';
import { fileModeOf } from './file-mode';
import type { PodContainer, PodTemplate } from './pod-template';
import { collidingFiles, VolumeFiles } from './volume-files';
import type { VolumeOptions, VolumeSelection } from './volume-of-files';
import type { AgentFile, AgentFiles } from '../delivery/vault/agent-files';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { list, record, text } from '../inspect/model/untyped';
import { formatMode, hasBits } from '../kubernetes/modes';
import { cleanPath } from '../kubernetes/paths';
import { DeclaredSecret } from '../secret/declared-secret';
import type { ISecret } from '../secret/secret-reference';

const PREFIX = 'vault.hashicorp.com/';
const CONTAINERS = `${PREFIX}agent-inject-containers`;
const INIT_FIRST = `${PREFIX}agent-init-first`;
const ONLY_FIRST = `${PREFIX}agent-pre-populate-only`;
const SAME_USER = `${PREFIX}agent-run-as-same-user`;
const OTHERS_READ = 0o004;
const GROUP_READS = 0o040;

/** How pods get the files of a secret from the Vault agent, where they do. */
export function agentOf(secret: ISecret): AgentFiles | undefined {
  return DeclaredSecret._is(secret) ? secret._agentFiles : undefined;
}

/** Why a secret that the Vault agent brings can be bound as files alone, or undefined. */
export function agentProblem(secret: ISecret): Problem | undefined {
  return agentOf(secret) === undefined ? undefined : {
    code: 'UnsupportedByDelivery',
    message: `secret ${JSON.stringify(secret.name)} is delivered by the Vault agent, which writes files into pods; there is no Secret`,
    next: 'bind it with SecretBinding.files, or give it another delivery: SecretDelivery.vault makes a Secret',
  };
}

/** Files of one secret that the Vault agent writes: annotations of the pods. */
export function agentVariant(
  agent: AgentFiles, selection: VolumeSelection, options: VolumeOptions, containers: SelectorVariant, folder: string, subPath?: string,
): BindingVariant {
  const { secret } = selection;
  const files = new VolumeFiles(secret, selection, secret.node);
  const mode = fileModeOf(options.mode, secret.node.path);
  const problem = optionsProblem(selection, options, subPath) ?? collision(files);
  if (problem !== undefined) throw new SecretsError(problem, secret.node.path);
  return {
    secrets: [secret],
    containers,
    applyTo: () => (pod, selected) => {
      claimAll(pod, agent.podAnnotations, secret);
      claimContainers(pod, selected);
      for (const { key, path, mode: own } of files.listed(mode)) {
        const file = { key, folder, path: cleanPath(path), mode: own };
        checkReadable(pod, file);
        claimAll(pod, agent.annotationsOf(file), secret, file);
      }
      if (selected.some(({ isInit }) => isInit)) pod.claim(INIT_FIRST, 'true');
      // otherwise the agent would keep the pods running when their containers have ended
      if (['Never', 'OnFailure'].includes(text(pod.spec.restartPolicy))) pod.claim(ONLY_FIRST, 'true');
      for (const { name, fields } of selected) {
        if (list(fields.volumeMounts).some(mount => cleanPath(text(record(mount).mountPath)) === folder)) {
          pod.refuse('DuplicateMountPath', `container ${JSON.stringify(name)} already has a mount at ${JSON.stringify(folder)}`, 'use another path');
        }
      }
    },
  };
}

function optionsProblem(selection: VolumeSelection, { owner, volumeName }: VolumeOptions, subPath: string | undefined): Problem | undefined {
  const refused = (message: string, next: string): Problem => ({ code: 'UnsupportedByDelivery', message, next });
  if (subPath !== undefined) {
    return refused('the Vault agent mounts folders: one file would hide all else that the image has beside it', "bind it with SecretBinding.files, in a folder of its own: { items: { password: 'password.txt' } }");
  }
  if (selection.optional === true) return refused('the files of the Vault agent are never optional: the pod does not start without them', 'leave optional out');
  if (owner !== undefined || selection.owners !== undefined) return refused('the files of the Vault agent belong to its own user', 'leave owner and owners out');
  if (volumeName !== undefined) return refused('the injector names the volumes of the Vault agent itself', 'leave volumeName out');
  return undefined;
}

function collision(files: VolumeFiles): Problem | undefined {
  const message = collidingFiles([files]);
  return message === undefined ? undefined : { code: 'DuplicateFile', message, next: 'give one of them another path in items' };
}

function claimAll(pod: PodTemplate, annotations: Readonly<Record<string, string>>, secret: ISecret, file?: AgentFile): void {
  for (const [name, value] of Object.entries(annotations)) {
    const other = pod.claim(name, value);
    if (other === undefined) continue;
    if (file === undefined) {
      return pod.refuse('UnsupportedByDelivery', `the pods have the annotation ${name}: ${JSON.stringify(other)}, and secret ${JSON.stringify(secret.name)} asks for ${JSON.stringify(value)}`,
        'one pod has one agent: deliver these secrets by one SecretDelivery.vaultAgent');
    }
    return pod.refuse('DuplicateFile', `key ${JSON.stringify(file.key)} of secret ${JSON.stringify(secret.name)} and another key would both be the file ${JSON.stringify(`${file.folder}/${file.path}`)}`,
      'give one of them another path in items, or another folder or mode');
  }
}

/** Every container that the injector mounts the files in sees all of them. */
function claimContainers(pod: PodTemplate, selected: readonly PodContainer[]): void {
  const names = selected.filter(({ isInit }) => !isInit).map(({ name }) => name);
  if (names.length === 0) {
    return pod.refuse('UnsupportedByDelivery', 'the Vault agent gives files to init containers only together with other containers', 'bind them to a container that is no init container, too');
  }
  const other = pod.claim(CONTAINERS, names.join(','));
  if (other === undefined) return;
  pod.refuse('UnsupportedByDelivery', `containers ${other} see secrets of the Vault agent, and ${names.join(',')} would see these alone: each container that sees one of them sees all`,
    'bind all secrets of the agent to the same containers');
}

/** Files belong to the agent's own user, unless it runs as the first container does. */
function checkReadable(pod: PodTemplate, { path, mode }: AgentFile): void {
  if (mode === undefined || hasBits(mode, OTHERS_READ)) return;
  const user = record(record(list(pod.spec.containers)[0]).securityContext).runAsUser;
  if (typeof user === 'number' && user > 0) {
    pod.claim(SAME_USER, 'true');
    return;
  }
  if (hasBits(mode, GROUP_READS) && record(pod.spec.securityContext).fsGroup !== undefined) return;
  pod.refuse('UnsupportedByDelivery', `the file ${JSON.stringify(path)} with the mode ${formatMode(mode)} belongs to the user of the Vault agent, and the container may not read it`,
    'give the first container a securityContext with runAsUser, as which the agent then runs, or let others read the file');
}
