import { Inspection } from '../../../src/app/inspection';
import { Stage } from '../../../src/inspect/finding';
import { KubernetesVersion } from '../../../src/kubernetes/versions';
import { deployment, pod, secret } from '../manifests';

/** Code and path of what the API server refuses. */
function refusals(manifest: any): [string, string][] {
  return Inspection.fromManifests([manifest], { missingSecrets: false }).refusals
    .filter(({ stage }) => stage === Stage.VALIDATION).map(({ code, path }) => [code, path]);
}

const broken = { containers: [{ name: 'c', image: 'nginx' }], volumes: [{ name: 'v', secret: {} }] };
const labels = { labels: { app: 'd' } };
const selector = { matchLabels: { app: 'd' } };
const template = (spec: any) => ({ metadata: labels, spec });
const workload = (apiVersion: string, kind: string, spec: any) => ({ apiVersion, kind, metadata: { name: 'd' }, spec });

test.each<[string, any, string]>([
  ['Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'd' }, spec: broken }, 'spec'],
  ['PodTemplate', { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'd' }, template: template(broken) }, 'template.spec'],
  ['ReplicationController', workload('v1', 'ReplicationController', { selector: { app: 'd' }, template: template(broken) }), 'spec.template.spec'],
  ['Deployment', workload('apps/v1', 'Deployment', { selector, template: template(broken) }), 'spec.template.spec'],
  ['ReplicaSet', workload('apps/v1', 'ReplicaSet', { selector, template: template(broken) }), 'spec.template.spec'],
  ['StatefulSet', workload('apps/v1', 'StatefulSet', { selector, serviceName: 's', template: template(broken) }), 'spec.template.spec'],
  ['DaemonSet', workload('apps/v1', 'DaemonSet', { selector, template: template(broken) }), 'spec.template.spec'],
  ['Job', workload('batch/v1', 'Job', { template: template({ ...broken, restartPolicy: 'Never' }) }), 'spec.template.spec'],
  ['CronJob', workload('batch/v1', 'CronJob', {
    schedule: '0 * * * *', jobTemplate: { spec: { template: template({ ...broken, restartPolicy: 'Never' }) } },
  }), 'spec.jobTemplate.spec.template.spec'],
  ['a custom resource', workload('argoproj.io/v1alpha1', 'Rollout', { selector, template: template(broken) }), 'spec.template.spec'],
  ['a custom resource with pods at another place', workload('x.io/v1', 'X', { groups: [{ pods: { spec: broken } }] }), 'spec.groups[0].pods.spec'],
])('the pods of a %s are validated', (_, manifest, path) => {
  expect(refusals(manifest)).toEqual([['RequiredField', `${path}.volumes[0].secret.secretName`]]);
});

describe('a Deployment', () => {
  const spec = (more: any) => {
    const manifest = deployment();
    return { ...manifest, spec: { ...manifest.spec, ...more } };
  };

  test.each<[string, any, [string, string][]]>([
    ['passes', spec({}), []],
    ['fails without a selector', spec({ selector: undefined }), [
      ['RequiredField', 'spec.selector'], ['SelectorMismatch', 'spec.template.metadata.labels'],
    ]],
    ['fails with an empty selector', spec({ selector: {} }), [['RequiredField', 'spec.selector']]],
    ['fails when its selector does not select its pods', spec({ selector: { matchLabels: { app: 'x' } } }), [['SelectorMismatch', 'spec.template.metadata.labels']]],
    ['passes with an expression that selects its pods', spec({ selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['d', 'e'] }] } }), []],
    ['fails with an expression that does not', spec({ selector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] } }), [
      ['SelectorMismatch', 'spec.template.metadata.labels'],
    ]],
    ['fails with an operator that there is not', spec({ selector: { matchExpressions: [{ key: 'app', operator: 'Is' }] } }), [
      ['UnsupportedValue', 'spec.selector.matchExpressions[0].operator'], ['UnsupportedValue', 'spec.selector'],
    ]],
    ['fails with fewer than no replicas', spec({ replicas: -1 }), [['OutOfRange', 'spec.replicas']]],
    ['fails with less time to progress than to be ready', spec({ minReadySeconds: 600 }), [['OutOfRange', 'spec.progressDeadlineSeconds']]],
    ['fails when its pods run once', deployment({ spec: { restartPolicy: 'Never' } }), [['UnsupportedValue', 'spec.template.spec.restartPolicy']]],
    ['fails with a restart policy that there is not', deployment({ spec: { restartPolicy: 'Sometimes' } }), [['UnsupportedValue', 'spec.template.spec.restartPolicy']]],
    ['fails with ephemeral containers', deployment({ spec: { ephemeralContainers: [{ name: 'e', image: 'i' }] } }), [
      ['ForbiddenField', 'spec.template.spec.ephemeralContainers'],
    ]],
    ['fails with an annotation of the template that is none', deployment({ template: { annotations: { 'x y': '' } } }), [
      ['InvalidLabel', 'spec.template.metadata.annotations'],
    ]],
    ['fails with too many annotations in the template', deployment({ template: { annotations: { a: 'x'.repeat(262_144) } } }), [
      ['AnnotationsTooLarge', 'spec.template.metadata.annotations'],
    ]],
  ])('%s', (_, manifest, expected) => {
    expect(refusals(manifest)).toEqual(expected);
  });
});

