import { ApiObject, App, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import {
  ContainerSelector, Secret, SecretBackedDeployment, SecretBackedJob, SecretBackedPod, type SecretBackedProps, SecretBinding, SecretRollout,
  SensitiveValue,
} from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { refusal } from '../support/refusal';
import { podTemplateOf } from '../support/workloads';

type Props = kplus.PodProps & SecretBackedProps;
type Maker = (scope: Construct, id: string, props: Props) => kplus.AbstractPod;

const READY: [string, Maker, Maker][] = [
  ['SecretBackedPod', (...args) => new SecretBackedPod(...args), (...args) => new kplus.Pod(...args)],
  ['SecretBackedDeployment', (...args) => new SecretBackedDeployment(...args), (...args) => new kplus.Deployment(...args)],
  ['SecretBackedJob', (...args) => new SecretBackedJob(...args), (...args) => new kplus.Job(...args)],
];

const setUp = () => {
  const chart = newChart();
  return { chart, db: new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromLiteral('1') } }) };
};
const CONTAINERS: kplus.ContainerProps[] = [{ name: 'app', image: 'app' }];

describe.each(READY)('%s', (_, make, makePlain) => {
  test('is the workload of cdk8s-plus with its bindings, and nothing else', () => {
    const props: kplus.PodProps = { containers: CONTAINERS, initContainers: [{ image: 'setup' }], metadata: { name: 'w' }, terminationGracePeriod: undefined };
    const { chart, db } = setUp();
    const bindings = [SecretBinding.env('A', db.key('a')), SecretBinding.files('/etc/db', db, { containers: ContainerSelector.all() })];
    const ready = make(chart, 'W', { ...props, bindings, rollout: SecretRollout.none() });
    const other = setUp();
    const plain = makePlain(other.chart, 'W', props).with(
      SecretBinding.env('A', other.db.key('a')), SecretBinding.files('/etc/db', other.db, { containers: ContainerSelector.all() }));
    expect(manifestOf(ready)).toEqual(manifestOf(plain));
  });

  test('its default child is the object, which can be patched', () => {
    const { chart } = setUp();
    const workload = make(chart, 'W', { containers: CONTAINERS });
    expect(workload.node.defaultChild).toBe(ApiObject.of(workload));
    ApiObject.of(workload).addJsonPatch(JsonPatch.add('/metadata/finalizers', ['x']));
    expect(manifestOf(workload).metadata.finalizers).toEqual(['x']);
  });

  test('two workloads from the same container props do not leak into each other, nor into the props', () => {
    const { chart, db } = setUp();
    const containers: kplus.ContainerProps[] = [{ name: 'app', image: 'app', envVariables: {}, envFrom: [], volumeMounts: [] }];
    const initContainers: kplus.ContainerProps[] = [{ name: 'setup', image: 'setup', envVariables: {} }];
    const everywhere = { containers: ContainerSelector.all() };
    const bindings = [SecretBinding.env('A', db.key('a'), everywhere), SecretBinding.envFrom(db, everywhere), SecretBinding.files('/etc/db', db, everywhere)];
    const untouched = make(chart, 'A', { containers, initContainers });
    make(chart, 'B', { containers, initContainers, bindings });
    const { spec } = podTemplateOf(manifestOf(untouched));
    for (const container of [...spec.containers, ...spec.initContainers]) {
      expect(container).not.toHaveProperty('env');
      expect(container).not.toHaveProperty('envFrom');
      expect(container).not.toHaveProperty('volumeMounts');
    }
    expect(spec).not.toHaveProperty('volumes');
    expect(containers).toEqual([{ name: 'app', image: 'app', envVariables: {}, envFrom: [], volumeMounts: [] }]);
    expect(initContainers).toEqual([{ name: 'setup', image: 'setup', envVariables: {} }]);
  });

  test('keeps what the container props say themselves', () => {
    const { chart, db } = setUp();
    const volume = kplus.Volume.fromEmptyDir(chart, 'E', 'e');
    const workload = make(chart, 'W', {
      containers: [{
        image: 'a', envVariables: { X: kplus.EnvValue.fromValue('x') }, envFrom: [kplus.Env.fromSecret(db)], volumeMounts: [{ path: '/e', volume }],
      }],
      bindings: [SecretBinding.env('A', db.key('a'))],
    });
    const [container] = podTemplateOf(manifestOf(workload)).spec.containers;
    expect(container.env).toEqual([{ name: 'X', value: 'x' }, { name: 'A', valueFrom: { secretKeyRef: { name: 'db', key: 'a' } } }]);
    expect(container.envFrom).toEqual([{ secretRef: { name: 'db' } }]);
    expect(container.volumeMounts).toEqual([{ name: 'e', mountPath: '/e' }]);
  });

  test('the rollout of its props is used', () => {
    const { chart, db } = setUp();
    const workload = make(chart, 'W', { containers: CONTAINERS, bindings: [SecretBinding.envFrom(db)], rollout: SecretRollout.checksum() });
    expect(podTemplateOf(manifestOf(workload)).metadata.annotations).toEqual({ 'checksum/secret': expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test('fails as its bindings do, with its path', () => {
    const { chart } = setUp();
    const other = Secret.fromSecretName(chart, 'Other', 'db', { namespace: 'data' });
    expect(refusal(() => make(chart, 'W', { containers: CONTAINERS, bindings: [SecretBinding.envFrom(other)] }))).toMatchObject({
      code: 'NamespaceMismatch', path: 'c/W',
    });
    expect(refusal(() => make(chart, 'X', { bindings: [SecretBinding.imagePull(), SecretBinding.envFrom(Secret.fromSecretName(chart, 'I', 'i'))] }))).toMatchObject({
      code: 'UnknownContainer', path: 'c/X',
    });
  });

  test('two apps give the same bytes', () => {
    const text = () => {
      const { chart, db } = setUp();
      make(chart, 'W', { containers: CONTAINERS, bindings: [SecretBinding.envFrom(db), SecretBinding.files('/etc/db', db, { mode: '0444' })] });
      const app = App.of(chart);
      expect(app.synthYaml()).toBe(app.synthYaml());
      return app.synthYaml();
    };
    expect(text()).toBe(text());
  });
});
