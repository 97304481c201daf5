/**
 * Fields whose feature gate was off when they came: until which minor version the API server drops them, by `Type.field`.
 * OpenAPI does not say so; it stands in pkg/features/kube_features.go of Kubernetes, and in the functions that drop the fields:
 * those of pkg/api/pod/util.go, and PrepareForCreate in pkg/registry/.
 */
export const DROPPED_UNTIL: Readonly<Record<string, number>> = {
  // EnvFiles
  'EnvVarSource.fileKeyRef': 34,
  // ContainerRestartRules, and SidecarContainers before; which policies of which containers, src/inspect/decode/dropped.ts knows
  'Container.restartPolicy': 34,
  'EphemeralContainer.restartPolicy': 34,
  'Container.restartPolicyRules': 34,
  'EphemeralContainer.restartPolicyRules': 34,
  // PodCertificateRequest
  'VolumeProjection.podCertificate': 36,
  // ClusterTrustBundleProjection
  'VolumeProjection.clusterTrustBundle': 36,
  // ImageVolume
  'Volume.image': 34,
  // HostnameOverride
  'PodSpec.hostnameOverride': 34,
  // PodLevelResources
  'PodSpec.resources': 33,
  // GenericWorkload
  'PodSpec.workloadRef': 35,
  'PodSpec.schedulingGroup': 37,
  // EvictionRequestAPI
  'PodSpec.evictionResponders': 37,
  // AtomicWriteVolumeUserFields
  'SecretVolumeSource.defaultUser': 37,
  'ConfigMapVolumeSource.defaultUser': 37,
  'DownwardAPIVolumeSource.defaultUser': 37,
  'ProjectedVolumeSource.defaultUser': 37,
  'KeyToPath.user': 37,
  'DownwardAPIVolumeFile.user': 37,
  'ServiceAccountTokenProjection.user': 37,
  'ClusterTrustBundleProjection.user': 37,
  'PodCertificateProjection.user': 37,
  // EmptyDirVolumeMode
  'EmptyDirVolumeSource.mode': 37,
  // VolumeBindMountOptions
  'VolumeMount.bindMountOptions': 37,
  // H2CContainerProbe, GRPCContainerProbeTLS
  'HTTPGetAction.protocol': 37,
  'GRPCAction.mode': 37,
  // WorkloadWithJob
  'JobSpec.scheduling': 37,
  // ContainerStopSignals
  'Lifecycle.stopSignal': 37,
  // MaxUnavailableStatefulSet
  'RollingUpdateStatefulSetStrategy.maxUnavailable': 36,
  // DynamicResourceAllocation
  'PodSpec.resourceClaims': 33,
  'ResourceRequirements.claims': 33,
  // UserNamespacesSupport, ProcMountType, SupplementalGroupsPolicy, SELinuxChangePolicy, InPlacePodVerticalScaling
  'PodSpec.hostUsers': 32,
  'SecurityContext.procMount': 32,
  'PodSecurityContext.supplementalGroupsPolicy': 32,
  'PodSecurityContext.seLinuxChangePolicy': 32,
  'Container.resizePolicy': 32,
  'EphemeralContainer.resizePolicy': 32,
  // MatchLabelKeysInPodAffinity, RecursiveReadOnlyMounts, PodLifecycleSleepAction
  'PodAffinityTerm.matchLabelKeys': 30,
  'PodAffinityTerm.mismatchLabelKeys': 30,
  'VolumeMount.recursiveReadOnly': 30,
  'LifecycleHandler.sleep': 29,
  // JobManagedBy, JobSuccessPolicy, JobBackoffLimitPerIndex, JobPodReplacementPolicy
  'JobSpec.managedBy': 31,
  'JobSpec.successPolicy': 30,
  'JobSpec.backoffLimitPerIndex': 28,
  'JobSpec.maxFailedIndexes': 28,
  'JobSpec.podReplacementPolicy': 28,
};