describe('other workloads', () => {
  test.each<[string, any, [string, string][]]>([
    ['a Job fails when its pods always run', workload('batch/v1', 'Job', { template: { spec: { containers: broken.containers } } }), [
      ['UnsupportedValue', 'spec.template.spec.restartPolicy'],
    ]],
    ['a CronJob fails without a schedule', workload('batch/v1', 'CronJob', { jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: broken.containers } } } } }), [
      ['RequiredField', 'spec.schedule'],
    ]],
    ['a ReplicationController may do without a selector', workload('v1', 'ReplicationController', { template: template({ containers: broken.containers }) }), []],
    ['a StatefulSet may mount its claims', workload('apps/v1', 'StatefulSet', {
      selector,
      serviceName: 's',
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }],
      template: template({ containers: [{ name: 'c', image: 'i', volumeMounts: [{ name: 'data', mountPath: '/d' }] }] }),
    }), []],
    ['a StatefulSet fails with a claim of nothing, however that is written', workload('apps/v1', 'StatefulSet', {
      selector,
      serviceName: 's',
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: 'm' } } } }],
      template: template({ containers: [{ name: 'c', image: 'i' }] }),
    }), [['OutOfRange', 'spec.volumeClaimTemplates[0].spec.resources[storage]']]],
    ['a StatefulSet fails with a dot in its name', { ...workload('apps/v1', 'StatefulSet', { selector, template: template({ containers: broken.containers }) }), metadata: { name: 'a.b' } }, [
      ['InvalidName', 'metadata.name'],
    ]],
    ['a CronJob fails with a name of 53 characters', {
      ...workload('batch/v1', 'CronJob', { schedule: '@daily', jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: broken.containers } } } } }),
      metadata: { name: 'x'.repeat(53) },
    }, [['InvalidName', 'metadata.name']]],
  ])('%s', (_, manifest, expected) => {
    expect(refusals(manifest)).toEqual(expected);
  });
});

