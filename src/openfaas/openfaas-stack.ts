import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { StackFile, StackFunction } from './stack-file';
import { loadStack } from './stack-loader';
import { mergeConstraints, mergeEnvironment, mergeSecrets, mergeTexts } from './stack-merge';
import { StackSecrets } from './stack-secrets';
import { stackText, type WrittenFunction } from './stack-writer';
import type { SecretRollout } from '../binding/secret-rollout';
import { SecretsError } from '../errors/secrets-error';
import { addWarning } from '../errors/warning';
import { isPullSecretType } from '../kubernetes/secret-types';
import { saidOf } from '../secret/construct-path';
import type { ISecret } from '../secret/secret-reference';
import type { FunctionForm } from '../workload/function-form';
import { imageName } from '../workload/image-name';
import { SecretBackedFunction } from '../workload/secret-backed-function';
import { secretCommand, shellWord } from '../workload/secret-commands';

/** Where OpenFaaS looks for functions, if it is told nothing else. */
const DEFAULT_NAMESPACE = 'openfaas-fn';

/**
 * Properties of `OpenFaasStack`.
 */
export interface OpenFaasStackProps {
  /**
   * The functions.
   *
   * @default - none
   */
  readonly functions?: SecretBackedFunction[];

  /**
   * The URL of the gateway, for the stack file that is written.
   *
   * @default - none: faas-cli takes `--gateway`, `$OPENFAAS_URL` or its own default
   */
  readonly gateway?: string;
}

/**
 * What is added to every function of a stack file, as the flags of `faas-cli deploy` do.
 */
export interface FunctionOverrides {
  /**
   * Environment, `--env`: wins over the function's own and over its environment files.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Labels, `--label`: win over the function's own.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations, `--annotation`: win over the function's own.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Names of secrets, `--secret`: come before the function's own.
   *
   * @default - none
   */
  readonly secrets?: string[];

  /**
   * Constraints, `--constraint`: hold for functions that have none of their own.
   *
   * @default - none
   */
  readonly constraints?: string[];
}

/**
 * Properties of `OpenFaasStack.fromFile`.
 */
export interface OpenFaasStackFromFileProps {
  /**
   * The stack file, like `stack.yaml`; a relative path starts at the working directory. Environment files and templates are
   * looked for from its folder.
   */
  readonly path: string;

  /**
   * The variables for `${NAME}` in the file.
   *
   * @default - the environment of the process, as faas-cli has it
   */
  readonly environment?: { [name: string]: string };

  /**
   * Whether `${NAME}` is replaced at all.
   *
   * @default true
   */
  readonly substitute?: boolean;

  /**
   * Secrets that are declared in this program, or known to it; a function finds its own by their names.
   *
   * @default - none
   */
  readonly secrets?: ISecret[];

  /**
   * A folder with a file for each further secret, named like it, from which the secret is declared: `.secrets`, which
   * `faas-cli secret apply` uses. A relative path starts at the working directory.
   *
   * @default - none: secrets that are not among `secrets` are made by somebody else, with one key named like the secret
   */
  readonly secretsFolder?: string;

  /**
   * The namespace of all functions, like `--namespace`.
   *
   * @default - each function's own, else that of the chart, else `openfaas-fn`
   */
  readonly namespace?: string;

  /**
   * As what objects the functions reach the cluster.
   *
   * @default FunctionForm.deployment()
   */
  readonly form?: FunctionForm;

  /**
   * What is added to every function.
   *
   * @default - nothing
   */
  readonly overrides?: FunctionOverrides;

  /**
   * Whether functions are probed over HTTP at `/_/health`, or by their lock file.
   *
   * @default true
   */
  readonly httpProbe?: boolean;

  /**
   * Whether functions run as the user 12000.
   *
   * @default false
   */
  readonly nonRootUser?: boolean;

  /**
   * Whether the secrets are at `/run/secrets`, where functions older than June 2018 look for them.
   *
   * @default false
   */
  readonly legacySecretsPath?: boolean;

