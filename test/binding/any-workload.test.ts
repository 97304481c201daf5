import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Cron, Include, JsonPatch, Testing, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as kplus33 from 'cdk8s-plus-33';
import { Construct, type IConstruct } from 'constructs';
import { ContainerSelector, Secret, SecretBinding, SecretRollout, SecretVolume, SensitiveValue, type ISecret } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { codes, findings } from '../support/refusal';
import { tempFile, tempFolder } from '../support/temp-folder';

const TEMPLATE = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app' }] } };
const SELECTOR = { matchLabels: { app: 'web' } };

/** Where the pod template of each kind of object is, and an object of it. */
const OBJECTS: [string, object, (manifest: any) => any][] = [
  ['a Deployment', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector: SELECTOR, template: TEMPLATE } }, manifest => manifest.spec.template],
  ['a Pod', { apiVersion: 'v1', kind: 'Pod', spec: TEMPLATE.spec }, manifest => manifest],
  ['a CronJob', {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    spec: { schedule: '0 0 * * *', jobTemplate: { spec: { template: { spec: { ...TEMPLATE.spec, restartPolicy: 'Never' } } } } },
  }, manifest => manifest.spec.jobTemplate.spec.template],
  ['a PodTemplate', { apiVersion: 'v1', kind: 'PodTemplate', template: TEMPLATE }, manifest => manifest.template],
  ['a Rollout of Argo', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { selector: SELECTOR, template: TEMPLATE } }, manifest => manifest.spec.template],
  ['a Service of Knative', { apiVersion: 'serving.knative.dev/v1', kind: 'Service', spec: { template: TEMPLATE } }, manifest => manifest.spec.template],
  ['a resource with a template further down', {
    apiVersion: 'example.com/v1', kind: 'Pipeline', spec: { stages: [{ run: { podTemplate: TEMPLATE } }] },
  }, manifest => manifest.spec.stages[0].run.podTemplate],
];

const secretOf = (chart: Chart) => new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromLiteral('value-of-a') } });
const everyBinding = (chart: Chart, db: ISecret = secretOf(chart)) => [
  SecretBinding.env('A', db.key('a')), SecretBinding.envFrom(db), SecretBinding.files('/etc/db', db),
  SecretBinding.imagePull(Secret.fromSecretName(chart, 'Registry', 'registry')),
];

/** What these bindings make of a pod. */
function expectBound(template: any): void {
  expect(template.spec.containers[0]).toMatchObject({
    env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'db', key: 'a' } } }],
    envFrom: [{ secretRef: { name: 'db' } }],
    volumeMounts: [{ name: 'secret-db', mountPath: '/etc/db', readOnly: true }],
  });
  expect(template.spec.volumes).toEqual([{ name: 'secret-db', secret: { secretName: 'db' } }]);
  expect(template.spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
}

describe.each(OBJECTS)('%s', (_, props, templateOf) => {
  const make = (chart: Chart) => new ApiObject(chart, 'W', { metadata: { name: 'w' }, ...props } as any);

  test('is bound as an ApiObject', () => {
    const chart = newChart();
    const object = make(chart);
    object.with(...everyBinding(chart));
    expectBound(templateOf(manifestOf(object)));
  });

  test('is bound by its chart, also before it is there', () => {
    const chart = newChart();
    chart.with(...everyBinding(chart));
    expectBound(templateOf(manifestOf(make(chart))));
  });

  test('is bound where it was included', () => {
    const chart = newChart();
    const url = tempFile(JSON.stringify({ metadata: { name: 'w' }, ...props }));
    const include = new Include(chart, 'I', { url });
    include.with(...everyBinding(chart));
    expectBound(templateOf(manifestOf(include.apiObjects[0])));
  });
});

test('the steps and sidecars of a Task of Tekton are bound, and pull secrets are refused, which it cannot have', () => {
  const chart = newChart();
  const task = new ApiObject(chart, 'T', {
    apiVersion: 'tekton.dev/v1',
    kind: 'Task',
    spec: { steps: [{ name: 'build', image: 'builder' }], sidecars: [{ name: 'proxy', image: 'proxy' }] },
  });
  const db = secretOf(chart);
  task.with(SecretBinding.env('A', db.key('a'), { containers: ContainerSelector.named('build') }), SecretBinding.files('/etc/db', db));
  const { spec } = manifestOf(task);
  expect(spec.steps[0].env).toEqual([{ name: 'A', valueFrom: { secretKeyRef: { name: 'db', key: 'a' } } }]);
  expect(spec.sidecars[0]).not.toHaveProperty('env');
  expect([spec.steps[0].volumeMounts, spec.volumes]).toEqual([[{ name: 'secret-db', mountPath: '/etc/db', readOnly: true }], [{ name: 'secret-db', secret: { secretName: 'db' } }]]);
  expect(findings(chart)).toEqual([]);
  task.with(SecretBinding.imagePull(Secret.fromSecretName(chart, 'R', 'registry')));
  expect(codes(chart)).toEqual(['[c/T] UnsupportedWorkload']);
});

