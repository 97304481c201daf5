import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const made: string[] = [];
afterAll(() => made.splice(0).forEach(path => rmSync(path, { recursive: true, force: true })));

/** A new folder with these files; it is removed when the tests of the file are done. */
export function tempFolder(files: Record<string, string | Buffer> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-'));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The path of a new file with this content. */
export function tempFile(content: string | Buffer, name = 'value.txt'): string {
  return join(tempFolder({ [name]: content }), name);
}