  /**
   * Whether the secrets must be usable on Docker Swarm too.
   *
   * @default false
   */
  readonly portableSecrets?: boolean;

  /**
   * What restarts a function when a value of its secrets changes.
   *
   * @default SecretRollout.checksum(), and SecretRollout.none() for Function resources
   */
  readonly rollout?: SecretRollout;
}

/**
 * Functions of OpenFaaS, read from a stack file or declared here, and the way back to a stack file.
 *
 * @see https://docs.openfaas.com/reference/yaml/
 */
export class OpenFaasStack extends Construct {
  /**
   * Reads a `stack.yaml` as faas-cli does, and makes every function in it with its secrets.
   *
   * Keys that faas-cli does not know are warnings. What concerns the building of images is kept for `toStackYaml` only.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props the file, and what is to be made of it
   * @throws InvalidStackFile with the file, the line and the reason; never with a value
   * @throws FileUnreadable, InvalidFunctionName, DuplicateFile, NamespaceMismatch, NotPortable
   */
  public static fromFile(scope: Construct, id: string, props: OpenFaasStackFromFileProps): OpenFaasStack {
    const stack = new OpenFaasStack(scope, id);
    stack.#read(props);
    return stack;
  }

  readonly #functions = new Map<string, SecretBackedFunction>();
  readonly #warnings: string[] = [];
  /** What the file says of the functions that were read from it. */
  readonly #written = new Map<SecretBackedFunction, StackFunction>();
  #gateway: string;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props functions that are declared already
   */
  constructor(scope: Construct, id: string, props: OpenFaasStackProps = {}) {
    super(scope, id);
    this.#gateway = props.gateway ?? '';
    for (const fn of props.functions ?? []) this.addFunction(fn);
  }

