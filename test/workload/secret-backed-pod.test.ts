import * as kplus from 'cdk8s-plus-28';
import { Secret, SecretBackedPod, type SecretBackedPodProps, SecretBinding, SensitiveValue } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { podTemplateOf } from '../support/workloads';

function annotationsOf(props: SecretBackedPodProps = {}): object {
  const chart = newChart();
  const db = new Secret(chart, 'Db', { data: { a: SensitiveValue.fromLiteral('1') } });
  const workload = new SecretBackedPod(chart, 'W', { containers: [{ image: 'a' }], bindings: [SecretBinding.envFrom(db)], ...props });
  return podTemplateOf(manifestOf(workload)).metadata.annotations;
}

test('is a Pod of cdk8s-plus', () => {
  expect(new SecretBackedPod(newChart(), 'W')).toBeInstanceOf(kplus.Pod);
});

test('has no checksum: nothing restarts a bare Pod', () => {
  expect(annotationsOf()).toBeUndefined();
});
