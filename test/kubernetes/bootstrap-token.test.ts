import { bootstrapGroup, bootstrapTokenId, bootstrapTokenName, bootstrapTokenSecret } from '../../src/kubernetes/bootstrap-token';

const valid = (problems: string[]) => problems.length === 0;

test('the name of the Secret has the id', () => {
  expect(bootstrapTokenName('abc123')).toBe('bootstrap-token-abc123');
});

test.each<[string, boolean]>([['abc123', true], ['000000', true], ['abc12', false], ['abc1234', false], ['ABC123', false], ['-abc123', false], ['abc123-', false], ['abc123\n', false], ['', false]])(
  '%j as an id: %p', (id, expected) => {
    expect(valid(bootstrapTokenId(id))).toBe(expected);
  });

test.each<[string, boolean]>([
  ['0123456789abcdef', true], ['0123456789abcde', false], ['0123456789abcdefg', false], ['-0123456789abcdef', false], ['0123456789abcdef-', false], ['0123456789abcdef\n', false],
  ['0123456789ABCDEF', false],
])('%j as a secret: %p', (secret, expected) => {
  expect(valid(bootstrapTokenSecret(secret))).toBe(expected);
});

const PREFIX = 'system:bootstrappers:';

test.each<[string, boolean]>([
  [`${PREFIX}a`, true], [`${PREFIX}kubeadm:default-node-token`, true], [`${PREFIX}-:a`, true], [`${PREFIX}${'a'.repeat(256)}`, true], [`${PREFIX}${'a'.repeat(257)}`, false],
  [PREFIX, false], [`${PREFIX}a-`, false], [`${PREFIX}a:`, false], [`${PREFIX}A`, false], [`x${PREFIX}a`, false], [`${PREFIX}a b`, false], [`${PREFIX}a\n`, false], ['admins', false],
])('%j as a group: %p', (group, expected) => {
  expect(valid(bootstrapGroup(group))).toBe(expected);
});
