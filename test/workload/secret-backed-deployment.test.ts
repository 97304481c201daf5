import * as kplus from 'cdk8s-plus-28';
import { Secret, SecretBackedDeployment, type SecretBackedDeploymentProps, SecretBinding, SecretRollout, SensitiveValue } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { podTemplateOf } from '../support/workloads';

function annotationsOf(props: SecretBackedDeploymentProps = {}): object {
  const chart = newChart();
  const db = new Secret(chart, 'Db', { data: { a: SensitiveValue.fromLiteral('1') } });
  const workload = new SecretBackedDeployment(chart, 'W', { containers: [{ image: 'a' }], bindings: [SecretBinding.envFrom(db)], ...props });
  return podTemplateOf(manifestOf(workload)).metadata.annotations;
}

test('is a Deployment of cdk8s-plus', () => {
  expect(new SecretBackedDeployment(newChart(), 'W')).toBeInstanceOf(kplus.Deployment);
});

test('rolls when a value that it sees changes, unless it is told not to', () => {
  expect(annotationsOf()).toEqual({ 'checksum/secret': expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(annotationsOf({ rollout: SecretRollout.none() })).toBeUndefined();
});
