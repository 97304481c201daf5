import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { FieldFormat, SensitiveValue, type FileValueOptions } from '../../src';
import { formatOfFile } from '../../src/value/value-field';
import { withEnvironment } from '../support/environment';
import { refusal } from '../support/refusal';
import { tempFolder } from '../support/temp-folder';

/** A value of a file with a name and a text. */
function inFile(name: string, text: string | Buffer, options: FileValueOptions): SensitiveValue {
  const path = join(tempFolder(), name);
  writeFileSync(path, text);
  return SensitiveValue.fromFile(path, options);
}

const read = (name: string, text: string | Buffer, field: string, options: FileValueOptions = {}) => inFile(name, text, { ...options, field })._read().toString('utf8');

test.each([
  ['{"db":{"password":"hidden"}}', 'db.password', 'hidden'],
  ['{"db":{"password":"hidden"}}', '/db/password', 'hidden'],
  ['{"p-mysql":[{"credentials":{"password":"hidden"}}]}', 'p-mysql.0.credentials.password', 'hidden'],
  ['{"tls.crt":{"a/b~c":"hidden"}}', '/tls.crt/a~1b~0c', 'hidden'],
  ['{"":"hidden"}', '/', 'hidden'],
  ['{"0":"hidden"}', '0', 'hidden'],
  ['["a","hidden"]', '1', 'hidden'],
  ['{"a":" \\u00e4\\n"}', 'a', ' ä\n'],
  ['\uFEFF{"a":"hidden"}', 'a', 'hidden'],
  ['{"a":1.50}', 'a', '1.50'],
  ['{"a":1e3}', 'a', '1e3'],
  ['{"a":123456789012345678901234567890}', 'a', '123456789012345678901234567890'],
  ['{"a":-0}', 'a', '-0'],
  ['{"a":true}', 'a', 'true'],
  ['{"a":1,"b":2,"b":3}', 'a', '1'],
  ['{"__proto__":"hidden"}', '__proto__', 'hidden'],
])('of the JSON %s the field %s is %j', (text, field, value) => {
  expect(read('a.json', text, field)).toBe(value);
});

test.each([
  ['db:\n  password: hidden\n', 'db.password', 'hidden'],
  ['users:\n- password: hidden\n', 'users.0.password', 'hidden'],
  ['a: 0123\n', 'a', '0123'],
  ['a: 1.50\n', 'a', '1.50'],
  ['a: yes\n', 'a', 'yes'],
  ['a: "null"\n', 'a', 'null'],
  ['a: |\n  hidden\n  too\n', 'a', 'hidden\ntoo\n'],
  ['a: &x hidden\nb: *x\n', 'b', 'hidden'],
  ['base: &x { password: hidden }\ndb:\n  <<: *x\n', 'db.password', 'hidden'],
  ['a: !!binary aGlkZGVu\n', 'a', 'hidden'],
  ['---\na: hidden\n', 'a', 'hidden'],
  ['{"a": "hidden"}', 'a', 'hidden'],
  ['limit: .inf\na: hidden\n', 'a', 'hidden'],
])('of the YAML %j the field %s is %j', (text, field, value) => {
  expect(read('a.yaml', text, field)).toBe(value);
});

test.each([
  ['A=1\nDB_PASSWORD=hidden\n', 'hidden'],
  ['DB_PASSWORD=hid=den#1', 'hid=den#1'],
  ['# no key\n\n  DB_PASSWORD=a b\r\n', 'a b'],
])('of the env file %j the key is %j, as kubectl reads it', (text, value) => {
  expect(read('.env', text, 'DB_PASSWORD')).toBe(value);
});

test('a key of an env file that stands alone takes the variable of that name', () => {
  withEnvironment({ DB_PASSWORD: 'hidden' }, () => expect(read('.env', 'DB_PASSWORD\n', 'DB_PASSWORD')).toBe('hidden'));
});

