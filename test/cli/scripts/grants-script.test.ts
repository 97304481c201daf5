import { Chart } from 'cdk8s';
import { declared, declaredIn } from './declared';
import { SHELLS_HERE } from './shells';
import { StandIns } from './stand-in';
import { type GrantOptions, grantsScript, type GrantVerb, LEVELS } from '../../../src/cli/scripts/grants';
import { Secret, SensitiveValue } from '../../../src/index';
import type { LoggedSecret } from '../../../src/secret/declaration-log';
import { tempFolder } from '../../support/temp-folder';

const value = SensitiveValue.fromLiteral('canary');
const DB = declared(chart => new Secret(chart, 'S', { metadata: { name: 'db' }, data: { 'user': value, '-f': value } }));

const text = (verb: GrantVerb, system: 'kubectl' | 'apolo', options: Partial<GrantOptions> = {}, secrets: readonly LoggedSecret[] = DB, named = false) =>
  grantsScript(verb, system, { secrets, declared: secrets, named }, { level: 'read', grants: [], ...options });

describe.each(SHELLS_HERE.map(shell => [shell.join(' '), shell]))('run by %s', (_, shell) => {
  const run = (script: string, programs: Record<string, string>) => {
    const standIns = new StandIns(tempFolder(), programs);
    const { status, stderr } = standIns.run(script, {}, shell);
    return { status, stderr, calls: standIns.calls().map(({ args, stdin }) => stdin.length === 0 ? args : [...args, stdin.toString()]) };
  };

  test.each<[GrantVerb, Partial<GrantOptions>, string[][]]>([
    ['grant', { to: 'bob' }, [['acl', 'grant', 'secret:-f', 'bob', 'read'], ['acl', 'grant', 'secret:user', 'bob', 'read']]],
    ['grant', { to: 'a $user\'s "b"', level: 'manage' }, ['-f', 'user'].map(key => ['acl', 'grant', `secret:${key}`, 'a $user\'s "b"', 'manage'])],
    ['revoke', { to: 'bob' }, [['acl', 'revoke', 'secret:-f', 'bob'], ['acl', 'revoke', 'secret:user', 'bob']]],
    ['grants', {}, [['acl', 'list', '--shared', 'secret:-f'], ['acl', 'list', '--shared', 'secret:user']]],
  ])('apolo gets what to do for each key: %s %j', (verb, options, calls) => {
    expect(run(text(verb, 'apolo', options), { apolo: '' })).toEqual({ status: 0, stderr: '', calls });
  });

  test('what was not granted keeps nothing else from being revoked, and the script fails', () => {
    const { status, calls } = run(text('revoke', 'apolo', { to: 'bob' }), { apolo: 'case $3 in secret:-f) exit 127;; esac' });
    expect([status, calls.length]).toEqual([1, 2]);
  });

  test.each(LEVELS)('kubectl gets a Role on just the Secret, and a RoleBinding: %s', level => {
    const { status, stderr, calls } = run(text('grant', 'kubectl', { to: 'a $user', level }), { kubectl: 'case $1 in create) echo "made: $3";; esac' });
    const verbs = { read: ['get'], write: ['get', 'patch', 'update'], manage: ['get', 'patch', 'update', 'delete'] }[level];
    expect([status, stderr]).toEqual([0, '']);
    const made = ['--dry-run=client', '-o', 'yaml'];
    const named = calls.filter(([verb]) => verb === 'create').sort();
    const binding = expect.stringMatching(new RegExp(`^db:${level}:[0-9a-z]+$`));
    expect(named).toEqual([
      ['create', 'role', `db:${level}`, '--namespace', 'shop', ...verbs.map(verb => `--verb=${verb}`), '--resource=secrets', '--resource-name=db', ...made],
      ['create', 'rolebinding', binding, '--namespace', 'shop', `--role=db:${level}`, '--user=a $user', ...made],
    ]);
    expect(calls.filter(([verb]) => verb === 'apply').map(call => call.slice(0, 3))).toEqual([['apply', '-f', '-'], ['apply', '-f', '-']]);
  });

  test('kubectl takes every level back; what the app itself grants is told', () => {
    const grants = [
      { namespace: 'shop', secret: 'db', subject: 'User/bob', verbs: ['get'], role: 'Role/readers' },
      { namespace: 'shop', subject: 'User/bob', verbs: ['get'], role: 'ClusterRole/all' },
      { namespace: 'shop', secret: 'other', subject: 'User/bob', verbs: ['get'], role: 'Role/others' },
      { namespace: 'shop', secret: 'db', subject: 'Group/bob', verbs: ['get'], role: 'Role/groups' },
    ];
    const { status, stderr, calls } = run(text('revoke', 'kubectl', { to: 'bob', grants }), { kubectl: '' });
    expect(status).toBe(0);
    expect(stderr.replaceAll(/^\S+: /gm, '')).toBe('the app grants shop/db to bob by the Role readers: to take that back, change the program\n'
      + 'the app grants shop/db to bob by the ClusterRole all: to take that back, change the program\n');
    expect(calls).toEqual([['delete', 'rolebinding', 'db:read:bob', 'db:write:bob', 'db:manage:bob', '--namespace', 'shop', '--ignore-not-found']]);
  });
});

test.each([
  ['serviceaccount:api', 'a ServiceAccount is named serviceaccount:NAMESPACE:NAME'],
  ['serviceaccount:a:b:c', 'a ServiceAccount is named serviceaccount:NAMESPACE:NAME'],
  ['group:', 'a group is named group:NAME'],
])('kubectl knows no subject %s', (to, message) => {
  for (const verb of ['grant', 'revoke'] as const) expect(() => text(verb, 'kubectl', { to })).toThrow(message);
});

test('a user of Apolo has no colon in its name', () => {
  for (const verb of ['grant', 'revoke'] as const) expect(() => text(verb, 'apolo', { to: 'serviceaccount:a:b' })).toThrow("a user of Apolo has no ':' in its name");
});

test('what Apolo cannot have, it cannot share', () => {
  const secrets = declaredIn(app => {
    for (const namespace of ['one', 'two']) new Secret(new Chart(app, namespace, { namespace }), 'S', { metadata: { name: 'key' }, data: { key: value } });
  });
  expect(text('grant', 'apolo', { to: 'bob' }, secrets)).toContain('# one/key is left out: a project of Apolo has one secret "key"');
  expect(() => text('grant', 'apolo', { to: 'bob' }, secrets, true)).toThrow('one/key cannot be a secret of apolo');
});

test('no script of grants holds a value', () => {
  for (const system of ['kubectl', 'apolo'] as const) for (const verb of ['grant', 'revoke', 'grants'] as const) expect(text(verb, system, { to: 'bob' })).not.toContain('canary');
});
