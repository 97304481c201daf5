export { ContainerSelector } from './binding/container-selector';
export {
  SecretBinding, type SecretBindingOptions, type SecretEnvFromOptions, type SecretEnvOptions, type SecretFileOptions, type SecretFilesBindingOptions,
} from './binding/secret-binding';
export { SecretRollout } from './binding/secret-rollout';
export {
  SecretVolume, type CommonSecretVolumeOptions, type SecretFilesOptions, type SecretVolumeOptions, type SecretVolumeSource,
} from './binding/secret-volume';
export { SecretDelivery } from './delivery/secret-delivery';
export { Errors, SecretsError } from './errors/secrets-error';
export { BasicAuthSecret, type BasicAuthSecretProps } from './secret/basic-auth-secret';
export { BootstrapTokenSecret, type BootstrapTokenSecretProps } from './secret/bootstrap-token-secret';
export { DockerConfigSecret, type DockerConfigSecretProps, type DockerRegistry } from './secret/docker-config-secret';
export {
  Secret, type CommonSecretProps, type SecretFromDirectoryProps, type SecretFromEnvFileProps, type SecretFromNameOptions, type SecretProps,
  type TypedISecret, type TypedKeys, type TypedSecret, type TypedSecretFromNameOptions, type TypedSecretProps,
} from './secret/secret';
export { SecretKey, type ISecret } from './secret/secret-reference';
export { ServiceAccountTokenSecret, type ServiceAccountTokenSecretProps } from './secret/service-account-token-secret';
export { SshAuthSecret, type SshAuthSecretProps } from './secret/ssh-auth-secret';
export { TlsSecret, type TlsSecretProps } from './secret/tls-secret';
export { SensitiveValue, type SensitiveEnvironmentOptions, type SensitiveFileOptions } from './value/sensitive-value';
export { SecretBackedDeployment, type SecretBackedDeploymentProps } from './workload/secret-backed-deployment';
export { SecretBackedFunction, type FunctionResources, type SecretBackedFunctionProps } from './workload/secret-backed-function';
export { SecretBackedJob, type SecretBackedJobProps } from './workload/secret-backed-job';
export { SecretBackedPod, type SecretBackedPodProps } from './workload/secret-backed-pod';
export { type SecretBackedProps } from './workload/secret-backed-workload';
