import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { YamlLayout } from '../../src/app/yaml-layout';

/** Counts how often cdk8s is asked for a whole document. */
function layout() {
  const asked: unknown[] = [];
  const yaml = new YamlLayout((...documents) => {
    asked.push(...documents);
    return Yaml.stringify(...documents as any[]);
  });
  return { yaml, isAskedFor: (document: unknown) => asked.includes(document) };
}

const EXAMPLES = join(__dirname, '../../examples');

function manifestsBelow(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return manifestsBelow(path);
    return name.endsWith('.k8s.yaml') ? [path] : [];
  });
}

const TEXTS = [
  '', ' ', 'a', 'abcdef', 'abcdef:', 'abcdef: g', 'abcdef #g', 'abcdef#g', 'true', 'True', 'yes', 'no', 'on', 'off', 'y', 'n', 'null', 'Null', 'NULL', '~', '=', '<<', '-', '- a',
  '?', '? a', ':', '---', '--- a', '...', '...a', 'a\nb', 'a\n', '\na', 'a\n\nb\n\n', ' a', 'a ', '\t', 'a\tb', '0', '-0', '+1', '010', '0x1F', '0b1', '1_000', '1e3', '1.5', '.5', '.inf', '-.inf', '.nan',
  '12:30', '12:30:45', '2001-12-14', '2001-12-14T21:59:43Z', 'nginx:1.29', 'registry.example.com:5000/team/app:1.29@sha256:abc', 'R^YqzKz', 'UmVZcXpLelNK', 'dmFsdWU=', 'dmFsdQ==', '/etc/key',
  '*a', '&a', '!a', '!!str a', '%a', '@a', '`a`', '"a"', "'a'", '\'"', '{a}', '{', '[a]', ',a', 'a, b', '|', '>', 'a\u2028b', 'a\u0085b', '\u007f', '\u0000', '\ud800', '😀 a', 'é'.repeat(200),
  'word '.repeat(60), 'x'.repeat(2_000), '# a', 'a\\b', 'a\r\nb', 'a\rb',
];

test.each(TEXTS)('the text %j is written as cdk8s writes it, as a value, an item, a key and deeper', text => {
  for (const document of [{ key: text }, { list: [text, [text]] }, { [text]: 1 }, { a: { [text]: [{ [text]: text }] } }]) {
    expect(layout().yaml.stringify(document)).toBe(Yaml.stringify(document));
  }
});

test.each([
  0, -0, 1, -1, 1.5, 1e21, 1e-7, Number.MAX_SAFE_INTEGER, NaN, Infinity, -Infinity, true, false, null, undefined, 10n, new Date(0), Buffer.from('abc'), new Map([['a', 1]]), new Set([1]), [], {}, [[]], [{}],
  [undefined], Object.create(null), new (class { toJSON() { return 'json'; } })(), Symbol.iterator,
].map(value => [typeof value === 'symbol' ? 'a symbol' : typeof value === 'bigint' ? '10n' : String(JSON.stringify(value)), value]))('what is no text is written as cdk8s writes it: %s', (_, value) => {
  const outcome = (write: () => string) => {
    try {
      return write();
    } catch (error) {
      return `throws ${(error as Error).message}`;
    }
  };
  for (const document of [{ key: value }, { list: [value] }, value]) {
    expect(outcome(() => layout().yaml.stringify(document))).toBe(outcome(() => Yaml.stringify(document as any)));
  }
});

test('any document of maps, lists, texts and numbers is written as cdk8s writes it', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...TEXTS), fc.base64String(), fc.stringMatching(/^[a-zA-Z0-9./:=+_-]{0,12}$/));
  const { node } = fc.letrec(tie => ({
    node: fc.oneof({ maxDepth: 5 }, text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.array(tie('node'), { maxLength: 4 }), fc.dictionary(text, tie('node'), { maxKeys: 4 })),
  }));
  fc.assert(fc.property(fc.array(node, { maxLength: 3 }), documents => {
    expect(layout().yaml.stringify(...documents)).toBe(Yaml.stringify(...documents as any[]));
  }), { numRuns: 300 });
});

