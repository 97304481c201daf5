import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CsiProvider, Secret, SecretBackedFunction, SecretBinding, SecretDelivery, SecretRollout, SensitiveValue, StoreReference, type SecretProps,
} from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { codes, findings, refusal } from '../support/refusal';
import { KINDS, newWorkload, podTemplateOf } from '../support/workloads';

const declare = (chart = newChart(), props: Partial<SecretProps> = {}) =>
  new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromLiteral('1') }, ...props });
const external = SecretDelivery.external({ store: StoreReference.secretStore('vault') });

describe('reloader()', () => {
  test.each(KINDS.filter(kind => kind !== 'Pod'))('annotates a %s, and not its pods', kind => {
    const chart = newChart();
    const secret = declare(chart, { delivery: external, data: { a: SensitiveValue.fromRemote({ key: 'db' }) } });
    const workload = newWorkload(kind, chart).with(SecretBinding.envFrom(secret), SecretRollout.reloader());
    const manifest = manifestOf(workload);
    expect(manifest.metadata.annotations).toEqual({ 'secret.reloader.stakater.com/auto': 'true' });
    expect(podTemplateOf(manifest).metadata.annotations).toBeUndefined();
    expect(codes(chart)).toEqual([]);
  });

  test('also watches the classes of CSI volumes', () => {
    const chart = newChart();
    const secret = declare(chart, { delivery: SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'r' }) }) });
    const workload = newWorkload('Deployment', chart).with(SecretRollout.reloader(), SecretBinding.files('/etc/db', secret));
    expect(manifestOf(workload).metadata.annotations).toEqual({
      'secret.reloader.stakater.com/auto': 'true', 'secretproviderclass.reloader.stakater.com/auto': 'true',
    });
  });

  test('stands beside other annotations, once', () => {
    const chart = newChart();
    const workload = new kplus.Deployment(chart, 'W', { containers: [{ image: 'a', portNumber: 80 }], metadata: { annotations: { a: 'b' } } });
    workload.with(SecretRollout.reloader(), SecretRollout.reloader());
    expect(manifestOf(workload).metadata.annotations).toEqual({ 'a': 'b', 'secret.reloader.stakater.com/auto': 'true' });
  });

  test('fails for a Pod, which nothing restarts', () => {
    expect(refusal(() => newWorkload('Pod', newChart()).with(SecretRollout.reloader()))).toMatchObject({ code: 'UnsupportedWorkload', path: 'c/W' });
  });

  test('annotates the Deployment of a function', () => {
    const chart = newChart();
    const fn = new SecretBackedFunction(chart, 'F', { name: 'f', image: 'f', secrets: [declare(chart)], rollout: SecretRollout.reloader() });
    expect(ApiObject.of(fn.resource).toJson().metadata.annotations).toMatchObject({ 'secret.reloader.stakater.com/auto': 'true' });
  });
});

describe('hashedName()', () => {
  test('is satisfied with secrets whose names change with their values, and adds nothing', () => {
    const chart = newChart();
    const workload = newWorkload('Deployment', chart).with(SecretBinding.envFrom(declare(chart, { hashedName: true })));
    expect(manifestOf(workload).spec.template.metadata).toHaveProperty('annotations');
    workload.with(SecretRollout.hashedName());
    expect(manifestOf(workload).spec.template.metadata).not.toHaveProperty('annotations');
    expect(codes(chart)).toEqual([]);
  });

  test('names every other secret that the pods see', () => {
    const chart = newChart();
    const imported = Secret.fromSecretName(chart, 'Imported', 'imported', { keys: ['a'] });
    newWorkload('Deployment', chart).with(
      SecretRollout.hashedName(), SecretBinding.env('A', declare(chart).key('a')), SecretBinding.files('/etc/imported', imported),
    );
    expect(findings(chart).map(line => line.slice(0, 60))).toEqual([
      '[c/W] RolloutRequired: the name of secret "db" stays when it',
      '[c/W] RolloutRequired: the name of secret "imported" stays w',
    ]);
  });

  test('does not care for credentials that pull images', () => {
    const chart = newChart();
    const pull = Secret.fromSecretName(chart, 'Pull', 'pull', { type: 'kubernetes.io/dockerconfigjson' });
    newWorkload('Deployment', chart).with(SecretRollout.hashedName(), SecretBinding.imagePull(pull));
    expect(codes(chart)).toEqual([]);
  });
});

describe('checksum()', () => {
  test('knows nothing of values that the cluster fetches', () => {
    const chart = newChart();
    const workload = newWorkload('Deployment', chart).with(SecretBinding.envFrom(declare(chart, { delivery: external })), SecretRollout.checksum());
    expect(podTemplateOf(manifestOf(workload)).metadata.annotations).toBeUndefined();
  });
});
