import fc from 'fast-check';
import { askKubectlsReader, comparable, type Answer } from './yaml-reader';
import CASES from './yaml-reader/cases.json';
import { readManifestStream } from '../../src/inspect/read/manifest-stream';
import { Errors } from '../../src/report/errors';

interface Case {
  readonly text: string;
  /** Null where kubectl refuses the text. */
  readonly documents: readonly unknown[] | null;
}

/** What k8s.io/apimachinery 0.33.4 with sigs.k8s.io/yaml 1.4.0 said. */
const cases: readonly Case[] = CASES;

/** Texts of which kubectl reads the beginning only, and says nothing of the rest. They are refused here. */
const READ_IN_PART: readonly string[] = ['---\n%YAML 1.1\n', 'a\n: b\n', '[]: 1\n'];

function ours(text: string): readonly unknown[] | null {
  try {
    return readManifestStream(text).map(({ manifest }) => comparable(manifest));
  } catch (error) {
    if (Errors.codeOf(error) === 'UnreadableManifest') return null;
    throw error;
  }
}

const read = cases.filter(({ documents, text }) => documents !== null && !READ_IN_PART.includes(text));
const refused = cases.filter(({ documents }) => documents === null);

test.each(read.map(({ text, documents }) => [text, documents] as const))('reads %j as kubectl does', (text, documents) => {
  expect(ours(text)).toEqual(comparable(documents));
});

test.each(refused.map(({ text }) => text))('refuses %j as kubectl does', text => {
  expect(ours(text)).toBeNull();
});

test.each(READ_IN_PART)('refuses %j, of which kubectl reads a part', text => {
  expect(() => readManifestStream(text)).toThrow('kubectl does not read what stands behind the end of the document');
});

describe('with the code of kubectl itself', () => {
  const answers = askKubectlsReader(cases.map(({ text }) => text));
  const testWithGo = typeof answers === 'string' ? test.skip : test;
  const unless = typeof answers === 'string' ? ` (skipped: ${answers})` : '';

  testWithGo(`the recorded answers are those of today${unless}`, () => {
    expect(comparable((answers as Answer[]).map(({ documents }) => documents))).toEqual(comparable(cases.map(({ documents }) => documents)));
  });

  testWithGo(`texts of random scalars, keys and maps are read alike, where both read them${unless}`, () => {
    const texts = fc.sample(manifestText, { numRuns: 3000, seed: 20_300_131 });
    const theirs = askKubectlsReader(texts) as Answer[];
    const both = texts.map((text, index) => ({ text, ours: ours(text), theirs: comparable(theirs[index].documents) }))
      .filter(({ ours: a, theirs: b }) => a !== null && b !== null);
    expect(both.length).toBeGreaterThan(1000);
    for (const { text, ours: a, theirs: b } of both) expect({ text, documents: a }).toEqual({ text, documents: b });
  }, 60_000);
});

/** Numbers that are nearly numbers, words that are nearly booleans. */
const scalar = fc.oneof(
  fc.stringMatching(/^[-+]?[0-9_.eExXbBoO]{1,8}$/),
  fc.stringMatching(/^[-+]?(?:0[xX][0-9a-f_]{1,6}|0[oO]?[0-7_]{1,6}|0[bB][01_]{1,6}|[0-9]{1,20}(?:\.[0-9]{0,6})?(?:e[-+]?[0-9]{1,2})?)$/),
  fc.constantFrom('yes', 'No', 'on', 'OFF', 'y', 'N', 'true', 'tRue', 'null', '~', 'NULL', '', '.inf', '.5', '1:30', '2001-01-01', '<<', '='),
  fc.constantFrom("'5'", '"yes"', '!!str 5', '!!float 5'),
);
const manifestText = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), scalar), { selector: ([key]) => key, minLength: 1 })
  .chain(fields => scalar.map(key => `${fields.map(([name, value]) => `${name}: ${value}`).join('\n')}\ne:\n  ${key}: [${key}]\n`));
