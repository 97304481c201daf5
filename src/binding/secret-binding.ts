import { posix } from 'node:path';
import type { IConstruct, IMixin } from 'constructs';
import { AppBindings, type BindingVariant } from './app-bindings';
import { checkEnvName, checkIsSecret, checkMountPath, selectorOf } from './binding-rules';
import { filesVariant, pullVariant, volumeVariant, withSecret } from './binding-variants';
import type { ContainerSelector } from './container-selector';
import { envFilesVariant } from './env-files';
import type { SecretVolume, SecretVolumeOptions } from './secret-volume';
import { SecretsError } from '../errors/secrets-error';
import { isPullSecretType } from '../kubernetes/secret-types';
import type { ISecret, SecretKey } from '../secret/secret-reference';

/**
 * What every binding to containers can be given.
 */
export interface BindingOptions {
  /**
   * Which containers see the secret.
   *
   * @default ContainerSelector.appContainers()
   */
  readonly containers?: ContainerSelector;
}

/**
 * Options of `SecretBinding.env`.
 */
export interface EnvBindingOptions extends BindingOptions {
  /**
   * Whether the container starts, without the variable, where the secret or the key is missing.
   *
   * @default false - the container waits for it
   */
  readonly optional?: boolean;
}

/**
 * Options of `SecretBinding.envsFromFiles`.
 */
export interface EnvFilesBindingOptions extends BindingOptions {
  /**
   * An image with `sh`, `cat` and `grep`, such as `busybox:1.37`, for the init container that writes the file.
   */
  readonly image: string;
}

/**
 * Options of `SecretBinding.envFrom`.
 */
export interface EnvFromBindingOptions extends EnvBindingOptions {
  /**
   * What stands before each key in the name of its variable.
   *
   * @default - nothing
   */
  readonly prefix?: string;
}

/**
 * Options of `SecretBinding.files`.
 */
export interface FilesBindingOptions extends SecretVolumeOptions, BindingOptions {}

/**
 * Options of `SecretBinding.file`.
 */
export interface FileBindingOptions extends BindingOptions {
  /**
   * The mode of the file, as an octal text like `'0400'`.
   *
   * @default '0644' (by Kubernetes)
   */
  readonly mode?: string;

  /**
   * The user that the file belongs to, as a number. It needs Kubernetes 1.37 with the feature gate `AtomicWriteVolumeUserFields`, which
   * is off by default; see `SecretVolumeProps.owner`.
   *
   * @default - root
   */
  readonly owner?: number;
}

/**
 * One way a workload sees a secret: as environment variables, as files, or as credentials to pull images.
 *
 * Apply it to a workload with `binding.bind(workload)` or `workload.with(binding)`, or to every workload of a chart, those that
 * come later too, with `chart.with(binding)`. A workload is whatever makes an object with a pod template: of any
 * cdk8s-plus, an `ApiObject`, what `Include` and `Helm` bring, a custom resource. Applying it again changes nothing.
 *
 * The binding is made in the manifest, when that is rendered; JSON patches come after it.
 *
 * @example
 * const db = Secret.fromSecretName(this, 'Db', 'db', { keys: ['username', 'password'] });
 * new kplus.Deployment(this, 'Api', { containers: [{ image: 'api' }] }).with(
 *   SecretBinding.env('DB_USER', db.key('username')),
 *   SecretBinding.files('/etc/db', db, { items: { password: 'password' }, mode: '0400' }),
 * );
 */
export class SecretBinding implements IMixin {
  /**
   * One key as one environment variable. A change of the value is seen by new containers only.
   *
   * @param name the name of the variable
   * @param key the key
   * @param options which containers, and whether it may be missing
   * @throws InvalidEnvName; when it is applied also NamespaceMismatch, UnknownContainer, DuplicateEnvName
   */
  public static env(name: string, key: SecretKey, options: EnvBindingOptions = {}): SecretBinding {
    checkEnvName(name, 'the name of an environment variable', key.secret);
    return new SecretBinding([{
      secrets: [key.secret],
      containers: selectorOf(options),
      applyTo: scope => withSecret(key.secret, scope, (pod, container) => pod.env(container, name, key._valueFrom(options.optional))),
    }]);
  }

