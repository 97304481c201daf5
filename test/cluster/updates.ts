import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl, mustKubectl } from './kubectl';
import { ROOT } from './manifests';
import { Inspection, SecretChange, type KubernetesVersion } from '../../src';
import { asApplied } from '../../src/change/live-object';
import { versionNamed } from '../../src/kubernetes/versions';

/** A change, and what a cluster said of it once. */
interface Update {
  readonly id: string;
  readonly oldManifest: any;
  readonly manifest: any;
  readonly refused: readonly string[];
  readonly templateChanges?: boolean;
}

/**
 * Makes every recorded change in the cluster, without keeping it: does the cluster refuse the fields that we say, and does the pod template become another one where we say so, also
 * where we compare with what is in the cluster?
 */
export function runUpdates(namespace: string): { summary: string; wrong: string[] } {
  const { serverVersion } = JSON.parse(mustKubectl(['version', '-o', 'json']));
  const version = versionNamed(`${serverVersion.major}.${serverVersion.minor}`).version!;
  const updates: Update[] = readFileSync(join(ROOT, 'test', 'conformance', 'updates.jsonl'), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line));
  for (const account of ['a', 'b']) mustKubectl(['create', 'serviceaccount', account, '-n', namespace]);
  const wrong = updates.flatMap(update => differencesOf(update, namespace, version));
  return { summary: `${updates.length} changes made in the cluster and compared.`, wrong };
}

function differencesOf({ id, oldManifest, manifest, refused, templateChanges }: Update, namespace: string, version: KubernetesVersion): string[] {
  const { kind, metadata: { name } } = manifest;
  const of = (object: any) => Inspection.fromManifests([object], { missingSecrets: false, versions: [version] });
  mustKubectl(['apply', '-n', namespace, '-f', '-'], oldManifest);
  try {
    const live = JSON.parse(mustKubectl(['get', '-n', namespace, kind, name, '-o', 'json']));
    const answer = kubectl(['apply', '-n', namespace, '--dry-run=server', '-f', '-', '-o', 'json'], manifest);
    const fields = answer.ok ? [] : refusedFields(answer.stderr);
    const template = (object: any) => JSON.stringify(kind === 'CronJob' ? object.spec.jobTemplate.spec.template : object.spec?.template);
    const isOther = answer.ok && template(JSON.parse(answer.stdout)) !== template(live);
    const change = SecretChange.between(of(asApplied(live, manifest)), of(manifest));
    const ours = [...new Set(change.refusals.map(({ path }) => path))].sort();
    const restarts = change.workloads.some(({ effect }) => effect === 'restarts' || effect === 'later');
    return [
      ...JSON.stringify(fields) === JSON.stringify(refused) ? [] : [`${id}: the cluster refuses ${JSON.stringify(fields)}, and once refused ${JSON.stringify(refused)}`],
      ...JSON.stringify(fields) === JSON.stringify(ours) ? [] : [`${id}: the cluster refuses ${JSON.stringify(fields)}, and diff says ${JSON.stringify(ours)}`],
      ...templateChanges === undefined || kind === 'Job' || isOther === restarts ? [] : [`${id}: the template ${isOther ? 'changes' : 'stays'}, and diff says otherwise`],
    ];
  } finally {
    mustKubectl(['delete', '-n', namespace, '--now', kind, name]);
  }
}

/** The fields in an answer of the API server, each once. */
function refusedFields(stderr: string): string[] {
  const text = stderr.slice(stderr.indexOf('is invalid:') + 'is invalid:'.length).trim();
  const errors = text.startsWith('*') ? text.split('\n').filter(line => line.startsWith('* ')).map(line => line.slice(2)) : [text];
  return [...new Set(errors.map(error => error.slice(0, error.indexOf(': '))))].sort();
}
