import { ApiObject } from 'cdk8s';
import { BootstrapTokenSecret, type BootstrapTokenSecretProps, SensitiveValue } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { findings, refusal } from '../support/refusal';

const literal = (text: string) => SensitiveValue.fromLiteral(text);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const token = (props: Partial<BootstrapTokenSecretProps> = {}) =>
  new BootstrapTokenSecret(newChart(), 'Token', { tokenId: 'abc123', tokenSecret: literal('0123456789abcdef'), ...props });

test('is a Secret of type bootstrap.kubernetes.io/token with the name and namespace that a cluster looks for', () => {
  const secret = token();
  expect(manifestOf(secret)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'bootstrap-token-abc123', namespace: 'kube-system' },
    type: 'bootstrap.kubernetes.io/token',
    data: {
      'token-id': base64('abc123'),
      'token-secret': base64('0123456789abcdef'),
      'usage-bootstrap-authentication': base64('true'),
      'usage-bootstrap-signing': base64('true'),
    },
  });
  expect(secret.node.defaultChild).toBe(ApiObject.of(secret));
  expect(secret.tokenSecretKey).toEqual(secret.key('token-secret'));
});

test('its id may stand in its name, as everybody may know it', () => {
  expect(findings(token({ tokenId: 'abcdef', description: 'bootstrap-token' }))).toEqual([]);
});

test('has a description, an end, other usages and groups where they are given', () => {
  const secret = token({
    description: 'for CI',
    expiration: new Date('2030-01-02T03:04:05.678Z'),
    usageAuthentication: false,
    usageSigning: false,
    authExtraGroups: ['system:bootstrappers:a', 'system:bootstrappers:b:c-1'],
    metadata: { labels: { a: 'b' } },
    immutable: true,
  });
  expect(manifestOf(secret)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'bootstrap-token-abc123', namespace: 'kube-system', labels: { a: 'b' } },
    type: 'bootstrap.kubernetes.io/token',
    immutable: true,
    data: {
      'auth-extra-groups': base64('system:bootstrappers:a,system:bootstrappers:b:c-1'),
      'description': base64('for CI'),
      'expiration': base64('2030-01-02T03:04:05Z'),
      'token-id': base64('abc123'),
      'token-secret': base64('0123456789abcdef'),
      'usage-bootstrap-authentication': base64('false'),
      'usage-bootstrap-signing': base64('false'),
    },
  });
});

test('takes the name and namespace that it has anyway', () => {
  expect(token({ metadata: { name: 'bootstrap-token-abc123', namespace: 'kube-system' } }).name).toBe('bootstrap-token-abc123');
});

test.each<[string, Partial<BootstrapTokenSecretProps>, string]>([
  ['an id of other characters', { tokenId: 'ABC123' }, 'the id "ABC123" must be 6 characters of a-z and 0-9'],
  ['an id of another length', { tokenId: 'abc1234' }, 'the id "abc1234" must be 6 characters of a-z and 0-9'],
  ['an id that ends in a newline', { tokenId: 'abc123\n' }, 'the id "abc123\\n" must be 6 characters of a-z and 0-9'],
  ['another name', { metadata: { name: 'token' } }, 'the name "token" is not "bootstrap-token-abc123", the only one that a cluster looks for'],
  ['another namespace', { metadata: { namespace: 'web' } }, 'the namespace "web" is not "kube-system", the only one that a cluster looks in'],
  ['a group elsewhere', { authExtraGroups: ['system:bootstrappers:a', 'admins'] },
    'the group "admins" must start with \'system:bootstrappers:\', followed by at most 256 characters of a-z, 0-9, \':\' and \'-\', the last a letter or digit'],
  ['an end that is no date', { expiration: new Date('tomorrow') }, 'the expiration is no valid date'],
])('fails for %s, at the call', (_, props, problem) => {
  expect(refusal(() => token(props))).toEqual({ code: 'InvalidBootstrapToken', path: 'c/Token', problem, next: 'follow `kubeadm token generate`' });
});

test.each(['0123456789abcde', '0123456789abcdefg', '0123456789ABCDEF', '0123456789abcdef\n', ''])(
  'fails for a secret half of the wrong form when the manifest is made, without quoting it: %#', text => {
    expect(findings(token({ tokenSecret: literal(text) }))).toEqual([
      '[c/Token] InvalidBootstrapToken: key "token-secret": the secret half of the token must be 16 characters of a-z and 0-9; '
      + 'follow `kubeadm token generate`',
    ]);
  });

test('fails for an undefined secret half, at the call', () => {
  expect(refusal(() => token({ tokenSecret: undefined }))).toMatchObject({ code: 'InvalidValue', path: 'c/Token' });
});
