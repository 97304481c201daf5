import type { BindingVariant } from './app-bindings';
import { checkEnvName, checkMountPath, selectorOf } from './binding-rules';
import { fileModeOf } from './file-mode';
import type { PodContainer, PodTemplate } from './pod-template';
import { type BindingOptions, SecretBinding } from './secret-binding';
import { collidingFiles, VolumeFiles } from './volume-files';
import { volumeName } from './volume-name';
import { SecretsError } from '../errors/secrets-error';
import { SecretConfigMap } from '../secret/secret-config-map';

/**
 * Options of `ConfigMapBinding.envFrom`.
 */
export interface ConfigMapEnvFromOptions extends BindingOptions {
  /**
   * What stands before each key in the name of its variable.
   *
   * @default - nothing
   */
  readonly prefix?: string;
}

/**
 * Options of `ConfigMapBinding.files`.
 */
export interface ConfigMapFilesOptions extends BindingOptions {
  /**
   * Which keys become files, and the path of each in the folder.
   *
   * @default - every key, as a file of its name
   */
  readonly items?: { readonly [key: string]: string };

  /**
   * The mode of the files, as an octal text like `'0444'`.
   *
   * @default '0644' (by Kubernetes)
   */
  readonly mode?: string;
}

/**
 * One way a workload sees the ConfigMap beside a secret: what `SecretBinding` is to the secret. Each gives a `SecretBinding`, which is applied
 * like all others, and restarts pods like them.
 */
export class ConfigMapBinding {
  /**
   * One key as one environment variable.
   *
   * @param name the name of the variable
   * @param configMap the ConfigMap
   * @param key the key
   * @param options which containers
   * @throws InvalidValue, InvalidEnvName, UnknownKey; when it is applied also NamespaceMismatch, UnknownContainer, DuplicateEnvName
   */
  public static env(name: string, configMap: SecretConfigMap, key: string, options: BindingOptions = {}): SecretBinding {
    checkConfigMap(configMap);
    checkEnvName(name, 'the name of an environment variable', configMap);
    const valueFrom = { configMapKeyRef: { key: configMap._key(key).name, name: configMap.name } };
    return ofContainers(configMap, options, (pod, container) => pod.env(container, name, valueFrom));
  }

  /**
   * Every key as an environment variable.
   *
   * @param configMap the ConfigMap
   * @param options which containers, and a prefix
   * @throws InvalidValue; InvalidEnvName where a prefix or a key makes no variable that every version of Kubernetes sets; when it is applied also
   *   NamespaceMismatch, UnknownContainer
   */
  public static envFrom(configMap: SecretConfigMap, options: ConfigMapEnvFromOptions = {}): SecretBinding {
    checkConfigMap(configMap);
    const { prefix } = options;
    if (prefix !== undefined && prefix !== '') checkEnvName(prefix, 'a prefix of environment variables', configMap);
    for (const key of configMap.keyNames) {
      checkEnvName(`${prefix ?? ''}${key}`, `the name of the variable for key ${JSON.stringify(key)} of ConfigMap ${JSON.stringify(configMap.name)}`, configMap);
    }
    return ofContainers(configMap, options, (pod, container) => pod.envFrom(container, { prefix, configMapRef: { name: configMap.name } }));
  }

  /**
   * The keys as files in a folder, which hides what the image has at that path. Changes reach running containers within minutes.
   *
   * @param path the folder, an absolute path
   * @param configMap the ConfigMap
   * @param options which keys, under which names, with which mode, in which containers
   * @throws InvalidValue, InvalidMountPath, UnknownKey, InvalidPath, InvalidMode, DuplicateFile; when it is applied also DuplicateMountPath, DuplicateVolume,
   *   NamespaceMismatch, UnknownContainer
   */
  public static files(path: string, configMap: SecretConfigMap, options: ConfigMapFilesOptions = {}): SecretBinding {
    checkConfigMap(configMap);
    checkMountPath(path, configMap);
    const { name, keyNames, node } = configMap;
    const mode = fileModeOf(options.mode, node.path);
    const keyed = { name, keyNames, key: (key: string) => configMap._key(key) };
    const files = new VolumeFiles(keyed, { items: options.items && { ...options.items } }, node, 'ConfigMap');
    const collision = collidingFiles([files], 'ConfigMap');
    if (collision !== undefined) {
      throw new SecretsError({ code: 'DuplicateFile', message: collision, next: 'give one of them another path in items' }, node.path);
    }
    const content = JSON.stringify(['ConfigMap', name, mode, files.items]);
    const volume = volumeName(`configmap-${name}`, mode === undefined && files.items === undefined ? '' : content);
    const source = { configMap: { name, defaultMode: mode, items: files.items } };
    return bindingOf(configMap, options, (pod, containers) => {
      const made = pod.volume(volume, content, source);
      if (made !== undefined) containers.forEach(container => pod.mount(container, path, made));
    });
  }

  private constructor() {}
}

/** Any other ConfigMap has a class of its own, which knows how to bind it. */
function checkConfigMap(configMap: unknown): void {
  if (SecretConfigMap._is(configMap)) return;
  throw new SecretsError({
    code: 'InvalidValue',
    message: 'what is bound is no SecretConfigMap',
    next: 'give the ConfigMap beside a secret; cdk8s-plus binds any other one: EnvValue.fromConfigMap, Env.fromConfigMap, Volume.fromConfigMap',
  });
}

function ofContainers(
  configMap: SecretConfigMap, options: BindingOptions, change: (pod: PodTemplate, container: PodContainer) => void,
): SecretBinding {
  return bindingOf(configMap, options, (pod, containers) => containers.forEach(container => change(pod, container)));
}

function bindingOf(configMap: SecretConfigMap, options: BindingOptions, change: ReturnType<BindingVariant['applyTo']>): SecretBinding {
  return SecretBinding._of({ secrets: [], configMaps: [configMap], containers: selectorOf(options), applyTo: () => change });
}
