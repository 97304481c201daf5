import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { FunctionForm } from './function-form';
import { functionProblems, portabilityProblem } from './function-rules';
import { type FunctionSpec, secretsPath, SECRETS_MOUNT_PATH } from './function-spec';
import { addOwnValidation } from '../app/own-validation';
import { agentProblem } from '../binding/agent-files';
import { csiSource, withoutSecret } from '../binding/csi-source';
import { namespaceProblem } from '../binding/namespace-rule';
import type { SecretRollout } from '../binding/secret-rollout';
import { collidingFiles, VolumeFiles } from '../binding/volume-files';
import { formatProblem, type Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { addWarning } from '../errors/warning';
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
   * Where the function may run: each `label=value` is a label of the node, as OpenFaaS has it.
   *
   * @default - anywhere
   */
  readonly constraints?: string[];

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
   * Whether the function runs as the user 12000 instead of the one that its image names.
   *
   * @default false
   */
  readonly nonRootUser?: boolean;

  /**
   * The service account of the function's pods.
   *
   * @default - the one of the annotation `com.openfaas.serviceaccount`, else that of the namespace
   */
  readonly serviceAccount?: string;

  /**
   * Whether the secrets are at `/run/secrets`, where functions older than June 2018 look for them. The pods then get no
   * token of their service account: Kubernetes could not mount it below that folder, which is read-only.
   *
   * @default false - they are at `/var/openfaas/secrets`
   */
  readonly legacySecretsPath?: boolean;

  /**
   * Whether the secrets must be usable on Docker Swarm too: a name that both take, and one key of the same name.
   *
   * @default false
   */
  readonly portableSecrets?: boolean;

  /**
   * As what objects the function reaches the cluster.
   *
   * @default FunctionForm.deployment()
   */
  readonly form?: FunctionForm;

  /**
   * What restarts the function when a value of its secrets changes.
   *
   * @default SecretRollout.checksum(), and SecretRollout.none() for a Function resource
   */
  readonly rollout?: SecretRollout;
}

/** Names the service account of a function's pods. */
const SERVICE_ACCOUNT_ANNOTATION = 'com.openfaas.serviceaccount';

const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

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
   * The function's Deployment, or its Function resource.
   */
  public readonly resource: ApiObject;

  /**
   * The function's Service.
   *
   * @default - none: the operator of OpenFaaS makes one for a Function resource
   */
  public readonly service?: ApiObject;

  readonly #props: SecretBackedFunctionProps;
  readonly #secrets: readonly ISecret[];
  readonly #pullSecrets: readonly ISecret[];
  readonly #fileSecrets: readonly ISecret[];
  readonly #files: readonly VolumeFiles[];
  readonly #csiSource?: object;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props what the function is made of
   * @throws InvalidFunctionName, InvalidEnvName, InvalidLabel, InvalidQuantity, NamespaceMismatch, DuplicateFile, NotPortable
   */
  constructor(scope: Construct, id: string, props: SecretBackedFunctionProps) {
    super(scope, id);
    const secrets = [...props.secrets ?? []];
    this.#secrets = secrets;
    this.#props = {
      ...props,
      environment: { ...props.environment },
      labels: props.labels && { ...props.labels },
      annotations: props.annotations && { ...props.annotations },
      limits: props.limits && { ...props.limits },
      requests: props.requests && { ...props.requests },
      constraints: props.constraints && [...props.constraints],
    };
    this.#pullSecrets = secrets.filter(secret => isPullSecretType(secret.secretType ?? ''));
    this.#fileSecrets = secrets.filter(secret => !this.#pullSecrets.includes(secret));
    this.functionName = props.name;
    for (const problem of functionProblems(this._spec())) this.#refuse(problem);
    if (props.portableSecrets) for (const secret of this.#fileSecrets) this.#refuse(portabilityProblem(secret));

    const form = props.form ?? FunctionForm.deployment();
    const { name, namespace, rollout } = props;
    const { resource, service } = form._make(this, { name, namespace, rollout, spec: () => this._spec() });
    this.resource = resource;
    this.service = service;
    for (const secret of secrets) this.#refuse(namespaceProblem(secret, 'function', resource.metadata.namespace));
    for (const secret of form._makesPods ? this.#pullSecrets : secrets) this.#refuse(withoutSecret(secret, 'a function'));
    for (const secret of secrets) this.#refuse(agentProblem(secret));
    this.#files = this.#fileSecrets.map(secret => new VolumeFiles(secret, {}, this.node));
    this.#csiSource = csiSource(this, this.#files, undefined);
    for (const secret of this.#fileSecrets) markForOpenFaas(secret);
    this.#checkFiles(form);
  }

  /**
   * The secrets of the function, in the order in which they were given.
   */
  public get secrets(): ISecret[] {
    return [...this.#secrets];
  }

  /**
   * What the function is made of, now.
   *
   * @internal
   */
  public _spec(): FunctionSpec {
    const { name, image, fprocess, environment = {}, labels, annotations, limits, requests, constraints, serviceAccount } = this.#props;
    return {
      name,
      image,
      fprocess,
      environment,
      labels,
      annotations,
      limits,
      requests,
      constraints,
      readOnlyRootFilesystem: this.#props.readOnlyRootFilesystem ?? false,
      httpProbe: this.#props.httpProbe ?? true,
      nonRootUser: this.#props.nonRootUser ?? false,
      serviceAccount: serviceAccount ?? annotations?.[SERVICE_ACCOUNT_ANNOTATION],
      legacySecretsPath: this.#props.legacySecretsPath ?? false,
      secretNames: this.#secrets.map(secret => secret.name),
      secrets: this.#fileSecrets.map(secret => ({ name: secret.name, keys: secret.keyNames })),
      csiSource: this.#csiSource,
      pullSecrets: this.#pullSecrets.map(secret => secret.name),
    };
  }

  #checkFiles(form: FunctionForm): void {
    const collision = this.#collision();
    if (!form._makesPods) {
      if (collision !== undefined) addWarning(this, collision);
      return;
    }
    this.#refuse(collision);
    // a secret may get further keys after this
    addOwnValidation(this, () => [this.#collision()].filter(found => found !== undefined).map(formatProblem));
  }

  #collision(): Problem | undefined {
    const message = collidingFiles(this.#files);
    return message === undefined ? undefined : {
      code: 'DuplicateFile',
      message: `${message} below ${secretsPath(this._spec())}`,
      next: 'give one of the keys another name, or leave one of the secrets out',
    };
  }

  #refuse(problem: Problem | undefined): void {
    if (problem !== undefined) throw new SecretsError(problem, this.node.path);
  }
}

/** The label by which `faas-cli secret list` finds a secret; one that has it already keeps its own. */
function markForOpenFaas(secret: ISecret): void {
  const object = secret.node.defaultChild;
  if (ApiObject.isApiObject(object) && (object as ApiObject).metadata.getLabel(MANAGED_BY_LABEL) === undefined) {
    (object as ApiObject).metadata.addLabel(MANAGED_BY_LABEL, 'openfaas');
  }
}
