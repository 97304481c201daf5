import { keyPairProblem } from './key-pair';
import { dockerConfigProblem, readPullCredentials } from './pull-secret';
import type { Problem } from '../errors/problem';

export const OPAQUE = 'Opaque';
export const TLS = 'kubernetes.io/tls';
export const BASIC_AUTH = 'kubernetes.io/basic-auth';
export const SSH_AUTH = 'kubernetes.io/ssh-auth';
export const DOCKER_CONFIG_JSON = 'kubernetes.io/dockerconfigjson';
export const DOCKER_CFG = 'kubernetes.io/dockercfg';
export const SERVICE_ACCOUNT_TOKEN = 'kubernetes.io/service-account-token';
export const BOOTSTRAP_TOKEN = 'bootstrap.kubernetes.io/token';

/** The annotation that names the ServiceAccount of a token Secret. */
export const SERVICE_ACCOUNT_NAME_ANNOTATION = 'kubernetes.io/service-account.name';

/** The most bytes that the values of one Secret may have together, before base64. Keys do not count. */
export const MAX_SECRET_SIZE = 1024 * 1024;

/** What is wrong with the value of a key. The value itself is never quoted. */
export interface ValueProblem extends Problem {
  readonly key: string;
}

/** The values of a Secret that has every key that its type asks for. */
export type Values = (key: string) => Buffer;

/** What one type of Secret is. */
interface SecretType {
  /** The keys that the API server asks for. */
  readonly required?: readonly string[];
  /** Keys of which it asks for one. */
  readonly anyOf?: readonly string[];
  /** Of those that a Secret of this type has, the keys whose values everybody may know. */
  readonly publicKeys?: readonly string[];
  /** The keys that a controller adds. */
  readonly added?: readonly string[];
  /** The key of credentials that the kubelet pulls images with. Of all types without one it takes none, silently. */
  readonly pullKey?: string;
  /** What the API server has against the values. */
  readonly refuses?: (values: Values) => ValueProblem | undefined;
  /** What the programs that use such a Secret have against values that the API server takes. */
  readonly breaks?: (values: Values) => ValueProblem | undefined;
}

/** The types of Secrets that Kubernetes gives a meaning to. Any other text is a type too, and means nothing to it. */
const TYPES: Readonly<Record<string, SecretType>> = {
  [OPAQUE]: {},
  [TLS]: { required: ['tls.crt', 'tls.key'], publicKeys: ['tls.crt', 'ca.crt'], breaks: brokenKeyPair },
  [BASIC_AUTH]: { anyOf: ['username', 'password'], publicKeys: ['username'] },
  [SSH_AUTH]: { required: ['ssh-privatekey'], refuses: emptyKey },
  [DOCKER_CONFIG_JSON]: pullSecretOf('.dockerconfigjson'),
  [DOCKER_CFG]: pullSecretOf('.dockercfg'),
  [SERVICE_ACCOUNT_TOKEN]: { added: ['token', 'ca.crt', 'namespace'] },
  [BOOTSTRAP_TOKEN]: {},
};

const UNKNOWN: SecretType = {};

function typeOf(type: string): SecretType {
  return Object.hasOwn(TYPES, type) ? TYPES[type] : UNKNOWN;
}

/** The keys that every Secret of a type has. */
export function requiredKeys(type: string): readonly string[] {
  return typeOf(type).required ?? [];
}

/** The keys that a Secret of this type lacks, or none: where it needs one of several, all of them. */
export function missingKeys(type: string, keys: ReadonlySet<string>): string[] {
  const { required = [], anyOf = [] } = typeOf(type);
  return [...required.filter(key => !keys.has(key)), ...anyOf.some(key => keys.has(key)) ? [] : anyOf];
}

/** That a Secret of a type lacks keys, as a sentence and what to do; undefined where it has them. */
export function missingKeyProblem(type: string, missing: readonly string[]): Problem | undefined {
  if (missing.length === 0) return undefined;
  const one = typeOf(type).anyOf !== undefined;
  return {
    code: 'MissingKey',
    message: `a Secret of type ${JSON.stringify(type)} needs the key ${missing.map(key => JSON.stringify(key)).join(one ? ' or ' : ' and the key ')}`,
    next: one ? 'add one of them' : 'add it, or choose another type',
  };
}

/** What the API server has against the values of a Secret of this type. */
export function refusedValue(type: string, values: Values): ValueProblem | undefined {
  return typeOf(type).refuses?.(values);
}

/** What programs have against the values of a Secret of this type, which the API server takes. */
export function brokenValue(type: string, values: Values): ValueProblem | undefined {
  return typeOf(type).breaks?.(values);
}

/** That the values of one Secret have too many bytes together, or undefined. */
export function sizeProblem(size: number): Problem | undefined {
  return size <= MAX_SECRET_SIZE ? undefined : {
    code: 'SecretTooLarge',
    message: `the values have ${size} bytes together, and one Secret may have ${MAX_SECRET_SIZE}`,
    next: 'split it, or keep large files elsewhere and only their credentials here',
  };
}

/** Whether the value of a key is public by the type of its Secret. */
export function isPublicKey(type: string, key: string): boolean {
  return typeOf(type).publicKeys?.includes(key) === true;
}

/** The keys that a controller adds to a Secret of this type. */
export function addedKeys(type: string): readonly string[] {
  return typeOf(type).added ?? [];
}

/** Whether the kubelet takes image-pull credentials from Secrets of this type. Of all others it takes none, silently. */
export function isPullSecretType(type: string): boolean {
  return pullSecretKey(type) !== undefined;
}

/** The key of the credentials in a pull secret of this type; undefined where the type is none of pull secrets. */
export function pullSecretKey(type: string): string | undefined {
  return typeOf(type).pullKey;
}

function brokenKeyPair(values: Values): ValueProblem | undefined {
  const problem = keyPairProblem(values('tls.crt'), values('tls.key'));
  return problem === undefined ? undefined : {
    code: 'InvalidCertificate',
    key: 'tls.crt',
    message: problem,
    next: 'give the certificate (its chain after it) and the private key that it was made for, both PEM',
  };
}

function emptyKey(values: Values): ValueProblem | undefined {
  return values('ssh-privatekey').length > 0 ? undefined : {
    code: 'MissingKey', key: 'ssh-privatekey', message: 'the value of the key "ssh-privatekey" is empty', next: 'give the private key',
  };
}

function pullSecretOf(key: string): SecretType {
  return { required: [key], pullKey: key, refuses: values => refusedConfig(key, values), breaks: values => brokenConfig(key, values) };
}

function brokenConfig(key: string, values: Values): ValueProblem | undefined {
  const { problem } = readPullCredentials(key, values(key).toString('utf8'));
  return problem === undefined ? undefined : {
    code: 'InvalidDockerConfig',
    key,
    message: `the kubelet pulls no image with it: ${problem}`,
    next: 'give each registry a username and a password, or an auth of both, as docker login writes it',
  };
}

function refusedConfig(key: string, values: Values): ValueProblem | undefined {
  const problem = dockerConfigProblem(values(key).toString('utf8'));
  return problem === undefined ? undefined : {
    code: 'InvalidDockerConfig',
    key,
    message: `the value of the key ${JSON.stringify(key)} ${problem}`,
    next: 'give it the contents of a ~/.docker/config.json, or use DockerConfigSecret',
  };
}
