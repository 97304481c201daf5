import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubernetesVersion } from '../../src/kubernetes/versions';

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
  readonly manifest: any;
  /** What the manifest is to replace. */
  readonly oldManifest?: any;
  readonly verdicts: ReadonlyMap<KubernetesVersion, Verdict>;
}

/** Manifests with the verdicts of the compiled code of Kubernetes 1.28.15 and 1.33.13. */
export function readCases(): Case[] {
  const lines = readFileSync(join(__dirname, 'api-server-cases.jsonl'), 'utf8').trimEnd().split('\n');
  return lines.map(line => {
    const { id, manifest, oldManifest, ...verdicts } = JSON.parse(line);
    return {
      id,
      manifest,
      oldManifest,
      verdicts: new Map([[KubernetesVersion.V1_28, verdicts['v1.28']], [KubernetesVersion.V1_33, verdicts['v1.33']]]),
    };
  });
}