  /**
   * Several keys as one environment variable each: `SecretBinding.envs({ DB_USER: db.key('username') })`.
   *
   * @param variables the key for each name of a variable
   * @param options which containers, and whether they may be missing
   * @throws as env does
   */
  public static envs(variables: { [name: string]: SecretKey }, options: EnvBindingOptions = {}): SecretBinding {
    return SecretBinding.all(...Object.entries(variables).map(([name, key]) => SecretBinding.env(name, key, options)));
  }

  /**
   * Keys as environment variables that the kubelet reads from a file (`fileKeyRef`), and no Secret for them: for secrets that the CSI driver
   * brings, which stay out of the cluster's database, and whose files the container itself need not mount.
   *
   * An init container writes the file from those of the secret into memory, when the pod starts; a change is seen by new pods only. It fails for
   * a value that is empty, or has a single quote or a carriage return, which such a file cannot hold.
   *
   * It needs Kubernetes 1.35.
   *
   * @param variables the key for each name of a variable
   * @param options the image of the init container, and which containers see the variables
   * @throws InvalidEnvName; when it is applied also NamespaceMismatch, UnknownContainer, DuplicateEnvName, DuplicateContainer, UnsupportedWorkload
   */
  public static envsFromFiles(variables: { [name: string]: SecretKey }, options: EnvFilesBindingOptions): SecretBinding {
    const bySecret = new Map<ISecret, Map<string, SecretKey>>();
    for (const name of Object.keys(variables).sort()) {
      const key = variables[name];
      checkEnvName(name, 'the name of an environment variable', key.secret);
      const keys = bySecret.get(key.secret) ?? new Map<string, SecretKey>();
      bySecret.set(key.secret, keys.set(name, key));
    }
    return new SecretBinding([...bySecret].map(([secret, keys]) => envFilesVariant(secret, keys, options.image, selectorOf(options))));
  }

  /**
   * Every key of a secret as an environment variable.
   *
   * @param secret the secret
   * @param options which containers, a prefix, and whether the secret may be missing
   * @throws InvalidEnvName where a prefix or a known key makes no variable that every version of Kubernetes sets,
   *   SecretTypeMismatch, InvalidValue for a ConfigMap; when it is applied also NamespaceMismatch, UnknownContainer
   */
  public static envFrom(secret: ISecret, options: EnvFromBindingOptions = {}): SecretBinding {
    const { prefix } = options;
    checkIsSecret(secret);
    if (prefix !== undefined && prefix !== '') checkEnvName(prefix, 'a prefix of environment variables', secret);
    refusePullSecret(secret, 'environment variables');
    for (const key of secret.keyNames ?? []) {
      checkEnvName(`${prefix ?? ''}${key}`, `the name of the variable for key ${JSON.stringify(key)} of secret ${JSON.stringify(secret.name)}`, secret);
    }
    const source = { prefix, secretRef: { name: secret.name, optional: options.optional } };
    return new SecretBinding([{
      secrets: [secret],
      containers: selectorOf(options),
      applyTo: scope => withSecret(secret, scope, (pod, container) => pod.envFrom(container, source)),
    }]);
  }

  /**
   * The keys of a secret as files in a folder. Changes of the values reach running containers within minutes.
   *
   * The folder hides what the image has at that path.
   *
   * @param path the folder, an absolute path
   * @param secret the secret
   * @param options which keys, under which names, with which modes and owners, in which containers
   * @throws InvalidMountPath, InvalidValue for a ConfigMap; when it is applied also UnknownKey, InvalidPath, InvalidMode, OutOfRange, DuplicateFile,
   *   DuplicateMountPath, DuplicateVolume, SecretTypeMismatch, NamespaceMismatch, UnknownContainer
   */
  public static files(path: string, secret: ISecret, options: FilesBindingOptions = {}): SecretBinding {
    checkIsSecret(secret);
    checkMountPath(path, secret);
    const { items, modes, owners, optional, mode, owner, volumeName } = options;
    const selection = { secret, items: items && { ...items }, modes: modes && { ...modes }, owners: owners && { ...owners }, optional };
    return new SecretBinding([filesVariant(selection, { mode, owner, volumeName }, selectorOf(options), path)]);
  }

