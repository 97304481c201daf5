import * as kplus from 'cdk8s-plus-28';
import { Secret, SecretBackedJob, type SecretBackedJobProps, SecretBinding, SensitiveValue } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { podTemplateOf } from '../support/workloads';

function annotationsOf(props: SecretBackedJobProps = {}): object {
  const chart = newChart();
  const db = new Secret(chart, 'Db', { data: { a: SensitiveValue.fromLiteral('1') } });
  const workload = new SecretBackedJob(chart, 'W', { containers: [{ image: 'a' }], bindings: [SecretBinding.envFrom(db)], ...props });
  return podTemplateOf(manifestOf(workload)).metadata.annotations;
}

test('is a Job of cdk8s-plus', () => {
  expect(new SecretBackedJob(newChart(), 'W')).toBeInstanceOf(kplus.Job);
});

test('has no checksum: its pod template can not be changed once it is applied', () => {
  expect(annotationsOf()).toBeUndefined();
});
