import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inspection, KubernetesVersion, SecretChange } from '../../src';

/** What an API server said of a change by `kubectl apply`, and whether the pod template in it was another one then. */
interface Update {
  readonly id: string;
  readonly oldManifest: any;
  readonly manifest: any;
  /** The fields that it refused. */
  readonly refused: readonly string[];
  readonly templateChanges?: boolean;
}

/** Recorded with Kubernetes 1.35.4, all of it: API server, admission, kubectl. */
const UPDATES: Update[] = readFileSync(join(__dirname, 'updates.jsonl'), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line));
const OPTIONS = { versions: [KubernetesVersion.V1_35], missingSecrets: false };

const inspected = (manifest: any) => Inspection.fromManifests([manifest], OPTIONS);

test.each(UPDATES.map(update => [update.id, update] as const))('%s: the API server refuses these fields', (_, { oldManifest, manifest, refused }) => {
  expect(Inspection.fromUpdate([oldManifest], [manifest], OPTIONS).refusals.map(({ code, path }) => [code, path])).toEqual(refused.map(path => ['ImmutableField', path]));
  expect(SecretChange.between(inspected(oldManifest), inspected(manifest)).refusals.map(({ path }) => path)).toEqual(refused);
});

test.each(UPDATES.filter(({ templateChanges }) => templateChanges !== undefined).map(update => [update.id, update] as const))(
  '%s: the pods are replaced where the API server has another template', (_, { oldManifest, manifest, templateChanges }) => {
    const effects = SecretChange.between(inspected(oldManifest), inspected(manifest)).workloads.map(({ effect }) => effect);
    const effect = oldManifest.kind === 'CronJob' ? 'later' : 'restarts';
    expect(effects).toEqual(templateChanges && oldManifest.kind !== 'Job' ? [effect] : []);
  },
);
