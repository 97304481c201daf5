import { ApiObject } from 'cdk8s';
import { SensitiveValue, SshAuthSecret } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { findings } from '../support/refusal';

const literal = (text: string) => SensitiveValue.fromLiteral(text);

test('is a Secret of type kubernetes.io/ssh-auth', () => {
  const secret = new SshAuthSecret(newChart(), 'Ssh', { metadata: { name: 'ssh' }, privateKey: literal('key\n') });
  expect(manifestOf(secret)).toEqual({
    apiVersion: 'v1', kind: 'Secret', metadata: { name: 'ssh', namespace: 'web' }, type: 'kubernetes.io/ssh-auth', data: { 'ssh-privatekey': 'a2V5Cg==' },
  });
  expect(secret.node.defaultChild).toBe(ApiObject.of(secret));
});

test('exposes its keys, and cannot grow others', () => {
  const secret = new SshAuthSecret(newChart(), 'Ssh', { privateKey: literal('key\n') });
  expect(secret.privateKeyKey).toEqual(secret.key('ssh-privatekey'));
  expect(secret.knownHostsKey).toBeUndefined();
  expect(secret).not.toHaveProperty('addData');
});

test('has the trusted hosts as known_hosts where they are given', () => {
  const secret = new SshAuthSecret(newChart(), 'Ssh', { privateKey: literal('key\n'), knownHosts: literal('hosts') });
  expect(manifestOf(secret).data).toEqual({ 'known_hosts': 'aG9zdHM=', 'ssh-privatekey': 'a2V5Cg==' });
  expect(secret.knownHostsKey).toEqual(secret.key('known_hosts'));
});

test('fails for an empty private key, which the API server refuses', () => {
  expect(findings(new SshAuthSecret(newChart(), 'Ssh', { privateKey: literal('') }))).toEqual([
    '[c/Ssh] MissingKey: the value of the key "ssh-privatekey" is empty; give the private key',
  ]);
});
