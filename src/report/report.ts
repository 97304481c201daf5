import { printable } from './printable';
import { Severity, type AcknowledgedFinding, type Finding } from '../inspect/finding';
import type { Skipped, UnreadableFile } from '../inspect/read/skipped';
import { textOfVersions, type KubernetesVersion } from '../kubernetes/versions';

/** What a report is made of. */
export interface Report {
  /** The files that were read, `-` for standard input, in their order. */
  readonly files: readonly string[];
  readonly objectCount: number;
  /** The versions of Kubernetes that were asked for. */
  readonly versions: readonly KubernetesVersion[];
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** What was found in folders and not inspected. */
  readonly skipped?: readonly Skipped[];
  /** What could not be read. */
  readonly unreadable?: readonly UnreadableFile[];
  /** What else there is to say of the whole. */
  readonly notes?: readonly string[];
}

/** Findings by number. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly acknowledged: number;
}

/** How many findings a report has. */
export function countsOf({ findings, acknowledged }: Report): Counts {
  const errors = findings.filter(finding => finding.severity === Severity.ERROR).length;
  return { errors, warnings: findings.length - errors, acknowledged: acknowledged.length };
}

/** `Deployment team-a/api`. */
export function objectName({ object: { apiVersion, kind, namespace, name } }: Pick<Finding, 'object'>): string {
  const title = kind === '' ? apiVersion === '' ? 'document' : 'object' : kind;
  return name === '' ? title : `${title} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** `Kubernetes 1.28 to 1.30`, or nothing where a finding holds in every version that was asked for. */
export function versionsText(finding: Finding, asked: readonly KubernetesVersion[]): string {
  const { versions } = finding;
  return versions.length === asked.length ? '' : textOfVersions(versions);
}

/** Stands for all files together, where findings of them are. */
const WHOLE_INPUT = '';

/** What a report calls a file. */
export function fileTitle(file: string): string {
  if (file === WHOLE_INPUT) return 'all files';
  return file === '-' ? 'standard input' : printable(file);
}

/** The findings of each file, in the order of the files, and then those that are about no file. */
export function byFile<T>(files: readonly string[], items: readonly T[], findingOf: (item: T) => Finding): Map<string, T[]> {
  const groups = new Map<string, T[]>(files.map(file => [file, []]));
  const elsewhere = files.length === 0 || files.includes('-') ? '-' : WHOLE_INPUT;
  for (const item of items) {
    const file = findingOf(item).location?.file ?? elsewhere;
    const group = groups.get(file);
    if (group === undefined) groups.set(file, [item]);
    else group.push(item);
  }
  return groups;
}

/** `1 file`, `2 files`. */
export function number(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
