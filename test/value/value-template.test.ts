import * as fc from 'fast-check';
import { Encoding, SensitiveValue } from '../../src';
import { refusal } from '../support/refusal';

const literal = (text: string) => SensitiveValue.fromLiteral(text);
const bytes = (data: Uint8Array) => SensitiveValue.fromBase64(Buffer.from(data).toString('base64'));
const made = (text: string, values: Record<string, SensitiveValue>, encode?: Encoding) => SensitiveValue.template(text, values, { encode })._read();

describe('a template', () => {
  test.each<[string, Record<string, string>, string]>([
    ['postgres://{user}:{password}@db:5432/app', { user: 'app', password: 'a' }, 'postgres://app:a@db:5432/app'],
    ['{a}', { a: 'x' }, 'x'],
    ['{a}{a}{b}', { a: 'x', b: '' }, 'xx'],
    ['{{{a}}}', { a: 'x' }, '{x}'],
    ['{{a}}{a}{{', { a: 'x' }, '{a}x{'],
    ['é{a}\n☃', { a: '{b}' }, 'é{b}\n☃'],
    ['{_A1}', { _A1: 'x' }, 'x'],
  ])('%s is the text with the values in it', (text, values, expected) => {
    expect(made(text, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, literal(value)]))).toString()).toBe(expected);
  });

  test('keeps bytes as they are', () => {
    fc.assert(fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
      expect(made('{a}-{b}', { a: bytes(a), b: bytes(b) })).toEqual(Buffer.concat([a, Buffer.from('-'), b]));
    }));
  });

  test('may be a part of another', () => {
    const inner = SensitiveValue.template('{a}:{b}', { a: literal('x'), b: literal('y') });
    expect(made('"{pair}"', { pair: inner }, Encoding.base64()).toString()).toBe(`"${Buffer.from('x:y').toString('base64')}"`);
  });

  test.each<[string, string, Record<string, SensitiveValue>, string]>([
    ['a name that is not given', '{user}{pasword}', { user: literal(''), password: literal('') }, 'the template names "pasword", and there is no such value'],
    ['a name of the prototype', '{toString}', {}, 'the template names "toString", and there is no such value'],
    ['a value that is not named', '{a}', { a: literal(''), b: literal('') }, 'the template does not name "b"'],
    ['no name at all', 'a', {}, 'the template names no value'],
    ['a brace that opens nothing', 'a{', { a: literal('') }, 'the "{" at character 2 of the template belongs to no name in braces'],
    ['a brace that closes nothing', 'a}{a}', { a: literal('') }, 'the "}" at character 2 of the template belongs to no name in braces'],
    ['empty braces', '{}', {}, 'the "{" at character 1 of the template belongs to no name in braces'],
    ['a blank in braces', '{ a }', { a: literal('') }, 'the "{" at character 1 of the template belongs to no name in braces'],
    ['braces of Go', '{{ .a }}{a', { a: literal('') }, 'the "{" at character 9 of the template belongs to no name in braces'],
    ['a name that can be none', '{a-b}', { 'a-b': literal('') }, '"a-b" can be no name in a template'],
    ['no text', undefined as never, {}, 'the template is no text'],
  ])('fails for %s', (_, text, values, problem) => {
    expect(refusal(() => SensitiveValue.template(text, values))).toMatchObject({ code: 'InvalidValueTemplate', problem });
  });

  test.each([undefined, 'hunter22', Buffer.from('x')])('fails for a value that is none, and does not show it: %#', value => {
    expect(refusal(() => SensitiveValue.template('{a}', { a: value as never }))).toMatchObject({
      code: 'InvalidValue', problem: `the value "a" of a template is ${value === undefined ? 'undefined' : 'no SensitiveValue'}`,
    });
  });

  test('is not public where a part is generated, however deep', () => {
    const inner = SensitiveValue.template('{a}', { a: SensitiveValue.generated() });
    expect(refusal(() => SensitiveValue.template('{b}', { b: inner }).asPublic()).code).toBe('InvalidValue');
    expect(SensitiveValue.template('{b}', { b: literal('x') }).asPublic()._isPublic).toBe(true);
  });
});

describe('encodings', () => {
  test('url is what a URL decodes, of any bytes', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => {
      const encoded = made('{a}', { a: literal(text) }, Encoding.url()).toString();
      expect(decodeURIComponent(encoded)).toBe(text);
      expect(encoded).toMatch(/^(?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})*$/);
    }));
    expect(made('{a}', { a: bytes(Uint8Array.from([0xff, 0x00])) }, Encoding.url()).toString()).toBe('%FF%00');
  });

  test('a password with every sign of a URL stays one', () => {
    const password = 'p@ss:w/or?d#[]%+ &=!$\'()*,;"<>\\^`{|}';
    const url = new URL(made('postgres://{user}:{password}@db:5432/app', { user: literal('a b'), password: literal(password) }, Encoding.url()).toString());
    expect([decodeURIComponent(url.username), decodeURIComponent(url.password), url.host, url.pathname]).toEqual(['a b', password, 'db:5432', '/app']);
  });

  test('base64 is of the bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), data => {
      expect(made('{a}', { a: bytes(data) }, Encoding.base64()).toString()).toBe(Buffer.from(data).toString('base64'));
    }));
  });

  test('json is a string with its quotes, for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => {
      expect(JSON.parse(made('{{"a":{a}}}', { a: literal(text) }, Encoding.json()).toString())).toEqual({ a: text });
    }));
  });

  test('json fails for quotes that would be there twice, and for what is no UTF-8', () => {
    expect(refusal(() => SensitiveValue.template('{{"a":"{a}"}}', { a: literal('x') }, { encode: Encoding.json() }))).toMatchObject({
      code: 'InvalidValueTemplate', problem: 'the quotes around {a} are there twice: Encoding.json() writes them too',
    });
    expect(refusal(() => made('{a}', { a: bytes(Uint8Array.from([0xff])) }, Encoding.json()))).toMatchObject({ code: 'InvalidValueTemplate' });
  });

  test('fail where there is none', () => {
    expect(refusal(() => SensitiveValue.template('{a}', { a: literal('') }, { encode: 'url' as never }))).toMatchObject({ problem: 'the encoding is none' });
  });
});
