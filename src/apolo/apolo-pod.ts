import { createHash } from 'node:crypto';
import { dns1123Label, MAX_LABEL_LENGTH } from '../kubernetes/names';
import { withoutEnd } from '../kubernetes/trim';

/** A secret of the platform, as the key of a Secret. */
export interface KeyReference {
  readonly secretName: string;
  readonly key: string;
}

/** What the pod of a job is made of. */
export interface ApoloPod {
  readonly image: string;
  /** What replaces the entry point of the image. */
  readonly entrypoint?: readonly string[];
  /** Its arguments. */
  readonly command?: readonly string[];
  readonly plainEnv: Readonly<Record<string, string>>;
  readonly secretEnv: readonly (KeyReference & { readonly name: string })[];
  readonly files: readonly (KeyReference & { readonly path: string })[];
  readonly cpu?: string;
  readonly memory?: string;
  readonly pullSecrets: readonly string[];
  /** The user and the group that the container runs as, where the files must be made readable for them. */
  readonly user?: number;
  readonly group?: number;
}

/** Only the owner of the files, root, may read them; with a group for the volumes the kubelet adds that one. */
const FILE_MODE = 0o400;

/** How the platform cuts the name of a volume that is too long. */
const CUT_LENGTH = 50;
const SUFFIX_LENGTH = 12;

/**
 * The pod spec that the platform makes of a job: every variable refers to its key, and every secret file is a `subPath`
 * mount of one volume per Secret.
 *
 * @see https://github.com/neuro-inc/platform-api
 */
export function apoloPodSpec(pod: ApoloPod): object {
  const resources = pod.cpu === undefined && pod.memory === undefined ? undefined : { cpu: pod.cpu, memory: pod.memory };
  const volumes = [...new Set(pod.files.map(({ secretName }) => secretName))];
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    ...securityContextOf(pod),
    imagePullSecrets: undefinedIfEmpty(pod.pullSecrets.map(name => ({ name }))),
    containers: [{
      name: 'main',
      image: pod.image,
      imagePullPolicy: 'Always',
      command: pod.entrypoint,
      args: pod.command,
      env: undefinedIfEmpty([
        ...Object.entries(pod.plainEnv).map(([name, value]) => ({ name, value })),
        ...pod.secretEnv.map(({ name, secretName, key }) => ({ name, valueFrom: { secretKeyRef: { name: secretName, key } } })),
      ]),
      resources: resources && { limits: resources, requests: resources },
      stdin: true,
      terminationMessagePolicy: 'FallbackToLogsOnError',
      volumeMounts: undefinedIfEmpty(pod.files.map(({ path, secretName, key }) => (
        { name: volumeNameOf(secretName), mountPath: path, subPath: key, readOnly: true }
      ))),
    }],
    volumes: undefinedIfEmpty(volumes.map(secretName => ({ name: volumeNameOf(secretName), secret: { secretName, defaultMode: FILE_MODE } }))),
  };
}

function securityContextOf({ user, group, files }: ApoloPod): { securityContext?: object } {
  if (user === undefined && group === undefined) return {};
  const owner = group ?? user;
  return { securityContext: { runAsUser: user, runAsGroup: group, fsGroup: files.length > 0 && user !== 0 ? owner : undefined } };
}

/** The Secret's own name, or where no volume can have it as much of it as the platform keeps, and a hash where that rolls dice. */
function volumeNameOf(secretName: string): string {
  if (dns1123Label(secretName).length === 0) return secretName;
  const hash = createHash('sha256').update(secretName).digest('hex').slice(0, SUFFIX_LENGTH);
  const start = secretName.replaceAll('.', '-').slice(0, Math.min(CUT_LENGTH, MAX_LABEL_LENGTH - SUFFIX_LENGTH - 1));
  return `${withoutEnd(start, '-')}-${hash}`;
}

function undefinedIfEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