  /**
   * The functions; those of a file sorted by name.
   */
  public get functions(): SecretBackedFunction[] {
    return [...this.#functions.values()];
  }

  /**
   * What of the file was not understood, with its line.
   */
  public get warnings(): string[] {
    return [...this.#warnings];
  }

  /**
   * Adds a function that is declared already.
   *
   * @param fn the function
   * @throws InvalidFunctionName where the stack has one of that name
   */
  public addFunction(fn: SecretBackedFunction): void {
    if (this.#functions.has(fn.functionName)) {
      throw new SecretsError({
        code: 'InvalidFunctionName',
        message: `the stack has a function ${JSON.stringify(fn.functionName)} already`,
        next: 'give one of them another name, or make a second stack',
      }, this.node.path);
    }
    this.#functions.set(fn.functionName, fn);
  }

  /**
   * A stack file with all functions, for `faas-cli deploy -f`. It names secrets and holds no value of any.
   */
  public toStackYaml(): string {
    return stackText(this.functions.map(fn => this.#entry(fn)), this.#gateway);
  }

  /**
   * The commands that create the secrets of the functions with faas-cli, for a cluster that gets no manifests of them.
   *
   * They hold no value: each takes it from its file or its environment variable, or waits for it on standard input. Image-pull
   * credentials, and secrets with other keys than one named like them, are left out: faas-cli can make neither.
   */
  public secretCommands(): string[] {
    const secrets = new Map(this.functions.flatMap(fn => fn.secrets).map(secret => [`${secret.namespace}/${secret.name}`, secret]));
    return [...secrets].sort(([a], [b]) => a < b ? -1 : 1).map(([, secret]) => secret).filter(isMadeByFaasCli).map(secret => {
      const create = `faas-cli secret create ${shellWord(secret.name)}${secret.namespace === undefined ? '' : ` --namespace ${secret.namespace}`}`;
      // Of standard input faas-cli would cut the white space at both ends.
      return secretCommand({ name: secret.name, secret, key: secret.name }, file => `${create} --from-file=${file}`, `${create} --trim=false`);
    });
  }

  #read(props: OpenFaasStackFromFileProps): void {
    const environment = props.substitute ?? true ? props.environment ?? process.env : undefined;
    const file = saidOf(this.node, () => loadStack(props.path, environment));
    this.#gateway = file.gateway;
    for (const { code, line, message } of file.warnings) {
      const text = `${JSON.stringify(props.path)} line ${line}: ${message}`;
      this.#warnings.push(text);
      addWarning(this, { code, message: text, next: 'correct the file' });
    }
    const secrets = new StackSecrets(this, props.secrets ?? [], props.secretsFolder);
    for (const entry of file.functions) {
      const fn = saidOfLine(props.path, file, entry, this.node.path, () => this.#make(entry, props, secrets));
      this.#written.set(fn, entry);
      this.addFunction(fn);
    }
  }

  #make(entry: StackFunction, props: OpenFaasStackFromFileProps, secrets: StackSecrets): SecretBackedFunction {
    const { overrides = {} } = props;
    const namespace = props.namespace ?? (entry.namespace || (Chart.of(this).namespace ?? DEFAULT_NAMESPACE));
    const secretNames = mergeSecrets(entry.secrets, overrides.secrets);
    return new SecretBackedFunction(this, entry.name, {
      name: entry.name,
      image: imageName(entry.image),
      namespace,
      secrets: secretNames.map(name => secrets.find(name, namespace)),
      fprocess: entry.fprocess || undefined,
      environment: mergeEnvironment(entry.environment, [], overrides.environment),
      labels: mergeTexts(entry.labels, overrides.labels),
      annotations: mergeTexts(entry.annotations, overrides.annotations),
      limits: entry.limits,
      requests: entry.requests,
      constraints: mergeConstraints(entry.constraints, overrides.constraints),
      readOnlyRootFilesystem: entry.readOnlyRootFilesystem,
      httpProbe: props.httpProbe,
      nonRootUser: props.nonRootUser,
      legacySecretsPath: props.legacySecretsPath,
      portableSecrets: props.portableSecrets,
      form: props.form,
      rollout: props.rollout,
    });
  }

  #entry(fn: SecretBackedFunction): WrittenFunction {
    const { secretNames, limits, requests, fprocess = '', ...spec } = fn._spec();
    return {
      ...this.#written.get(fn),
      ...spec,
      fprocess,
      namespace: fn.resource.metadata.namespace,
      secrets: secretNames,
      limits: limits && { memory: '', cpu: '', ...limits },
      requests: requests && { memory: '', cpu: '', ...requests },
    };
  }
}

/** Whether it is a secret as faas-cli makes one: of one key, named like it. */
function isMadeByFaasCli(secret: ISecret): boolean {
  const { name, keyNames = [name], secretType = '' } = secret;
  return keyNames.length === 1 && keyNames[0] === name && !isPullSecretType(secretType);
}

/** Makes a function; what it is refused for is said with the line of the file that it is from. */
function saidOfLine<T>(path: string, { original }: StackFile, entry: StackFunction, constructPath: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof SecretsError)) throw error;
    // What substitution brought in may be a value: in a name, and in the path of a construct that is named so.
    const substituted = textsIn(entry).filter(text => !original.includes(text));
    const shown = (message: string) => substituted.reduce(withoutText, message);
    const at = error.constructPath ?? constructPath;
    const { code, message, next } = error.problem;
    const problem = { code, message: `${JSON.stringify(path)} line ${entry.line}: ${shown(message)}`, next: shown(next) };
    throw new SecretsError(problem, shown(at) === at ? at : constructPath);
  }
}

const SUBSTITUTED = '(a substituted text)';
/** Shorter texts are taken out where they stand in quotes. */
const MIN_SUBSTITUTED = 4;

function withoutText(message: string, text: string): string {
  const rest = message.replaceAll(JSON.stringify(text), SUBSTITUTED);
  return text.length < MIN_SUBSTITUTED ? rest : rest.replaceAll(text, SUBSTITUTED);
}

/** All texts of a function, the longest first. */
function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  const open: unknown[] = [value];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (typeof at === 'string') texts.push(at);
    else if (typeof at === 'object' && at !== null) open.push(...Object.keys(at), ...Object.values(at).filter(child => child !== undefined));
  }
  return texts.filter(text => text !== '').sort((a, b) => b.length - a.length);
}
