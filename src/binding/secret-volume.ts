import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { csiSource } from './csi-source';
import { fileModeOf } from './file-mode';
import { PodVolume } from './pod-volume';
import { collidingFiles, VolumeFiles } from './volume-files';
import { volumeName } from './volume-name';
import { formatProblem, type Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { formatMode } from '../kubernetes/modes';
import { dns1123Label } from '../kubernetes/names';
import type { ISecret } from '../secret/secret-reference';

/**
 * Which keys of a secret become which files.
 */
export interface SecretFilesOptions {
  /**
   * The path of the file for each key, relative to the volume. Keys that are not listed become no files.
   *
   * @default - every key becomes a file of its name
   */
  readonly items?: { [key: string]: string };

  /**
   * The mode of single files, by key, as octal texts like `'0400'`.
   *
   * @default - the mode of the volume
   */
  readonly modes?: { [key: string]: string };

  /**
   * Whether the pod starts, without the files, where the secret or a listed key is missing.
   *
   * @default false - the pod waits for them
   */
  readonly optional?: boolean;
}

/**
 * What every volume of secrets can be given.
 */
export interface CommonSecretVolumeOptions {
  /**
   * The mode of the files, as an octal text like `'0400'`.
   *
   * The files belong to root: a container that runs as another user needs a mode that lets others read, or the pod an
   * `fsGroup`, which adds read permission for that group.
   *
   * @default '0644' (by Kubernetes)
   */
  readonly mode?: string;

  /**
   * The name of the volume in the pod, a DNS label of at most 63 characters.
   *
   * @default - a name made from the secrets' names, the same for the same files
   */
  readonly volumeName?: string;
}

/**
 * Options of `SecretVolume.fromSecret`.
 */
export interface SecretVolumeOptions extends SecretFilesOptions, CommonSecretVolumeOptions {}

/**
 * One of several secrets in a volume.
 */
export interface SecretVolumeSource extends SecretFilesOptions {
  /**
   * The secret.
   */
  readonly secret: ISecret;
}

/**
 * Files in a pod from one or several secrets.
 *
 * Made of one secret it is a `secret` volume, of several a `projected` one, and of secrets that the CSI driver brings a
 * `csi` one. It is taken wherever cdk8s-plus takes an
 * `IStorage`, so `container.mount('/etc/foo', volume)` works; the kubelet mounts it read-only in any case.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#secret
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
 */
export class SecretVolume extends Construct implements kplus.IStorage {
  /**
   * The files of one secret.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param secret the secret
   * @param options which keys, where, and with which modes
   * @throws UnknownKey, InvalidPath, InvalidMode, InvalidName, DuplicateFile, SecretTypeMismatch
   */
  public static fromSecret(scope: Construct, id: string, secret: ISecret, options: SecretVolumeOptions = {}): SecretVolume {
    return new SecretVolume(scope, id, [{ secret, ...options }], options);
  }

  /**
   * The files of several secrets in one folder.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param sources the secrets, and which keys of each
   * @param options the volume's mode and name
   * @throws UnknownKey, InvalidPath, InvalidMode, InvalidName, DuplicateFile, SecretTypeMismatch
   */
  public static fromSecrets(scope: Construct, id: string, sources: SecretVolumeSource[], options: CommonSecretVolumeOptions = {}): SecretVolume {
    return new SecretVolume(scope, id, sources, options);
  }

  /**
   * The name that these options would give a volume, and a text that is the same for every volume of the same files.
   *
   * @internal
   */
  public static _identify(
    sources: SecretVolumeSource[], options: CommonSecretVolumeOptions, constructPath: string,
  ): { name: string; content: string } {
    const files = sources.map(source => new VolumeFiles(source.secret, source, { path: constructPath }));
    const mode = fileModeOf(options.mode, constructPath);
    const name = nameOf(files, mode, options.volumeName);
    const problem = volumeNameProblem(name);
    if (problem !== undefined) throw new SecretsError(problem, constructPath);
    return { name, content: JSON.stringify([name, contentOf(files, mode)]) };
  }

  /**
   * The name of the volume in the pod.
   */
  public readonly volumeName: string;

  readonly #secrets: readonly ISecret[];
  readonly #volume: kplus.Volume;

  private constructor(scope: Construct, id: string, sources: SecretVolumeSource[], options: CommonSecretVolumeOptions) {
    super(scope, id);
    const files = sources.map(source => new VolumeFiles(source.secret, source, this.node));
    const mode = fileModeOf(options.mode, this.node.path);
    this.#secrets = sources.map(source => source.secret);
    this.volumeName = nameOf(files, mode, options.volumeName);
    const problem = sourceProblem(files) ?? volumeNameProblem(this.volumeName) ?? collisionProblem(files);
    if (problem !== undefined) throw new SecretsError(problem, this.node.path);
    // a secret may get further keys after this
    this.node.addValidation({ validate: () => [collisionProblem(files)].filter(found => found !== undefined).map(formatProblem) });
    const csi = csiSource(this, files, mode);
    this.#volume = new PodVolume(this, 'Volume', this.volumeName, () => csi ?? volumeSource(files, mode));
  }

  /**
   * The secrets whose files it holds.
   */
  public get secrets(): ISecret[] {
    return [...this.#secrets];
  }

  /**
   * The volume, as cdk8s-plus takes it.
   */
  public asVolume(): kplus.Volume {
    return this.#volume;
  }
}

function volumeSource(files: readonly VolumeFiles[], mode: number | undefined): object {
  if (files.length === 1) {
    const [only] = files;
    return { secret: { secretName: only.secret.name, defaultMode: mode, ...only.toKube() } };
  }
  return {
    projected: {
      defaultMode: mode,
      sources: files.map(source => ({ secret: { name: source.secret.name, ...source.toKube() } })),
    },
  };
}

function nameOf(files: readonly VolumeFiles[], mode: number | undefined, given: string | undefined): string {
  if (given !== undefined) return given;
  const names = files.map(source => source.secret.name);
  const isPlain = files.length === 1 && files[0].distinction === '' && mode === undefined;
  return volumeName(`secret-${names.join('-')}`, isPlain ? '' : contentOf(files, mode));
}

/** A text that is the same for the same files, however they were written down. */
function contentOf(files: readonly VolumeFiles[], mode: number | undefined): string {
  return JSON.stringify([mode === undefined ? mode : formatMode(mode), files.map(source => [source.secret.name, source.distinction])]);
}

function sourceProblem(files: readonly VolumeFiles[]): Problem | undefined {
  return files.length > 0 ? undefined : {
    code: 'InvalidValue',
    message: 'a volume of secrets needs at least one secret',
    next: 'name the secrets whose files it holds',
  };
}

function volumeNameProblem(name: string): Problem | undefined {
  const wrong = dns1123Label(name);
  return wrong.length === 0 ? undefined : {
    code: 'InvalidName',
    message: `${JSON.stringify(name)} can be no name of a volume: ${wrong.join(', ')}`,
    next: "use lower-case letters, digits and '-', at most 63, or leave it out to have one derived",
  };
}

function collisionProblem(files: readonly VolumeFiles[]): Problem | undefined {
  const collision = collidingFiles(files);
  return collision === undefined ? undefined : {
    code: 'DuplicateFile',
    message: collision,
    next: 'give one of them another path in items',
  };
}