describe('a Pod', () => {
  const c = { name: 'c', image: 'i' };
  test.each<[string, any, [string, string][]]>([
    ['without containers', pod({}, { containers: [] }), [['RequiredField', 'spec.containers']]],
    ['without an image', pod({ image: '' }), [['RequiredField', 'spec.containers[0].image']]],
    ['with blanks around an image', pod({ image: ' i' }), [['UnsupportedValue', 'spec.containers[0].image']]],
    ['without a name of a container', pod({ name: undefined }), [['RequiredField', 'spec.containers[0].name']]],
    ['with a container of another form of name', pod({ name: 'My_C' }), [['InvalidContainerName', 'spec.containers[0].name']]],
    ['with two containers of one name', pod({}, { initContainers: [c] }), [['DuplicateContainer', 'spec.initContainers[0].name']]],
    ['with ephemeral containers', pod({}, { ephemeralContainers: [{ name: 'e', image: 'i' }] }), [['ForbiddenField', 'spec.ephemeralContainers']]],
    ['with a ServiceAccount of no valid name', pod({}, { serviceAccountName: 'A_B' }), [['InvalidName', 'spec.serviceAccountName']]],
    ['with a port that is none', pod({ ports: [{ containerPort: 65_536 }] }), [['InvalidPort', 'spec.containers[0].ports[0].containerPort']]],
    ['with a pull policy that there is not', pod({ imagePullPolicy: 'Sometimes' }), [['UnsupportedValue', 'spec.containers[0].imagePullPolicy']]],
    ['with a negative user', pod({ securityContext: { runAsUser: -1 } }), [['OutOfRange', 'spec.containers[0].securityContext.runAsUser']]],
    ['with a group beyond int32', pod({}, { securityContext: { fsGroup: 2 ** 31 } }), [['OutOfRange', 'spec.securityContext.fsGroup']]],
    ['with a device that is a Secret', pod({ volumeDevices: [{ name: 'v', devicePath: '/d' }] }, { volumes: [{ name: 'v', secret: { secretName: 's' } }] }), [
      ['InvalidMountOption', 'spec.containers[0].volumeDevices[0].name'],
    ]],
    ['with a volume as mount and device', pod({
      volumeMounts: [{ name: 'v', mountPath: '/m' }], volumeDevices: [{ name: 'v', devicePath: '/d' }],
    }, { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'x' } }] }), [
      ['InvalidMountOption', 'spec.containers[0].volumeMounts[0].name'], ['InvalidMountOption', 'spec.containers[0].volumeDevices[0].name'],
    ]],
    ['with two kinds in one projected source', pod({ volumeMounts: [{ name: 'v', mountPath: '/m' }] }, {
      volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'a' }, configMap: { name: 'b' } }] } }],
    }), [['AmbiguousSource', 'spec.volumes[0].projected.sources[0]'], ['UnknownVolume', 'spec.containers[0].volumeMounts[0].name']]],
    ['with a token that lives too long', pod({}, {
      serviceAccountName: 'a', volumes: [{ name: 'v', projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 2 ** 32 + 1 } }] } }],
    }), [['OutOfRange', 'spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds']]],
    ['with a variable of a field that cannot be read', pod({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.containers' } } }] }), [
      ['UnsupportedValue', 'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath'],
    ]],
    ['with a variable of a label', pod({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: "metadata.labels['a']" } } }] }), []],
  ])('%s', (_, manifest, expected) => {
    expect(refusals(manifest)).toEqual(expected);
  });
});

describe('a name', () => {
  test.each<[any, [string, string][]]>([
    [{ generateName: 'foo-' }, []],
    [{ generateName: 'Foo-' }, [['InvalidName', 'metadata.generateName'], ['InvalidName', 'metadata.name']]],
    [{ name: 'x'.repeat(253) }, []],
    [{ name: 'x'.repeat(254) }, [['InvalidName', 'metadata.name']]],
    [{ name: 'a', namespace: 'a.b' }, [['InvalidNamespace', 'metadata.namespace']]],
    [{ name: 'a', annotations: { a: 'x'.repeat(262_143) } }, []],
    [{ name: 'a', annotations: { a: 'x'.repeat(262_144) } }, [['AnnotationsTooLarge', 'metadata.annotations']]],
    [{ name: 'a', labels: { a: 'é' } }, [['InvalidLabel', 'metadata.labels']]],
  ])('%j', (metadata, expected) => {
    expect(refusals({ ...secret('s'), metadata })).toEqual(expected);
  });
});

test('labels, annotations and namespaces are those of every object', () => {
  const metadata = { name: 'system:x', namespace: 'a.b', labels: { 'a b': 'x' }, annotations: { 'a b': 'x' } };
  expect(refusals({ apiVersion: 'x/v1', kind: 'X', metadata })).toEqual([
    ['InvalidNamespace', 'metadata.namespace'], ['InvalidLabel', 'metadata.labels'], ['InvalidLabel', 'metadata.annotations'],
  ]);
});

test.each([[1_048_576, 0], [1_048_577, 1]])('a Secret of %i bytes has %i findings', (size, count) => {
  const half = Math.floor(size / 2);
  const manifest = secret('s', { a: Buffer.alloc(half), b: Buffer.alloc(size - half) });
  expect(refusals(manifest)).toEqual([['SecretTooLarge', 'data'] as [string, string]].slice(0, count));
});

