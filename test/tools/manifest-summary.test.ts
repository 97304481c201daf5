import { ManifestSummary } from '../../tools/manifest-summary';

const of = (...texts: string[]) => ManifestSummary.of(new Map(texts.map((text, index) => [`${index}.yaml`, text])));

test('counts files, objects by kind, secrets and workloads', () => {
  const summary = of('kind: Secret\n---\nkind: Deployment\n---\nkind: Service\n', 'kind: Deployment\n---\nkind: SealedSecret\n');
  expect([summary.files, summary.objects, summary.secrets, summary.workloads])
    .toEqual([2, 'Deployment 2, SealedSecret 1, Secret 1, Service 1', 2, 2]);
});

test('a file without objects counts as a file', () => {
  const summary = of('');
  expect([summary.files, summary.objects]).toEqual([1, '']);
});

test('adds up', () => {
  const total = ManifestSummary.total([of('kind: Secret\n', 'kind: Pod\n'), of('kind: Secret\n')]);
  expect([total.files, total.objects, total.secrets, total.workloads]).toEqual([3, 'Pod 1, Secret 2', 2, 1]);
});
