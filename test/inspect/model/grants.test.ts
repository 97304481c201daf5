import { inventoryOf } from '../../../src/inspect/model/inventory';

const RBAC = 'rbac.authorization.k8s.io';
const binding = (name: string, kind = 'ClusterRole') => ({
  manifest: {
    apiVersion: `${RBAC}/v1`, kind: 'RoleBinding', metadata: { name, namespace: 'a' }, roleRef: { kind, name }, subjects: [{ kind: 'ServiceAccount', name: 'robot', namespace: 'ci' }],
  },
});
const role = (name: string, more: object) => ({ manifest: { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name, labels: { of: name } }, ...more } });
const READS = { rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['db'], verbs: ['get'] }] };

test('a role that every cluster has grants what it allows', () => {
  expect(inventoryOf([binding('edit')]).grants).toEqual([
    { namespace: 'a', verbs: ['get', 'list', 'watch'], subject: 'ServiceAccount/ci/robot', role: 'ClusterRole/edit' },
    { namespace: 'a', verbs: ['create', 'delete', 'deletecollection', 'patch', 'update'], subject: 'ServiceAccount/ci/robot', role: 'ClusterRole/edit' },
  ]);
  expect(inventoryOf([binding('view')]).grants).toEqual([]);
});

test('a role that aggregates others grants what they allow', () => {
  const all = role('all', { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { of: 'reader' } }] }, rules: [] });
  expect(inventoryOf([all, role('reader', READS), binding('all')]).grants).toEqual([
    { namespace: 'a', secret: 'db', verbs: ['get'], subject: 'ServiceAccount/ci/robot', role: 'ClusterRole/all' },
  ]);
  expect(inventoryOf([all, role('other', READS), binding('all')]).grants).toEqual([]);
});
