import { dockerCpus, dockerMemory } from './docker-units';
import { composeDocument, stackDocument, type ServiceResources, type ServiceSecret, type StackModel, type StackService } from './stack-model';
import { checkStack } from './stack-rules';
import { SwarmSecretSource } from './swarm-secret-source';
import { fileModeOf } from '../binding/file-mode';
import { yamlText } from '../document/yaml-text';
import { SecretsError } from '../errors/secrets-error';
import { isPullSecretType } from '../kubernetes/secret-types';
import type { ISecret } from '../secret/secret-reference';
import { initialReplicas, SCALE_MIN_LABEL, secretsPath, type FunctionSpec, type Resources } from '../workload/function-spec';
import type { SecretBackedFunction } from '../workload/secret-backed-function';
import { secretCommand, shellWord, type NamedKey } from '../workload/secret-commands';

/** The network of the stack that OpenFaaS itself is deployed as. */
const DEFAULT_NETWORK = 'func_functions';
const DEFAULT_CONSTRAINT = 'node.platform.os == linux';
const FIRST_PORT = 8080;

/**
 * Properties of `SwarmStack`.
 */
export interface SwarmStackProps {
  /**
   * The functions.
   *
   * @default - none; add them with `addFunction`
   */
  readonly functions?: SecretBackedFunction[];

  /**
   * Where the secrets come from.
   *
   * @default SwarmSecretSource.external()
   */
  readonly secrets?: SwarmSecretSource;

  /**
   * The name of the overlay network that OpenFaaS shares with its functions.
   *
   * @default 'func_functions'
   */
  readonly network?: string;
}

/**
 * How one function runs on Docker Swarm.
 */
export interface SwarmFunctionOptions {
  /**
   * Placement constraints, in Docker's words: `node.labels.disk == ssd`.
   *
   * @default - the function's own, `disk=ssd` as `node.labels.disk == ssd`; without any, `node.platform.os == linux`
   */
  readonly constraints?: string[];

  /**
   * The numeric user that owns the files of the secrets.
   *
   * @default '0'
   */
  readonly uid?: string;

  /**
   * The numeric group that owns the files of the secrets.
   *
   * @default '0'
   */
  readonly gid?: string;

  /**
   * The mode of the files of the secrets, octal as in chmod.
   *
   * @default '0444'
   */
  readonly mode?: string;

  /**
   * The number of replicas to start with.
   *
   * @default - the label `com.openfaas.scale.min`, else 1
   */
  readonly replicas?: number;

  /**
   * The port of the machine on which a Compose file serves the function.
   *
   * @default - 8080 for the first function, 8081 for the second, and so on
   */
  readonly port?: number;
}

/**
 * Functions of OpenFaaS as a file for `docker stack deploy`, and as a Compose file to run them on one machine.
 *
 * Each key of a secret is a secret of the swarm: named like its Kubernetes Secret where that is also the name of the key, else
 * `SECRET.KEY`. Its file has the same path as on Kubernetes.
 *
 * @example
 * const stack = new swarm.SwarmStack({ functions: [] });
 * stack.toYaml();         // for `docker stack deploy -c`
 * stack.secretCommands(); // for the secrets, without their values
 *
 * @see https://docs.docker.com/reference/cli/docker/stack/deploy/
 */
export class SwarmStack {
  readonly #source: SwarmSecretSource;
  readonly #network: string;
  readonly #services: StackService[] = [];
  readonly #keys = new Map<string, NamedKey>();

  /**
   * @param props the functions, and where their secrets come from
   * @throws whatever `addFunction` throws
   */
  constructor(props: SwarmStackProps = {}) {
    this.#source = props.secrets ?? SwarmSecretSource.external();
    this.#network = props.network ?? DEFAULT_NETWORK;
    for (const fn of props.functions ?? []) this.addFunction(fn);
  }

