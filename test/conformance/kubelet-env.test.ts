import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inspection } from '../../src/app/inspection';
import { VariableState } from '../../src/inspect/model/environment';
import type { ContainerVariable } from '../../src/inspect/view/container-view';
import { expand } from '../../src/kubernetes/expansion';
import { KubernetesVersion } from '../../src/kubernetes/versions';

/**
 * The runs of the kubelet's own code (1.28 and 1.33), and for each of them the manifests that it was given. The text has
 * the resulting values; a view has where they come from. What the test adds is to look the values up there.
 */
const RUNS = readRuns(readFileSync(join(__dirname, 'kubelet-env.txt'), 'utf8'));

function readRuns(text: string): Map<string, Map<string, string[]>> {
  const versions = new Map<string, Map<string, string[]>>();
  let runs = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of text.trimEnd().split('\n')) {
    if (line.startsWith('== v')) versions.set(line.slice('== v'.length), runs = new Map());
    else if (line.startsWith('### ')) runs.set(line.slice('### '.length), lines = []);
    else lines.push(line.trim());
  }
  return versions;
}

const SECRETS: Record<string, Record<string, string | Buffer>> = {
  a: { K: 'a1', X: 'a2' },
  b: { K: 'b1', Y: 'b2' },
};

interface Given {
  readonly secrets?: Record<string, Record<string, string | Buffer>>;
  readonly env?: any[];
  readonly envFrom?: any[];
  readonly volumeMounts?: any[];
}

const from = (name: string, more = {}) => ({ secretRef: { name, ...more } });
const of = (name: string, secret: string, key: string, more = {}) => ({ name, valueFrom: { secretKeyRef: { name: secret, key, ...more } } });
const literal = (name: string, value: string) => ({ name, value });
const optional = { optional: true };

const GIVEN: Record<string, Given> = {
  'envFrom later wins': { envFrom: [from('a'), from('b')] },
  'env beats envFrom regardless of order': { env: [literal('K', 'lit')], envFrom: [from('a')] },
  'env dup last wins': { env: [literal('A', '1'), literal('A', '2')] },
  'empty value overrides envFrom': { env: [literal('K', '')], envFrom: [from('a')] },
  'optional missing key keeps envFrom value': { env: [of('K', 'b', 'nope', optional)], envFrom: [from('a')] },
  'optional missing secret: var absent': { env: [of('A', 'zz', 'K', optional)] },
  'missing secret': { env: [of('A', 'zz', 'K')] },
  'missing key': { env: [of('A', 'a', 'nope')] },
  'envFrom missing secret': { envFrom: [from('zz')] },
  'envFrom optional missing secret': { envFrom: [from('zz', optional)] },
  'prefix': { envFrom: [{ prefix: 'P_', ...from('a') }] },
  'invalid keys envFrom': {
    secrets: { odd: { '1KEY': 'v', '2': 'w', 'a-b': 'v', 'ok': 'v', 'tls.crt': 'v' } },
    envFrom: [from('odd')],
  },
  'invalid keys fixed by prefix': { secrets: { odd: { '1KEY': 'v' } }, envFrom: [{ prefix: 'P_', ...from('odd') }] },
  "prefix '.' + key '.x' => '..x'": { secrets: { odd: { '.x': 'v' } }, envFrom: [{ prefix: '.', ...from('odd') }] },
  'expansion earlier env': { env: [literal('A', '1'), literal('B', '$(A)-$(C)'), literal('C', '3')] },
  'expansion of envFrom + secretKeyRef': { env: [of('PW', 'b', 'K'), literal('URL', 'x:$(PW)@$(K)')], envFrom: [from('a')] },
  'secret values not expanded': {
    secrets: { d: { pw: '$(A)$$' } },
    env: [literal('A', '1'), of('PW', 'd', 'pw'), literal('URL', 'u:$(PW)')],
  },
  'secretKeyRef declared after use': { env: [literal('URL', 'u:$(PW)'), of('PW', 'b', 'K')] },
  'literal $$ collapses': { env: [literal('A', 'pa$$word'), literal('B', 'pa$word'), literal('C', '$$(A)')] },
  'optional missing then reference': { env: [of('PW', 'zz', 'K', optional), literal('URL', 'u:$(PW)')] },
  'trailing newline kept': { secrets: { d: { pw: 'secret\n' } }, env: [of('PW', 'd', 'pw')] },
  'binary': { secrets: { d: { pw: Buffer.from('a\0b\xff', 'latin1') } }, env: [of('PW', 'd', 'pw')] },
  'mixed optional: first required missing, second optional': { env: [of('A', 'zz', 'K'), of('A', 'zz', 'K', optional)] },
  'self reference of envFrom var': { env: [literal('K', 'pre-$(K)')], envFrom: [from('a')] },
};

