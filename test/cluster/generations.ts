import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubectl, listOf, mustKubectl } from './kubectl';
import { ROOT } from './manifests';
import { ROTATED, rotatedApp, type RotatedDelivery } from '../support/rotated-app';

/** What `kubectl apply --prune` left of the Secrets of an app, generation by generation. */
export interface PrunedRun {
  readonly delivery: RotatedDelivery;
  readonly keep?: number;
  readonly steps: readonly PrunedStep[];
  /** The generation that the template names after `kubectl rollout undo` of the last step, and whether it is in the cluster. */
  readonly undone: { readonly generation: number; readonly found: boolean };
}

/** What was there after one generation was applied. */
export interface PrunedStep {
  readonly generation: number;
  readonly left: readonly number[];
}

const KINDS: Readonly<Record<RotatedDelivery, { readonly kind: string; readonly type: string }>> = {
  manifest: { kind: 'secrets', type: 'core/v1/Secret' },
  sealed: { kind: 'sealedsecrets.bitnami.com', type: 'bitnami.com/v1alpha1/SealedSecret' },
};

/** Applies four generations of an app with --prune and takes the rollout back: is there in the cluster what was there when it was recorded? */
export function runGenerations(namespace: string): { summary: string; wrong: string[] } {
  const { runs } = JSON.parse(readFileSync(join(ROOT, 'test', 'conformance', 'pruned-secrets.json'), 'utf8')) as { runs: PrunedRun[] };
  const wrong = runs.flatMap(run => {
    const now = prunedRun(namespace, run.delivery, run.keep);
    return JSON.stringify(now) === JSON.stringify(run) ? [] : [`pruned Secrets: ${JSON.stringify(now)} is in the cluster, and was once ${JSON.stringify(run)}`];
  });
  return { summary: `${runs.length} apps rotated with kubectl apply --prune.`, wrong };
}

/** What a cluster makes of four generations of an app. */
export function prunedRun(namespace: string, delivery: RotatedDelivery, keep: number | undefined): PrunedRun {
  const folder = mkdtempSync(join(tmpdir(), 'generations-'));
  const synth = rotatedApp(folder, namespace, delivery, keep);
  const { kind, type } = KINDS[delivery];
  const names: string[] = [];
  const present = () => mustKubectl(['get', kind, '-n', namespace, '-l', ROTATED, '-o', 'jsonpath={.items[*].metadata.name}']).split(' ').filter(name => name !== '');
  const generationOf = (name: string) => names.indexOf(name) + 1;
  try {
    const steps = [1, 2, 3, 4].map(generation => {
      const { objects, name } = synth(generation);
      names.push(name);
      mustKubectl(['apply', '-n', namespace, '--prune', '-l', ROTATED, '--prune-allowlist', type, '--prune-allowlist', 'apps/v1/Deployment', '-f', '-'], listOf(objects));
      // the controller notes the revision that undo goes back to
      mustKubectl(['wait', '-n', namespace, 'deployment/api', `--for=jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}=${generation}`, '--timeout=60s']);
      return { generation, left: present().map(generationOf).sort() };
    });
    mustKubectl(['rollout', 'undo', '-n', namespace, 'deployment/api']);
    const named = mustKubectl(['get', '-n', namespace, 'deployment/api', '-o', 'jsonpath={.spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.name}']);
    return { delivery, ...keep === undefined ? {} : { keep }, steps, undone: { generation: generationOf(named), found: present().includes(named) } };
  } finally {
    rmSync(folder, { recursive: true });
    kubectl(['delete', '-n', namespace, 'deployment,secrets', '-l', ROTATED]);
    kubectl(['delete', '-n', namespace, 'sealedsecrets.bitnami.com', '-l', ROTATED]);
  }
}
