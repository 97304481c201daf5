import type { Cluster } from './cluster';
import { envName } from '../../kubernetes/env-names';
import { referencesIn } from '../../kubernetes/expansion';
import type { Container, EnvFromSource, EnvVar } from '../decode/decoded';
import type { FieldPath } from '../field-path';

/** Where the value of a variable comes from. */
export enum VariableSource {
  /** A key of a Secret. */
  SECRET = 'secret',
  /** A key of a ConfigMap. */
  CONFIG_MAP = 'config-map',
  /** A field or a resource of the pod. */
  POD = 'pod',
  /** A key of a file in a volume of the pod (`fileKeyRef`), which the kubelet reads when the container starts. */
  FILE = 'file',
  /** A text in the manifest. */
  LITERAL = 'literal',
}

/** What the kubelet makes of one entry. */
export enum VariableState {
  /** The variable is set. */
  SET = 'set',
  /** The entry is passed over, because it is optional and its Secret, ConfigMap or key is not there. */
  ABSENT = 'absent',
  /** The key is passed over, because the kubelet of this version takes it for no name of a variable. */
  SKIPPED = 'skipped',
  /** Whether there is such a Secret, ConfigMap or key is not known here. */
  UNKNOWN = 'unknown',
}

/** One setting of one variable, in the order in which the kubelet makes them: the last one counts. */
export interface Setting {
  /** The variable. */
  readonly name: string;
  readonly state: VariableState;
  readonly source: VariableSource;
  /** The name of the Secret or ConfigMap; the field of the pod; the volume and the path of a file; empty for a literal. */
  readonly from: string;
  readonly key?: string;
  /** The variables that a literal refers to. */
  readonly references: readonly string[];
  readonly path: FieldPath;
  /** Whether it comes from a whole Secret or ConfigMap, by `envFrom`. */
  readonly whole: boolean;
}

/** A whole Secret or ConfigMap whose keys are not known here. */
export interface OpenSource {
  readonly prefix: string;
  readonly source: VariableSource;
  readonly from: string;
  readonly optional: boolean;
  readonly path: FieldPath;
}

/** Why the kubelet does not start the container. */
export interface StartFailure {
  /** As the kubelet prints it. */
  readonly message: string;
  readonly path: FieldPath;
}

/** What the kubelet makes of `env` and `envFrom`. */
export interface Environment {
  readonly settings: readonly Setting[];
  readonly open: readonly OpenSource[];
  /** The first thing that keeps the container from starting. Whatever follows it is listed as if it had not been. */
  readonly failure?: StartFailure;
}

/** The last version whose kubelet passes over keys that are no names of variables. */
export const SKIPS_KEYS_UNTIL = 29;

/** What the kubelet of a minor version makes of the environment of a container. */
export function environmentOf(container: Container, path: FieldPath, namespace: string, cluster: Cluster, minor: number): Environment {
  const builder = new EnvironmentBuilder(namespace, cluster, minor);
  (container.envFrom ?? []).forEach((source, index) => builder.addAll(source, path.child('envFrom').index(index)));
  (container.env ?? []).forEach((variable, index) => builder.add(variable, path.child('env').index(index)));
  return builder;
}

/** The settings that count: of each variable the last one that sets it, in the order of their names. */
export function effectiveSettings(environment: Environment): Setting[] {
  const { settings } = environment;
  if (settings.length < 2) return [...settings];
  const last = new Map<string, Setting>();
  for (const setting of settings) {
    const before = last.get(setting.name);
    if (takesEffect(setting) || before === undefined || !takesEffect(before)) last.set(setting.name, setting);
  }
  return [...last.values()].sort((a, b) => a.name < b.name ? -1 : 1);
}

/** Whether an entry sets its variable, as far as can be known. */
function takesEffect({ state }: Setting): boolean {
  return state === VariableState.SET || state === VariableState.UNKNOWN;
}

/** A Secret or ConfigMap as far as its keys are known. */
interface Keys {
  readonly exists: boolean | 'unknown';
  readonly keys?: ReadonlySet<string>;
}

function notFound(source: VariableSource, name: string): string {
  return `${source === VariableSource.SECRET ? 'secret' : 'configmap'} ${JSON.stringify(name)} not found`;
}