test.each<[string, string | Buffer, string, string]>([
  ['a.json', '{"db":{}}', 'db.password', 'is not there'],
  ['a.json', '{"db":"hidden"}', 'db.password', 'is not there'],
  ['a.json', '["hidden"]', '00', 'is not there'],
  ['a.json', '["hidden"]', 'length', 'is not there'],
  ['a.json', '{"a":"hidden"}', 'toString', 'is not there'],
  ['a.json', '{"a.b":"hidden"}', 'a.b', 'is not there'],
  ['a.json', '{"a":{"b":"hidden"}}', 'a', 'holds other fields, and is no text'],
  ['a.json', '{"a":["hidden"]}', 'a', 'holds other fields, and is no text'],
  ['a.json', '{"a":null}', 'a', 'is null'],
  ['a.json', '{"a":""}', 'a', 'is empty'],
  ['a.json', '{"a":"hidden","a":"other"}', 'a', 'is there twice, or a field above it is'],
  ['a.json', '{"a":{"b":"hidden"},"a":{"b":"other"}}', 'a.b', 'is there twice, or a field above it is'],
  ['a.yaml', 'a: {}\n', 'a', 'holds other fields, and is no text'],
  ['a.yaml', 'a: [hidden]\n', 'a', 'holds other fields, and is no text'],
  ['a.yaml', 'a: ~\n', 'a', 'is null'],
  ['a.yaml', 'a:\n', 'a', 'is null'],
  ['a.yaml', 'a: hidden\n', 'a.b', 'is not there'],
  ['a.yaml', 'a: hidden\n', 'b', 'is not there'],
  ['a.yaml', '', 'b', 'is not there'],
  ['a.yaml', 'a: ""\n', 'a', 'is empty'],
  ['.env', 'B=hidden\n', 'A', 'is not there'],
  ['.env', 'A="hidden"\n', 'A', 'has quotes, blanks at its ends, or a comment, which kubectl takes for a part of the value and other programs do not'],
  ['.env', 'A=hidden # comment\n', 'A', 'has quotes, blanks at its ends, or a comment, which kubectl takes for a part of the value and other programs do not'],
  ['.env', 'A= hidden\n', 'A', 'has quotes, blanks at its ends, or a comment, which kubectl takes for a part of the value and other programs do not'],
])('of %s with %j the field %s %s', (name, text, field, problem) => {
  const value = inFile(name, text, { field });
  const refused = refusal(() => value._read());
  expect(refused.code).toBe('InvalidValueField');
  expect(refused.problem).toBe(`${value._description} ${problem}`);
  expect(refused.problem + refused.next).not.toContain('hidden');
});

