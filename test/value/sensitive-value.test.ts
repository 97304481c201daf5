import { inspect } from 'node:util';
import { ApiObject, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { SensitiveValue } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { withEnvironment } from '../support/environment';
import { jestReport } from '../support/jest-report';
import { refusal } from '../support/refusal';
import { tempFile, tempFolder } from '../support/temp-folder';

const read = (value: SensitiveValue) => value._read();

describe('a literal', () => {
  test('is its text in UTF-8', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => {
      expect(read(SensitiveValue.fromLiteral(text))).toEqual(Buffer.from(text, 'utf8'));
    }));
  });

  test.each([[undefined, 'undefined'], [null, 'null'], [42, 'number'], [Buffer.from('x'), 'object']])('fails for %p, at the call', (thing, type) => {
    expect(refusal(() => SensitiveValue.fromLiteral(thing as any))).toEqual({
      code: 'InvalidValue',
      problem: `a literal value must be a text, not ${type}`,
      next: 'give a text; for a variable of the environment use SensitiveValue.fromEnvironment',
    });
  });

  test('fails for a text that another value was put into, as its value is not in it', () => {
    const password = SensitiveValue.fromLiteral('hunter2');
    expect(refusal(() => SensitiveValue.fromLiteral(`postgres://app:${password}@db`))).toEqual({
      code: 'InvalidValue',
      problem: 'the text holds "[sensitive]", which is what another SensitiveValue becomes in a text, and not its value',
      next: 'take the whole text from one place, for example with SensitiveValue.fromEnvironment',
    });
  });
});

describe('a literal in a program of another language', () => {
  test.each(['<cdk8s_secrets.SensitiveValue object at 0x7f672c6d8750>', '&{%!s(uint8=0)}', '&{_:0}'])('fails for what it prints of a value: %s', printed => {
    expect(refusal(() => SensitiveValue.fromLiteral(`postgres://app:${printed}@db`))).toMatchObject({ code: 'InvalidValue' });
  });

  test.each([['go1.26.8/linux/amd64', true], ['Python/3.11.7', false], ['golang', false], [undefined, false]])(
    'may hold "&{0}", which Go prints of any object, but not in Go: %s', (agent, isRefused) => {
      withEnvironment({ JSII_AGENT: agent }, () => {
        const declare = () => SensitiveValue.fromLiteral('postgres://app:&{0}@db');
        if (isRefused) expect(refusal(declare)).toMatchObject({ code: 'InvalidValue' });
        else expect(read(declare()).toString()).toBe('postgres://app:&{0}@db');
      });
    });
});

describe('a file', () => {
  test('is taken with its bytes verbatim, text or binary', () => {
    fc.assert(fc.property(fc.uint8Array(), bytes => {
      const content = Buffer.from(bytes);
      expect(read(SensitiveValue.fromFile(tempFile(content)))).toEqual(content);
    }), { numRuns: 20 });
  });

  test.each([
    ['a\n', 'a'], ['a\r\n', 'a'], ['a\n\n', 'a\n'], ['a\r', 'a\r'], ['a', 'a'], ['', ''], ['\n', ''], ['\r\n', ''], ['\n\r\n', '\n'],
  ])('of %p is %p with trimNewline, which trims one trailing newline', (content, trimmed) => {
    expect(read(SensitiveValue.fromFile(tempFile(content), { trimNewline: true })).toString()).toBe(trimmed);
    expect(read(SensitiveValue.fromFile(tempFile(content))).toString()).toBe(content);
  });

  test('may be missing where the value is declared; it is read anew with each reading', () => {
    const path = `${tempFolder()}/later.txt`;
    const value = SensitiveValue.fromFile(path);
    expect(refusal(() => read(value))).toEqual({
      code: 'FileUnreadable',
      problem: `file ${JSON.stringify(path)} does not exist`,
      next: `check the path; a relative one starts at the working directory ${JSON.stringify(process.cwd())}`,
    });
  });

  test('fails where it is a directory', () => {
    const path = tempFolder();
    expect(refusal(() => read(SensitiveValue.fromFile(path)))).toMatchObject({ code: 'FileUnreadable', problem: `file "${path}" is a directory` });
  });

  test('fails where a part of its path is no directory', () => {
    const path = `${tempFile('x')}/below`;
    expect(refusal(() => read(SensitiveValue.fromFile(path)))).toMatchObject({ code: 'FileUnreadable' });
  });

  test.each([[''], ['a\0b'], [undefined]])('fails for the path %p, at the call', path => {
    expect(refusal(() => SensitiveValue.fromFile(path as any)).code).toBe('FileUnreadable');
  });
});

