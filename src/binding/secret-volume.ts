import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { VolumeOfFiles } from './volume-of-files';
import { addOwnValidation } from '../app/own-validation';
import { formatProblem } from '../errors/problem';
import type { ISecret } from '../secret/secret-reference';

/**
 * Which keys of a secret become which files.
 */
export interface SecretSelection {
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
   * The owner of single files, by key, as the number of a user. See `owner` for the versions that know it.
   *
   * @default - the owner of the volume's files
   */
  readonly owners?: { [key: string]: number };

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
export interface SecretVolumeProps {
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
   * The user that the files belong to, as a number, so that a container that runs as that user may read them with mode `'0400'`
   * and without an `fsGroup`.
   *
   * It needs Kubernetes 1.37 with the feature gate `AtomicWriteVolumeUserFields`, which is off by default: without it the API server
   * drops the field in silence, and the files belong to root. The inspection says so (`FieldDropped`); acknowledge that where the gate is on.
   *
   * @default - root
   */
  readonly owner?: number;

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
export interface SecretVolumeOptions extends SecretSelection, SecretVolumeProps {}

/**
 * One of several secrets in a volume.
 */
export interface SecretVolumeSource extends SecretSelection {
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
   * @throws UnknownKey, InvalidPath, InvalidMode, OutOfRange, InvalidName, DuplicateFile, SecretTypeMismatch
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
  public static fromSecrets(scope: Construct, id: string, sources: SecretVolumeSource[], options: SecretVolumeProps = {}): SecretVolume {
    return new SecretVolume(scope, id, sources, options);
  }

  /**
   * The name of the volume in the pod.
   */
  public readonly volumeName: string;

  readonly #secrets: readonly ISecret[];
  readonly #volume: VolumeOfFiles;
  readonly #source: () => object;
  #asVolume?: kplus.Volume;

  private constructor(scope: Construct, id: string, sources: SecretVolumeSource[], options: SecretVolumeProps) {
    super(scope, id);
    this.#secrets = sources.map(source => source.secret);
    const volume = new VolumeOfFiles(sources, options, this.node);
    this.#volume = volume;
    this.#source = volume.sourceIn(() => this);
    this.volumeName = volume.name;
    // a secret may get further keys after this
    addOwnValidation(this, () => [volume.collision()].filter(found => found !== undefined).map(formatProblem));
  }

  /**
   * The secrets whose files it holds.
   */
  public get secrets(): ISecret[] {
    return [...this.#secrets];
  }

  /**
   * The volume, as cdk8s-plus takes it: any version of it.
   */
  public asVolume(): kplus.Volume;
  // Volumes of two versions have private members, so no type is both; languages other than TypeScript see the first line only.
  public asVolume(): any;
  public asVolume(): any {
    // Of a volume, every cdk8s-plus asks its name, and what the pod's `volumes` hold of it when the pod is rendered.
    return this.#asVolume ??= { name: this.volumeName, _toKube: () => ({ name: this.volumeName, ...this.#source() }) } as unknown as kplus.Volume;
  }

  /**
   * A text that is the same for every volume of the same files and name.
   *
   * @internal
   */
  public get _content(): string {
    return this.#volume.content;
  }

  /**
   * What it is made of, as a pod's `volumes` say it.
   *
   * @internal
   */
  public _source(): object {
    return this.#source();
  }
}