describe('a workload of cdk8s-plus-33', () => {
  const CONTAINERS = { containers: [{ name: 'app', image: 'app', portNumber: 80 }] };
  test.each<[string, (chart: Chart) => IConstruct, (manifest: any) => any]>([
    ['Pod', chart => new kplus33.Pod(chart, 'W', CONTAINERS), manifest => manifest],
    ['Deployment', chart => new kplus33.Deployment(chart, 'W', CONTAINERS), manifest => manifest.spec.template],
    ['StatefulSet', chart => new kplus33.StatefulSet(chart, 'W', CONTAINERS), manifest => manifest.spec.template],
    ['DaemonSet', chart => new kplus33.DaemonSet(chart, 'W', CONTAINERS), manifest => manifest.spec.template],
    ['Job', chart => new kplus33.Job(chart, 'W', CONTAINERS), manifest => manifest.spec.template],
    ['CronJob', chart => new kplus33.CronJob(chart, 'W', { ...CONTAINERS, schedule: Cron.daily() }), manifest => manifest.spec.jobTemplate.spec.template],
  ])('is bound: %s', (_, make, templateOf) => {
    const chart = newChart();
    expectBound(templateOf(manifestOf(make(chart).with(...everyBinding(chart)))));
    expect(codes(chart).filter(code => code.startsWith('[c/W]'))).toEqual([]);
  });

  test('mounts a SecretVolume, and takes a key as the value of a variable', () => {
    const chart = newChart();
    const db = secretOf(chart);
    const deployment = new kplus33.Deployment(chart, 'W', CONTAINERS);
    deployment.containers[0].mount('/etc/db', SecretVolume.fromSecret(chart, 'V', db));
    deployment.containers[0].env.addVariable('A', db.envValue('a'));
    const { spec } = manifestOf(deployment).spec.template;
    expect(spec.volumes).toEqual([{ name: 'secret-db', secret: { secretName: 'db' } }]);
    expect(spec.containers[0].env).toEqual([{ name: 'A', valueFrom: { secretKeyRef: { name: 'db', key: 'a' } } }]);
  });

  test('its Secret is bound with the keys that it has', () => {
    const chart = newChart();
    const db = Secret.of(new kplus33.Secret(chart, 'Plus', { metadata: { name: 'plus' }, stringData: { a: 'text-of-a' } }));
    expect(db.keyNames).toEqual(['a']);
  });
});

test('JSON patches of the user come after the bindings', () => {
  const chart = newChart();
  const deployment = new kplus.Deployment(chart, 'W', { containers: [{ image: 'a' }] });
  ApiObject.of(deployment).addJsonPatch(JsonPatch.replace('/spec/template/spec/containers/0/env/0/name', 'B'));
  deployment.with(SecretBinding.env('A', secretOf(chart).key('a')));
  expect(manifestOf(deployment).spec.template.spec.containers[0].env[0].name).toBe('B');
  expect(findings(chart)).toEqual([]);
});

