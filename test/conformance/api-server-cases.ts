import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_VERSIONS, KubernetesVersion, minorOf } from '../../src/kubernetes/versions';

/** What one version of the API server's own code said of a manifest. */
export interface Verdict {
  /** It cannot read it. */
  readonly decode?: string;
  /** It refuses it when it reads it with strict field validation; the lenient reading goes on to `errors`. */
  readonly strict?: string;
  /** It refuses it when it validates it. */
  readonly errors?: string[];
  readonly warnings?: string[];
}

export interface Case {
  readonly id: string;
  /** What was varied in the manifest. */
  readonly topics: readonly string[];
  readonly manifest: any;
  /** What the manifest is to replace. */
  readonly oldManifest?: any;
  readonly verdicts: ReadonlyMap<KubernetesVersion, Verdict>;
}

/**
 * Manifests with the verdicts of compiled code of Kubernetes: some of 1.28.15 and 1.33.13, some of 1.33.13, 1.34.4, 1.35.4, 1.36.3 and
 * 1.37.2, drawn at random for every rule of pods and workloads, and some of these and of 1.29.15, 1.30.14, 1.31.14 and 1.32.11, drawn
 * field by field of the types. It decodes strictly, sets the defaults, prepares for the creation, validates and warns, with the default
 * feature gates and, but for the first ones, the admission that names a ServiceAccount.
 */
export function readCases(): Case[] {
  const ofTwo = readLines('api-server-cases.jsonl').map(({ id, manifest, oldManifest, ...verdicts }) => ({
    id,
    topics: ['secrets'],
    manifest,
    oldManifest,
    verdicts: new Map([[KubernetesVersion.V1_28, verdicts['v1.28']], [KubernetesVersion.V1_33, verdicts['v1.33']]]),
  }));
  const ofMore = OF_MORE.flatMap(readLines).map(({ id, topics, manifest, verdicts }) => ({
    id,
    topics,
    manifest,
    verdicts: new Map(Object.entries<Verdict>(verdicts).flatMap(([range, verdict]) => versionsOf(range).map(version => [version, verdict] as const))),
  }));
  return [...ofTwo, ...ofMore];
}

/** Files whose cases say what ranges of versions said. */
const OF_MORE = ['api-server-cases-1.33-1.37.jsonl', 'api-server-random-1.33-1.37.jsonl', 'api-server-fields-1.28-1.37.jsonl'];

function readLines(file: string): any[] {
  return readFileSync(join(__dirname, file), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line));
}

/** The versions of `1.33` or `1.33-1.35`. */
function versionsOf(range: string): KubernetesVersion[] {
  const [first, last = first] = range.split('-').map(version => minorOf(version as KubernetesVersion));
  return ALL_VERSIONS.filter(version => minorOf(version) >= first && minorOf(version) <= last);
}
