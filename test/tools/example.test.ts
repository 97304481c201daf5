import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Example } from '../../tools/example';
import { readFiles, replaceFiles } from '../../tools/files';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'example-test-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Writes an example whose app is a plain script. */
function anExample(script: string): Example {
  replaceFiles(join(root, 'demo'), new Map([['cdk8s.yaml', 'app: node main.js'], ['main.js', script]]));
  return Example.all(root)[0];
}

const WRITE = "require('fs').writeFileSync(process.env.CDK8S_OUTDIR + '/demo.k8s.yaml', process.env.GREETING ?? process.cwd());";

test('every folder is an example, sorted by name, and a file beside them is none', () => {
  for (const name of ['b', 'a', 'c']) mkdirSync(join(root, name));
  writeFileSync(join(root, 'tsconfig.json'), '{}');
  expect(Example.all(root).map(example => example.name)).toEqual(['a', 'b', 'c']);
});

test('names the files that an example lacks', () => {
  expect(anExample('').missingFiles).toEqual(['README.md', 'main.ts']);
});

test('runs the app of cdk8s.yaml in the folder of the example, and gives what it wrote', async () => {
  expect(await anExample(WRITE).synth()).toEqual(new Map([['demo.k8s.yaml', join(root, 'demo')]]));
});

test('adds to the environment of the app', async () => {
  expect(await anExample(WRITE).synth({ GREETING: 'hello' })).toEqual(new Map([['demo.k8s.yaml', 'hello']]));
});

test('leaves the folders of output and expected files alone', async () => {
  const example = anExample(WRITE);
  await example.synth();
  expect([readFiles(example.outputFolder).size, readFiles(example.snapshotFolder).size]).toEqual([0, 0]);
});

test('fails with the output of an app that fails', async () => {
  await expect(anExample("console.error('what went wrong'); process.exit(3);").synth())
    .rejects.toThrow('example demo failed with exit code 3\nwhat went wrong');
});

test('fails when the app writes nothing', async () => {
  await expect(anExample('').synth()).rejects.toThrow('example demo wrote no files');
});