  /**
   * One key as one file, beside whatever else the image has in that folder.
   *
   * It is a `subPath` mount: a running container never sees a change of the value. Where it should, use `files`.
   *
   * @param path the file, an absolute path
   * @param key the key
   * @param options the mode, the owner, and which containers
   * @throws InvalidMountPath; when it is applied also InvalidMode, OutOfRange, DuplicateMountPath, DuplicateVolume,
   *   NamespaceMismatch, UnknownContainer
   */
  public static file(path: string, key: SecretKey, options: FileBindingOptions = {}): SecretBinding {
    checkMountPath(path, key.secret);
    const name = posix.basename(path);
    const selection = { secret: key.secret, items: { [key.name]: name } };
    return new SecretBinding([filesVariant(selection, { mode: options.mode, owner: options.owner }, selectorOf(options), path, name)]);
  }

  /**
   * A volume of one or several secrets as files in a folder.
   *
   * @param path the folder, an absolute path
   * @param volume the volume
   * @param options which containers
   * @throws InvalidMountPath; when it is applied also DuplicateMountPath, DuplicateVolume, NamespaceMismatch, UnknownContainer
   */
  public static volume(path: string, volume: SecretVolume, options: BindingOptions = {}): SecretBinding {
    checkMountPath(path, volume);
    return new SecretBinding([volumeVariant(volume, selectorOf(options), path)]);
  }

  /**
   * Credentials that the kubelet pulls the pod's images with.
   *
   * They replace those of the pod's ServiceAccount, which Kubernetes uses only where a pod names none.
   *
   * @param secrets any number of secrets of type `kubernetes.io/dockerconfigjson` or `kubernetes.io/dockercfg`
   * @throws SecretTypeMismatch; when it is applied also NamespaceMismatch
   */
  public static imagePull(...secrets: ISecret[]): SecretBinding {
    for (const secret of secrets) {
      if (secret.secretType !== undefined && !isPullSecretType(secret.secretType)) {
        throw new SecretsError({
          code: 'SecretTypeMismatch',
          message: `secret ${JSON.stringify(secret.name)} is of type ${JSON.stringify(secret.secretType)}; the kubelet would ignore it in silence`,
          next: 'use a DockerConfigSecret, or another secret of type kubernetes.io/dockerconfigjson',
        }, secret.node.path);
      }
    }
    return new SecretBinding([pullVariant([...secrets])]);
  }

  /**
   * Several bindings as one.
   *
   * @param bindings any number of bindings
   */
  public static all(...bindings: SecretBinding[]): SecretBinding {
    return new SecretBinding(bindings.flatMap(binding => binding._variants));
  }

  /**
   * A binding that is made elsewhere.
   *
   * @internal
   */
  public static _of(...variants: BindingVariant[]): SecretBinding {
    return new SecretBinding(variants);
  }

  /** @internal */
  public readonly _variants: readonly BindingVariant[];

  private constructor(variants: readonly BindingVariant[]) {
    this._variants = variants;
  }

  /**
   * Whether it can be applied to a construct: to any, since pods may be made below it later. One that reaches no pod is an
   * error when the app is synthesized.
   *
   * @param _construct any construct
   */
  public supports(_construct: IConstruct): boolean {
    return true;
  }

  /**
   * Applies the binding to all pods that are made below a construct; `construct.with(binding)` does the same.
   *
   * @param construct a workload, a chart or any other construct
   * @throws UnsupportedWorkload, NamespaceMismatch, UnsupportedByDelivery; when the app is synthesized also BindingUnused,
   *   UnknownContainer, DuplicateEnvName, DuplicateMountPath, DuplicateVolume, BindingDropped
   */
  public applyTo(construct: IConstruct): void {
    for (const variant of this._variants) AppBindings.of(construct).apply(variant, construct);
  }

  /**
   * Applies the binding, and gives back what it was applied to, with its own type:
   * `SecretBinding.env(…).bind(new kplus.Deployment(…)).exposeViaService()`. In other languages: `applyTo`.
   *
   * @param construct a workload, a chart or any other construct
   * @returns the construct
   * @throws as applyTo does
   *
   * @jsii ignore
   */
  public bind<T extends IConstruct>(construct: T): T {
    this.applyTo(construct);
    return construct;
  }
}

function refusePullSecret(secret: ISecret, what: string): void {
  if (secret.secretType !== undefined && isPullSecretType(secret.secretType)) {
    throw new SecretsError({
      code: 'SecretTypeMismatch',
      message: `secret ${JSON.stringify(secret.name)} holds image-pull credentials (${secret.secretType}); as ${what} it pulls no image`,
      next: 'bind it with SecretBinding.imagePull',
    }, secret.node.path);
  }
}