  /**
   * Adds a function, as it is now.
   *
   * @param fn the function
   * @param options how it runs on Docker Swarm
   * @throws InvalidSwarmStack where a quantity or a constraint has no counterpart, or two values have one name
   * @throws InvalidMode
   */
  public addFunction(fn: SecretBackedFunction, options: SwarmFunctionOptions = {}): void {
    const spec = fn._spec();
    const keys = fn.secrets.filter(secret => !isPullSecretType(secret.secretType ?? '')).flatMap(namedKeys);
    const mode = fileModeOf(options.mode ?? '0444', fn.node.path)!;
    for (const key of keys) this.#claim(key, fn.node.path);
    this.#services.push({
      name: spec.name,
      image: spec.image,
      environment: { ...spec.fprocess === undefined ? {} : { fprocess: spec.fprocess }, ...environmentOf(spec) },
      labels: labelsOf(spec),
      secrets: keys.map(({ name, key }): ServiceSecret => ({
        source: name,
        target: `${secretsPath(spec)}/${key}`,
        uid: options.uid ?? '0',
        gid: options.gid ?? '0',
        mode,
      })),
      readOnly: spec.readOnlyRootFilesystem,
      constraints: [...options.constraints ?? constraintsOf(spec)],
      replicas: options.replicas ?? initialReplicas(spec.labels?.[SCALE_MIN_LABEL]),
      limits: resourcesOf(spec.limits, fn.node.path),
      reservations: resourcesOf(spec.requests, fn.node.path),
      port: options.port ?? FIRST_PORT + this.#services.length,
    });
  }

  /**
   * The stack file. It holds names, and no value of any secret.
   *
   * @throws InvalidSwarmStack for what Docker refuses, at once or when the stack is deployed
   * @throws FileUnreadable where a secret comes from a file that is not there
   */
  public toYaml(): string {
    return yamlText(stackDocument(this.#checked()));
  }

  /**
   * A Compose file that runs the functions on one machine, each at a port of its own, with the same files.
   *
   * Docker Compose takes secrets from files only, and mounts them as they are: users, groups and modes have no effect there.
   *
   * @throws InvalidSwarmStack where the secrets do not come from files, and for what `toYaml` refuses
   * @throws FileUnreadable
   */
  public toComposeYaml(): string {
    const model = this.#checked();
    const external = [...model.secrets].find(([, { file }]) => file === undefined);
    if (external !== undefined) {
      throw new SecretsError({
        code: 'InvalidSwarmStack',
        message: `the secret ${JSON.stringify(external[0])} is in the swarm; Docker Compose has no access to it`,
        next: "take the secrets from files: new SwarmStack({ secrets: SwarmSecretSource.files('.secrets') })",
      });
    }
    return yamlText(composeDocument(model));
  }

  /**
   * The commands that create the secrets in the swarm, in the order of their names.
   *
   * They hold no value: each takes it from its file or its environment variable, or waits for it on standard input.
   */
  public secretCommands(): string[] {
    return this.#sortedKeys().map(key => {
      const create = `docker secret create ${shellWord(key.name)}`;
      return secretCommand(key, file => `${create} ${file}`, `${create} -`);
    });
  }

  #checked(): StackModel {
    const secrets = new Map(this.#sortedKeys().map(({ name }) => [name, this.#source._secret(name)]));
    const model = { services: this.#services, secrets, network: this.#network };
    checkStack(model);
    return model;
  }

  #sortedKeys(): NamedKey[] {
    return [...this.#keys.values()].sort((a, b) => a.name < b.name ? -1 : 1);
  }

  /** Two different values can not have one name in a swarm, whose secrets have no namespaces. */
  #claim(key: NamedKey, path: string): void {
    const other = this.#keys.get(key.name);
    if (other !== undefined && (other.secret.name !== key.secret.name || other.secret.namespace !== key.secret.namespace)) {
      throw new SecretsError({
        code: 'InvalidSwarmStack',
        message: `the secrets ${JSON.stringify(other.secret.node.path)} and ${JSON.stringify(key.secret.node.path)} would both be ${JSON.stringify(key.name)}`,
        next: 'give one of them another name: a swarm has no namespaces',
      }, path);
    }
    this.#keys.set(key.name, key);
  }
}

/** The keys of a secret as secrets of a swarm; by convention one that is not known has one key, named like it. */
function namedKeys(secret: ISecret): NamedKey[] {
  return (secret.keyNames ?? [secret.name]).map(key => ({ name: key === secret.name ? key : `${secret.name}.${key}`, secret, key }));
}

function environmentOf({ environment, legacySecretsPath }: FunctionSpec): Record<string, string> {
  return legacySecretsPath ? { secret_mount_path: '/run/secrets/', ...environment } : { ...environment };
}

/** Labels by which OpenFaaS finds the service, those of the function, and its annotations. */
function labelsOf({ name, labels = {}, annotations = {} }: FunctionSpec): Record<string, string> {
  return {
    'com.openfaas.function': name,
    'function': 'true',
    ...labels,
    ...Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`com.openfaas.annotations.${key}`, value])),
  };
}

/** A constraint on a label of the node means the same on both systems. */
function constraintsOf({ constraints = [] }: FunctionSpec): string[] {
  if (constraints.length === 0) return [DEFAULT_CONSTRAINT];
  return constraints.map(constraint => constraint.replace(/^([^\s=!]+)=([^\s=!]+)$/, 'node.labels.$1 == $2'));
}

function resourcesOf(resources: Resources | undefined, path: string): ServiceResources {
  const { memory = '', cpu = '' } = resources ?? {};
  return {
    ...memory === '' ? {} : { memory: dockerMemory(memory) ?? refuseQuantity(memory, path) },
    ...cpu === '' ? {} : { cpus: dockerCpus(cpu) ?? refuseQuantity(cpu, path) },
  };
}

function refuseQuantity(quantity: string, path: string): never {
  throw new SecretsError({
    code: 'InvalidSwarmStack',
    message: `${JSON.stringify(quantity)} is no quantity above zero`,
    next: "write it like '40Mi' or '100m'",
  }, path);
}
