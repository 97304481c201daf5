import { ApiObject, type Chart } from 'cdk8s';
import { ContainerSelector, CsiProvider, Inspection, KubernetesVersion, Secret, SecretBinding, SecretDelivery, SensitiveValue } from '../../src';
import { newChart } from '../support/charts';
import { codes, refusal } from '../support/refusal';

const image = 'busybox:1.37';
const unread = SensitiveValue.fromRemote({ key: 'db' });
const csi = (chart: Chart, name: string, ...keys: string[]) => new Secret(chart, name, {
  metadata: { name }, data: Object.fromEntries(keys.map(key => [key, unread])), delivery: SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'r' }) }),
});

function podWith(chart: Chart, spec: object, ...bindings: SecretBinding[]): any {
  return SecretBinding.all(...bindings).bind(new ApiObject(chart, 'P', {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'nginx:1' }], ...spec },
  }));
}
const specOf = (pod: ApiObject) => pod.toJson().spec;
const valueOf = (volumeName: string, key: string) => ({ name: key, valueFrom: { fileKeyRef: { volumeName, path: 'secret.env', key } } });

test('an init container writes the variables from the files of the CSI driver, and nothing else mounts them', () => {
  const chart = newChart('ns');
  const db = csi(chart, 'db', 'user', 'password');
  const pod = podWith(chart, {}, SecretBinding.envsFromFiles({ DB_USER: db.key('user'), DB_PASSWORD: db.key('password') }, { image }));
  const { containers, initContainers, volumes } = specOf(pod);
  const [{ name, command, ...writer }] = initContainers;
  expect(initContainers).toHaveLength(1);
  expect(name).toMatch(/^cdk8s-secrets-env-db-[0-9a-f]{8}$/);
  expect(command.slice(0, 2)).toEqual(['sh', '-c']);
  expect(writer).toEqual({
    image,
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
    volumeMounts: [{ mountPath: '/mnt/secret', name: 'secret-db', readOnly: true }, { mountPath: '/mnt/env', name }],
  });
  expect(volumes).toEqual([
    { name: 'secret-db', csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'db' } } },
    { name, emptyDir: { medium: 'Memory' } },
  ]);
  expect(containers).toEqual([{ name: 'c', image: 'nginx:1', env: [valueOf(name, 'DB_PASSWORD'), valueOf(name, 'DB_USER')] }]);
  expect(chart.toJson().find(({ kind }) => kind === 'SecretProviderClass').spec.secretObjects).toBeUndefined();
});

test('nothing is found in it from 1.35 on, and the view has the variables', () => {
  const chart = newChart('ns');
  const db = csi(chart, 'db', 'password');
  podWith(chart, {}, SecretBinding.envsFromFiles({ PASSWORD: db.key('password') }, { image }));
  const inspection = Inspection.fromManifests(chart.toJson(), { versions: [KubernetesVersion.V1_35, KubernetesVersion.V1_37] });
  expect(inspection.findings).toEqual([]);
  const { environment, failure } = inspection.container('Pod', 'p', 'c');
  expect(environment.map(({ name, source, key }) => [name, source, key])).toEqual([['PASSWORD', 'file', 'PASSWORD']]);
  expect(failure).toBeUndefined();
});

test('it works with any delivery: of a Secret, the files are those of a volume of it', () => {
  const chart = newChart('ns');
  const db = Secret.fromSecretName(chart, 'Db', 'db', { keys: ['a'] });
  const { volumes } = specOf(podWith(chart, {}, SecretBinding.envsFromFiles({ A: db.key('a') }, { image })));
  expect(volumes[0]).toEqual({ name: 'secret-db', secret: { secretName: 'db' } });
});

test('init containers that see the variables come after the one that writes them', () => {
  const chart = newChart('ns');
  const db = csi(chart, 'db', 'a');
  const names = (containers: ContainerSelector | undefined) => {
    const inner = newChart('ns');
    const pod = podWith(inner, { initContainers: [{ name: 'setup', image: 'x:1' }] }, SecretBinding.envsFromFiles({ A: csi(inner, 'db', 'a').key('a') }, { image, containers }));
    return specOf(pod).initContainers.map(({ name, env }: any) => [name.replace(/-[0-9a-f]{8}$/, ''), env !== undefined]);
  };
  expect(db.name).toBe('db');
  expect(names(undefined)).toEqual([['setup', false], ['cdk8s-secrets-env-db', false]]);
  expect(names(ContainerSelector.all())).toEqual([['cdk8s-secrets-env-db', false], ['setup', true]]);
});

test('bindings to all containers leave the one that writes alone', () => {
  const chart = newChart('ns');
  const [db, other] = [csi(chart, 'db', 'a'), csi(chart, 'other', 'b')];
  const containers = ContainerSelector.all();
  const pod = podWith(chart, {}, SecretBinding.envsFromFiles({ A: db.key('a'), B: other.key('b') }, { image, containers }));
  const { initContainers, containers: [{ env }] } = specOf(pod);
  expect(initContainers.map((container: any) => container.env)).toEqual([undefined, undefined]);
  expect(env.map(({ name }: any) => name)).toEqual(['A', 'B']);
});

test('applying it twice changes nothing', () => {
  const once = newChart('ns');
  const twice = newChart('ns');
  const binding = (chart: Chart) => SecretBinding.envsFromFiles({ A: csi(chart, 'db', 'a').key('a') }, { image });
  const bound = binding(twice);
  expect(specOf(podWith(twice, {}, bound, bound))).toEqual(specOf(podWith(once, {}, binding(once))));
});

test.each<[string, (chart: Chart) => unknown, string]>([
  ['a name that is none', chart => SecretBinding.envsFromFiles({ '1A': csi(chart, 'db', 'a').key('a') }, { image }), 'InvalidEnvName'],
  ['a key that is not there', chart => SecretBinding.envsFromFiles({ A: csi(chart, 'db', 'a').key('b') }, { image }), 'UnknownKey'],
])('it is refused for %s', (_, make, code) => {
  expect(refusal(() => make(newChart('ns'))).code).toBe(code);
});

test('it is refused where a variable is set already, another container has the name, or there are no init containers', () => {
  const chart = newChart('ns');
  const binding = SecretBinding.envsFromFiles({ A: csi(chart, 'db', 'a').key('a') }, { image });
  const [{ name }] = specOf(podWith(chart, {}, binding)).initContainers;
  const inOther = (spec: object, kind = 'Pod', apiVersion = 'v1') => {
    const other = newChart('ns');
    SecretBinding.envsFromFiles({ A: csi(other, 'db', 'a').key('a') }, { image }).bind(new ApiObject(other, 'P', { apiVersion, kind, spec }));
    return codes(other).filter(found => found.startsWith('[c/P]'));
  };
  expect(inOther({ containers: [{ name: 'c', image: 'nginx:1', env: [{ name: 'A', value: 'x' }] }] })).toContain('[c/P] DuplicateEnvName');
  expect(inOther({ containers: [{ name: 'c', image: 'nginx:1' }], initContainers: [{ name, image: 'x:1' }] })).toContain('[c/P] DuplicateContainer');
  expect(inOther({ steps: [{ name: 's', image: 'x:1' }] }, 'Task', 'tekton.dev/v1')).toContain('[c/P] UnsupportedWorkload');
});
