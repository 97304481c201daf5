import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Secret, SecretDelivery } from '../../src';
import { refusal } from '../support/refusal';

const setUp = () => {
  const app = new App();
  const chart = new Chart(app, 'c');
  return { app, chart };
};

test('without any it is manifest()', () => {
  const { chart } = setUp();
  expect(new Secret(chart, 'Db').node.defaultChild).toMatchObject({ kind: 'Secret', apiVersion: 'v1' });
});

test('the nearest one above wins', () => {
  const { app, chart } = setUp();
  const inner = new Construct(chart, 'inner');
  const [outermost, nearest] = [SecretDelivery.manifest(), SecretDelivery.manifest()];
  outermost.useFor(app);
  nearest.useFor(inner);
  expect(SecretDelivery.of(new Construct(inner, 'leaf'))).toBe(nearest);
  expect(SecretDelivery.of(chart)).toBe(outermost);
  expect(SecretDelivery.of(app)).toBe(outermost);
});

test('of two for one scope the last is used', () => {
  const { chart } = setUp();
  const last = SecretDelivery.manifest();
  SecretDelivery.manifest().useFor(chart);
  last.useFor(chart);
  expect(SecretDelivery.of(chart)).toBe(last);
});

test.each(['app', 'chart'] as const)('fails for the %s once a secret under it is declared', which => {
  const scopes = setUp();
  new Secret(scopes.chart, 'Db');
  expect(refusal(() => SecretDelivery.manifest().useFor(scopes[which]))).toEqual({
    code: 'DeliveryTooLate',
    path: scopes[which].node.path,
    problem: 'a secret under this scope was declared before its delivery was set',
    next: 'call useFor before the first secret is declared',
  });
});

test('not for another scope, nor after a secret with a delivery of its own or one that somebody else makes', () => {
  const { app, chart } = setUp();
  new Secret(chart, 'Db');
  expect(() => SecretDelivery.manifest().useFor(new Chart(app, 'd'))).not.toThrow();
  const other = setUp();
  new Secret(other.chart, 'Db', { delivery: SecretDelivery.manifest() });
  Secret.fromSecretName(other.chart, 'I', 'imported');
  expect(() => SecretDelivery.manifest().useFor(other.app)).not.toThrow();
});
