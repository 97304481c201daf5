import { spawnSync } from 'node:child_process';
import { ClusterStandIn } from './cluster-stand-in';
import { BINARY, declared, HARD, script } from './declared';
import { StandIns } from './stand-in';
import { GRANT_VERBS, grantsScript, LEVELS } from '../../../src/cli/scripts/grants';
import { Secret, SensitiveValue } from '../../../src/index';
import { tempFolder } from '../../support/temp-folder';

const KUBECTL = spawnSync('sh', ['-c', 'command -v kubectl'], { encoding: 'utf8' }).stdout.trim();
const ENV_TEXT = 'A=one\nB=$two\n';
const ROLE_BINDINGS = '/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings';

const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1' };
const roleRef = (name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name });
const binding = (name: string, role: string, ...subjects: object[]) => ({ ...rbac, kind: 'RoleBinding', metadata: { name, namespace: 'shop' }, roleRef: roleRef(role), subjects });

(KUBECTL === '' ? describe.skip : describe)(`kubectl itself${KUBECTL === '' ? ' (skipped: there is no kubectl here)' : ''}`, () => {
  const cluster = new ClusterStandIn({
    [ROLE_BINDINGS]: {
      ...rbac,
      kind: 'RoleBindingList',
      items: [
        binding('a', 'plain:read', { kind: 'User', name: 'an odd/name' }, { kind: 'ServiceAccount', name: 'api', namespace: 'shop' }),
        binding('b', 'c-plain-reader', { kind: 'Group', name: 'team' }),
        binding('c', 'other:read', { kind: 'User', name: 'nobody' }),
      ],
    },
  });
  beforeAll(() => cluster.open());
  afterAll(() => cluster.close());

  const secrets = (folder: string) => declared(chart => {
    new Secret(chart, 'S', {
      metadata: { name: 'plain', labels: { l: 'v' }, annotations: { n: 'it\'s "$x"\n' } },
      type: 'example.com/a',
      data: { a: SensitiveValue.fromFile('a,b=c'), b: SensitiveValue.fromEnvironment('B') },
    });
    Secret.fromEnvFile(chart, 'E', `${folder}/db.env`, { metadata: { name: 'env', labels: { l: 'v' } }, immutable: true });
  });

  /** Runs a script with the real kubectl, in dry runs of the client; what it would have made is in a file. */
  async function dryRun(
    text: (folder: string) => string, folder = tempFolder({ 'a,b=c': BINARY, 'db.env': ENV_TEXT }),
  ): Promise<{ made: any[]; stdout: string }> {
    const call = `'${KUBECTL}' --server ${cluster.address} --cache-dir .`;
    const standIns = new StandIns(folder, {
      kubectl: String.raw`case "$*" in
        *--dry-run=client* | 'patch --local '*) ${call} "$@" < "$stdin" ;;
        'create '* | 'replace '* | 'apply '*) verb=$1; shift; ${call} $verb --dry-run=client --validate=false -o json "$@" < "$stdin" >> made.json ;;
        'delete '*) ${call} "$@" --dry-run=client ;;
        *) ${call} "$@" ;;
      esac`,
    });
    const { status, stdout, stderr } = await standIns.runBeside(text(folder), { B: HARD, HOME: folder });
    expect([stderr, status]).toEqual(['', 0]);
    return { made: JSON.parse(`[${standIns.readIfThere('made.json').trim().replaceAll('\n}\n{', '\n},\n{')}]`), stdout };
  }

  const PLAIN = {
    name: 'plain',
    namespace: 'shop',
    labels: { l: 'v' },
    annotations: { n: 'it\'s "$x"\n' },
    type: 'example.com/a',
    data: { a: BINARY.toString('base64'), b: Buffer.from(HARD).toString('base64') },
  };
  const ENV = { name: 'env', namespace: 'shop', labels: { l: 'v' }, type: 'Opaque', immutable: true, data: { A: 'b25l', B: 'JHR3bw==' } };
  const told = ({ data, type, immutable, metadata: { name, namespace, labels, annotations } }: any) =>
    ({ name, namespace, labels, annotations, type, immutable, data });

  test.each(['create', 'update'] as const)('takes the script that %ss secrets', async verb => {
    const { made } = await dryRun(folder => script(verb, 'kubectl', secrets(folder)));
    expect(made.map(told)).toEqual([PLAIN, ENV]);
  }, 60_000);

  test.each(['k=v $x.env', 'a,b=c.env', 'a"b.env', "it's.env", '~.env', '-f.env'])('takes an env file of the name %s', async name => {
    const folder = tempFolder({ [name]: ENV_TEXT });
    const cwd = process.cwd();
    try {
      // A name that stands alone, as an app beside its files has it.
      process.chdir(folder);
      const { made } = await dryRun(() => script('create', 'kubectl', declared(chart => Secret.fromEnvFile(chart, 'E', name, { metadata: { name: 'env' } }))), folder);
      expect(made.map(({ data }) => data)).toEqual([{ A: 'b25l', B: 'JHR3bw==' }]);
    } finally {
      process.chdir(cwd);
    }
  }, 60_000);

  test('takes the script that deletes secrets', async () => {
    const { stdout } = await dryRun(folder => script('delete', 'kubectl', secrets(folder)));
    expect(stdout).toBe('secret "plain" deleted (dry run)\nsecret "env" deleted (dry run)\n');
  }, 60_000);

  const grants = (verb: typeof GRANT_VERBS[number], to?: string, level: typeof LEVELS[number] = 'read') => dryRun(folder => grantsScript(verb, 'kubectl',
    { secrets: secrets(folder).slice(0, 1), declared: secrets(folder), named: true },
    { to, level, grants: [{ namespace: 'shop', secret: 'plain', subject: 'Group/team', verbs: ['get'], role: 'Role/c-plain-reader' }] }));

  test.each([
    ['bob', 'read', ['get'], 'plain:read:bob', { kind: 'User', name: 'bob' }],
    ['an "odd" $name', 'write', ['get', 'patch', 'update'], 'plain:write:tb472c5d46', { kind: 'User', name: 'an "odd" $name' }],
    ['a,b=c', 'manage', ['get', 'patch', 'update', 'delete'], 'plain:manage:a,b=c', { kind: 'User', name: 'a,b=c' }],
    ['group:system:masters', 'read', ['get'], 'plain:read:group:system:masters', { kind: 'Group', name: 'system:masters' }],
    ['serviceaccount:shop:api', 'read', ['get'], 'plain:read:serviceaccount:shop:api', { kind: 'ServiceAccount', name: 'api', namespace: 'shop' }],
  ] as const)('takes the script that grants a secret to %s: %s', async (to, level, verbs, name, subject) => {
    const { made: [role, roleBinding] } = await grants('grant', to, level);
    expect(role).toMatchObject({
      kind: 'Role', metadata: { name: `plain:${level}`, namespace: 'shop' }, rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['plain'], verbs }],
    });
    const group = subject.kind === 'ServiceAccount' ? {} : { apiGroup: 'rbac.authorization.k8s.io' };
    expect(roleBinding).toMatchObject({ kind: 'RoleBinding', metadata: { name, namespace: 'shop' }, roleRef: roleRef(`plain:${level}`), subjects: [{ ...group, ...subject }] });
  }, 60_000);

  test('takes the script that takes grants of every level back', async () => {
    expect((await grants('revoke', 'bob')).stdout).toBe(['read', 'write', 'manage']
      .map(level => `rolebinding.rbac.authorization.k8s.io "plain:${level}:bob" deleted (dry run)\n`).join(''));
  }, 60_000);

  test('prints who has a secret, by commands and by the app, and nobody else', async () => {
    expect((await grants('grants')).stdout).toBe('plain:read User//an odd/name ServiceAccount/shop/api\nc-plain-reader Group//team\n');
  }, 60_000);
});
