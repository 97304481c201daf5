import { FUNCTION_LABEL } from '../inspect/model/openfaas-function';

/**
 * A function of OpenFaaS, as the objects that its Kubernetes provider makes of it.
 *
 * @see https://github.com/openfaas/faas-netes
 */

/** Amounts of memory and CPU, as Kubernetes writes them. */
export interface Resources {
  readonly memory?: string;
  readonly cpu?: string;
}

/** A secret whose keys are files of the function. */
export interface FunctionSecret {
  readonly name: string;
  /** Its keys, sorted, or undefined where they are not known; then all that it has become files. */
  readonly keys?: readonly string[];
}

/** What a function is made of. */
export interface FunctionSpec {
  readonly name: string;
  readonly image: string;
  readonly fprocess?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly limits?: Resources;
  readonly requests?: Resources;
  readonly constraints?: readonly string[];
  readonly readOnlyRootFilesystem: boolean;
  readonly httpProbe: boolean;
  readonly nonRootUser: boolean;
  readonly serviceAccount?: string;
  /** Whether the secrets are at `/run/secrets`, as before 2018. */
  readonly legacySecretsPath: boolean;
  /** The names of all secrets, in the order and as often as they were given. */
  readonly secretNames: readonly string[];
  readonly secrets: readonly FunctionSecret[];
  /** The source of the volume of secrets, where the CSI driver brings them. */
  readonly csiSource?: object;
  readonly pullSecrets: readonly string[];
}

/** Where a function finds its secrets: a file for each key. */
export const SECRETS_MOUNT_PATH = '/var/openfaas/secrets';

/** Where functions found them until 2018. */
export const LEGACY_SECRETS_MOUNT_PATH = '/run/secrets';

/** The user that OpenFaaS runs functions as where they must not be root. */
const NON_ROOT_USER = 12000;

export const SCALE_MIN_LABEL = 'com.openfaas.scale.min';
const PORT = 8080;

/** The name of the volume that holds a function's secrets. */
export function secretsVolumeName(functionName: string): string {
  return `${functionName}-projected-secrets`;
}

/** Annotations of all objects of a function: its own, and no scraping of metrics unless they say so. */
export function functionAnnotations(spec: FunctionSpec): Record<string, string> {
  return { 'prometheus.io.scrape': 'false', ...spec.annotations };
}