describe('a disk of Google Cloud that several pods write', () => {
  const disk = { pdName: 'd' };
  const withDisk = (more: object = {}) => template({
    containers: [{ name: 'c', image: 'x' }], volumes: [{ name: 'v', gcePersistentDisk: { ...disk, ...more } }],
  });
  const found = (manifest: any, version: KubernetesVersion) => {
    return Inspection.fromManifests([manifest], { versions: [version] }).refusals.map(({ path }) => path);
  };
  const PATH = 'spec.template.spec.volumes[0].gcePersistentDisk.readOnly';

  test.each<[string, any, string[]]>([
    ['a Deployment', workload('apps/v1', 'Deployment', { selector, replicas: 2, template: withDisk() }), [PATH]],
    ['a Deployment of one pod', workload('apps/v1', 'Deployment', { selector, template: withDisk() }), []],
    ['a Deployment that reads it', workload('apps/v1', 'Deployment', { selector, replicas: 2, template: withDisk({ readOnly: true }) }), []],
    ['a DaemonSet', workload('apps/v1', 'DaemonSet', { selector, template: withDisk() }), [PATH]],
    ['a ReplicationController', workload('v1', 'ReplicationController', { replicas: 2, template: withDisk() }), [PATH]],
    ['a StatefulSet', workload('apps/v1', 'StatefulSet', { selector, replicas: 2, serviceName: 's', template: withDisk() }), []],
  ])('is refused by 1.28 alone: %s', (_, manifest, expected) => {
    expect(found(manifest, KubernetesVersion.V1_28)).toEqual(expected);
    expect(found(manifest, KubernetesVersion.V1_30)).toEqual([]);
  });
});

describe('the generateName of a ReplicationController that has a name', () => {
  const controller = (generateName: string, labelled: object) => ({
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: { name: 'd', generateName },
    spec: { template: { metadata: labelled, spec: { containers: [{ name: 'c', image: 'x' }] } } },
  });
  const paths = (manifest: any, version: KubernetesVersion) => {
    return Inspection.fromManifests([manifest], { versions: [version] }).refusals.map(({ path }) => path);
  };

  test.each<[string, KubernetesVersion, string[]]>([
    ['A_', KubernetesVersion.V1_34, ['metadata.generateName']], ['A_', KubernetesVersion.V1_35, []],
    ['a%', KubernetesVersion.V1_34, ['metadata.generateName']], ['a%', KubernetesVersion.V1_35, ['metadata.generateName']],
    ['a/', KubernetesVersion.V1_37, ['metadata.generateName']],
  ])('%j in %s', (generateName, version, expected) => {
    expect(paths(controller(generateName, labels), version)).toEqual(expected);
  });

  test('is not looked at since 1.35 where something else is wrong', () => {
    expect(paths(controller('a%', {}), KubernetesVersion.V1_35)).toEqual(['spec.selector']);
  });
});

describe('the resources of a whole pod', () => {
  const pages = { 'hugepages-2Mi': '2Mi' };
  const podWith = (resources: object, own: object) => ({
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { resources, containers: [{ name: 'c', image: 'x', resources: own }] },
  });
  const found = (manifest: any) => Inspection.fromManifests([manifest], { versions: [KubernetesVersion.V1_36, KubernetesVersion.V1_37] })
    .refusals.map(({ path, versions }) => `${path} ${versions.join(' ')}`);

  test.each<[string, any, string[]]>([
    ['are as they are up to 1.36 where they have no limits', podWith({ requests: pages }, { limits: { ...pages, cpu: 1 } }),
      ['spec.resources 1.36', 'spec.resources.limits 1.36']],
    ['have the requests of the containers since 1.37', podWith({ requests: { memory: '1Mi' } }, { requests: { cpu: 1 } }), []],
    ['need a limit of huge pages in every version where not every container has one', podWith({ requests: { ...pages, cpu: 1 } }, {}), ['spec.resources.limits 1.36 1.37']],
  ])('%s', (_, manifest, expected) => {
    expect(found(manifest).sort()).toEqual(expected);
  });
});

test('a label that the API server adds to a selector by matchLabelKeys has to be right there too', () => {
  const term = { topologyKey: 'k', labelSelector: { matchExpressions: [{ key: 'x', operator: 'Exists' }] }, matchLabelKeys: ['none', 'a'], mismatchLabelKeys: ['b'] };
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', labels: { a: 'not a value', b: 'ok' } },
    spec: { containers: [{ name: 'c', image: 'x' }], affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } },
  };
  expect(refusals(manifest)).toEqual([
    ['InvalidLabel', 'metadata.labels'],
    ['InvalidLabel', 'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchExpressions[1].values[0]'],
  ]);
});

test('the pods of a Job without a name have no name of a Job either', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', spec: { template: { metadata: { labels: { 'job-name': 'x' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'x' }] } } } };
  expect(refusals(job).sort()).toEqual([['ForbiddenField', 'spec.template.metadata.labels[job-name]'], ['RequiredField', 'metadata.name']]);
});
