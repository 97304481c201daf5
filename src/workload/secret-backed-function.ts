import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import {
  deploymentLabels, deploymentSpec, functionAnnotations, type FunctionSpec, podSpec, secretsVolumeName, SECRETS_MOUNT_PATH, serviceSpec,
} from './function-spec';
import { namespaceProblem } from '../binding/namespace-rule';
import { SecretRollout } from '../binding/secret-rollout';
import { collidingFiles, VolumeFiles } from '../binding/volume-files';
import { formatProblem, type Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { dns1035Label, MAX_LABEL_LENGTH } from '../kubernetes/names';
import { isPullSecretType } from '../kubernetes/secret-types';
import type { ISecret } from '../secret/secret-reference';

/**
 * Amounts of memory and CPU for a function.
 */
export interface FunctionResources {
  /**
   * Memory, as Kubernetes writes it, like `40Mi`.
   *
   * @default - not set
   */
  readonly memory?: string;

  /**
   * CPU, as Kubernetes writes it, like `100m`.
   *
   * @default - not set
   */
  readonly cpu?: string;
}

/**
 * Properties of `SecretBackedFunction`.
 */
export interface SecretBackedFunctionProps {
  /**
   * The name of the function, and of its Deployment and Service: a DNS label that starts with a letter, at most 63
   * characters, and at most 45 where it has secrets.
   */
  readonly name: string;

  /**
   * The image.
   */
  readonly image: string;

  /**
   * The secrets of the function. Those of a docker type pull its image; every key of all others is the file
   * `/var/openfaas/secrets/KEY`.
   *
   * @default - none
   */
  readonly secrets?: ISecret[];

  /**
   * The namespace.
   *
   * @default - the namespace of the chart; OpenFaaS looks for functions in `openfaas-fn`
   */
  readonly namespace?: string;

  /**
   * The process that the watchdog starts.
   *
   * @default - the one that the image names
   */
  readonly fprocess?: string;

  /**
   * Environment variables. Not for secrets: OpenFaaS gives those as files only.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Labels of the function, which OpenFaaS keeps on its pods. `com.openfaas.scale.min` is the number of pods to start with.
   *
   * @default - none but the name of the function
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the function.
   *
   * @default - none but `prometheus.io.scrape: "false"`
   */
  readonly annotations?: { [key: string]: string };

  /**
   * The most that the function may use.
   *
   * @default - no limits
   */
  readonly limits?: FunctionResources;

  /**
   * What is reserved for the function.
   *
   * @default - nothing
   */
  readonly requests?: FunctionResources;

  /**
   * Whether the root file system is read-only; `/tmp` is then an empty folder that can be written.
   *
   * @default false
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Whether the function is probed over HTTP at `/_/health`, as the Helm chart of OpenFaaS sets it, or by its lock file.
   *
   * @default true
   */
  readonly httpProbe?: boolean;

  /**
   * What restarts the function when a value of its secrets changes.
   *
   * @default SecretRollout.checksum()
   */
  readonly rollout?: SecretRollout;
}

/**
 * A function of OpenFaaS: the Deployment and the Service that OpenFaaS itself makes of one, with its secrets as files
 * in one read-only projected volume at `/var/openfaas/secrets`.
 *
 * @example
 * const apiKey = new Secret(this, 'ApiKey', {
 *   metadata: { name: 'secret-api-key' },
 *   data: { 'secret-api-key': SensitiveValue.fromFile('secret-api-key.txt') },
 * });
 * new SecretBackedFunction(this, 'ProtectedApi', {
 *   name: 'protectedapi',
 *   image: 'functions/api-key-protected:latest',
 *   secrets: [apiKey], // the file /var/openfaas/secrets/secret-api-key
 * });
 *
 * @see https://docs.openfaas.com/reference/secrets/
 */
export class SecretBackedFunction extends Construct {
  /**
   * The folder in which a function finds a file for each key of its secrets: `/var/openfaas/secrets`.
   */
  public static readonly SECRETS_PATH = SECRETS_MOUNT_PATH;

  /**
   * The name of the function.
   */
  public readonly functionName: string;

  /**
   * The function's Deployment.
   */
  public readonly deployment: ApiObject;

  /**
   * The function's Service.
   */
  public readonly service: ApiObject;

  readonly #props: SecretBackedFunctionProps;
  readonly #pullSecrets: readonly ISecret[];
  readonly #fileSecrets: readonly ISecret[];

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props what the function is made of
   * @throws InvalidFunctionName, NamespaceMismatch, DuplicateFile
   */
  constructor(scope: Construct, id: string, props: SecretBackedFunctionProps) {
    super(scope, id);
    const secrets = [...props.secrets ?? []];
    this.#props = { ...props };
    this.#pullSecrets = secrets.filter(secret => isPullSecretType(secret.secretType ?? ''));
    this.#fileSecrets = secrets.filter(secret => !this.#pullSecrets.includes(secret));
    this.functionName = props.name;
    this.#refuse(nameProblem(props.name, this.#fileSecrets.length > 0));

    const rollout = props.rollout ?? SecretRollout.checksum();
    const metadata = { name: props.name, namespace: props.namespace, annotations: functionAnnotations(this.#spec()) };
    this.deployment = new ApiObject(this, 'Resource', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...metadata, labels: deploymentLabels(this.#spec()) },
      spec: Lazy.any({ produce: () => deploymentSpec(this.#spec(), annotations) }),
    });
    const { namespace } = this.deployment.metadata;
    const annotations = rollout._annotations(this, namespace, () => podSpec(this.#spec()));
    this.service = new ApiObject(this, 'Service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: serviceSpec(this.#spec()),
    });
    for (const secret of secrets) this.#refuse(namespaceProblem(secret, 'function', namespace));
    this.#refuse(this.#collision());
    // a secret may get further keys after this
    this.node.addValidation({ validate: () => [this.#collision()].filter(found => found !== undefined).map(formatProblem) });
  }

  #spec(): FunctionSpec {
    const { name, image, fprocess, environment = {}, labels = {}, annotations = {}, limits, requests } = this.#props;
    return {
      name,
      image,
      fprocess,
      environment,
      labels,
      annotations,
      limits,
      requests,
      readOnlyRootFilesystem: this.#props.readOnlyRootFilesystem ?? false,
      httpProbe: this.#props.httpProbe ?? true,
      secrets: this.#fileSecrets.map(secret => ({ name: secret.name, keys: secret.keyNames })),
      pullSecrets: this.#pullSecrets.map(secret => secret.name),
    };
  }

  #collision(): Problem | undefined {
    const message = collidingFiles(this.#fileSecrets.map(secret => new VolumeFiles(secret, {}, this.node.path)));
    return message === undefined ? undefined : {
      code: 'DuplicateFile',
      message: `${message} below ${SECRETS_MOUNT_PATH}`,
      next: 'give one of the keys another name, or leave one of the secrets out',
    };
  }

  #refuse(problem: Problem | undefined): void {
    if (problem !== undefined) throw new SecretsError(problem, this.node.path);
  }
}

function nameProblem(name: string, hasFiles: boolean): Problem | undefined {
  const longest = hasFiles ? MAX_LABEL_LENGTH - secretsVolumeName('').length : MAX_LABEL_LENGTH;
  const wrong = typeof name === 'string' ? dns1035Label(name) : ['must be a text'];
  if (wrong.length === 0 && name.length > longest) {
    wrong.push(`must be no more than ${longest} characters, so that its volume ${secretsVolumeName('NAME')} has at most ${MAX_LABEL_LENGTH}`);
  }
  return wrong.length === 0 ? undefined : {
    code: 'InvalidFunctionName',
    message: `${JSON.stringify(name)} can be no name of a function: ${wrong.join(', ')}`,
    next: `use lower-case letters, digits and '-', starting with a letter, at most ${longest}`,
  };
}
