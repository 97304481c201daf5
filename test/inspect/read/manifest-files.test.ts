import { join } from 'node:path';
import { Inspection } from '../../../src/app/inspection';
import { decodeManifestText } from '../../../src/inspect/read/manifest-files';
import { readManifestFiles } from '../../../src/inspect/read/repository';
import { refusal } from '../../support/refusal';
import { tempFolder } from '../../support/temp-folder';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ndata: {a: YQ==}\n';

test('gives documents in the order of the files, with file, line and column', () => {
  const folder = tempFolder({ 'a.yaml': 'x: 1\n---\nx: 2\n', 'b.json': '\n{"x": 3}' });
  const { sources } = readManifestFiles([join(folder, 'a.yaml'), join(folder, 'b.json')]);

  expect(sources.map(({ manifest, locate }) => ({ manifest, at: locate!(['x']) }))).toEqual([
    { manifest: { x: 1 }, at: { file: join(folder, 'a.yaml'), line: 1, column: 1 } },
    { manifest: { x: 2 }, at: { file: join(folder, 'a.yaml'), line: 3, column: 1 } },
    { manifest: { x: 3 }, at: { file: join(folder, 'b.json'), line: 2, column: 2 } },
  ]);
});

test('inspects all files together', () => {
  const folder = tempFolder({ 'a.yaml': SECRET, 'sub/b.yaml': SECRET.replace('a: YQ==', "'a b': YQ==") });
  const inspection = Inspection.fromFiles([folder]);

  expect(inspection.objectCount).toBe(2);
  expect(inspection.refusals.map(({ code, location }) => ({ code, location }))).toContainEqual({ code: 'InvalidKey', location: { file: join(folder, 'sub/b.yaml'), line: 4, column: 8 } });
});

describe('fails when', () => {
  test('a path is none', () => {
    expect(refusal(() => readManifestFiles(['no-such-folder']))).toEqual({
      code: 'UnreadableManifest', problem: '"no-such-folder": there is no such file or folder', next: 'check the path',
    });
  });

  test('a folder has no manifests', () => {
    const folder = tempFolder({ 'README.md': '#' });

    expect(refusal(() => readManifestFiles([folder])).problem).toBe(`${JSON.stringify(folder)}: the folder has no file *.yaml, *.yml or *.json`);
  });

  test('a file is a device or a pipe, which may never end', () => {
    expect(refusal(() => readManifestFiles(['/dev/null'])).problem).toBe('"/dev/null": it is no regular file');
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

describe('the Secrets of a generator', () => {
  const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b, env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: passwrd}}}]}]}\n';
  const findings = (generator: string, files: Record<string, string> = {}) => {
    const folder = tempFolder({ 'kustomization.yaml': `resources: [pod.yaml]\nsecretGenerator: [${generator}]\n`, 'pod.yaml': POD, ...files });
    return Inspection.fromFiles([folder]).findings.map(({ code, next }) => ({ code, next }));
  };

  test('exist, for a program as for the command', () => {
    expect(findings('{name: db, literals: [password=x, user=y]}')).toEqual([{ code: 'UnknownKey', next: 'did you mean "password"? keys: "password", "user"' }]);
    expect(findings('{name: db, envs: [db.env]}', { 'db.env': '# a comment\n\npasswrd=x\n' })).toEqual([]);
    expect(findings('{name: other, literals: [passwrd=x]}')).toEqual([{ code: 'UnknownSecret', next: expect.any(String) }]);
  });

  test.each([
    ['{name: db, literals: [S3cretC4nary]}', {}],
    ['{name: db, envs: [db.env]}', { 'db.env': 'password=first line\nS3cretC4nary\n' }],
    ['{name: db, envs: [missing.env]}', {}],
  ])('have keys that are not known where a text has no name: it may be a value, %s', (generator, files) => {
    expect(findings(generator, files)).toEqual([]);
  });
});
