/** A minor version of Kubernetes that manifests are checked against. */
export enum KubernetesVersion {
  /** Kubernetes 1.28, the oldest. */
  V1_28 = '1.28',
  /** Kubernetes 1.29. */
  V1_29 = '1.29',
  /** Kubernetes 1.30: every key of `envFrom` becomes a variable, whatever its name. */
  V1_30 = '1.30',
  /** Kubernetes 1.31. */
  V1_31 = '1.31',
  /** Kubernetes 1.32: names of variables may hold any printable ASCII but `=`. */
  V1_32 = '1.32',
  /** Kubernetes 1.33, the newest. */
  V1_33 = '1.33',
}

/** Every version, oldest first. */
export const ALL_VERSIONS: readonly KubernetesVersion[] = Object.values(KubernetesVersion);

/** The versions that a rule holds in: from the minor version `since` to the minor version `until`, both included. */
export interface VersionRange {
  readonly since?: number;
  readonly until?: number;
}

/** 28 for 1.28. */
export function minorOf(version: KubernetesVersion): number {
  return Number(version.slice('1.'.length));
}

/** Those of the versions that lie in the range, in their order. */
export function versionsIn(range: VersionRange, versions: readonly KubernetesVersion[]): KubernetesVersion[] {
  const { since = 0, until = Infinity } = range;
  if (since === 0 && until === Infinity) return [...versions];
  return versions.filter(version => since <= minorOf(version) && minorOf(version) <= until);
}

/** Whether a range leaves no version out. */
export function coversEveryVersion(range: VersionRange): boolean {
  return versionsIn(range, ALL_VERSIONS).length === ALL_VERSIONS.length;
}
