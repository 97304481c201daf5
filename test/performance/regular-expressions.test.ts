import { join } from 'node:path';
import { checkSync } from 'recheck';
import { regularExpressionsOf } from './regular-expressions';

const expressions = regularExpressionsOf(join(__dirname, '../../src'));

test('regular expressions of the sources are found', () => {
  expect(expressions.length).toBeGreaterThan(100);
});

test('no regular expression is put together when it is loaded: what is no literal is not judged here', () => {
  expect(expressions.filter(({ isComposed }) => isComposed)).toEqual([]);
});

test('no regular expression can backtrack more than in proportion to the text', () => {
  const refused = expressions.flatMap(({ file, line, source, flags }) => {
    const verdict = checkSync(source, flags, { timeout: null, seedingTimeout: null, incubationTimeout: null, attackTimeout: null });
    return verdict.status === 'safe' ? [] : [`${file}:${line} /${source}/${flags}: ${verdict.status}`];
  });
  expect(refused).toEqual([]);
}, 600_000);
