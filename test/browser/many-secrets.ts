/**
 * Manifests of many Secrets: of a shop with teams in namespaces of their own, each with Secrets of several deliveries, workloads, and roles.
 *
 * @param count how many Secrets
 */
export function manySecrets(count: number): any[] {
  const objects: any[] = [];
  const RBAC = 'rbac.authorization.k8s.io';
  const teams = Math.max(1, Math.round(count / 40));
  const teamOf = (index: number) => `team-${String(index % teams + 1).padStart(2, '0')}`;
  for (let index = 0; index < count; index++) {
    const metadata = { name: `${['db', 'cache', 'api', 'mail', 'payment'][index % 5]}-${index}`, namespace: teamOf(index) };
    const keys = index % 3 === 0 ? ['username', 'password'] : ['token'];
    if (index % 4 === 0) {objects.push({ apiVersion: 'v1', kind: 'Secret', metadata, data: Object.fromEntries(keys.map(key => [key, 'eA=='])) });} else if (index % 4 === 1) {objects.push({ apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata, spec: { encryptedData: Object.fromEntries(keys.map(key => [key, 'AgA='])) } });} else {
      objects.push({
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata,
        spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: index % 4 === 2 ? 'vault' : 'aws' }, data: keys.map(key => ({ secretKey: key, remoteRef: { key: metadata.name } })) },
      });
    }
  }
  for (let index = 0; index < count / 2; index++) {
    const used = [index, index + Math.ceil(count / 2)].filter(each => each < count);
    for (const [at, secret] of used.entries()) {
      const name = `${['db', 'cache', 'api', 'mail', 'payment'][secret % 5]}-${secret}`;
      const labels = { app: `service-${index}-${at}` };
      const container = secret % 7 === 0
        ? { name: 'main', image: 'registry.example/x:1', env: [{ name: 'SECRET', valueFrom: { secretKeyRef: { name, key: secret % 3 === 0 ? 'password' : 'token' } } }] }
        : { name: 'main', image: 'registry.example/x:1', volumeMounts: [{ name: 'secret', mountPath: '/etc/secret', readOnly: true }] };
      objects.push({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: labels.app, namespace: teamOf(secret) },
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels, ...secret % 2 === 0 ? { annotations: { 'checksum/secret': 'x' } } : {} },
            spec: { automountServiceAccountToken: false, containers: [container], ...secret % 7 === 0 ? {} : { volumes: [{ name: 'secret', secret: { secretName: name } }] } },
          },
        },
      });
    }
  }
  for (let team = 0; team < teams; team++) {
    const namespace = teamOf(team);
    objects.push(
      { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name: 'debug', namespace }, rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }] },
      { apiVersion: `${RBAC}/v1`, kind: 'RoleBinding', metadata: { name: 'debug', namespace }, roleRef: { apiGroup: RBAC, kind: 'Role', name: 'debug' }, subjects: [{ kind: 'Group', apiGroup: RBAC, name: `${namespace}-developers` }] },
      { apiVersion: `${RBAC}/v1`, kind: 'RoleBinding', metadata: { name: 'deploy', namespace }, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'edit' }, subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' }] },
    );
  }
  return objects;
}
