import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { ExitCode } from '../../src/cli/command';
import { tempFolder } from '../support/temp-folder';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b, envFrom: [{secretRef: {name: db}}]}]}\n';
const hasKubectl = spawnSync('kubectl', ['version', '--client']).error === undefined;

/** Runs with programs of these names first, each a script. */
async function withPrograms<T>(programs: Record<string, string>, act: () => Promise<T>): Promise<T> {
  const folder = tempFolder(Object.fromEntries(Object.entries(programs).map(([name, script]) => [name, `#!/bin/sh\n${script}\n`])));
  for (const name of Object.keys(programs)) chmodSync(join(folder, name), 0o755);
  const before = process.env.PATH;
  process.env.PATH = `${folder}:/bin:/usr/bin`;
  try {
    return await act();
  } finally {
    process.env.PATH = before;
  }
}

test('kustomize builds, where it is installed', async () => {
  const folder = tempFolder({ 'pod.yaml': POD });
  const { code, stdout } = await withPrograms({ kustomize: `cat ${folder}/pod.yaml` }, () => run(['check', '--kustomize', folder, '--missing-secrets', 'error']));

  expect(code).toBe(ExitCode.FINDINGS);
  expect(stdout).toContain(`${folder} (kustomize)\n  Pod a\n`);
});

test('Helm renders with the values, where it is installed', async () => {
  const folder = tempFolder({ 'pod.yaml': POD });
  const script = `test "$*" = "template release chart --values v.yaml" && cat ${folder}/pod.yaml`;

  expect(await withPrograms({ helm: script }, () => run(['check', '--helm', 'chart', '--values', 'v.yaml']))).toMatchObject({ code: ExitCode.CLEAN, stdout: expect.stringContaining('chart (helm)') });
});

test.each([
  ['E1128 22:29:48.043385    6135 run.go:72] "command failed" err="loading KV pairs: literal sources [S3cretC4nary]: invalid literal source S3cretC4nary, expected key=value"', 'loading KV pairs: literal sources …'],
  ['E1 run.go:72] "command failed" err=<\n\ttrouble configuring builtin PatchTransformer with config: `\n\tpatch: S3cretC4nary\n\t`: unable to parse\n >', 'trouble configuring builtin PatchTransformer with config …'],
  ['E1 run.go:72] "command failed" err="accumulating resources: \\"a.yaml\\": no such file"', 'accumulating resources: "a.yaml": no such file'],
  ['Error: invalid literal source S3cretC4nary, expected key=value', 'Error …'],
  ['Error: line 1 has invalid utf8 bytes : S3cretC4nary', 'Error: line 1 has …'],
])('of what a program says against a folder, nothing is shown that stands in its files: %s', async (stderr, shown) => {
  const folder = tempFolder({ 'said.txt': stderr });
  const { code, stderr: told } = await withPrograms({ kustomize: `cat ${folder}/said.txt >&2; exit 1` }, () => run(['check', '--kustomize', folder]));

  expect({ code, told: told.split('\n')[0] }).toEqual({ code: ExitCode.UNUSABLE, told: `cdk8s-secrets: kustomize cannot render ${JSON.stringify(folder)}: ${shown}` });
});

test('what cannot be rendered is an error, with the last words of the program', async () => {
  expect(await withPrograms({ helm: 'echo first >&2; echo no such chart >&2; exit 1' }, () => run(['check', '--helm', 'chart'])))
    .toMatchObject({ code: ExitCode.UNUSABLE, stderr: expect.stringContaining('helm cannot render "chart": no such chart') });
});

(hasKubectl ? test : test.skip)(`kubectl builds where there is no kustomize${hasKubectl ? '' : ' (skipped: there is no kubectl)'}`, async () => {
  const folder = tempFolder({
    'kustomization.yaml': 'resources: [pod.yaml]\nsecretGenerator: [{name: db, literals: [a=b]}]\n', 'pod.yaml': POD,
  });

  expect(await run(['check', '--kustomize', folder])).toMatchObject({ code: ExitCode.CLEAN, stdout: expect.stringContaining('2 files, 2 objects: no errors') });
});
