import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { kubectl, mustKubectl } from './kubectl';
import { grantsScript, type GrantVerb, type Level } from '../../src/cli/scripts/grants';
import { BasicAuthSecret, DockerConfigSecret, Secret, SensitiveValue, ServiceAccountTokenSecret } from '../../src/index';
import type { LoggedSecret } from '../../src/secret/declaration-log';
import { BINARY, declaredIn, HARD, script, type Verb } from '../cli/scripts/declared';

const FILE = 'a,b=c $d';
const ENV_FILE = 'x.env';

/** What the cluster is expected to hold of a Secret. */
interface Held {
  readonly type: string;
  readonly immutable?: boolean;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly data: Record<string, string>;
}

/** The values that a round of scripts finds, and the Secrets that come of them. */
class Round {
  public readonly files: Readonly<Record<string, Buffer | string>>;
  public readonly env: Readonly<Record<string, string>>;

  constructor(private readonly mark: string) {
    this.files = { [FILE]: Buffer.concat([Buffer.from(mark), BINARY]), [ENV_FILE]: `A=${mark} two words \nB="$x"\n` };
    this.env = { HARD: `${mark}${HARD}`, NAME: `user-${mark}` };
  }

  public get expected(): Record<string, Held> {
    const base64 = (value: string | Buffer) => Buffer.from(value).toString('base64');
    const { mark, env: { HARD: hard, NAME: name } } = this;
    const config = `{"auths":{"r.example.com":{"username":"${name}","password":"p","email":"a@b","auth":"${base64(`${name}:p`)}"}}}`;
    return {
      plain: {
        type: 'example.com/a',
        labels: { 'a.b/c': 'd' },
        annotations: { note: 'it\'s "$x"\n`id`' },
        data: { file: base64(this.files[FILE]), hard: base64(hard) },
      },
      fixed: { type: 'Opaque', immutable: true, data: { hard: base64(hard) } },
      env: { type: 'Opaque', labels: { l: 'v' }, data: { A: base64(`${mark} two words `), B: base64('"$x"') } },
      login: { type: 'kubernetes.io/basic-auth', data: { username: base64(name), password: base64(hard) } },
      registry: { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': base64(config) } },
    };
  }
}

function declare(app: App, namespace: string, folder: string): void {
  const chart = new Chart(app, 'c', { namespace });
  const hard = SensitiveValue.fromEnvironment('HARD');
  const name = SensitiveValue.fromEnvironment('NAME');
  new Secret(chart, 'Plain', {
    metadata: { name: 'plain', labels: { 'a.b/c': 'd' }, annotations: { note: 'it\'s "$x"\n`id`' } },
    type: 'example.com/a',
    data: { file: SensitiveValue.fromFile(FILE), hard },
  });
  new Secret(chart, 'Fixed', { metadata: { name: 'fixed' }, immutable: true, data: { hard } });
  Secret.fromEnvFile(chart, 'Env', join(folder, ENV_FILE), { metadata: { name: 'env', labels: { l: 'v' } } });
  new BasicAuthSecret(chart, 'Login', { metadata: { name: 'login' }, username: name, password: hard });
  new DockerConfigSecret(chart, 'Registry', {
    metadata: { name: 'registry' }, registries: [{ server: 'r.example.com', username: name, password: SensitiveValue.fromFile('password'), email: 'a@b' }],
  });
  new ServiceAccountTokenSecret(chart, 'Token', {
    metadata: { name: 'token' }, serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'Default', 'default'),
  });
}

/** How a subject of `--to` asks the API server. */
const SUBJECTS = (namespace: string): readonly (readonly [string, readonly string[]])[] => [
  ['bob', ['--as', 'bob']],
  ['an odd/name%', ['--as', 'an odd/name%']],
  [`serviceaccount:${namespace}:default`, ['--as', `system:serviceaccount:${namespace}:default`]],
  ['group:a team', ['--as', 'somebody', '--as-group', 'a team']],
];

const ALLOWED: Readonly<Record<Level, readonly string[]>> = { read: ['get'], write: ['get', 'patch', 'update'], manage: ['get', 'patch', 'update', 'delete'] };
const ASKED = ['get', 'list', 'patch', 'update', 'delete'];

