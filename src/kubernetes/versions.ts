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

/** The oldest version that is in support. Move it on when a version leaves it (about 14 months after it came). */
const OLDEST_IN_SUPPORT = KubernetesVersion.V1_35;

/** Every version that is known, oldest first. */
export const ALL_VERSIONS: readonly KubernetesVersion[] = Object.values(KubernetesVersion);

/** The oldest version that is known. */
export const OLDEST_VERSION = ALL_VERSIONS[0];

/** The newest version that is known. */
export const NEWEST_VERSION = ALL_VERSIONS[ALL_VERSIONS.length - 1];

/** The versions in support, oldest first: what is inspected against where none is named. */
export const SUPPORTED_VERSIONS: readonly KubernetesVersion[] = ALL_VERSIONS.slice(ALL_VERSIONS.indexOf(OLDEST_IN_SUPPORT));

/** The versions that a rule holds in: from the minor version `since` to the minor version `until`, both included. */
export interface VersionRange {
  readonly since?: number;
  readonly until?: number;
}

/** 28 for 1.28. */
export function minorOf(version: KubernetesVersion): number {
  return Number(version.slice('1.'.length));
}

/** What a text names: a version, which may be newer than every one that is known, or why it names none. */
export type NamedVersion =
  | { readonly version: KubernetesVersion; readonly problem?: undefined }
  | { readonly version?: undefined; readonly problem: string };

/** Reads the name of a version: `1.35`, `v1.35`, `1.35.4`. */
export function versionNamed(text: string): NamedVersion {
  const minor = /^v?1\.(0|[1-9]\d{0,2})(?:\.\d+)?$/.exec(text.trim())?.[1];
  if (minor === undefined) return { problem: `${JSON.stringify(text)} is no version of Kubernetes` };
  if (Number(minor) < minorOf(OLDEST_VERSION)) return { problem: `Kubernetes 1.${minor} is older than ${OLDEST_VERSION}, the oldest version that is known` };
  return { version: versionOf(Number(minor)) };
}

/** Whether a version is newer than every one that is known. */
export function isNewer(version: KubernetesVersion): boolean {
  return minorOf(version) > minorOf(NEWEST_VERSION);
}

/** Versions without repetition, oldest first. */
export function inOrder(versions: Iterable<KubernetesVersion>): KubernetesVersion[] {
  return [...new Set(versions)].sort((a, b) => minorOf(a) - minorOf(b));
}

/** `Kubernetes 1.35 to 1.37`, or `Kubernetes 1.28, 1.37` where versions are left out between them. */
export function textOfVersions(versions: readonly KubernetesVersion[]): string {
  const minors = versions.map(minorOf);
  const isRange = minors.length > 2 && minors[minors.length - 1] - minors[0] === minors.length - 1;
  return `Kubernetes ${isRange ? `${versions[0]} to ${versions[versions.length - 1]}` : versions.join(', ')}`;
}

/** 1.28 for 28. */
export function versionOf(minor: number): KubernetesVersion {
  return `1.${minor}` as KubernetesVersion;
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