test('every manifest of the examples is written as cdk8s writes it, without asking for a whole document but where a text has several lines', () => {
  const files = manifestsBelow(EXAMPLES);
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    for (const document of parseAllDocuments(readFileSync(file, 'utf8')).map(parsed => parsed.toJS() as unknown)) {
      const { yaml, isAskedFor } = layout();
      expect(yaml.stringify(document)).toBe(Yaml.stringify(document as any));
      expect({ file, isAskedFor: isAskedFor(document) }).toEqual({ file, isAskedFor: / [|>][-+]?\n/.test(Yaml.stringify(document as any)) });
    }
  }
});

test('an object that occurs twice gets an anchor, as cdk8s gives it', () => {
  for (const shared of [{ a: 1 }, [1], {}, []]) {
    const document = { first: shared, second: { again: shared } };
    expect(layout().yaml.stringify(document)).toBe(Yaml.stringify(document));
    expect(layout().yaml.stringify({ shared }, { shared })).toBe(Yaml.stringify({ shared }, { shared }));
  }
});

test('what is nested too deep for a line of its own is left to cdk8s', () => {
  const nested = (depth: number): object => Array.from({ length: depth }).reduce<object>(inner => ({ a: [inner] }), { end: 1 });
  for (const depth of [30, 31, 32, 33, 100]) expect(layout().yaml.stringify(nested(depth))).toBe(Yaml.stringify(nested(depth)));
});

test('where cdk8s writes in another way, that is how all is written', () => {
  const other = (...documents: unknown[]) => Yaml.stringify(...documents as any[]).replaceAll('  ', '    ');
  expect(new YamlLayout(other).stringify({ a: { b: 1 } }, { c: [2] })).toBe(other({ a: { b: 1 } }, { c: [2] }));
});

test.each<[string, () => unknown]>([
  ['a method that no key shows', () => Object.defineProperty({ a: 1 }, 'toJSON', { value: () => 'other' })],
  ['a list with one', () => Object.assign(['a'], { toJSON: () => 'other' })],
  ['a text that is another one each time', () => {
    let count = 0;
    return { get a() { return `text ${count++}: a`; } };
  }],
])('what gives another value than its fields is written by cdk8s: %s', (_, make) => {
  const value = make();
  const { yaml, isAskedFor } = layout();
  const document = { value };
  yaml.stringify(document);
  expect(isAskedFor(document)).toBe(true);
});

test('where a text has several lines, nothing else of its document is asked for', () => {
  const peer = jest.fn((...documents: unknown[]) => Yaml.stringify(...documents as any[]));
  const yaml = new YamlLayout(peer);
  yaml.stringify();
  peer.mockClear();
  const document = { 'a key': 'two words', 'text': 'line\n'.repeat(1_000) };
  yaml.stringify(document);
  expect(peer.mock.calls.slice(-1)).toEqual([[document]]);
  expect(peer.mock.calls.flat().filter(asked => JSON.stringify(asked).includes('two words'))).toEqual([document]);
});

test('the texts of a document are asked for together, and its keys', () => {
  const peer = jest.fn((...documents: unknown[]) => Yaml.stringify(...documents as any[]));
  const yaml = new YamlLayout(peer);
  yaml.stringify({});
  peer.mockClear();
  const document = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key ${index % 2 === 0 ? '' : 'x'}${index}`, `text ${index}: a`]));
  expect(yaml.stringify(document)).toBe(Yaml.stringify(document));
  expect(peer).toHaveBeenCalledTimes(2);
});

test('numbers as keys, which a map moves to its front, are not mistaken for others', () => {
  const document = { 'b c': 'x y', '10': 'y z', 'a b': 'z a', '9': 'a b' };
  expect(layout().yaml.stringify({ document })).toBe(Yaml.stringify({ document }));
});

test('more texts than are remembered are written as cdk8s writes them', () => {
  const documents = Array.from({ length: 3 }, (_, number) => ({ list: Array.from({ length: 8_000 }, (_0, index) => `${number} ${index}`) }));
  const { yaml, isAskedFor } = layout();
  expect(yaml.stringify(...documents, documents[0])).toBe(Yaml.stringify(...documents, documents[0]));
  expect(documents.filter(isAskedFor)).toEqual([]);
});

test('a text is asked for once', () => {
  const peer = jest.fn((...documents: unknown[]) => Yaml.stringify(...documents as any[]));
  const yaml = new YamlLayout(peer);
  yaml.stringify({ key: 'two words' });
  const { length } = peer.mock.calls;
  yaml.stringify({ key: 'two words' }, { key: ['two words', 'a-plain-text'] });
  expect(peer.mock.calls).toHaveLength(length);
});
