import { parseAllDocuments } from 'yaml';
import { crdProblems } from './crd';
import { Example } from '../../tools/example';
import { readFiles } from '../../tools/files';

const GROUPS = ['bitnami.com', 'external-secrets.io', 'secrets-store.csi.x-k8s.io'];

const resources = Example.all().flatMap(example => [...readFiles(example.snapshotFolder)].flatMap(([file, text]) =>
  parseAllDocuments(String(text)).map(document => document.toJS()).filter(manifest => GROUPS.includes(String(manifest?.apiVersion).split('/')[0]))
    .map(manifest => [`${example.name}/${file}`, manifest.kind, manifest.metadata.name, manifest] as const)));

test('there are custom resources in the examples', () => {
  expect(new Set(resources.map(([, kind]) => kind)).size).toBeGreaterThan(1);
});

test.each(resources)('in %s the %s %s is what its CRD takes', (_, __, ___, manifest) => {
  expect(crdProblems(manifest)).toEqual([]);
});
