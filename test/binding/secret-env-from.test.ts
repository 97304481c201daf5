import * as kplus from 'cdk8s-plus-28';
import { Secret } from '../../src';
import { SecretEnvFrom } from '../../src/binding/secret-env-from';
import { manifestOf, newChart } from '../support/charts';

const secret = Secret.fromSecretName(newChart(), 'Db', 'db');

test('an entry of envFrom has a prefix and may be optional', () => {
  expect(new SecretEnvFrom(secret, 'A_', true)._toKube()).toEqual({ prefix: 'A_', secretRef: { name: 'db', optional: true } });
  expect(new SecretEnvFrom(secret, undefined, undefined)._toKube()).toEqual({ secretRef: { name: 'db' } });
});

test('two entries are equal where they make the same', () => {
  const entry = new SecretEnvFrom(secret, 'A_', true);
  expect(entry.equals(new SecretEnvFrom(Secret.fromSecretName(newChart(), 'Other', 'db'), 'A_', true))).toBe(true);
  expect(entry.equals(new SecretEnvFrom(secret, 'A_', undefined))).toBe(false);
  expect(entry.equals(new SecretEnvFrom(secret, 'B_', true))).toBe(false);
});

/** What we rely on of cdk8s-plus without it being promised. */
test('cdk8s-plus asks an entry for what a container holds of it when the pod is rendered', () => {
  const chart = newChart();
  const pod = new kplus.Pod(chart, 'P', { containers: [{ image: 'a', envFrom: [new SecretEnvFrom(secret, 'A_', true)] }] });
  expect(pod.containers[0].env.sources[0]).toBeInstanceOf(kplus.EnvFrom);
  expect(manifestOf(pod).spec.containers[0].envFrom).toEqual([{ prefix: 'A_', secretRef: { name: 'db', optional: true } }]);
});