test('every way to synthesize gives the same', () => {
  const text = (make: (app: App, chart: Chart) => unknown, yamlOutputType?: YamlOutputType) => {
    const app = new App({ outdir: tempFolder({}), yamlOutputType });
    const chart = new Chart(app, 'c', { namespace: 'web' });
    const db = secretOf(chart);
    SecretBinding.all(SecretBinding.envs({ A: db.key('a') }), SecretBinding.files('/etc/db', db))
      .bind(new kplus.Deployment(chart, 'W', { metadata: { name: 'w' }, containers: [{ image: 'a', portNumber: 80 }] }));
    return make(app, chart);
  };
  const yaml = text(app => app.synthYaml());
  expect(yaml).toContain('checksum/secret');
  expect(text(app => [app.synthYaml(), app.synthYaml()][1])).toBe(yaml);
  const objects = text((_, chart) => chart.toJson());
  expect(text((_, chart) => Testing.synth(chart))).toEqual(objects);
  const files = Object.values(YamlOutputType).filter((type): type is YamlOutputType => typeof type === 'number').map(type => text(app => {
    app.synth();
    const paths = readdirSync(app.outdir, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.yaml')).sort();
    return paths.map(path => readFileSync(join(app.outdir, path), 'utf8').trim().split('---\n').map(part => part.trim())).flat().sort();
  }, type));
  expect(new Set(files.map(parts => JSON.stringify(parts))).size).toBe(1);
  expect(files[0]).toEqual((yaml as string).trim().split('---\n').map(part => part.trim()).sort());
});

describe('what reaches nothing', () => {
  test('a binding on a chart without pods is an error that says what is there', () => {
    const chart = newChart();
    chart.with(SecretBinding.envFrom(secretOf(chart)));
    expect(findings(chart)).toEqual([
      '[c] BindingUnused: the binding reached no pod; what it was applied to makes 1 Secret; apply it to a workload, or to a chart that holds one',
    ]);
  });

  test('a rollout likewise, unless it asks for nothing', () => {
    const chart = newChart();
    secretOf(chart);
    chart.with(SecretRollout.none());
    expect(codes(chart)).toEqual([]);
    chart.with(SecretRollout.checksum());
    expect(codes(chart)).toEqual(['[c] BindingUnused']);
  });

  test('a rollout that a nearer one overrules, or a later one replaces, has not reached nothing', () => {
    const chart = newChart();
    chart.with(SecretRollout.checksum());
    const object = new ApiObject(chart, 'W', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector: SELECTOR, template: TEMPLATE } });
    object.with(SecretBinding.envFrom(secretOf(chart)), SecretRollout.checksum(), SecretRollout.reloader());
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(object)).toMatchObject({ metadata: { annotations: { 'secret.reloader.stakater.com/auto': 'true' } } });
    expect(manifestOf(object).spec.template.metadata).not.toHaveProperty('annotations');
  });

  test('a custom resource without pods', () => {
    const chart = newChart();
    new ApiObject(chart, 'W', { apiVersion: 'example.com/v1', kind: 'Thing', spec: {} }).with(SecretBinding.envFrom(secretOf(chart)));
    expect(codes(chart)).toEqual(['[c/W] BindingUnused']);
  });

  test('an object whose class drops what it does not know', () => {
    class OldDeployment extends ApiObject {
      public toJson(): any {
        const { spec: { template }, ...rest } = super.toJson();
        const [{ name, image }] = template.spec.containers;
        return { ...rest, spec: { selector: SELECTOR, template: { ...template, spec: { containers: [{ name, image }] } } } };
      }
    }
    const chart = newChart();
    new OldDeployment(chart, 'W', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector: SELECTOR, template: TEMPLATE } })
      .with(SecretBinding.envFrom(secretOf(chart)));
    expect(codes(chart)).toEqual(['[c/W] BindingDropped']);
  });

  test('an object whose class does not ask cdk8s at all', () => {
    class OwnWay extends ApiObject {
      public toJson(): any {
        return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'w', namespace: 'web' }, spec: { selector: SELECTOR, template: structuredClone(TEMPLATE) } };
      }
    }
    const chart = newChart();
    new OwnWay(chart, 'W', { apiVersion: 'apps/v1', kind: 'Deployment' }).with(SecretBinding.envFrom(secretOf(chart)));
    expect(codes(chart)).toContain('[c/W] BindingDropped');
  });
});

describe('a rollout that was asked for and sees no change', () => {
  const metadataOf = (construct: { node: { metadata: { type: string; data: any }[] } }) =>
    construct.node.metadata.filter(({ type }) => type === 'cdk8s-secrets:warning').map(({ data }) => data.code);

  test('is a warning with the way out', () => {
    const chart = newChart();
    const external = Secret.fromSecretName(chart, 'E', 'external', { keys: ['a'] });
    const deployment = new kplus.Deployment(chart, 'W', { containers: [{ image: 'a', portNumber: 80 }] })
      .with(SecretBinding.envFrom(external), SecretRollout.checksum());
    expect(findings(chart)).toEqual([]);
    expect(metadataOf(deployment)).toEqual(['RolloutIneffective']);
  });

  test('is silent where nobody asked', () => {
    const chart = newChart();
    const external = Secret.fromSecretName(chart, 'E', 'external', { keys: ['a'] });
    const deployment = new kplus.Deployment(chart, 'W', { containers: [{ image: 'a', portNumber: 80 }] }).with(SecretBinding.envFrom(external));
    expect(findings(chart)).toEqual([]);
    expect(metadataOf(deployment)).toEqual([]);
  });
});