/** An object without what it does not have. */
function given(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** Runs the scripts that `commands` prints for kubectl, and compares what the cluster then holds and allows. */
export class ScriptRun {
  readonly #wrong: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-'));
  readonly #secrets: readonly LoggedSecret[];
  #compared = 0;
  #ran = 0;

  constructor(private readonly namespace: string) {
    this.#put(new Round('one'));
    this.#secrets = declaredIn(app => declare(app, namespace, this.#folder));
  }

  /** What went otherwise than it should. */
  public get wrong(): readonly string[] {
    return this.#wrong;
  }

  /** What was done, in words. */
  public get summary(): string {
    return `${this.#ran} scripts run on the cluster, ${this.#compared} comparisons, ${this.#wrong.length} wrong.`;
  }

  public run(): this {
    try {
      const [one, two] = [new Round('one'), new Round('two')];
      this.#script('update', one, 'refused');
      this.#script('create', one, 'done');
      this.#holds('created', one.expected);
      this.#script('create', two, 'refused');
      this.#holds('created twice', one.expected);
      const token = this.#token();
      this.#compare('the token that the cluster made', token !== undefined, true);
      this.#script('update', two, 'done');
      this.#holds('updated', two.expected);
      this.#compare('the token is the same, updated', this.#token() === token, true);
      this.#grants();
      this.#script('delete', two, 'done');
      this.#holds('deleted', {});
      this.#script('delete', two, 'done');
    } finally {
      rmSync(this.#folder, { recursive: true, force: true });
    }
    return this;
  }

  #put({ files }: Round): void {
    for (const [name, content] of Object.entries({ ...files, password: 'p' })) writeFileSync(join(this.#folder, name), content);
  }

  #sh(title: string, text: string, expected: 'done' | 'refused', env: Readonly<Record<string, string>> = {}): string {
    const file = join(this.#folder, 'script.sh');
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync('sh', [file], { cwd: this.#folder, env: { ...process.env, ...env }, encoding: 'utf8' });
    this.#ran++;
    this.#compare(`the script that ${title}`, status === 0 ? 'done' : 'refused', expected, stderr);
    return stdout;
  }

  #script(verb: Verb, round: Round, expected: 'done' | 'refused'): void {
    this.#put(round);
    this.#sh(`${verb}s the secrets`, script(verb, 'kubectl', this.#secrets), expected, round.env);
  }

  #holds(when: string, expected: Record<string, Held>): void {
    const { items } = JSON.parse(mustKubectl(['get', 'secrets', '-n', this.namespace, '-o', 'json']));
    const names = new Set(this.#secrets.map(({ name }) => name).filter(name => name !== 'token'));
    const held = Object.fromEntries(items.filter(({ metadata: { name } }: any) => names.has(name))
      .map(({ type, immutable, data, metadata: { name, labels, annotations } }: any) =>
        [name, given({ type, immutable, labels, annotations, data })]));
    for (const name of new Set([...Object.keys(expected), ...Object.keys(held)])) this.#compare(`${name}, ${when}`, held[name], expected[name]);
    const token = items.find(({ metadata: { name } }: any) => name === 'token');
    this.#compare(`token, ${when}`, token?.metadata.annotations['kubernetes.io/service-account.name'], Object.keys(expected).length === 0 ? undefined : 'default');
  }

  /** The token that the cluster puts into the Secret, once it has. */
  #token(): string | undefined {
    for (let attempt = 0; attempt < 60; attempt++) {
      const { token } = JSON.parse(mustKubectl(['get', 'secret', 'token', '-n', this.namespace, '-o', 'json'])).data ?? {};
      if (token !== undefined) return token;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
    return undefined;
  }

  #grants(): void {
    const [plain, ...others] = this.#secrets;
    const of = (verb: GrantVerb, to: string | undefined, level: Level = 'read') =>
      this.#sh(`${verb}s ${plain.name} ${to ?? ''}`, grantsScript(verb, 'kubectl', { secrets: [plain], declared: this.#secrets, named: true }, { to, level, grants: [] }), 'done');
    for (const [to, as] of SUBJECTS(this.namespace)) {
      for (const level of ['read', 'write', 'manage'] as const) {
        of('grant', to, level);
        of('grant', to, level);
        this.#allowed(`${to} with ${level}`, plain.name, as, ALLOWED[level]);
      }
      this.#allowed(`${to} with another secret`, others[0].name, as, []);
    }
    const listed = of('grants', undefined).trim().split('\n').filter(line => line.startsWith('plain:read ')).sort();
    this.#compare('who may read it', listed, [
      'plain:read Group//a team', `plain:read ServiceAccount/${this.namespace}/default`, 'plain:read User//an odd/name%', 'plain:read User//bob',
    ]);
    for (const [to, as] of SUBJECTS(this.namespace)) {
      of('revoke', to);
      this.#allowed(`${to} without a grant`, plain.name, as, []);
      of('revoke', to);
    }
  }

  #allowed(who: string, name: string, as: readonly string[], expected: readonly string[]): void {
    const allowed = ASKED.filter(verb => kubectl(['auth', 'can-i', verb, `secrets/${name}`, '-n', this.namespace, ...as]).stdout.trim().startsWith('yes'));
    this.#compare(who, allowed, expected);
  }

  #compare(what: string, actual: unknown, expected: unknown, more = ''): void {
    this.#compared++;
    if (!isDeepStrictEqual(actual, expected)) this.#wrong.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}\n${more}`);
  }
}
