import { parseAllDocuments } from 'yaml';
import type { Files } from './files';

/** The kinds that bring a secret to the cluster, each in its own way. */
const SECRET_KINDS = new Set(['Secret', 'SealedSecret', 'ExternalSecret', 'SecretProviderClass']);

/** The kinds that have pods. */
const WORKLOAD_KINDS = new Set(['Pod', 'ReplicationController', 'ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/** What there is in a set of manifests. */
export class ManifestSummary {
  /** Counts the objects of manifest files. */
  public static of(files: Files): ManifestSummary {
    const kinds = new Map<string, number>();
    for (const [file, text] of files) {
      // Files for other systems stand beside the manifests: scripts, stack files.
      if (!file.endsWith('.yaml')) continue;
      for (const document of parseAllDocuments(text, { prettyErrors: false })) {
        const kind = document.get('kind') as string | undefined;
        if (kind !== undefined) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
    }
    return new ManifestSummary(files.size, kinds);
  }

  /** All of them together. */
  public static total(summaries: readonly ManifestSummary[]): ManifestSummary {
    const kinds = new Map<string, number>();
    for (const [kind, count] of summaries.flatMap(summary => [...summary.kinds])) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
    return new ManifestSummary(summaries.reduce((sum, summary) => sum + summary.files, 0), kinds);
  }

  private constructor(public readonly files: number, private readonly kinds: ReadonlyMap<string, number>) {}

  /** How many objects bring a secret to the cluster. */
  public get secrets(): number {
    return this.count(SECRET_KINDS);
  }

  /** How many objects have pods. */
  public get workloads(): number {
    return this.count(WORKLOAD_KINDS);
  }

  /** `Deployment 2, Secret 3`, sorted by kind. */
  public get objects(): string {
    return [...this.kinds].sort(([a], [b]) => a < b ? -1 : 1).map(([kind, count]) => `${kind} ${count}`).join(', ');
  }

  private count(wanted: ReadonlySet<string>): number {
    return [...this.kinds].reduce((sum, [kind, count]) => wanted.has(kind) ? sum + count : sum, 0);
  }
}
