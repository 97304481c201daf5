import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inspection } from '../../src/app/inspection';
import { expand } from '../../src/kubernetes/expansion';

interface Run {
  /** `path mode uid:gid` of every file and directory below the volume, and of its root, sorted. */
  readonly files: string[];
  /** Why the kubelet gave up. */
  readonly failure?: string;
}

const TEXT = readFileSync(join(__dirname, 'kubelet-files.txt'), 'utf8').trimEnd().split('\n');
const RUNS = readRuns(TEXT);

/** Reads the listings. The time-stamped directory and the links that lead into it are how, not what. */
function readRuns(lines: readonly string[]): Map<string, Run> {
  const runs = new Map<string, { files: string[]; failure?: string }>();
  let run: { files: string[]; failure?: string } = { files: [] };
  for (const line of lines) {
    if (line.startsWith('### ')) runs.set(line.slice('### '.length), run = { files: [] });
    const failure = /^ +(?:MakePayload|Write) ERR (.*)$/.exec(line);
    if (failure !== null) run.failure = failure[1];
    const entry = /^ +(\S+) uid=(\d+) gid=(\d+) (.*)$/.exec(line);
    if (entry === null) continue;
    const [, mode, user, group, path] = entry;
    const inner = path.replace(/^\.\.20[^/]*\/?/, '');
    if (mode.startsWith('L') || (inner === '' && path !== '.')) continue;
    run.files.push(`${inner} ${octal(mode)} ${user}:${group}`);
  }
  for (const [, { files }] of runs) files.sort();
  return runs;
}

/** `dgtrwxr-xr-x` in octal: Go prints the kind and the special bits before the nine others. */
function octal(mode: string): string {
  const special = mode.slice(0, -9);
  const bits = [...mode.slice(-9)].reduce((sum, char) => sum * 2 + (char === '-' ? 0 : 1), 0);
  return (bits + (special.includes('g') ? 0o2000 : 0) + (special.includes('t') ? 0o1000 : 0)).toString(8).padStart(4, '0');
}

const long = 'x'.repeat(256);
const item = (key: string, path: string, more = {}) => ({ key, path, ...more });

/** What the kubelet was given in each run: the volume's source, and a group. */
const GIVEN: Record<string, { secret: any; fsGroup?: number }> = {
  'default 0644': { secret: {} },
  '0400 no fsGroup': { secret: { defaultMode: 0o400 } },
  '0400 fsGroup 2000': { secret: { defaultMode: 0o400 }, fsGroup: 2000 },
  '0600 fsGroup 2000': { secret: { defaultMode: 0o600 }, fsGroup: 2000 },
  '0000 fsGroup 2000': { secret: { defaultMode: 0 }, fsGroup: 2000 },
  '0777 fsGroup': { secret: { defaultMode: 0o777 }, fsGroup: 2000 },
  'items nested mode': { secret: { items: [item('user', 'a/b/u', { mode: 0o440 })] } },
  'items nested fsGroup': { secret: { items: [item('user', 'a/b/u', { mode: 0o400 })] }, fsGroup: 2000 },
  'missing key': { secret: { items: [item('user', 'u'), item('nope', 'n')] } },
  'missing key optional': { secret: { defaultMode: 0o400, optional: true, items: [item('user', 'u'), item('nope', 'n')] } },
  'missing secret optional (empty)': { secret: { secretName: 'zz', optional: true } },
  'dup path': { secret: { items: [item('user', 'x'), item('pass', 'x')] } },
  'prefix path 1': { secret: { items: [item('user', 'x'), item('pass', 'x/y')] } },
  'prefix path 2': { secret: { items: [item('user', 'x'), item('pass', 'x/y')] } },
  'prefix path 3': { secret: { items: [item('pass', 'x/y'), item('user', 'x')] } },
  'clean dup': { secret: { items: [item('user', 'x'), item('pass', './x')] } },
  'dot': { secret: { items: [item('user', '.')] } },
  'trailing slash': { secret: { items: [item('user', 'a/')] } },
  'long file name': { secret: { items: [item('user', long)] } },
  'long path': { secret: { items: [item('user', `${'x'.repeat(200)}/`.repeat(25))] } },
  'a/..b': { secret: { items: [item('user', 'a/..b')] } },
  'backslash': { secret: { items: [item('user', 'a\\b')] } },
};

/** In these runs the Secret changes; its files are those of the new one. The directory was made for the test. */
const UPDATES: Record<string, Record<string, string>> = {
  'update: v1': { user: 'dQ==', pass: 'cA==' },
  'update: v2 (pass removed,new added)': { user: 'dQ==', new: 'bg==' },
};

/** Messages that depend on the order of a map, or name a directory; ours says the same in other words. */
const OTHER_WORDS = /^(?:mkdir|open) <dir>/;

function viewOf(secret: any, fsGroup: number | undefined, data: Record<string, string>) {
  return Inspection.fromManifests([
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: {
        automountServiceAccountToken: false,
        securityContext: { fsGroup },
        containers: [{ name: 'c', image: 'i', volumeMounts: [{ name: 'v', mountPath: '/m' }] }],
        volumes: [{ name: 'v', secret: { secretName: 's', ...secret } }],
      },
    },
  ]).container('Pod', 'p', 'c');
}

function listing(view: ReturnType<typeof viewOf>): string[] {
  return view.files.map(({ path, mode, user, group }) => `${path === '/m' ? '.' : path.slice('/m/'.length)} ${mode} ${user}:${group}`).sort();
}

const PAIR = { user: 'dQ==', pass: 'cA==' };

test('there is no run that is not looked at', () => {
  expect([...RUNS.keys()].sort()).toEqual([...Object.keys(GIVEN), ...Object.keys(UPDATES)].sort());
});

test.each(Object.keys(GIVEN))('the kubelet and the view agree on %s', title => {
  const { secret, fsGroup } = GIVEN[title];
  const { files, failure } = RUNS.get(title)!;
  const view = viewOf(secret, fsGroup, PAIR);
  if (failure === undefined) {
    expect(view.failure).toBeUndefined();
    expect(listing(view)).toEqual(files);
  } else if (OTHER_WORDS.test(failure)) {
    expect(view.failure).toMatch(/^MountVolume.SetUp failed for volume "v" : .*(?:needs a folder|is a directory)/);
  } else {
    expect(view.failure).toBe(`MountVolume.SetUp failed for volume "v" : ${failure}`);
  }
});

test.each(Object.keys(UPDATES))('the kubelet and the view agree on %s', title => {
  const withoutRoot = (lines: readonly string[]) => lines.filter(line => !line.startsWith('. '));
  expect(withoutRoot(listing(viewOf({}, undefined, UPDATES[title])))).toEqual(withoutRoot(RUNS.get(title)!.files));
});

describe('the expansion of texts', () => {
  const VALUES: Record<string, string> = { 'A': '1', 'B': '$(A)', 'X-Y': 'z', 'S P': 'sp', '': 'empty' };
  const runs = TEXT.flatMap(line => {
    const match = /^EXPAND (".*") => (".*")$/.exec(line);
    return match === null ? [] : [[match[1], match[2]] as const];
  });

  test('has runs', () => expect(runs).toHaveLength(19));

  test.each(runs.filter(([, output]) => !output.includes('\\x')))('makes of %s what the kubelet makes: %s', (input, output) => {
    expect(expand(JSON.parse(input), name => VALUES[name])).toBe(JSON.parse(output));
  });
});
