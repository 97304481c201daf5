import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ServiceAccountTokenSecret } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { findings, refusal } from '../support/refusal';

function tokenSecret() {
  const chart = newChart();
  const serviceAccount = new kplus.ServiceAccount(chart, 'Account', { metadata: { name: 'robot' } });
  return new ServiceAccountTokenSecret(chart, 'Token', {
    metadata: { name: 'robot-token', annotations: { 'example.com/a': 'b' } }, serviceAccount,
  });
}

test('is a Secret of type kubernetes.io/service-account-token without data, annotated with the account', () => {
  const secret = tokenSecret();
  expect(manifestOf(secret)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'robot-token', namespace: 'web', annotations: { 'example.com/a': 'b', 'kubernetes.io/service-account.name': 'robot' } },
    type: 'kubernetes.io/service-account-token',
  });
  expect(secret.node.defaultChild).toBe(ApiObject.of(secret));
  expect(findings(secret)).toEqual([]);
});

test('exposes the keys that the cluster adds, and no others', () => {
  const secret = tokenSecret();
  expect(secret.keyNames).toEqual(['ca.crt', 'namespace', 'token']);
  expect(secret.tokenKey).toEqual(secret.key('token'));
  expect(secret.certificateAuthorityKey).toEqual(secret.key('ca.crt'));
  expect(secret.namespaceKey).toEqual(secret.key('namespace'));
  expect(secret).not.toHaveProperty('addData');
  expect(refusal(() => secret.key('tokn'))).toMatchObject({ code: 'UnknownKey', next: 'did you mean "token"? keys: "ca.crt", "namespace", "token"' });
});
