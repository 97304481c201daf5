import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Inspection } from '../../../src/app/inspection';
import { decodeManifestText, manifestFiles, readManifestFiles } from '../../../src/inspect/read/manifest-files';
import { refusal } from '../../support/refusal';
import { tempFolder } from '../../support/temp-folder';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ndata: {a: YQ==}\n';

test('finds every file of manifests below a folder, in the order of their names', () => {
  const folder = tempFolder({ 'b.yaml': 'b: 1', 'a/2.yml': 'a: 2', 'a/1.json': '{"a": 1}', 'a/.hidden/x.yaml': 'x: 1', 'README.md': '#', 'c.yaml.bak': 'c: 1', 'a.txt': 'a' });

  expect(manifestFiles([folder])).toEqual(['a/.hidden/x.yaml', 'a/1.json', 'a/2.yml', 'b.yaml'].map(file => join(folder, file)));
});

test('takes a file that is named whatever its name is, and each file once', () => {
  const folder = tempFolder({ 'manifests.txt': 'a: 1', 'b.yaml': 'b: 1' });

  expect(manifestFiles([join(folder, 'manifests.txt'), join(folder, 'b.yaml'), folder])).toEqual([join(folder, 'manifests.txt'), join(folder, 'b.yaml')]);
});

test('reads links to files, and follows none to folders', () => {
  const folder = tempFolder({ 'real/a.yaml': 'a: 1', 'sub/b.yaml': 'b: 1' });
  symlinkSync(join(folder, 'real/a.yaml'), join(folder, 'sub/link.yaml'));
  symlinkSync(folder, join(folder, 'sub/loop'));
  symlinkSync(folder, join(folder, 'sub/loop.yaml'));

  expect(manifestFiles([join(folder, 'sub')])).toEqual([join(folder, 'sub/b.yaml'), join(folder, 'sub/link.yaml')]);
});

test('gives documents in the order of the files, with file and line', () => {
  const folder = tempFolder({ 'a.yaml': 'x: 1\n---\nx: 2\n', 'b.json': '\n{"x": 3}' });
  const sources = readManifestFiles([folder]);

  expect(sources.map(({ manifest, locate }) => ({ manifest, at: locate!(['x']) }))).toEqual([
    { manifest: { x: 1 }, at: { file: join(folder, 'a.yaml'), line: 1 } },
    { manifest: { x: 2 }, at: { file: join(folder, 'a.yaml'), line: 3 } },
    { manifest: { x: 3 }, at: { file: join(folder, 'b.json'), line: 2 } },
  ]);
});

test('inspects all files together', () => {
  const folder = tempFolder({ 'a.yaml': SECRET, 'sub/b.yaml': SECRET.replace('a: YQ==', "'a b': YQ==") });
  const inspection = Inspection.fromFiles([folder]);

  expect(inspection.objectCount).toBe(2);
  expect(inspection.refusals.map(({ code, location }) => ({ code, location }))).toContainEqual({ code: 'InvalidKey', location: { file: join(folder, 'sub/b.yaml'), line: 4 } });
});

describe('fails when', () => {
  test('a path is none', () => {
    expect(refusal(() => manifestFiles(['no-such-folder']))).toEqual({
      code: 'UnreadableManifest', problem: '"no-such-folder": there is no such file or folder', next: 'check the path',
    });
  });

  test('a folder has no manifests', () => {
    const folder = tempFolder({ 'README.md': '#' });

    expect(refusal(() => manifestFiles([folder])).problem).toBe(`${JSON.stringify(folder)}: the folder has no file *.yaml, *.yml or *.json`);
  });

  test.each([
    ['zero bytes', Buffer.from('a: \0')], ['other bytes than UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff])], ['UTF-16', Buffer.from('\ufeffa: 1', 'utf16le')],
  ])('a file has %s', (_, bytes) => {
    expect(refusal(() => decodeManifestText(bytes, 'a.yaml')).problem).toBe('"a.yaml": it is no text in UTF-8');
  });

  test('a file is broken, after those that are not', () => {
    const folder = tempFolder({ 'a.yaml': SECRET, 'b.yaml': 'a: 1\nb: [\n' });

    expect(refusal(() => Inspection.fromFiles([folder])).problem).toMatch(/b\.yaml", line 3: /);
  });
});