/** The `spec` of the function's Deployment, around its pod spec. */
export function deploymentSpec(spec: FunctionSpec, pod: object, templateAnnotations: Readonly<Record<string, string | undefined>>): object {
  return {
    replicas: initialReplicas(spec.labels?.[SCALE_MIN_LABEL]),
    revisionHistoryLimit: 10,
    selector: { matchLabels: { [FUNCTION_LABEL]: spec.name } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    template: {
      metadata: {
        name: spec.name,
        labels: { [FUNCTION_LABEL]: spec.name, ...spec.labels },
        annotations: { ...functionAnnotations(spec), ...templateAnnotations },
      },
      spec: pod,
    },
  };
}

/** The labels of the function's Deployment. */
export function deploymentLabels(spec: FunctionSpec): Record<string, string> {
  return { [FUNCTION_LABEL]: spec.name };
}

/** The `spec` of the function's Service. */
export function serviceSpec(spec: FunctionSpec): object {
  return {
    type: 'ClusterIP',
    selector: { [FUNCTION_LABEL]: spec.name },
    ports: [{ name: 'http', protocol: 'TCP', port: PORT, targetPort: PORT }],
  };
}

/** The amounts that are given. faas-cli writes an empty text for one that is not, which the API server refuses as a quantity. */
export function amounts({ memory = '', cpu = '' }: Resources): Resources {
  return { ...memory === '' ? {} : { memory }, ...cpu === '' ? {} : { cpu } };
}

/** The pod spec of the function. */
export function podSpec(spec: FunctionSpec): object {
  const mounts = volumesOf(spec);
  return {
    serviceAccountName: spec.serviceAccount,
    // Kubernetes mounts its token below the legacy path, which is read-only: the container would not start.
    automountServiceAccountToken: spec.legacySecretsPath && spec.secrets.length > 0 ? false : undefined,
    nodeSelector: nodeSelector(spec.constraints ?? []),
    containers: [{
      name: spec.name,
      image: spec.image,
      imagePullPolicy: 'Always',
      ports: [{ name: 'http', containerPort: PORT, protocol: 'TCP' }],
      env: environmentOf(spec),
      resources: { limits: spec.limits && amounts(spec.limits), requests: spec.requests && amounts(spec.requests) },
      livenessProbe: probe(spec.httpProbe),
      readinessProbe: probe(spec.httpProbe),
      securityContext: { readOnlyRootFilesystem: spec.readOnlyRootFilesystem, runAsUser: spec.nonRootUser ? NON_ROOT_USER : undefined },
      volumeMounts: undefinedIfEmpty(mounts.map(({ mount }) => mount)),
    }],
    volumes: undefinedIfEmpty(mounts.map(({ volume }) => volume)),
    imagePullSecrets: undefinedIfEmpty(spec.pullSecrets.map(name => ({ name }))),
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
  };
}

function volumesOf(spec: FunctionSpec): { volume: object; mount: object }[] {
  const volumes = [];
  if (spec.secrets.length > 0) {
    const name = secretsVolumeName(spec.name);
    volumes.push({
      volume: { name, ...spec.csiSource ?? { projected: { sources: spec.secrets.map(secretSource) } } },
      mount: { name, mountPath: secretsPath(spec), readOnly: true },
    });
  }
  if (spec.readOnlyRootFilesystem) {
    volumes.push({ volume: { name: 'temp', emptyDir: {} }, mount: { name: 'temp', mountPath: '/tmp', readOnly: false } });
  }
  return volumes;
}

/** Where the function finds its secrets. */
export function secretsPath({ legacySecretsPath }: FunctionSpec): string {
  return legacySecretsPath ? LEGACY_SECRETS_MOUNT_PATH : SECRETS_MOUNT_PATH;
}

/** What OpenFaaS makes of constraints: every `label=value` is one label of the node, all others it passes over. */
function nodeSelector(constraints: readonly string[]): object | undefined {
  const labels = constraints.map(constraint => constraint.split('=')).filter(parts => parts.length === 2);
  return labels.length === 0 ? undefined : Object.fromEntries(labels);
}

function secretSource({ name, keys }: FunctionSecret): object {
  return { secret: { name, items: keys?.map(key => ({ key, path: key })) } };
}

function environmentOf(spec: FunctionSpec): object[] | undefined {
  const variables: Record<string, string> = {
    // Tells the SDKs of OpenFaaS where to look.
    ...spec.legacySecretsPath ? { secret_mount_path: `${LEGACY_SECRETS_MOUNT_PATH}/` } : {},
    ...spec.environment,
    ...spec.fprocess === undefined ? {} : { fprocess: spec.fprocess },
  };
  return undefinedIfEmpty(Object.keys(variables).sort().map(name => ({ name, value: variables[name] })));
}

function probe(overHttp: boolean): object {
  return {
    httpGet: overHttp ? { path: '/_/health', port: PORT } : undefined,
    exec: overHttp ? undefined : { command: ['cat', '/tmp/.lock'] },
    initialDelaySeconds: 2,
    timeoutSeconds: 1,
    periodSeconds: 2,
    successThreshold: 1,
    failureThreshold: 3,
  };
}

/** The number of pods that a function starts with: its `scale.min`, if that is a positive whole number, else 1. */
export function initialReplicas(minimum = ''): number {
  return /^[0-9]+$/.test(minimum) && Number(minimum) > 0 ? Number(minimum) : 1;
}

function undefinedIfEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
