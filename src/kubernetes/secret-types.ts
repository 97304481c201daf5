/** The types of Secrets that Kubernetes gives a meaning to. */
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

/** Whether the kubelet takes image-pull credentials from Secrets of this type. Of all others it takes none, silently. */
export function isPullSecretType(type: string): boolean {
  return type === DOCKER_CONFIG_JSON || type === DOCKER_CFG;
}
