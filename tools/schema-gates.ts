/**
 * Fields whose feature gate was off when they came: until which minor version the API server drops them, by `Type.field`.
 * OpenAPI does not say so; it stands in pkg/features/kube_features.go of Kubernetes, and in the strategies that drop the fields.
 */
export const DROPPED_UNTIL: Readonly<Record<string, number>> = {
  'EnvVarSource.fileKeyRef': 34,
  'Container.restartPolicyRules': 34,
  'EphemeralContainer.restartPolicyRules': 34,
  'VolumeProjection.podCertificate': 36,
  'VolumeProjection.clusterTrustBundle': 36,
  'Volume.image': 34,
  'PodSpec.hostnameOverride': 34,
  'PodSpec.resources': 33,
  'PodSpec.workloadRef': 35,
  'PodSpec.schedulingGroup': 37,
  'PodSpec.evictionResponders': 37,
  'SecretVolumeSource.defaultUser': 37,
  'ConfigMapVolumeSource.defaultUser': 37,
  'DownwardAPIVolumeSource.defaultUser': 37,
  'ProjectedVolumeSource.defaultUser': 37,
  'KeyToPath.user': 37,
  'DownwardAPIVolumeFile.user': 37,
  'ServiceAccountTokenProjection.user': 37,
  'ClusterTrustBundleProjection.user': 37,
  'PodCertificateProjection.user': 37,
  'EmptyDirVolumeSource.mode': 37,
  'VolumeMount.bindMountOptions': 37,
  'HTTPGetAction.protocol': 37,
  'GRPCAction.mode': 37,
  'JobSpec.scheduling': 37,
  'Lifecycle.stopSignal': 37,
};