describe('an environment variable', () => {
  test('is read when the value is, not when it is declared', () => {
    const value = withEnvironment({ SOME_SECRET: undefined }, () => SensitiveValue.fromEnvironment('SOME_SECRET'));
    expect(withEnvironment({ SOME_SECRET: 'ünïcode ' }, () => read(value)).toString()).toBe('ünïcode ');
  });

  test('fails where it is not set', () => {
    const value = SensitiveValue.fromEnvironment('SOME_SECRET');
    expect(withEnvironment({ SOME_SECRET: undefined }, () => refusal(() => read(value)))).toEqual({
      code: 'EnvironmentVariableUnset',
      problem: 'environment variable "SOME_SECRET" is not set',
      next: 'set it where the manifest is made, or choose a delivery that does not need the value',
    });
  });

  test('fails where it is empty, unless that is allowed', () => {
    withEnvironment({ SOME_SECRET: '' }, () => {
      expect(refusal(() => read(SensitiveValue.fromEnvironment('SOME_SECRET')))).toEqual({
        code: 'EnvironmentVariableUnset',
        problem: 'environment variable "SOME_SECRET" is empty',
        next: 'set it, or say allowEmpty where an empty value is meant',
      });
      expect(read(SensitiveValue.fromEnvironment('SOME_SECRET', { allowEmpty: true }))).toHaveLength(0);
    });
  });

  test('fails where it is not set, also where it may be empty', () => {
    const value = SensitiveValue.fromEnvironment('SOME_SECRET', { allowEmpty: true });
    expect(withEnvironment({ SOME_SECRET: undefined }, () => refusal(() => read(value)).code)).toBe('EnvironmentVariableUnset');
  });

  test.each([[''], [undefined]])('fails for the name %p, at the call', name => {
    expect(refusal(() => SensitiveValue.fromEnvironment(name as any)).code).toBe('InvalidValue');
  });
});

describe('base64', () => {
  test('gives back the bytes that were encoded', () => {
    fc.assert(fc.property(fc.uint8Array(), bytes => {
      const content = Buffer.from(bytes);
      expect(read(SensitiveValue.fromBase64(content.toString('base64')))).toEqual(content);
    }));
  });

  test.each([['MWYyZDFl\nMmU2N2Rm\r\n', '1f2d1e2e67df'], ['YR==', 'a'], ['', '']])('%p is %p', (text, value) => {
    expect(read(SensitiveValue.fromBase64(text)).toString()).toBe(value);
  });

  test.each([['YQ', 0], ['_-_-', 0], ['YWJj ZGVm', 4], ['not base64!', 3], ['YQ==YQ==', 4], ['YWJjé', 4]])('fails for %p at byte %p, at the call', (text, at) => {
    expect(refusal(() => SensitiveValue.fromBase64(text))).toEqual({
      code: 'InvalidBase64',
      problem: `illegal base64 data at input byte ${at}`,
      next: 'give standard base64 with padding, or the plain text to SensitiveValue.fromLiteral',
    });
  });

  test('fails for something that is no text', () => {
    expect(refusal(() => SensitiveValue.fromBase64(undefined as any)).code).toBe('InvalidBase64');
  });
});

describe('it never shows the value', () => {
  const value = SensitiveValue.fromLiteral('hidden');

  test('printed, logged, serialized or interpolated it is [sensitive]', () => {
    expect(String(value)).toBe('[sensitive]');
    expect(`${value}`).toBe('[sensitive]');
    expect(value + '').toBe('[sensitive]');
    expect(JSON.stringify({ value })).toBe('{"value":"[sensitive]"}');
    expect(inspect(value, { depth: null, showHidden: true })).toBe('[sensitive]');
    expect(jestReport(value)).toContain('[sensitive]');
    expect(jestReport(value)).not.toContain('hidden');
  });

  test('it holds nothing that a printer could find', () => {
    expect(Object.getOwnPropertyNames(value)).toEqual([]);
    expect(inspect(value, { customInspect: false, showHidden: true, depth: null })).not.toContain('hidden');
    expect(structuredClone(value)).toEqual({});
  });

  test('it has no public member that a program could change, and takes the hidden mark of jsii', () => {
    const mark = Symbol('$__jsii__objid__$');
    const marked = SensitiveValue.fromLiteral('hidden');
    Object.defineProperty(marked, mark, { configurable: true, enumerable: false, writable: true, value: 'cdk8s-secrets.SensitiveValue@10001' });

    expect(Object.keys(marked)).toEqual([]);
    expect([String(marked), JSON.stringify(marked), inspect(marked)]).toEqual(['[sensitive]', '"[sensitive]"', '[sensitive]']);
    expect(SensitiveValue.isSensitiveValue(marked)).toBe(true);
  });

  test('placed in a ConfigMap it makes synth throw', () => {
    const chart = newChart();
    new kplus.ConfigMap(chart, 'C', { data: { password: value as any } });
    expect(() => chart.toJson()).toThrow("can't render non-simple object of type 'SensitiveValue'");
  });

  test('placed in an environment variable or an annotation it makes synth throw', () => {
    const chart = newChart();
    const pod = new kplus.Pod(chart, 'P', { containers: [{ image: 'a', envVariables: { A: kplus.EnvValue.fromValue(value as any) } }] });
    const annotated = new ApiObject(chart, 'A', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { annotations: { a: value as any } } });
    expect(() => manifestOf(pod)).toThrow("can't render non-simple object of type 'SensitiveValue'");
    expect(() => manifestOf(annotated)).toThrow("can't render non-simple object of type 'SensitiveValue'");
  });

  test('placed by a JSON patch it is [sensitive]', () => {
    const map = new kplus.ConfigMap(newChart(), 'C');
    ApiObject.of(map).addJsonPatch(JsonPatch.add('/data', { password: value }));
    expect(JSON.stringify(manifestOf(map))).not.toContain('hidden');
  });
});

test.each([[SensitiveValue.fromLiteral('x'), true], ['x', false], [undefined, false], [null, false], [{}, false]])(
  'whether %p is a SensitiveValue: %p', (thing, expected) => {
    expect(SensitiveValue.isSensitiveValue(thing)).toBe(expected);
  });
