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
  /** Kubernetes 1.33. */
  V1_33 = '1.33',
  /** Kubernetes 1.34: the pod template of a StatefulSet is validated when it is created. */
  V1_34 = '1.34',
  /** Kubernetes 1.35: variables may come from files (`fileKeyRef`), volumes from images. */
  V1_35 = '1.35',
  /** Kubernetes 1.36. */
  V1_36 = '1.36',
  /** Kubernetes 1.37, the newest. */
  V1_37 = '1.37',
}

/** Every version, oldest first. */
export const ALL_VERSIONS: readonly KubernetesVersion[] = Object.values(KubernetesVersion);

/** The oldest version that is known. */
export const OLDEST_VERSION = ALL_VERSIONS[0];

/** The newest version that is known. */
export const NEWEST_VERSION = ALL_VERSIONS[ALL_VERSIONS.length - 1];

/** The versions that a rule holds in: from the minor version `since` to the minor version `until`, both included. */
export interface VersionRange {
  readonly since?: number;
  readonly until?: number;
}

/** 28 for 1.28. */
export function minorOf(version: KubernetesVersion): number {
  return Number(version.slice('1.'.length));
}

/** Whether a minor version lies in a range. */
export function isInRange(minor: number, { since = 0, until = Infinity }: VersionRange): boolean {
  return since <= minor && minor <= until;
}

/** The versions that two ranges share, or undefined where they share none. */
export function intersection(one: VersionRange, other: VersionRange): VersionRange | undefined {
  const since = Math.max(one.since ?? 0, other.since ?? 0);
  const until = Math.min(one.until ?? Infinity, other.until ?? Infinity);
  return since > until ? undefined : { ...since === 0 ? {} : { since }, ...until === Infinity ? {} : { until } };
}

/** Those of the versions that lie in the range, in their order. */
export function versionsIn(range: VersionRange, versions: readonly KubernetesVersion[]): KubernetesVersion[] {
  const { since = 0, until = Infinity } = range;
  if (since === 0 && until === Infinity) return [...versions];
  return versions.filter(version => isInRange(minorOf(version), range));
}

/** What another range leaves of one, at one of its ends; undefined where it leaves nothing. A hole in its middle is not made. */
export function rangeWithout(range: VersionRange, taken: VersionRange): VersionRange | undefined {
  const { since = 0, until = Infinity } = range;
  const { since: from = 0, until: to = Infinity } = taken;
  const before = from > since;
  const after = to < until;
  if (before === after || to < since || from > until) return before || after ? range : undefined;
  return before ? { ...range, until: from - 1 } : { ...range, since: to + 1 };
}

/** Whether a range leaves no version out. */
export function coversEveryVersion(range: VersionRange): boolean {
  return versionsIn(range, ALL_VERSIONS).length === ALL_VERSIONS.length;
}
