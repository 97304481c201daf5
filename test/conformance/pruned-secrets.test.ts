import pruned from './pruned-secrets.json';
import { rotatedApp, type RotatedDelivery } from '../support/rotated-app';
import { tempFolder } from '../support/temp-folder';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockImplementation(() => true));
afterEach(() => jest.restoreAllMocks());

const RUNS = pruned.runs.map(({ keep, ...run }) => [run.delivery, keep ?? 1, { ...run, keep }] as const);

/** Recorded with Kubernetes 1.35.4 and kubectl 1.32.4: `kubectl apply --prune` of each synth, and `kubectl rollout undo` in the end. `npm run test:cluster` does it again. */
test.each(RUNS)('%s, %s generations: what prunes leaves what the manifests hold', (delivery, count, { keep, steps, undone }) => {
  const synth = rotatedApp(tempFolder(), 'shop', delivery as RotatedDelivery, keep);
  const kind = delivery === 'sealed' ? 'SealedSecret' : 'Secret';
  const names: string[] = [];
  for (const { generation, left } of steps) {
    const { objects, name } = synth(generation);
    names.push(name);
    const held = objects.filter(object => object.kind === kind).map(({ metadata }) => names.indexOf(metadata.name) + 1);
    expect(held.sort()).toEqual(left);
    expect(left).toHaveLength(Math.min(count, generation));
  }
  expect(undone).toEqual({ generation: 3, found: steps.at(-1)!.left.includes(3) });
});
