import { Inspection } from '../../src/app/inspection';
import { MAX_OBJECTS } from '../../src/document/parsed-document';
import { MAX_OF_ONE_CODE } from '../../src/inspect/bounded-findings';
import { readManifestStream } from '../../src/inspect/read/manifest-stream';
import { Errors } from '../../src/report/errors';

const inspect = (text: string, acknowledgements: { code: string; reason: string }[] = []) =>
  Inspection._fromSources(readManifestStream(text), { acknowledgements });

test('of one code no more findings are listed than a person reads, and the others are counted', () => {
  const { findings } = inspect('{}'.repeat(MAX_OF_ONE_CODE + 5));
  expect(findings).toHaveLength(MAX_OF_ONE_CODE + 1);
  expect(findings.at(-1)).toMatchObject({ code: 'NoManifest', severity: 'error', path: '', message: '… and 5 more of this code, of which this object has one' });
});

test('as many findings as are listed are not followed by another one', () => {
  expect(inspect('{}'.repeat(MAX_OF_ONE_CODE)).findings).toHaveLength(MAX_OF_ONE_CODE);
});

test('acknowledged findings are counted on their own', () => {
  const inspection = inspect('{}'.repeat(MAX_OF_ONE_CODE + 5), [{ code: 'NoManifest', reason: 'a test' }]);
  expect(inspection.findings).toEqual([]);
  expect(inspection.acknowledged).toHaveLength(MAX_OF_ONE_CODE + 1);
});

test('of the fields that a document has twice a hundred are named', () => {
  const { findings } = inspect(`apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n${'x: 1\n'.repeat(151)}`);
  expect(findings.filter(({ code }) => code === 'DuplicateField')).toHaveLength(101);
  expect(findings.map(({ message }) => message)).toContain('50 more fields of the document stand twice in their maps');
});

test.each<[string, string]>([
  ['one after the other', '{}'.repeat(MAX_OBJECTS + 1)],
  ['in a List', `{"apiVersion":"v1","kind":"List","items":[${'{},'.repeat(MAX_OBJECTS)}{}]}`],
  ['in Lists of Lists', `{"apiVersion":"v1","kind":"List","items":[${'{"kind":"List","items":[{},{}]},'.repeat(MAX_OBJECTS / 2)}{}]}`],
])('more objects than any cluster has Secrets are refused, %s', (_, text) => {
  let error: unknown;
  try {
    inspect(text);
  } catch (thrown) {
    error = thrown;
  }
  expect(Errors.codeOf(error)).toBe('UnreadableManifest');
});
