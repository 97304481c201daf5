import { Secret, SecretKey } from '../../src';
import { newChart } from '../support/charts';
import { refusal } from '../support/refusal';

const secret = Secret.fromSecretName(newChart(), 'Db', 'db');

test('a key says its secret and its name', () => {
  expect(String(secret.key('password'))).toBe('db/password');
});

test('a key is the value of an environment variable, required or optional', () => {
  const reference = { name: 'db', key: 'password' };
  expect(secret.key('password').envValue()).toEqual({ value: undefined, valueFrom: { secretKeyRef: { ...reference, optional: undefined } } });
  expect(secret.key('password').envValue({ optional: true }).valueFrom).toEqual({ secretKeyRef: { ...reference, optional: true } });
});

test('a key of a secret whose keys are known is one of them, however it is made', () => {
  const known = Secret.fromSecretName(newChart(), 'Known', 'known', { keys: ['password'] });
  expect(new SecretKey(known, 'password').name).toBe('password');
  expect(refusal(() => new SecretKey(known, 'passwrd'))).toMatchObject({ code: 'UnknownKey', path: 'c/Known' });
});

test.each(['a b', '', '..', 'k'.repeat(254), undefined])('fails for the key %j, which no secret can have', name => {
  expect(refusal(() => new SecretKey(secret, name as any))).toMatchObject({ code: 'InvalidKey', path: 'c/Db' });
});
