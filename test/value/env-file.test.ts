import { join } from 'node:path';
import { envFile, parseEnvFile } from '../../src/value/env-file';
import { withEnvironment } from '../support/environment';
import { refusal } from '../support/refusal';
import { tempFile, tempFolder } from '../support/temp-folder';

const parse = (content: string | Buffer) => Object.fromEntries(
  [...parseEnvFile(Buffer.from(content as string), 'env file "a.env"')].map(([key, value]) => [key, value().toString()]));
const KIBI_64 = 64 * 1024;

test.each<[string, string, Record<string, string>]>([
  ['a line is a key and a value', 'A=b', { A: 'b' }],
  ['the last line may end in a newline', 'A=b\nC=d\n', { A: 'b', C: 'd' }],
  ['blank lines are skipped', '\n \t\nA=b\n\n', { A: 'b' }],
  ['lines that start with # are skipped', '# A=x\n  #B=y\nA=b', { A: 'b' }],
  ['a # elsewhere belongs to the value', 'A=b # c', { A: 'b # c' }],
  ['blanks before the key are trimmed', '  \t A=b', { A: 'b' }],
  ['blanks of Unicode before the key are trimmed', '\u0085\u00a0\u2003\u3000A=b', { A: 'b' }],
  ['blanks around the value belong to it', 'A= b \t', { A: ' b \t' }],
  ['quotes belong to the value', 'A="b"\nC=\'d\'', { A: '"b"', C: "'d'" }],
  ['backslashes belong to the value', 'A=b\\nc\\', { A: 'b\\nc\\' }],
  ['the value starts after the first =', 'A==b=c=', { A: '=b=c=' }],
  ['the value may be empty', 'A=', { A: '' }],
  ['the CR of CRLF is dropped', 'A=b\r\nC=d\r\n', { A: 'b', C: 'd' }],
  ['only one CR is dropped', 'A=b\r\r\nC=\rd', { A: 'b\r', C: '\rd' }],
  ['a CR at the end of the file is dropped', 'A=b\r', { A: 'b' }],
  ['a byte order mark before the first line is dropped', '\uFEFFA=b', { A: 'b' }],
  ['a byte order mark in a value belongs to it', 'A=\uFEFFb', { A: '\uFEFFb' }],
  ['keys may hold dots and dashes', '.a-b_c.D=e\n-=f', { '.a-b_c.D': 'e', '-': 'f' }],
  ['the value is UTF-8', 'A=ünïcode✓', { A: 'ünïcode✓' }],
  ['$ and ` are plain characters', 'A=$B ${B} `b`', { A: '$B ${B} `b`' }],
  ['an empty file has no keys', '', {}],
])('%s', (_, content, expected) => {
  expect(parse(content)).toEqual(expected);
});

test('a key alone takes the environment variable of its name, when the value is read', () => {
  const values = parseEnvFile(Buffer.from('SOME_SECRET\nA=b'), 'env file "a.env"');
  expect(withEnvironment({ SOME_SECRET: 'x' }, () => values.get('SOME_SECRET')!().toString())).toBe('x');
  expect(withEnvironment({ SOME_SECRET: '' }, () => values.get('SOME_SECRET')!().toString())).toBe('');
});

test('fails for a key alone whose environment variable is not set, where kubectl makes an empty value', () => {
  const values = parseEnvFile(Buffer.from('A=b\nSOME_SECRET'), 'env file "a.env"');
  expect(withEnvironment({ SOME_SECRET: undefined }, () => refusal(values.get('SOME_SECRET')!))).toEqual({
    code: 'EnvironmentVariableUnset',
    problem: 'env file "a.env", line 2: there is no "=", so the value is that of the environment variable "SOME_SECRET", which is not set',
    next: 'set it, or write the value after "="',
  });
});

const NOT_A_NAME = {
  problem: 'the text before "=" is no valid name',
  next: "write KEY=value; 'export', blanks around the name and digits at its start are not understood",
};

test.each([
  ['export', 'export A=b', 1, NOT_A_NAME],
  ['a blank after the key', '#\nA =b', 2, NOT_A_NAME],
  ['a digit at the start of the key', '1A=b', 1, NOT_A_NAME],
  ['no key', '=b', 1, NOT_A_NAME],
  ['a key that would change the directory', '..=b', 1, NOT_A_NAME],
  ['a key of other characters', 'ä=b', 1, NOT_A_NAME],
  ['a byte order mark on another line', 'A=b\n\uFEFFC=d', 2, NOT_A_NAME],
  ['a line that holds just words', 'some words of a value', 1, NOT_A_NAME],
  ['a key that is there twice', 'A=b\n\nA=c', 3, { problem: 'the key "A" is there twice', next: 'keep one of the two' }],
  ['bytes that are no UTF-8', Buffer.from('413d80', 'hex'), 1, { problem: 'it is not UTF-8', next: 'keep a binary value in a file of its own' }],
  ['text in UTF-16', Buffer.from('\uFEFFA=b', 'utf16le'), 1, { problem: 'it is not UTF-8', next: 'keep a binary value in a file of its own' }],
])('fails for %s, with the line and no text of it', (_, content, line, { problem, next }) => {
  expect(refusal(() => parse(content))).toEqual({ code: 'InvalidEnvFile', problem: `env file "a.env", line ${line}: ${problem}`, next });
});

test.each([[KIBI_64 - 1, '\n'], [KIBI_64 - 2, '\r\n'], [KIBI_64 - 1, '']])('a line of %d bytes is taken where it ends in %j', (length, end) => {
  const value = 'x'.repeat(length - 2);
  expect(parse(`A=${value}${end}`)).toEqual({ A: value });
});

test.each([[KIBI_64, '\n'], [KIBI_64 - 1, '\r\n'], [KIBI_64, '']])('fails for a line of %d bytes that ends in %j, at which kubectl ends in silence', (length, end) => {
  const bytes = length + (end === '\r\n' ? 1 : 0);
  expect(refusal(() => parse(`A=${'x'.repeat(length - 2)}${end}`))).toEqual({
    code: 'InvalidEnvFile',
    problem: `env file "a.env", line 1: a line of ${bytes} bytes; kubectl would end here in silence`,
    next: 'keep the value in a file of its own',
  });
});

test('a file is read when it is opened', () => {
  const path = tempFile('A=b');
  expect([...envFile(path).open().keys()]).toEqual(['A']);
  expect(envFile(path).description).toBe(`env file "${path}"`);
});

test('fails for a file that is missing, or a directory', () => {
  const folder = tempFolder();
  expect(refusal(() => envFile(join(folder, 'no.env')).open())).toMatchObject({
    code: 'FileUnreadable', problem: `env file "${join(folder, 'no.env')}" does not exist`,
  });
  expect(refusal(() => envFile(folder).open())).toMatchObject({ code: 'FileUnreadable', problem: `env file "${folder}" is a directory` });
});
