import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inspection } from '../../src/app/inspection';
import { Severity } from '../../src/inspect/finding';
import { VariableSource, VariableState } from '../../src/inspect/model/environment';
import { FileSource } from '../../src/inspect/model/volume-files';
import { ALL_VERSIONS, type KubernetesVersion } from '../../src/kubernetes/versions';

/** A pod that ran on a real node, and what its container saw or why there was none. */
interface NodeCase {
  readonly id: string;
  readonly kubernetes: string;
  readonly objects: any[];
  readonly outcome: 'started' | 'failed' | 'refused';
  readonly reason?: string;
  readonly message?: string;
  readonly events?: string[];
  /** In base64; a long value by its hash. */
  readonly environment?: Record<string, string | { bytes: number; sha256: string }>;
  readonly files?: { path: string; type: 'dir' | 'file'; mode: string; uid: number; gid: number; sha256?: string; error?: string }[];
}

const CASES: NodeCase[] = readFileSync(join(__dirname, 'node-cases.jsonl'), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line));

/** Whether this one starts is up to the user that the image names, which no manifest shows. */
const UP_TO_THE_IMAGE = new Set(['nonroot-no-user']);

/** Errors of containers that start, and cannot read or use what they have. */
const STARTS_ALL_THE_SAME = new Set(['UnreadableFile', 'SubPathMissingFile', 'DuplicateMountPath']);

/** The images of the runs set these themselves. */
const OF_THE_IMAGE = new Set(['PATH', 'HOME', 'HOSTNAME']);

const known = (kubernetes: string) => (ALL_VERSIONS as readonly string[]).find(version => kubernetes.startsWith(`${version}.`)) as KubernetesVersion | undefined;

function look({ objects, kubernetes }: NodeCase) {
  const version = known(kubernetes);
  const pod = objects.find(object => object.kind === 'Pod');
  const inspection = Inspection.fromManifests(objects, version === undefined ? {} : { versions: [version] });
  const errors = inspection.findings.filter(finding => finding.severity === Severity.ERROR && finding.object.kind === 'Pod')
    .map(finding => finding.code);
  const view = () => inspection.container('Pod', pod.metadata.name, pod.spec.containers[0].name, { version });
  return { objects, inspection, pod, errors, view };
}

function bytesOf(objects: any[], kind: string, name: string | undefined, key: string | undefined): Buffer {
  const object = objects.find(candidate => candidate.kind === kind && candidate.metadata.name === name);
  const plain = object.stringData?.[key!];
  return plain === undefined ? Buffer.from(object.data[key!], 'base64') : Buffer.from(plain);
}

const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What a run printed of each place, without those that the container cannot list. The kubelet's own links start with two dots. */
function printed(files: NonNullable<NodeCase['files']>): string[] {
  const lines = files.map(({ path, type, mode, uid, gid }) => `${path.length > 1 ? path.replace(/\/$/, '') : path} ${type} ${mode} ${uid}:${gid}`);
  return [...new Set(lines)].filter(line => !/\/\.\.[^/ ]/.test(line)).sort();
}

test('the cases are the ones that were recorded', () => expect(CASES).toHaveLength(112));

test('every case is of a version that is known', () => expect(CASES.filter(({ kubernetes }) => known(kubernetes) === undefined)).toEqual([]));

test.each(CASES.filter(({ id }) => UP_TO_THE_IMAGE.has(id)).map(nodeCase => [nodeCase.id, nodeCase] as const))('%s: nothing is said, as other images start', (_, nodeCase) => {
  expect(nodeCase.outcome).toBe('failed');
  expect(nodeCase.message).toContain('image will run as root');
  expect(look(nodeCase).errors).toEqual([]);
});

