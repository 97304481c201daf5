import { ApiObject } from 'cdk8s';
import { BasicAuthSecret, SensitiveValue } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { findings, refusal } from '../support/refusal';

const basicAuth = (username: any, password: any) =>
  new BasicAuthSecret(newChart(), 'Auth', { metadata: { name: 'auth' }, immutable: true, username, password });
const literal = (text: string) => SensitiveValue.fromLiteral(text);

test('is a Secret of type kubernetes.io/basic-auth', () => {
  const secret = basicAuth(literal('admin'), literal('t0p'));
  expect(manifestOf(secret)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'auth', namespace: 'web' },
    type: 'kubernetes.io/basic-auth',
    immutable: true,
    data: { password: 'dDBw', username: 'YWRtaW4=' },
  });
  expect(secret.node.defaultChild).toBe(ApiObject.of(secret));
});

test('exposes its keys, and cannot grow others', () => {
  const secret = basicAuth(literal('admin'), literal('t0p'));
  expect(secret.keyNames).toEqual(['password', 'username']);
  expect(secret.usernameKey).toEqual(secret.key('username'));
  expect(secret.passwordKey).toEqual(secret.key('password'));
  expect(secret).not.toHaveProperty('addData');
});

test('its values may be empty, as Kubernetes allows', () => {
  expect(findings(basicAuth(literal(''), literal('')))).toEqual([]);
});

test('fails for an undefined password at the call', () => {
  expect(refusal(() => basicAuth(literal('a'), undefined))).toMatchObject({
    code: 'InvalidValue', path: 'c/Auth', problem: 'the value of key "password" is undefined',
  });
});
