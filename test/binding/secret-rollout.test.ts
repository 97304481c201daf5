import type { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { Secret, SecretBinding, SecretRollout, SensitiveValue } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { codes } from '../support/refusal';
import { KINDS, newWorkload, podTemplateOf } from '../support/workloads';

const declare = (chart: Chart) => new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromLiteral('1') } });
const annotationsOf = (workload: IConstruct) => podTemplateOf(manifestOf(workload)).metadata.annotations;

describe.each(KINDS)('on a %s of cdk8s-plus', kind => {
  test('checksum() puts one annotation on the pod template, and nothing anywhere else', () => {
    const make = (...rollout: SecretRollout[]) => {
      const chart = newChart();
      return manifestOf(newWorkload(kind, chart).with(SecretBinding.envFrom(declare(chart)), ...rollout));
    };
    const [plain, rolled] = [make(), make(SecretRollout.checksum())];
    podTemplateOf(plain).metadata.annotations = { 'checksum/secret': expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(rolled).toEqual(plain);
  });

  test('none() adds nothing', () => {
    const chart = newChart();
    const workload = newWorkload(kind, chart).with(SecretBinding.envFrom(declare(chart)));
    expect(podTemplateOf(manifestOf(workload.with(SecretRollout.none()))).metadata ?? {}).not.toHaveProperty('annotations');
  });

  test('applying it twice changes nothing', () => {
    const chart = newChart();
    const workload = newWorkload(kind, chart).with(SecretBinding.envFrom(declare(chart)), SecretRollout.checksum());
    const once = manifestOf(workload);
    workload.with(SecretRollout.checksum());
    expect(manifestOf(workload)).toEqual(once);
  });
});

test('bindings that are applied after it count', () => {
  const chart = newChart();
  const workload = newWorkload('Deployment', chart).with(SecretRollout.checksum());
  expect(annotationsOf(workload)).toBeUndefined();
  workload.with(SecretBinding.envFrom(declare(chart)));
  expect(annotationsOf(workload)).toEqual({ 'checksum/secret': expect.any(String) });
});

test('it stands beside the annotations that the pod has', () => {
  const chart = newChart();
  const workload = newWorkload('Deployment', chart, 'W', { podMetadata: { annotations: { a: 'b' } } } as kplus.DeploymentProps)
    .with(SecretBinding.envFrom(declare(chart)), SecretRollout.checksum());
  expect(annotationsOf(workload)).toEqual({ 'a': 'b', 'checksum/secret': expect.any(String) });
});


test('a value that cannot be read is one finding, not one for each workload that sees it', () => {
  const chart = newChart();
  const db = new Secret(chart, 'Db', { data: { a: SensitiveValue.fromEnvironment('UNSET_1') } });
  for (const id of ['A', 'B']) newWorkload('Deployment', chart, id).with(SecretBinding.envFrom(db), SecretRollout.checksum());
  expect(codes(chart)).toEqual(['[c/Db] EnvironmentVariableUnset']);
});
