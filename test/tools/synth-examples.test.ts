import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Runs `npm run synth` with these arguments, without npm. */
function synth(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--import', 'tsx', 'tools/synth-examples.ts', ...args], { cwd: resolve(__dirname, '../..'), encoding: 'utf8' });
}

test('synthesizes the named example only, and prints a table with a total', () => {
  const { status, stdout, stderr } = synth('kubernetes-volume');
  expect(stdout.split('\n').map(line => line.replace(/ {2,}/g, '|'))).toEqual([
    'example|files|objects by kind|secrets|workloads',
    expect.stringMatching(/^-+\|-+\|-+\|-+\|-+$/),
    'kubernetes-volume|1|Pod 1, Secret 1|1|1',
    expect.stringMatching(/^-+\|-+\|-+\|-+\|-+$/),
    'total|1|Pod 1, Secret 1|1|1',
    '',
  ]);
  expect(stderr).toMatch(/^kubernetes-volume: synthesized in \d+\.\d s$/m);
  expect(status).toBe(0);
}, 60_000);

test('fails for a name that no example has, and says which was meant', () => {
  const { status, stdout, stderr } = synth('kubernetes-volumes');
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('no example "kubernetes-volumes"; did you mean "kubernetes-volume"?');
}, 60_000);

test('explains itself', () => {
  const { status, stdout } = synth('--help');
  expect(status).toBe(0);
  expect(stdout).toContain('--update');
}, 60_000);