function view({ secrets = {}, env, envFrom, volumeMounts }: Given, version: KubernetesVersion) {
  const manifests = Object.entries({ ...SECRETS, ...secrets }).map(([name, data]) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'ns' },
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value as string).toString('base64')])),
  }));
  const spec = { containers: [{ name: 'c', image: 'i', env, envFrom, volumeMounts }], volumes: [{ name: 'v', emptyDir: {} }] };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'ns' }, spec };
  return Inspection.fromManifests([...manifests, pod], { versions: [version] }).container('Pod', 'p', 'c');
}

/** The value of each variable, as latin1 text, looked up where the view says that it comes from. */
function valuesOf(variables: readonly ContainerVariable[], given: Given): Map<string, string> {
  const secrets = { ...SECRETS, ...given.secrets };
  const values = new Map<string, string>();
  const set = variables.filter(variable => variable.state === VariableState.SET);
  const fromSecrets = set.filter(variable => variable.key !== undefined);
  for (const { name, origin, key } of fromSecrets) values.set(name, Buffer.from(secrets[origin!][key!] as string).toString('latin1'));
  // What a literal refers to by its own name, or to what env hides, is what envFrom had there.
  const before = new Map(given.envFrom?.flatMap(({ prefix = '', secretRef }) => {
    return Object.entries(secrets[secretRef.name] ?? {}).map(([key, value]) => [prefix + key, String(value)] as const);
  }));
  for (const { name, value, valueFrom } of given.env ?? []) {
    const known = set.find(variable => variable.name === name);
    if (valueFrom === undefined) values.set(name, expand(value, reference => before.get(reference)));
    if (known !== undefined) before.set(name, values.get(name)!);
  }
  return values;
}

describe.each([KubernetesVersion.V1_28, KubernetesVersion.V1_33])('the kubelet of %s', version => {
  const runs = RUNS.get(version)!;

  test('has no run that is not looked at', () => {
    expect([...runs.keys()].sort()).toEqual([...Object.keys(GIVEN), 'command/args expansion', 'subPathExpr'].sort());
  });

  test.each(Object.keys(GIVEN))('and the view agree on %s', title => {
    const lines = runs.get(title)!;
    const seen = view(GIVEN[title], version);
    const failure = lines.find(line => line.startsWith('ERR '));
    if (failure !== undefined) {
      // The simple manager of the kubelet, which was run, says "secrets" where the usual one says "secret".
      expect(seen.failure).toBe(failure.slice('ERR '.length).replace(/^secrets /, 'secret '));
      return;
    }
    // The kubelet passes zero bytes on; it is the runtime that refuses them.
    if (title !== 'binary') expect(seen.failure).toBeUndefined();
    const expected = lines.filter(line => !line.startsWith('EVENT ')).map(line => /^([^=]+)="(.*)"$/.exec(line)!.slice(1));
    const actual = [...valuesOf(seen.environment, GIVEN[title])].map(([name, value]) => [name, goQuoted(value)]);
    expect(actual.sort()).toEqual(expected.sort());
    const skipped = seen.environment.filter(variable => variable.state === VariableState.SKIPPED).map(variable => variable.name);
    const event = /Keys \[(.*)\] from/.exec(lines.find(line => line.startsWith('EVENT ')) ?? '');
    expect(skipped).toEqual(event === null ? [] : event[1].split(', '));
  });

  test('and the expansion agree on command and args', () => {
    const [, command, args] = /CMD (\[.*\]) ARGS (\[.*\])/.exec(runs.get('command/args expansion')!.join(' '))!;
    const lookup = (name: string) => name === 'PW' ? 'b1' : undefined;
    expect(['sh', '-c', 'echo $(PW) $$(PW) $(NOPE) $PW'].map(text => expand(text, lookup))).toEqual(JSON.parse(command.replace(/" "/g, '","')));
    expect(['$(PW)'].map(text => expand(text, lookup))).toEqual(JSON.parse(args));
  });

  test('and the view agree on subPathExpr', () => {
    const outcomes = runs.get('subPathExpr')!.flatMap(line => {
      const match = /^SUBPATHEXPR "(.*)" => ".*" err=(.*)$/.exec(line);
      return match === null ? [] : [[match[1], match[2]]];
    });
    expect(outcomes).toHaveLength(3);
    for (const [subPathExpr, error] of outcomes) {
      const seen = view({
        env: [of('PW', 'b', 'K'), literal('EMPTY', '')],
        volumeMounts: [{ name: 'v', mountPath: '/m', subPathExpr }],
      }, version);
      expect(seen.failure ?? '<nil>').toBe(error);
    }
  });
});

function goQuoted(latin1: string): string {
  return latin1.replace(/[\n\0\xff]/g, char => ({ '\n': '\\n', '\0': '\\x00', '\xff': '\\xff' })[char]!);
}
