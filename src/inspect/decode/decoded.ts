import type { TYPES } from '../../schema/types';
import type { StringMap } from '../model/string-map';

type Table = typeof TYPES;

/** What a value of a type in the notation of the table is, once it is decoded. */
type ValueOf<Notation extends string> =
  Notation extends `[]${infer Item}` ? readonly ValueOf<Item>[]
    : Notation extends `map[string]${infer Item}` ? StringMap<ValueOf<Item>>
      : Notation extends keyof Table ? Decoded<Notation>
        : Notation extends keyof Scalars ? Scalars[Notation] : never;

interface Scalars {
  readonly string: string;
  readonly bool: boolean;
  readonly int32: number;
  readonly int64: number;
  readonly bytes: string | number[];
  readonly quantity: string | number | bigint;
  readonly time: string;
  readonly intOrString: string | number;
  readonly any: unknown;
}

/** The type of a field without the versions that have it. */
type TypeOf<Field extends string> = Field extends `${infer Notation} ${string}` ? Notation : Field;

/** A decoded object of a type of the table: every field is optional, and what had another type is absent. */
export type Decoded<Name extends keyof Table> = {
  readonly [Field in keyof Table[Name]]?: Table[Name][Field] extends string ? ValueOf<TypeOf<Table[Name][Field]>> : never;
};

export type ObjectMeta = Decoded<'ObjectMeta'>;
export type Secret = Decoded<'Secret'>;
export type ConfigMap = Decoded<'ConfigMap'>;
export type ServiceAccount = Decoded<'ServiceAccount'>;
export type LocalObjectReference = Decoded<'LocalObjectReference'>;
/** A key of a Secret or of a ConfigMap. */
export type KeyReference = Decoded<'SecretKeySelector'>;
export type ObjectFieldSelector = Decoded<'ObjectFieldSelector'>;
export type ResourceFieldSelector = Decoded<'ResourceFieldSelector'>;
export type FileKeySelector = Decoded<'FileKeySelector'>;
export type EnvVarSource = Decoded<'EnvVarSource'>;
export type EnvVar = Decoded<'EnvVar'>;
export type EnvFromSource = Decoded<'EnvFromSource'>;
/** All keys of a Secret or of a ConfigMap. */
export type OptionalReference = Decoded<'SecretEnvSource'>;
export type VolumeMount = Decoded<'VolumeMount'>;
export type VolumeDevice = Decoded<'VolumeDevice'>;
export type ContainerPort = Decoded<'ContainerPort'>;
export type SecurityContext = Decoded<'SecurityContext'>;
export type PodSecurityContext = Decoded<'PodSecurityContext'>;
export type Container = Decoded<'Container'>;
export type KeyToPath = Decoded<'KeyToPath'>;
export type SecretVolumeSource = Decoded<'SecretVolumeSource'>;
/** A Secret or a ConfigMap among the sources of a projected volume. */
export type KeyProjection = Decoded<'SecretProjection'>;
export type ConfigMapVolumeSource = Decoded<'ConfigMapVolumeSource'>;
export type DownwardAPIVolumeFile = Decoded<'DownwardAPIVolumeFile'>;
export type DownwardAPIVolumeSource = Decoded<'DownwardAPIVolumeSource'>;
export type ServiceAccountTokenProjection = Decoded<'ServiceAccountTokenProjection'>;
export type ClusterTrustBundleProjection = Decoded<'ClusterTrustBundleProjection'>;
export type VolumeProjection = Decoded<'VolumeProjection'>;
export type ProjectedVolumeSource = Decoded<'ProjectedVolumeSource'>;
export type CSIVolumeSource = Decoded<'CSIVolumeSource'>;
export type Volume = Decoded<'Volume'>;
export type PodSpec = Decoded<'PodSpec'>;
export type PodTemplateSpec = Decoded<'PodTemplateSpec'>;
export type LabelSelectorRequirement = Decoded<'LabelSelectorRequirement'>;
export type LabelSelector = Decoded<'LabelSelector'>;
