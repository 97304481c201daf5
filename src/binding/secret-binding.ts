import { posix } from 'node:path';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct, IMixin } from 'constructs';
import { BoundPod } from './bound-pod';
import { ContainerSelector } from './container-selector';
import { SecretEnvFrom } from './secret-env-from';
import type { SecretVolume, SecretVolumeOptions } from './secret-volume';
import { formatProblem, type Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { envName } from '../kubernetes/env-names';
import { cleanPath, mountPath } from '../kubernetes/paths';
import { isPullSecretType } from '../kubernetes/secret-types';
import type { ISecret, SecretKey } from '../secret/secret-reference';

/**
 * What every binding to containers can be given.
 */
export interface SecretBindingOptions {
  /**
   * Which containers see the secret.
   *
   * @default ContainerSelector.appContainers() - those that the workload has when the binding is applied
   */
  readonly containers?: ContainerSelector;
}

/**
 * Options of `SecretBinding.env`.
 */
export interface SecretEnvOptions extends SecretBindingOptions {
  /**
   * Whether the container starts, without the variable, where the secret or the key is missing.
   *
   * @default false - the container waits for it
   */
  readonly optional?: boolean;
}

/**
 * Options of `SecretBinding.envFrom`.
 */
export interface SecretEnvFromOptions extends SecretEnvOptions {
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
export interface SecretFilesBindingOptions extends SecretVolumeOptions, SecretBindingOptions {}

/**
 * Options of `SecretBinding.file`.
 */
export interface SecretFileOptions extends SecretBindingOptions {
  /**
   * The mode of the file, as an octal text like `'0400'`.
   *
   * @default '0644' (by Kubernetes)
   */
  readonly mode?: string;
}

/** How one binding changes a pod. */
interface BindingVariant {
  readonly secrets: readonly ISecret[];
  /** Which containers it changes, or undefined where it changes the pod as a whole. */
  readonly containers?: ContainerSelector;
  bind(pod: BoundPod, containers: readonly kplus.Container[]): void;
}

/**
 * One way a workload sees a secret: as environment variables, as files, or as credentials to pull images.
 *
 * Apply it to a Pod, Deployment, StatefulSet, DaemonSet, Job or CronJob of cdk8s-plus with `workload.with(binding)`, or
 * to every workload of a chart with `chart.with(binding)`. Applying it again changes nothing.
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
  public static env(name: string, key: SecretKey, options: SecretEnvOptions = {}): SecretBinding {
    checkEnvName(name, 'the name of an environment variable', key.secret);
    return new SecretBinding({
      secrets: [key.secret],
      containers: selector(options),
      bind: (pod, containers) => containers.forEach(container => pod.env(container, name, key, options.optional)),
    });
  }

  /**
   * Every key of a secret as an environment variable.
   *
   * @param secret the secret
   * @param options which containers, a prefix, and whether the secret may be missing
   * @throws InvalidEnvName where a prefix or a known key makes no variable that every version of Kubernetes sets,
   *   SecretTypeMismatch; when it is applied also NamespaceMismatch, UnknownContainer
   */
  public static envFrom(secret: ISecret, options: SecretEnvFromOptions = {}): SecretBinding {
    const { prefix } = options;
    if (prefix !== undefined && prefix !== '') checkEnvName(prefix, 'a prefix of environment variables', secret);
    refusePullSecret(secret, 'environment variables');
    for (const key of secret.keyNames ?? []) {
      checkEnvName(`${prefix ?? ''}${key}`, `the name of the variable for key ${JSON.stringify(key)} of secret ${JSON.stringify(secret.name)}`, secret);
    }
    return new SecretBinding({
      secrets: [secret],
      containers: selector(options),
      bind: (pod, containers) => {
        const source = new SecretEnvFrom(secret, prefix, options.optional);
        containers.forEach(container => pod.envFrom(container, source));
      },
    });
  }

  /**
   * The keys of a secret as files in a folder. Changes of the values reach running containers within minutes.
   *
   * The folder hides what the image has at that path.
   *
   * @param path the folder, an absolute path
   * @param secret the secret
   * @param options which keys, under which names, with which modes, in which containers
   * @throws InvalidMountPath; when it is applied also UnknownKey, InvalidPath, InvalidMode, DuplicateFile,
   *   DuplicateMountPath, DuplicateVolume, SecretTypeMismatch, NamespaceMismatch, UnknownContainer
   */
  public static files(path: string, secret: ISecret, options: SecretFilesBindingOptions = {}): SecretBinding {
    checkMountPath(path, secret);
    const { items, modes, optional, mode, volumeName } = options;
    const source = { secret, items: items && { ...items }, modes: modes && { ...modes }, optional };
    return new SecretBinding({
      secrets: [secret],
      containers: selector(options),
      bind: (pod, containers) => {
        const volume = pod.volume([source], { mode, volumeName });
        containers.forEach(container => pod.mount(container, path, volume.asVolume()));
      },
    });
  }

  /**
   * One key as one file, beside whatever else the image has in that folder.
   *
   * It is a `subPath` mount: a running container never sees a change of the value. Where it should, use `files`.
   *
   * @param path the file, an absolute path
   * @param key the key
   * @param options the mode, and which containers
   * @throws InvalidMountPath; when it is applied also InvalidMode, DuplicateMountPath, DuplicateVolume,
   *   NamespaceMismatch, UnknownContainer
   */
  public static file(path: string, key: SecretKey, options: SecretFileOptions = {}): SecretBinding {
    checkMountPath(path, key.secret);
    const name = posix.basename(path);
    return new SecretBinding({
      secrets: [key.secret],
      containers: selector(options),
      bind: (pod, containers) => {
        const volume = pod.volume([{ secret: key.secret, items: { [key.name]: name } }], { mode: options.mode });
        containers.forEach(container => pod.mount(container, path, volume.asVolume(), name));
      },
    });
  }

  /**
   * A volume of one or several secrets as files in a folder.
   *
   * @param path the folder, an absolute path
   * @param volume the volume
   * @param options which containers
   * @throws InvalidMountPath; when it is applied also DuplicateMountPath, DuplicateVolume, NamespaceMismatch, UnknownContainer
   */
  public static volume(path: string, volume: SecretVolume, options: SecretBindingOptions = {}): SecretBinding {
    checkMountPath(path, volume);
    return new SecretBinding({
      secrets: volume.secrets,
      containers: selector(options),
      bind: (pod, containers) => containers.forEach(container => pod.mount(container, path, volume.asVolume())),
    });
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
    return new SecretBinding({ secrets: [...secrets], bind: pod => secrets.forEach(secret => pod.imagePull(secret)) });
  }

  readonly #variant: BindingVariant;
  /** The containers, of any workload, that it was applied to. */
  readonly #bound = new WeakSet<kplus.Container>();
  /** The names of those containers. */
  readonly #found = new Set<string>();
  readonly #watched = new WeakSet<kplus.AbstractPod>();

  private constructor(variant: BindingVariant) {
    this.#variant = variant;
  }

  /**
   * Whether a construct has pods that this binding can change.
   *
   * @param construct any construct
   */
  public supports(construct: IConstruct): boolean {
    return construct instanceof kplus.AbstractPod;
  }

  /**
   * Applies the binding to one workload; `workload.with(binding)` does the same.
   *
   * @param construct a workload of cdk8s-plus
   * @throws UnsupportedWorkload, NamespaceMismatch, UnknownContainer, DuplicateEnvName, DuplicateMountPath, and what
   *   the factory of the binding names
   */
  public applyTo(construct: IConstruct): void {
    if (!(construct instanceof kplus.AbstractPod)) {
      throw new SecretsError({
        code: 'UnsupportedWorkload',
        message: 'it is no workload of cdk8s-plus',
        next: 'bind a Pod, Deployment, StatefulSet, DaemonSet, Job or CronJob, or use with(…), which finds them',
      }, construct.node.path);
    }
    const pod = BoundPod.of(construct);
    for (const secret of this.#variant.secrets) pod.checkNamespace(secret);
    const { containers } = this.#variant;
    if (containers === undefined) this.#variant.bind(pod, []);
    else this.#bindContainers(construct, pod, containers);
  }

  #bindContainers(workload: kplus.AbstractPod, pod: BoundPod, containers: ContainerSelector): void {
    const selected = containers._select(workload);
    if (selected.length > 0) {
      this.#variant.bind(pod, selected);
    } else if (!containers._mayMiss) {
      throw new SecretsError(noContainer(containers._unmet(this.#found)!), workload.node.path);
    }
    for (const container of selected) {
      this.#bound.add(container);
      this.#found.add(container.name);
    }
    if (this.#watched.has(workload)) return;
    this.#watched.add(workload);
    workload.node.addValidation({ validate: () => this.#containerProblems(workload, containers).map(formatProblem) });
  }

  #containerProblems(workload: kplus.AbstractPod, containers: ContainerSelector): Problem[] {
    const unmet = containers._unmet(this.#found);
    const later = containers._select(workload).filter(container => !this.#bound.has(container));
    return [...unmet === undefined || later.length > 0 ? [] : [noContainer(unmet)], ...later.map(addedLater)];
  }
}

function selector(options: SecretBindingOptions): ContainerSelector {
  return options.containers ?? ContainerSelector.appContainers();
}

function checkEnvName(name: string, what: string, at: IConstruct): void {
  const wrong = typeof name === 'string' ? envName(name) : ['must be a text'];
  if (wrong.length > 0) {
    throw new SecretsError({
      code: 'InvalidEnvName',
      message: `${JSON.stringify(name)} can not be ${what}: ${wrong.join(', ')}`,
      next: "use letters, digits, '_', '-' and '.', not starting with a digit; a prefix can help",
    }, at.node.path);
  }
}

function checkMountPath(path: string, at: IConstruct): void {
  const wrong = typeof path === 'string' ? mountPath(path) : ['must be a text'];
  if (wrong.length > 0) {
    throw new SecretsError({
      code: 'InvalidMountPath',
      message: `${JSON.stringify(path)} can be no mount path: ${wrong.join(', ')}`,
      next: nextPath(path),
    }, at.node.path);
  }
}

/** What was probably meant, if that is a path to mount at. */
function nextPath(path: unknown): string {
  const meant = typeof path === 'string' ? cleanPath(path.split(':')[0]) : '';
  return mountPath(meant).length === 0 ? `use ${JSON.stringify(meant)}` : "give the absolute path of a folder or file, like '/etc/foo'";
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

function noContainer(unmet: string): Problem {
  return {
    code: 'UnknownContainer',
    message: `there is no ${unmet} that the binding could be applied to`,
    next: 'check the name, and add the containers before the binding is applied',
  };
}

function addedLater(container: kplus.Container): Problem {
  return {
    code: 'ContainerAddedLater',
    message: `container ${JSON.stringify(container.name)} was added after a binding that is for it too, and does not see the secret`,
    next: 'add the container first, or apply the binding again after it',
  };
}
