import { Inspection } from '../../../src/app/inspection';
import { KubernetesVersion } from '../../../src/kubernetes/versions';

const { V1_29, V1_30, V1_33, V1_34, V1_35, V1_36, V1_37 } = KubernetesVersion;
const metadata = { labels: { app: 'd' } };
const selector = { matchLabels: { app: 'd' } };
const containers = [{ name: 'c', image: 'i' }];

/** Stage, code and path of what is wrong in one version. */
function errors(manifest: object, version: KubernetesVersion): string[] {
  return Inspection.fromManifests([manifest], { versions: [version], missingSecrets: false }).errors.map(({ stage, code, path }) => `${stage} ${code} ${path}`);
}

describe('a StatefulSet whose pods are refused', () => {
  const statefulSet = (spec: object, more: object = {}) => ({
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'd' }, spec: { selector, template: { metadata, spec: { containers, ...spec } }, ...more },
  });
  const broken = { volumes: [{ name: 'v', secret: {} }] };

  test('is refused itself since 1.34, and cannot make them in older versions', () => {
    expect(errors(statefulSet(broken), V1_33)).toEqual(['runtime RequiredField spec.template.spec.volumes[0].secret.secretName']);
    expect(errors(statefulSet(broken), V1_34)).toEqual(['validation RequiredField spec.template.spec.volumes[0].secret.secretName']);
  });

  test('may have any hostname and subdomain, which it gives its pods itself', () => {
    expect(errors(statefulSet({ hostname: 'A_B', subdomain: 'A_B' }), V1_35)).toEqual([]);
  });

  test('may have a volume of the name of a claim template, which takes its place; the API server counts claims first', () => {
    const claims = { volumeClaimTemplates: [{ metadata: { name: 'v' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }] };

    expect(errors(statefulSet(broken, claims), V1_35)).toEqual([]);
    expect(errors(statefulSet({ volumes: [...broken.volumes, { name: 'w', secret: {} }] }, claims), V1_35)).toEqual([
      'validation RequiredField spec.template.spec.volumes[1].secret.secretName',
    ]);
  });
});

test('the labels of the Jobs of a CronJob are not refused with it: it cannot make the Jobs', () => {
  const jobTemplate = { metadata: { labels: { 'x y': '' } }, spec: { template: { spec: { restartPolicy: 'Never', containers } } } };
  const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'd' }, spec: { schedule: '@daily', jobTemplate } };

  expect(errors(cronJob, V1_35)).toEqual(['runtime InvalidLabel spec.jobTemplate.metadata.labels']);
});

test('an image volume without an image is refused in a Pod since 1.35, in a template since 1.37', () => {
  const spec = { containers, volumes: [{ name: 'v', image: {} }] };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'd' }, spec };
  const template = { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'd' }, template: { metadata, spec } };
  const refused = (path: string) => [`validation RequiredField ${path}.volumes[0].image.reference`];

  expect([V1_34, V1_35].map(version => errors(pod, version))).toEqual([[], refused('spec')]);
  expect([V1_36, V1_37].map(version => errors(template, version))).toEqual([[], refused('template.spec')]);
});

test('a volume that only some versions refuse is a duplicate, and unknown to mounts, only in the others', () => {
  const volumes = [{ name: 'v', image: {} }, { name: 'v', emptyDir: {} }];
  const spec = { containers: [{ ...containers[0], volumeMounts: [{ name: 'v', mountPath: '/m' }] }], volumes };
  const template = { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'd' }, template: { metadata, spec } };

  expect(errors(template, V1_36)).toEqual(['validation DuplicateVolume template.spec.volumes[1].name']);
  expect(errors(template, V1_37)).toEqual(['validation RequiredField template.spec.volumes[0].image.reference']);
});

test('leading zeros in an address are refused since 1.36', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'd' }, spec: { containers, hostAliases: [{ ip: '010.0.0.1', hostnames: ['a'] }] } };

  expect([V1_35, V1_36].map(version => errors(pod, version))).toEqual([[], ['validation InvalidName spec.hostAliases[0].ip']]);
});

test('up to 1.29 it is not said which alias of a host is wrong', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'd' }, spec: { containers, hostAliases: [{ ip: 'x', hostnames: ['A'] }] } };

  expect(errors(pod, V1_29)).toEqual(['validation InvalidName spec.hostAliases.ip', 'validation InvalidName spec.hostAliases.hostnames']);
  expect(errors(pod, V1_30)).toEqual(['validation InvalidName spec.hostAliases[0].ip', 'validation InvalidName spec.hostAliases[0].hostnames[0]']);
});

test('a name of a Job that can be no label is refused as one of its pods', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'x'.repeat(64), labels: {} }, spec: { template: { spec: { restartPolicy: 'Never', containers } } } };

  expect(errors(job, V1_35)).toEqual(['validation InvalidLabel spec.template.metadata.labels']);
});

test('a type without fields takes an empty object, and nothing else', () => {
  const scheduling = { schedulingPolicy: { basic: {} } };
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'd' }, spec: { scheduling, template: { spec: { restartPolicy: 'Never', containers } } } };

  expect(errors(job, V1_37)).toEqual([]);
});
