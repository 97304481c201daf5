import type { StringMap } from '../model/string-map';

/**
 * The decoded objects, as far as validation and checks read them: every field is optional, and what had another type is
 * absent. The full lists of fields are in `decode/`.
 */
export interface ObjectMeta {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
}

export interface Secret {
  readonly metadata?: ObjectMeta;
  readonly type?: string;
  readonly data?: StringMap<string | number[]>;
  readonly stringData?: StringMap;
  readonly immutable?: boolean;
}

export interface ConfigMap {
  readonly metadata?: ObjectMeta;
  readonly data?: StringMap;
  readonly binaryData?: StringMap<string | number[]>;
}

export interface ServiceAccount {
  readonly metadata?: ObjectMeta;
  readonly automountServiceAccountToken?: boolean;
  readonly imagePullSecrets?: readonly LocalObjectReference[];
  readonly secrets?: readonly { readonly name?: string }[];
}

export interface LocalObjectReference {
  readonly name?: string;
}

export interface KeyReference extends LocalObjectReference {
  readonly key?: string;
  readonly optional?: boolean;
}

export interface ObjectFieldSelector {
  readonly apiVersion?: string;
  readonly fieldPath?: string;
}

export interface ResourceFieldSelector {
  readonly containerName?: string;
  readonly resource?: string;
}

export interface EnvVarSource {
  readonly fieldRef?: ObjectFieldSelector;
  readonly resourceFieldRef?: ResourceFieldSelector;
  readonly configMapKeyRef?: KeyReference;
  readonly secretKeyRef?: KeyReference;
}

export interface EnvVar {
  readonly name?: string;
  readonly value?: string;
  readonly valueFrom?: EnvVarSource;
}

export interface EnvFromSource {
  readonly prefix?: string;
  readonly secretRef?: OptionalReference;
  readonly configMapRef?: OptionalReference;
}

export interface OptionalReference extends LocalObjectReference {
  readonly optional?: boolean;
}

export interface VolumeMount {
  readonly name?: string;
  readonly mountPath?: string;
  readonly subPath?: string;
  readonly subPathExpr?: string;
  readonly readOnly?: boolean;
  readonly mountPropagation?: string;
  readonly recursiveReadOnly?: string;
}

export interface VolumeDevice {
  readonly name?: string;
  readonly devicePath?: string;
}

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort?: number;
  readonly hostPort?: number;
  readonly protocol?: string;
}

export interface SecurityContext {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
}

export interface PodSecurityContext {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly fsGroup?: number;
  readonly fsGroupChangePolicy?: string;
  readonly supplementalGroups?: readonly number[];
}

export interface Container {
  readonly name?: string;
  readonly image?: string;
  readonly imagePullPolicy?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly EnvFromSource[];
  readonly ports?: readonly ContainerPort[];
  readonly volumeMounts?: readonly VolumeMount[];
  readonly volumeDevices?: readonly VolumeDevice[];
  readonly securityContext?: SecurityContext;
  readonly terminationMessagePolicy?: string;
  readonly restartPolicy?: string;
  readonly lifecycle?: unknown;
  readonly livenessProbe?: unknown;
  readonly readinessProbe?: unknown;
  readonly startupProbe?: unknown;
}

export interface KeyToPath {
  readonly key?: string;
  readonly path?: string;
  readonly mode?: number;
}

export interface SecretVolumeSource {
  readonly secretName?: string;
  readonly items?: readonly KeyToPath[];
  readonly defaultMode?: number;
  readonly optional?: boolean;
}

/** A Secret or a ConfigMap among the sources of a projected volume; a ConfigMap volume, but for the mode. */
export interface KeyProjection extends OptionalReference {
  readonly items?: readonly KeyToPath[];
}

export interface ConfigMapVolumeSource extends KeyProjection {
  readonly defaultMode?: number;
}

export interface DownwardAPIVolumeFile {
  readonly path?: string;
  readonly fieldRef?: ObjectFieldSelector;
  readonly resourceFieldRef?: ResourceFieldSelector;
  readonly mode?: number;
}

export interface DownwardAPIVolumeSource {
  readonly items?: readonly DownwardAPIVolumeFile[];
  readonly defaultMode?: number;
}

export interface ServiceAccountTokenProjection {
  readonly path?: string;
  readonly expirationSeconds?: number;
}

export interface ClusterTrustBundleProjection {
  readonly path?: string;
  readonly name?: string;
  readonly signerName?: string;
}

export interface VolumeProjection {
  readonly secret?: KeyProjection;
  readonly configMap?: KeyProjection;
  readonly downwardAPI?: DownwardAPIVolumeSource;
  readonly serviceAccountToken?: ServiceAccountTokenProjection;
  readonly clusterTrustBundle?: ClusterTrustBundleProjection;
}

export interface ProjectedVolumeSource {
  readonly sources?: readonly VolumeProjection[];
  readonly defaultMode?: number;
}

export interface CSIVolumeSource {
  readonly driver?: string;
  readonly readOnly?: boolean;
  readonly volumeAttributes?: StringMap;
  readonly nodePublishSecretRef?: LocalObjectReference;
}

export interface Volume {
  readonly name?: string;
  readonly secret?: SecretVolumeSource;
  readonly configMap?: ConfigMapVolumeSource;
  readonly projected?: ProjectedVolumeSource;
  readonly downwardAPI?: DownwardAPIVolumeSource;
  readonly csi?: CSIVolumeSource;
  readonly emptyDir?: object;
  readonly hostPath?: { readonly path?: string };
  readonly nfs?: { readonly server?: string; readonly path?: string };
  readonly persistentVolumeClaim?: { readonly claimName?: string };
  readonly ephemeral?: { readonly volumeClaimTemplate?: object };
}

export interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly ephemeralContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly imagePullSecrets?: readonly LocalObjectReference[];
  readonly serviceAccountName?: string;
  readonly serviceAccount?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly restartPolicy?: string;
  readonly dnsPolicy?: string;
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly nodeSelector?: StringMap;
  readonly activeDeadlineSeconds?: number;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: PodSecurityContext;
  readonly hostNetwork?: boolean;
  readonly enableServiceLinks?: boolean;
}

export interface PodTemplateSpec {
  readonly metadata?: ObjectMeta;
  readonly spec?: PodSpec;
}

export interface LabelSelectorRequirement {
  readonly key?: string;
  readonly operator?: string;
  readonly values?: readonly string[];
}

export interface LabelSelector {
  readonly matchLabels?: StringMap;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}
