import { join } from 'node:path';
import { SensitiveValue } from '../../src';
import { parseEnvFile } from '../../src/value/env-file';
import { base64Source, environmentSource, fileSource, literalSource, readFileBytes } from '../../src/value/value-source';
import { refusal } from '../support/refusal';
import { tempFolder } from '../support/temp-folder';

test.each([
  [literalSource('hidden'), 'literal'],
  [base64Source('aGlkZGVu'), 'base64'],
  [environmentSource('DB_PASSWORD', false), 'environment variable "DB_PASSWORD"'],
  [fileSource('db "1".txt', false), 'file "db \\"1\\".txt"'],
])('a source says what it is without its value: %#', (source, description) => {
  expect(source.description).toBe(description);
});

test('the refusal of a file names the path and why, with the noun it is given', () => {
  const path = join(tempFolder(), 'no');
  expect(refusal(() => readFileBytes(path, 'env file')).problem).toBe(`env file "${path}" does not exist`);
});

test('a file that cannot be read for another reason says the code of the system', () => {
  expect(refusal(() => readFileBytes(join(tempFolder(), 'x'.repeat(300)))).problem).toMatch(/ cannot be read \(ENAMETOOLONG\)$/);
});

test('a home directory in the way of the shell is no path: the next step says so', () => {
  expect(refusal(() => readFileBytes('~/secrets/secret_api_key.txt')).next).toMatch(/^'~' is an abbreviation of the shell/);
});

test.each(['__proto__', 'constructor', 'toString'])('%s is no variable where nobody set one', name => {
  expect(refusal(() => SensitiveValue.fromEnvironment(name)._read()).code).toBe('EnvironmentVariableUnset');
  expect(refusal(() => parseEnvFile(Buffer.from(`${name}\n`), 'env file').get(name)!()).code).toBe('EnvironmentVariableUnset');
});