describe.each(CASES.filter(({ outcome }) => outcome === 'started').map(nodeCase => [nodeCase.id, nodeCase] as const))('%s', (_, nodeCase) => {
  test('starts, and nothing is said against it', () => {
    const { errors, view } = look(nodeCase);
    expect(view().failure).toBeUndefined();
    expect(errors.filter(code => !STARTS_ALL_THE_SAME.has(code))).toEqual([]);
    const denied = nodeCase.files?.some(file => file.error?.includes('permission denied')) === true;
    if (!denied) expect(errors).not.toContain('UnreadableFile');
  });

  test('has the variables that the node gave it', () => {
    const { objects, pod, view } = look(nodeCase);
    const env: any[] = pod.spec.containers[0].env ?? [];
    const seen = view().environment.filter(({ state }) => state === VariableState.SET);
    const own = Object.keys(nodeCase.environment ?? {}).filter(name => !OF_THE_IMAGE.has(name) || seen.some(variable => variable.name === name));
    expect(seen.map(({ name }) => name).sort()).toEqual(own.sort());
    for (const { name, source, origin, key } of seen) {
      const value = nodeCase.environment![name];
      if (typeof value !== 'string') {
        expect(sha256Of(bytesOf(objects, 'Secret', origin, key))).toBe(value.sha256);
        continue;
      }
      const actual = Buffer.from(value, 'base64');
      if (source === VariableSource.SECRET) expect(actual.equals(bytesOf(objects, 'Secret', origin, key))).toBe(true);
      const literal = env.filter(variable => variable.name === name).pop()?.value;
      if (source === VariableSource.LITERAL && !literal.includes('$(')) expect(actual.toString()).toBe(literal);
    }
  });

  test('has the files that the node gave it', () => {
    const { objects, pod, view } = look(nodeCase);
    const recorded = nodeCase.files ?? [];
    const command: string[] = pod.spec.containers[0].command;
    const roots = (command[1] === 'dump' ? command.slice(2) : recorded.slice(0, 1).map(file => file.path)).map(root => root.replace(/(.)\/$/, '$1'));
    const { files } = view();
    const below = files.filter(({ path }) => roots.some(root => path === root || path.startsWith(`${root}/`)));
    if (recorded.length === 0) return;
    expect(below.map(({ path, directory, mode, user, group }) => `${path} ${directory ? 'dir' : 'file'} ${mode} ${user}:${group}`)
      .filter(line => !/\/\.\.[^/ ]/.test(line)).sort()).toEqual(printed(recorded));
    for (const { path, sha256 } of recorded) {
      const file = files.find(candidate => candidate.path === path && candidate.source === FileSource.SECRET && !candidate.directory);
      if (sha256 !== undefined && file !== undefined) {
        expect(sha256).toBe(sha256Of(bytesOf(objects, 'Secret', file.origin, file.key)));
      }
    }
  });

  test('is warned of files that it may not read', () => {
    const denied = nodeCase.files?.some(file => file.error?.includes('permission denied')) === true;
    const codes = look(nodeCase).inspection.findings.map(finding => finding.code);
    if (denied) expect(codes).toContain('UnreadableFile');
  });
});

test.each(CASES.filter(({ outcome }) => outcome === 'refused').map(nodeCase => [nodeCase.id, nodeCase] as const))('%s is refused', (_, nodeCase) => {
  expect(look(nodeCase).errors).not.toEqual([]);
});

describe.each(CASES.filter(({ outcome, id }) => outcome === 'failed' && !UP_TO_THE_IMAGE.has(id)).map(nodeCase => [nodeCase.id, nodeCase] as const))('%s', (_, nodeCase) => {
  test('does not start, and an error says so', () => {
    const { errors, view } = look(nodeCase);
    expect(errors).not.toEqual([]);
    expect(view().failure).toBeDefined();
  });

  test('fails in the words of the kubelet', () => {
    const said = nodeCase.events?.find(event => event.startsWith('FailedMount: '))?.slice('FailedMount: '.length)
      ?? (nodeCase.reason === 'CreateContainerConfigError' ? nodeCase.message!.replace(/ in Secret [^/]*\//, ' in Secret /') : undefined);
    if (said !== undefined) expect(look(nodeCase).view().failure).toBe(said);
  });
});