test.each(['StatefulSet', 'DaemonSet', 'Deployment'])('a %s that is bound rolls when a value changes, a Job and a Pod do not', kind => {
  const annotationsOf = (value: string, apiVersion: string, ofKind: string) => {
    const chart = newChart();
    const db = new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromLiteral(value) } });
    const spec = ofKind === 'Pod' ? TEMPLATE.spec : { selector: SELECTOR, template: TEMPLATE };
    const object = new ApiObject(chart, 'W', { apiVersion, kind: ofKind, spec });
    object.with(SecretBinding.envFrom(db));
    return (ofKind === 'Pod' ? manifestOf(object) : manifestOf(object).spec.template).metadata.annotations;
  };
  const one = annotationsOf('one', 'apps/v1', kind);
  expect(one).toEqual({ 'checksum/secret': expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(annotationsOf('one', 'apps/v1', kind)).toEqual(one);
  expect(annotationsOf('two', 'apps/v1', kind)).not.toEqual(one);
  expect(annotationsOf('one', 'batch/v1', 'Job')).toBeUndefined();
  expect(annotationsOf('one', 'v1', 'Pod')).toBeUndefined();
});

test('a checksum that a chart has already counts too', () => {
  const annotationOf = (value: string, own: string) => {
    const chart = newChart();
    const db = new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromLiteral(value) } });
    const object = new ApiObject(chart, 'W', {
      apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector: SELECTOR, template: { ...TEMPLATE, metadata: { annotations: { 'checksum/secret': own } } } },
    });
    object.with(SecretBinding.envFrom(db));
    return manifestOf(object).spec.template.metadata.annotations['checksum/secret'];
  };
  expect(new Set([annotationOf('a', '1'), annotationOf('a', '2'), annotationOf('b', '1')]).size).toBe(3);
});

test('two workloads made of the same props share nothing', () => {
  const chart = newChart();
  const containers: kplus.ContainerProps[] = [{ name: 'app', image: 'app', envVariables: {}, envFrom: [], volumeMounts: [] }];
  const plain = new kplus.Pod(chart, 'A', { containers });
  new kplus.Pod(chart, 'B', { containers }).with(...everyBinding(chart));
  expect(manifestOf(plain).spec.containers[0]).not.toHaveProperty('env');
  expect(containers).toEqual([{ name: 'app', image: 'app', envVariables: {}, envFrom: [], volumeMounts: [] }]);
});

test('a SecretVolume that is mounted by hand is one with that of a binding of the same files', () => {
  const chart = newChart();
  const db = secretOf(chart);
  const deployment = new kplus.Deployment(chart, 'W', { containers: [{ image: 'a', portNumber: 80 }] });
  deployment.containers[0].mount('/by-hand', SecretVolume.fromSecret(chart, 'V', db));
  deployment.with(SecretBinding.files('/bound', db));
  expect(manifestOf(deployment).spec.template.spec.volumes).toEqual([{ name: 'secret-db', secret: { secretName: 'db' } }]);
  expect(findings(chart)).toEqual([]);
});

test('a second file at the place of another is refused, also where both are of one volume', () => {
  const chart = newChart();
  const db = Secret.fromSecretName(chart, 'Db', 'db');
  const pod = SecretBinding.files('/etc/db', db).bind(new ApiObject(chart, 'P', {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: {
      containers: [{ name: 'c', image: 'nginx:1', volumeMounts: [{ name: 'secret-db', mountPath: '/etc/db', subPath: 'password' }] }],
      volumes: [{ name: 'secret-db', secret: { secretName: 'db' } }],
    },
  }));
  expect(codes(pod)).toContain('[c/P] DuplicateMountPath');
});

test('what is wrong with one construct in one way is said once', () => {
  const chart = newChart();
  const db = Secret.fromSecretName(chart, 'Db', 'db');
  const empty = new Construct(chart, 'Empty');
  [SecretBinding.envFrom(db), SecretBinding.envFrom(db, { prefix: 'X_' })].forEach(binding => binding.applyTo(empty));
  expect(codes(chart)).toEqual(['[c/Empty] BindingUnused']);
});