test.each<[string, string | Buffer, string]>([
  ['a.json', '{\n"a": hidden}', 'is not read as JSON, line 2: this is no JSON'],
  ['a.json', '{"a":"hidden"} hidden', 'is not read as JSON, line 1: something stands behind the end of the value'],
  ['a.json', '', 'is not read as JSON, line 1: this is no JSON'],
  ['a.yaml', 'a: hidden\n---\na: other\n', 'is not read as YAML, line 2: something stands behind the end of the document'],
  ['a.yaml', 'a: hidden\na: hidden\n', 'is not read as YAML, line 2: the key stands here a second time, first on line 1'],
  ['a.yaml', Buffer.from('a: hidden\xff', 'latin1'), 'is not UTF-8, and so no YAML'],
])('%s with %j is refused, and nothing of it is shown', (name, text, problem) => {
  const refused = refusal(() => inFile(name, text, { field: 'a' })._read());
  expect(refused.code).toBe('InvalidValueField');
  expect(refused.problem).toMatch(/^file "/);
  expect(refused.problem.endsWith(problem)).toBe(true);
  expect(refused.next).not.toContain('hidden');
});

test('a line of an env file that kubectl refuses is refused as in Secret.fromEnvFile', () => {
  expect(refusal(() => read('a.env', 'export A=hidden\n', 'A')).code).toBe('InvalidEnvFile');
});

test('one newline at the end of a field can be left out', () => {
  expect(read('a.yaml', 'a: |\n  hidden\n', 'a', { trimNewline: true })).toBe('hidden');
  expect(read('a.json', '{"a":"hidden\\n\\n"}', 'a', { trimNewline: true })).toBe('hidden\n');
  expect(refusal(() => read('a.json', '{"a":"\\n"}', 'a', { trimNewline: true })).problem).toMatch(/ is empty$/);
});

test.each([
  ['app.json', 'JSON'], ['APP.JSON', 'JSON'], ['a.b.yaml', 'YAML'], ['app.yml', 'YAML'], ['.env', 'ENV'], ['prod.env', 'ENV'], ['.env.local', 'ENV'],
  ['json', undefined], ['a.json/password', undefined], ['app.env.txt', undefined], ['env', undefined],
])('the name of %s says the format %s', (name, format) => {
  expect(formatOfFile(join('folder', name))).toBe(format);
});

test('a file whose name says no format needs one', () => {
  expect(refusal(() => SensitiveValue.fromFile('app.conf', { field: 'a' }))).toMatchObject({ code: 'InvalidValueField', next: 'give the format: FieldFormat.JSON, .YAML or .ENV' });
  expect(read('app.conf', 'a: hidden', 'a', { format: FieldFormat.YAML })).toBe('hidden');
  expect(read('app.json', 'a=hidden', 'a', { format: FieldFormat.ENV })).toBe('hidden');
});

test.each<[string, FileValueOptions]>([
  ['an empty field', { field: '' }],
  ['a field that is no text', { field: 1 as never }],
  ['an empty name', { field: 'a..b' }],
  ['a name that begins with a dot', { field: '.a' }],
  ['a pointer with an escape that there is not', { field: '/a~2' }],
  ['a format without a field', { format: FieldFormat.JSON }],
  ['a format that there is not', { field: 'a', format: 'TOML' as never }],
  ['a key of an env file with a blank', { field: 'a b', format: FieldFormat.ENV }],
])('%s is refused where it is declared', (_, options) => {
  expect(refusal(() => SensitiveValue.fromFile('a.json', options)).code).toBe('InvalidValueField');
});

test('a variable holds JSON, if nothing else is said', () => {
  withEnvironment({ VCAP_SERVICES: '{"db":[{"password":"hidden"}]}', LINES: 'A=hidden\n', EMPTY: '{"a":""}' }, () => {
    expect(SensitiveValue.fromEnvironment('VCAP_SERVICES', { field: 'db.0.password' })._read().toString()).toBe('hidden');
    expect(SensitiveValue.fromEnvironment('LINES', { field: 'A', format: FieldFormat.ENV })._read().toString()).toBe('hidden');
    expect(refusal(() => SensitiveValue.fromEnvironment('EMPTY', { field: 'a' })._read()).next).toBe('give it a value, or say allowEmpty where an empty one is meant');
    expect(SensitiveValue.fromEnvironment('EMPTY', { field: 'a', allowEmpty: true })._read()).toEqual(Buffer.alloc(0));
  });
});

test.each([undefined, ''])('a variable that is %j has no field, whatever is allowed', VCAP_SERVICES => {
  withEnvironment({ VCAP_SERVICES }, () => {
    expect(refusal(() => SensitiveValue.fromEnvironment('VCAP_SERVICES', { field: 'a', allowEmpty: true })._read()).code).toBe('EnvironmentVariableUnset');
  });
});

test('a field says what it is, and no command takes the whole file for it', () => {
  const value = SensitiveValue.fromFile('app.json', { field: 'db.password' });
  expect(value._description).toBe('field "db.password" of file "app.json"');
  expect(value._origin).toBeUndefined();
  expect(SensitiveValue.fromFile('app.json')._origin).toEqual({ file: 'app.json', trimsNewline: false });
});

test('any text is found behind any names, in JSON and in YAML', () => {
  const pointer = (names: readonly string[]) => names.map(name => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  // YAML has no escapes for halves of pairs, which JSON writes for characters beyond the basic ones
  const bmp = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map(code => String.fromCharCode(code)) });
  fc.assert(fc.property(fc.array(bmp, { minLength: 1, maxLength: 4 }), bmp.filter(text => text !== ''), (names, text) => {
    const json = JSON.stringify(names.reduceRight<unknown>((value, name) => Object.fromEntries([[name, value], [`${name}!`, 'other']]), text));
    withEnvironment({ HELD: json }, () => {
      for (const format of [FieldFormat.JSON, FieldFormat.YAML]) {
        expect(SensitiveValue.fromEnvironment('HELD', { field: pointer(names), format })._read().toString()).toBe(text);
      }
    });
  }), { numRuns: 60 });
});
