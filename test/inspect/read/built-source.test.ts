import { builtSource, generatedSource } from '../../../src/inspect/read/built-source';
import { readManifestStream } from '../../../src/inspect/read/manifest-stream';
import { Origins } from '../../../src/inspect/read/origins';

const FILE = `apiVersion: v1
kind: ConfigMap
metadata: { name: a }
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      imagePullSecrets:
        - name: registry
      containers:
        - name: app
          volumeMounts:
            - name: v
              mountPath: /a
            - name: v
              mountPath: /b
  - apiVersion: v1
    kind: Pod
    metadata:
      name: web-two
`;

function lineOf(object: object, path: (string | number)[], text = FILE): number | undefined {
  return builtSource(object, 'f.yaml', new Origins(readManifestStream(text, { file: 'f.yaml' })), 'unit').locate!(path)?.line;
}

const pod = (name: string, spec: object = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec });

test.each([
  ['an item of a List', pod('dev-web'), ['metadata', 'name'], 11],
  ['the longest name that is in the new one', pod('web-two-prod'), ['metadata', 'name'], 25],
  ['an item that was moved is known by its name', pod('web', { containers: [{ name: 'sidecar' }, { name: 'app' }] }), ['spec', 'containers', 1, 'name'], 16],
  ['a mount by its path', pod('web', { containers: [{ name: 'app', volumeMounts: [{ name: 'v', mountPath: '/b' }] }] }), ['spec', 'containers', 0, 'volumeMounts', 0, 'mountPath'], 21],
  ['what was added has the place of what it was added to', pod('web', { containers: [{ name: 'sidecar' }, { name: 'app' }] }), ['spec', 'containers', 0, 'name'], 15],
  ['a name that a prefix changed stays in its place', pod('web', { imagePullSecrets: [{ name: 'dev-registry' }] }), ['spec', 'imagePullSecrets', 0, 'name'], 14],
  ['an object that the file no longer has', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } }, ['metadata'], 1],
  ['an object of another group', { apiVersion: 'apps/v1', kind: 'Pod', metadata: { name: 'web' } }, ['metadata'], 1],
])('%s', (_, object, path, line) => {
  expect(lineOf(object, path)).toBe(line);
});

test('of two objects of one name, that of the namespace', () => {
  const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: one}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: two}\n';

  expect(lineOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'two' } }, ['metadata'], text)).toBe(7);
});

test.each([
  ['db-g9k7bt', 'Secret', 3],
  ['dev-db-two-g9k7bt', 'Secret', 4],
  ['app-g9k7bt', 'ConfigMap', 6],
  ['gone-g9k7bt', 'ConfigMap', 5],
])('the generated object %s has the place of its generator', (name, kind, line) => {
  const [kustomization] = readManifestStream('\nsecretGenerator:\n  - name: db\n  - name: db-two\nconfigMapGenerator:\n  - name: app\n');

  expect(generatedSource({ kind, metadata: { name } }, 'k.yaml', kustomization, 'unit').locate!(['data', 'x'])?.line).toBe(line);
});
