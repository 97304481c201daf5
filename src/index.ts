export { ContainerSelector } from './binding/container-selector';
export {
  SecretBinding, type BindingOptions, type EnvFromBindingOptions, type EnvBindingOptions, type EnvFilesBindingOptions, type FileBindingOptions,
  type FilesBindingOptions,
} from './binding/secret-binding';
export { ConfigMapBinding, type ConfigMapEnvFromOptions, type ConfigMapFilesOptions } from './binding/config-map-binding';
export { FluxSource } from './binding/flux-source';
export { SecretOrdering, type FluxDependsOnOptions } from './binding/secret-ordering';
export { SecretRollout } from './binding/secret-rollout';
export {
  SecretVolume, type SecretVolumeProps, type SecretSelection, type SecretVolumeOptions, type SecretVolumeSource,
} from './binding/secret-volume';
export { CertificateUsage, type CertificateDeliveryOptions } from './delivery/certificate/certificate-delivery';
export { CertificateIssuer, type OtherIssuer } from './delivery/certificate/certificate-issuer';
export { CertificateKey, type CertificateKeyOptions } from './delivery/certificate/certificate-key';
export { type CsiDeliveryOptions } from './delivery/csi/csi-delivery';
export { CsiProvider } from './delivery/csi/csi-provider';
export { type AwsCsiOptions } from './delivery/csi/providers/aws';
export { type AzureCsiOptions } from './delivery/csi/providers/azure-key-vault';
export { type GoogleCsiOptions } from './delivery/csi/providers/google-secret-manager';
export { type VaultCsiOptions } from './delivery/csi/providers/vault';
export { type ExternalDeliveryOptions } from './delivery/external/external-delivery';
export { ExternalCreationPolicy, ExternalDeletionPolicy } from './delivery/external/external-policies';
export { ExternalRefresh } from './delivery/external/external-refresh';
export { ExternalMergeConflictPolicy, ExternalRewrite, type ExternalMergeOptions } from './delivery/external/external-rewrite';
export { ExternalSource, type ExternalFindOptions, type ExternalSourceOptions, type IExternalGenerator } from './delivery/external/external-source';
export { ExternalGeneratorKind } from './delivery/external/generator-kind';
export { NamespaceSelector } from './delivery/external/namespace-selector';
export { type KeptGenerations } from './delivery/kept-generations';
export { PasswordEncoding, type PasswordOptions } from './generator/password-spec';
export { type ManifestDeliveryOptions } from './delivery/manifest-delivery';
export { RemoteNaming } from './delivery/remote-naming';
export { type SealedDeliveryOptions } from './delivery/sealed/sealed-delivery';
export { SealedSecretScope } from './delivery/sealed/sealed-secret-scope';
export { SecretDelivery } from './delivery/secret-delivery';
export { type SopsDeliveryOptions } from './delivery/sops/sops-delivery';
export { InfisicalProject, type InfisicalDeliveryOptions } from './delivery/infisical-delivery';
export { type OnePasswordDeliveryOptions } from './delivery/one-password-delivery';
export { type SecretSyncDeliveryOptions } from './delivery/csi/secret-sync-delivery';
export { type VaultAgentDeliveryOptions } from './delivery/vault/vault-agent-delivery';
export { type VaultDeliveryOptions } from './delivery/vault/vault-delivery';
export { VaultEngine, type VaultDynamicOptions, type VaultPkiOptions } from './delivery/vault/vault-engine';
export { VaultOperatorAuthReference, type IVaultOperatorAuth } from './delivery/vault/vault-operator-auth';
export { SecretStoreKind, StoreReference, type ISecretStore, type StoreReferenceOptions } from './delivery/external/store-reference';
export { SecretsError } from './errors/secrets-error';
export { ClusterGenerator, ExternalGenerator, type ExternalGeneratorProps } from './generator/external-generator';
export { GeneratorSpec } from './generator/generator-spec';
export { type GithubAccessTokenOptions } from './generator/github-token';
export {
  EcrScope, type AcrAccessTokenOptions, type EcrAuthorizationTokenOptions, type GcrAccessTokenOptions, type QuayAccessTokenOptions,
} from './generator/registry-tokens';
export { SshKeyType, type SshKeyOptions } from './generator/ssh-key';
export { type SecretMaker, type SecretOverview, type SecretReader, type SecretReading } from './exposure/reading-report';
export { ReadingWay } from './exposure/reading-way';
export { VaultResultType, type VaultDynamicSecretOptions } from './generator/vault-dynamic-secret';
export { type WebhookGeneratorOptions } from './generator/webhook';
export { type ContainerFile } from './inspect/view/container-files';
export { ContainerView, type ContainerVariable, type ContainerViewOptions } from './inspect/view/container-view';
export { VariableSource, VariableState } from './inspect/model/environment';
export { Severity, Stage, type AcknowledgedFinding, type Finding, type FindingPlace, type ObjectReference, type SourceLocation } from './inspect/finding';
export { AppInspection } from './app/app-inspection';
export { WarningHandling, type AppInspectionOptions } from './app/app-options';
export { Inspection } from './app/inspection';
export { type Acknowledgement, type ExistingSecret, type InspectionOptions } from './inspect/inspection-options';
export { SecretsValidation, type SecretsValidationProps } from './app/secrets-validation';
export { FileSource } from './inspect/model/volume-files';
export { ChangeKind, type ChangedKey, type ChangedSecret } from './change/changed-secrets';
export { WorkloadEffect, type ChangedWorkload } from './change/changed-workloads';
export { type GrownExposure } from './change/grown-exposure';
export { SecretChange } from './change/secret-change';
export { KubernetesVersion } from './kubernetes/versions';
export { Errors } from './report/errors';
export { BasicAuthSecret, type BasicAuthSecretProps } from './secret/basic-auth-secret';
export { BootstrapTokenSecret, type BootstrapTokenSecretProps } from './secret/bootstrap-token-secret';
export { Exposure, type ReadersOfOptions } from './secret/exposure';
export { DockerConfigSecret, type DockerConfigFromGeneratorProps, type DockerConfigSecretProps, type DockerRegistry } from './secret/docker-config-secret';
export { ExposureReport, type ExposureReportProps } from './secret/exposure-report';
export {
  OperatorSecret, type CertificateSecretOptions, type CnpgSecretOptions, type ElasticSecretOptions, type KafkaAuthoritySecretOptions,
  type KafkaUserSecretOptions, type OperatorSecretOptions, type RookSecretOptions, type ZalandoSecretOptions,
} from './secret/operator-secret';
export {
  Secret, type CommonSecretProps, type SecretFromDirectoryProps, type SecretFromEnvFileProps, type SecretFromNameOptions, type SecretProps,
  type TypedISecret, type TypedKeys, type TypedSecret, type TypedSecretFromNameOptions, type TypedSecretProps,
} from './secret/secret';
export { SecretGrants } from './secret/secret-grants';
export { AdmissionAction, type PolicyTargetOptions } from './policy/admission/policy-object';
export { type PolicyExport, type UnexportedPolicy } from './policy/policy-export';
export { PolicyTarget } from './policy/policy-target';
export { DeliveryKind, PolicyPack, SecretPolicy } from './policy/secret-policy';
export { SecretKey, type ISecret } from './secret/secret-reference';
export { SecretConfigMap, type SecretConfigMapProps } from './secret/secret-config-map';
export { ServiceAccountTokenSecret, type ServiceAccountTokenSecretProps } from './secret/service-account-token-secret';
export { SshAuthSecret, type SshAuthSecretProps } from './secret/ssh-auth-secret';
export { TlsSecret, type TlsSecretProps } from './secret/tls-secret';
export { AwsAuth } from './store/aws-auth';
export { AzureAuth } from './store/azure-auth';
export { GoogleAuth, type GoogleWorkloadIdentityOptions } from './store/google-auth';
export { KubernetesAuth } from './store/kubernetes-auth';
export { PushDeletionPolicy, PushSecret, PushUpdatePolicy, type PushedKey, type PushSecretProps } from './store/push-secret';
export { PushSource } from './store/push-source';
export { ClusterSecretStore, SecretStore, type ClusterSecretStoreProps, type SecretStoreProps } from './store/secret-store';
export { type AwsProviderOptions } from './store/providers/aws';
export { type AzureKeyVaultProviderOptions } from './store/providers/azure-key-vault';
export { type FakeStoreEntry } from './store/providers/fake';
export { type GoogleSecretManagerProviderOptions } from './store/providers/google-secret-manager';
export { type KubernetesProviderOptions } from './store/providers/kubernetes';
export { VaultEngineVersion, type VaultProviderOptions } from './store/providers/vault';
export { StoreProvider } from './store/store-provider';
export { type StoreServiceAccount } from './store/store-references';
export { VaultAuth, type VaultAppRoleAuthOptions, type VaultKubernetesAuthOptions } from './store/vault-auth';
export { VaultOperatorAuth, type VaultOperatorAuthProps } from './store/vault-operator-auth';
export {
  VaultOperatorMethod, type VaultOperatorAppRoleOptions, type VaultOperatorAwsOptions, type VaultOperatorJwtOptions,
  type VaultOperatorKubernetesOptions,
} from './store/vault-operator-method';
export { Alphabet } from './value/alphabet';
export {
  CertificateAuthority, IssuedCertificate, type CertificateAuthorityOptions, type IssuedCertificateOptions,
} from './value/certificate-authority';
export { Encoding } from './value/encoding';
export { KeyPair, type KeyPairOptions, type RsaKeyPairOptions } from './value/key-pair';
export {
  RemoteConversionStrategy, RemoteDecodingStrategy, RemoteMetadataPolicy, RemoteNullBytePolicy, type RemoteRef,
} from './value/remote-ref';
export {
  SensitiveValue, type CommandValueOptions, type EnvironmentValueOptions, type FieldValueOptions, type FileValueOptions, type GeneratedValueOptions,
  type GeneratedValueRotation, type TemplateValueOptions,
} from './value/sensitive-value';
export { FieldFormat } from './value/value-field';
export { FunctionForm } from './workload/function-form';
export { SecretBackedFunction, type FunctionResources, type SecretBackedFunctionProps } from './workload/secret-backed-function';
export * as apolo from './apolo';
export * as openfaas from './openfaas';
export * as swarm from './swarm';
