import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { Secret, SecretBinding } from '../../src';
import { newChart } from '../support/charts';

/** What `ParseEnv` of the kubelet (pkg/kubelet/util/env) reads as KEY in a file that has the value between quotes, after and before another variable. */
interface EnvFileCase {
  readonly kubernetes: string;
  readonly value?: string;
  /** A long value: a text, and how often. */
  readonly repeat?: [string, number];
  readonly parsed?: string;
  readonly error?: string;
}

const CASES: EnvFileCase[] = readFileSync(join(__dirname, 'env-files.jsonl'), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'env-files-'));
  mkdirSync(join(folder, 'secret'));
  mkdirSync(join(folder, 'env'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script of the init container on these values. */
function write(values: Readonly<Record<string, string>>): { status: number | null; stderr: string; file?: string } {
  const chart = newChart();
  const db = Secret.fromSecretName(chart, 'Db', 'db', { keys: Object.keys(values) });
  const variables = Object.fromEntries(Object.keys(values).map(key => [key.toUpperCase(), db.key(key)]));
  const pod = SecretBinding.envsFromFiles(variables, { image: 'busybox:1.37' })
    .bind(new ApiObject(chart, 'P', { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'c', image: 'nginx:1' }] } }));
  const [{ command: [shell, option, script] }] = pod.toJson().spec.initContainers;
  for (const [key, value] of Object.entries(values)) writeFileSync(join(folder, 'secret', key), value);
  const { status, stderr } = spawnSync(shell, [option, script.replaceAll('/mnt/', `${folder}/`)], { encoding: 'utf8' });
  const path = join(folder, 'env', 'secret.env');
  return { status, stderr, ...status === 0 && existsSync(path) ? { file: readFileSync(path, 'utf8') } : {} };
}

test.each(CASES.filter(({ value, parsed }) => value !== undefined && value !== '' && parsed === value).map(({ value }) => [value!]))('%j is written as the kubelet reads it', value => {
  expect(write({ first: '1', key: value, last: '3' })).toEqual({ status: 0, stderr: '', file: `FIRST='1'\nKEY='${value}'\nLAST='3'\n` });
});

test.each(CASES.filter(({ value, parsed }) => value === '' || (value !== undefined && parsed !== value)).map(({ value }) => [value!]))('%j would be read as something else, and is not written', value => {
  const { status, stderr, file } = write({ first: '1', key: value, last: '3' });
  expect([status, file]).toEqual([1, undefined]);
  expect(stderr).toMatch(/^KEY: no variable can be made of a (file|value)/);
  if (value !== '') expect(stderr).not.toContain(value);
});

test('the kubelet reads no line of 64 KiB, and says so', () => {
  expect(CASES.filter(({ repeat }) => repeat !== undefined).map(({ error }) => error)).toEqual([expect.stringContaining('token too long')]);
});