class EnvironmentBuilder implements Environment {
  public readonly settings: Setting[] = [];
  public readonly open: OpenSource[] = [];
  public failure?: StartFailure;

  constructor(private readonly namespace: string, private readonly cluster: Cluster, private readonly minor: number) {}

  /** An entry of `envFrom`. */
  public addAll(entry: EnvFromSource, path: FieldPath): void {
    for (const [ref, source] of [[entry.configMapRef, VariableSource.CONFIG_MAP], [entry.secretRef, VariableSource.SECRET]] as const) {
      const from = ref?.name ?? '';
      if (from === '') continue;
      const optional = ref!.optional === true;
      const prefix = entry.prefix ?? '';
      const { exists, keys } = this.#keysOf(source, from);
      if (exists === false && !optional) this.#fail(notFound(source, from), path);
      if (exists === 'unknown' || keys === undefined) {
        if (exists !== false) this.open.push({ prefix, source, from, optional, path });
        continue;
      }
      for (const key of [...keys].sort()) {
        const name = prefix + key;
        const skipped = this.minor <= SKIPS_KEYS_UNTIL && envName(name).length > 0;
        const state = skipped ? VariableState.SKIPPED : VariableState.SET;
        this.settings.push({ name, state, source, from, key, references: [], path, whole: true });
      }
    }
  }

  /** An entry of `env`. */
  public add(variable: EnvVar, path: FieldPath): void {
    const { name = '', value = '', valueFrom } = variable;
    const set = (source: VariableSource, from: string, key?: string, state = VariableState.SET, references: readonly string[] = []) => {
      this.settings.push({ name, state, source, from, key, references, path, whole: false });
    };
    if (value !== '' || valueFrom === undefined) {
      set(VariableSource.LITERAL, '', undefined, VariableState.SET, referencesIn(value));
    } else if (valueFrom.fieldRef !== undefined) {
      set(VariableSource.POD, valueFrom.fieldRef.fieldPath ?? '');
    } else if (valueFrom.resourceFieldRef !== undefined) {
      set(VariableSource.POD, valueFrom.resourceFieldRef.resource ?? '');
    } else if (valueFrom.fileKeyRef !== undefined) {
      const { volumeName = '', path: file = '', key = '', optional = false } = valueFrom.fileKeyRef;
      set(VariableSource.FILE, `${volumeName}/${file}`, key, optional ? VariableState.UNKNOWN : VariableState.SET);
    } else {
      const { configMapKeyRef, secretKeyRef = {} } = valueFrom;
      const source = configMapKeyRef === undefined ? VariableSource.SECRET : VariableSource.CONFIG_MAP;
      const { name: from = '', key = '', optional = false } = configMapKeyRef ?? secretKeyRef;
      set(source, from, key, this.#stateOf(source, from, key, optional, path));
    }
  }

  #stateOf(source: VariableSource, from: string, key: string, optional: boolean, path: FieldPath): VariableState {
    const { exists, keys } = this.#keysOf(source, from);
    if (exists === true && (keys === undefined || keys.has(key))) return VariableState.SET;
    if (exists === 'unknown') return optional ? VariableState.UNKNOWN : VariableState.SET;
    if (optional) return VariableState.ABSENT;
    const kind = source === VariableSource.SECRET ? 'Secret' : 'ConfigMap';
    this.#fail(exists === false ? notFound(source, from) : `couldn't find key ${key} in ${kind} ${this.namespace}/${from}`, path);
    return VariableState.ABSENT;
  }

  #keysOf(source: VariableSource, name: string): Keys {
    if (source === VariableSource.CONFIG_MAP) {
      const keys = this.cluster.configMap(this.namespace, name)?.plainKeys;
      return { exists: keys === undefined ? 'unknown' : true, keys };
    }
    const secret = this.cluster.secrets.get(this.namespace, name);
    if (secret !== undefined) return { exists: true, keys: secret.keys };
    return { exists: this.cluster.options.missingSecrets === false ? 'unknown' : false };
  }

  #fail(message: string, path: FieldPath): void {
    this.failure ??= { message, path };
  }
}
