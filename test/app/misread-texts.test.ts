import { ApiObject, App, Chart, Yaml } from 'cdk8s';
import fc from 'fast-check';
import { Inspection } from '../../src';
import { controlCharacterOf } from '../../src/document/control-character';
import { wholeText } from '../../src/document/parsed-document';
import { parseYaml } from '../../src/document/yaml-document';
import { tempFolder } from '../support/temp-folder';

/** What is found in a ConfigMap of these data. */
function found(data: Record<string, unknown>) {
  const app = new App({ outdir: tempFolder() });
  new ApiObject(new Chart(app, 'chart'), 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data });
  return Inspection.fromApp(app).findings.filter(({ code }) => code === 'MisreadText').map(({ path, message, next, constructPath }) => ({ path, message, next, constructPath }));
}

/** What kubectl 1.32.4 says of the file that cdk8s 2.70.0 writes is in the comments. */
describe('a text that kubectl reads otherwise than it is', () => {
  test.each([
    // found a tab character where an indentation space is expected
    ['a Makefile that begins with a tab', '\tcc main.c\n\tcc test.c\n', 'cdk8s writes this text so that kubectl cannot read the file: its first line begins with a tab',
      'begin it with another line, or put it in as base64 (binaryData of a ConfigMap, data of a Secret)'],
    ['a line and a tab', '\n\tx', 'cdk8s writes this text so that kubectl cannot read the file: its first line begins with a tab',
      'begin it with another line, or put it in as base64 (binaryData of a ConfigMap, data of a Secret)'],
    // control characters are not allowed
    ['DEL', 'a\u007fb', 'cdk8s writes this text so that kubectl cannot read the file: there is a character U+007F in it',
      'take the character out, or put the text in as base64 (binaryData of a ConfigMap, data of a Secret)'],
    ['NEL', 'a\u0085b', 'kubectl reads something else than this text in what cdk8s writes: there is a character U+0085 in it',
      'take the character out, or put the text in as base64 (binaryData of a ConfigMap, data of a Secret)'],
    // could not find expected ':'
    ['a line separator', 'a\u2028b', 'cdk8s writes this text so that kubectl cannot read the file: there is a character U+2028 in it',
      'take the character out, or put the text in as base64 (binaryData of a ConfigMap, data of a Secret)'],
    ['half a character', 'a\ud800', 'cdk8s writes this text so that kubectl cannot read the file: there is a character U+D800 in it',
      'take the character out, or put the text in as base64 (binaryData of a ConfigMap, data of a Secret)'],
    ['an octal number', '0o17', 'kubectl reads something else than this text in what cdk8s writes: it looks like a number or a merge key to YAML', 'write it in another form'],
    ['a binary number', '-0B11', 'kubectl reads something else than this text in what cdk8s writes: it looks like a number or a merge key to YAML', 'write it in another form'],
    ['a hexadecimal number', '0XFF', 'kubectl reads something else than this text in what cdk8s writes: it looks like a number or a merge key to YAML', 'write it in another form'],
  ])('is an error, with the field: %s', (_, text, message, next) => {
    expect(found({ right: 'a', wrong: text })).toEqual([{ path: 'data.wrong', message, next, constructPath: 'chart/Config' }]);
    expect(found({ list: ['a', { deep: text }] })).toMatchObject([{ path: 'data.list[1].deep' }]);
  });

  test('is an error as a key, with the field around it', () => {
    expect(found({ '0o17': 'a', '<<': 'b' })).toMatchObject([{ path: 'data', message: expect.stringContaining('one of its keys') }, { path: 'data' }]);
  });

  test('is never shown', () => {
    expect(JSON.stringify(found({ key: 'hunter2\u2028hunter2' }))).not.toContain('hunter2');
  });
});

test.each([
  'a tab\tin a line', 'two\n\tlines', 'all:\n\techo', ' ', '0x1F', '0o', '0b1', '1_000', '_a', '1.2.3', '😀', 'é', '\ufeffa', 'a\u00a0b', '<<', 'yes', '12:30', '', '\n', '---',
])('the text %j is no error, as kubectl reads it as it is', text => {
  expect(found({ key: text, list: [text] })).toEqual([]);
});

test.each(['\ufeffa', 'a\ufeff'])('the key %j is no error, as kubectl reads it as it is where it does not begin the file', key => {
  expect(found({ [key]: 'text' })).toEqual([]);
});

test('of many texts and keys those that are misread are found, and the others are tried together', () => {
  const texts = Array.from({ length: 300 }, (_, index) => index % 100 === 7 ? `0o${index}` : `${index}_${index}`);
  const stringify = jest.spyOn(Yaml, 'stringify');
  const paths = found({ list: texts }).map(({ path }) => path);
  expect(stringify.mock.calls.length).toBeLessThan(texts.length);
  stringify.mockRestore();
  expect(paths.sort()).toEqual(['data.list[107]', 'data.list[207]', 'data.list[7]']);
  expect(found(Object.fromEntries(texts.map(text => [text, 'a'])))).toHaveLength(3);
});

test('whatever is no error is read as it is, and whatever is one is not', () => {
  const character = fc.constantFrom(...'0123456789abBefxXoO+-_.:<#|>\'" \t\n\r', '\u007f', '\u0085', '\u00a0', '\u2028', '\u2029', '\ufeff', '\ufffe', '\u0001', '\u0080', '\u009f', '\ud800', '😀');
  fc.assert(fc.property(fc.array(character, { maxLength: 8 }).map(characters => characters.join('')), text => {
    const document = { data: { key: text } };
    const yaml = Yaml.stringify(document);
    let read: unknown;
    try {
      read = controlCharacterOf(yaml) !== undefined ? undefined : parseYaml(wholeText(yaml)).value;
    } catch {
      read = undefined;
    }
    expect(found(document.data).length > 0).toBe(JSON.stringify(read) !== JSON.stringify(document));
  }), { numRuns: 500 });
});
