import * as fc from 'fast-check';
import { Call, Member, Name, type Value } from '../../../src/cli/import/code';
import { printStatement } from '../../../src/cli/import/print';

/** What a literal is printed as, without the statement around it. */
const printed = (value: Value) => printStatement({ code: new Call('f', [value]), comments: [] }).replace(/^f\(([^]*)\);$/, '$1');

const anyValue = fc.letrec<{ value: any }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(),
    fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[ab'\\\n\r${}`\u2028]*$/), fc.string({ minLength: 50, unit: fc.constantFrom('a', '\n', ' ') }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'a.b', 'x')), tie('value')), { maxLength: 4 }).map(entries => Object.fromEntries(entries)),
  ),
})).value;

test('a literal is what it was', () => {
  fc.assert(fc.property(anyValue, value => {
    expect(new Function('f', `return ${printStatement({ code: new Call('f', [value]), comments: [] })}`)((read: unknown) => read)).toEqual(value);
  }), { numRuns: 500 });
});

test('no character is printed that a terminal or an editor acts on, and no half of one', () => {
  fc.assert(fc.property(fc.string({ unit: fc.oneof(fc.integer({ min: 0, max: 0xffff }).map(code => String.fromCharCode(code))) }), text => {
    expect(printed(text)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]/);
    expect(Buffer.from(printed(text), 'utf8').toString('utf8')).toBe(printed(text));
  }));
});

test('what fits stands on one line, what does not on several', () => {
  const code = new Call('Secret', [new Name('chart'), 'Db', { metadata: { name: 'db' }, data: {} }], true);
  expect(printStatement({ name: 'db', code, comments: ['Why.'] })).toBe("// Why.\nconst db = new Secret(chart, 'Db', { metadata: { name: 'db' }, data: {} });");

  const long = 'x'.repeat(60);
  expect(printStatement({ code: new Member(new Call('A', [new Name('c'), { 'a': long, 'b-c': [long, 1] }], true), 'with', [new Call('B.c', [long]), new Call('D', [])]), comments: [] })).toBe(`\
new A(c, {
  a: '${long}',
  'b-c': ['${long}', 1],
}).with(
  B.c('${long}'),
  D(),
);`);
});

test('a text of several lines stands below each other', () => {
  expect(printed({ a: `${'x'.repeat(40)}\n  y\n` })).toBe(`{\n  a: [\n    '${'x'.repeat(40)}',\n    '  y',\n    '',\n  ].join('\\n'),\n}`);
});

test('comments are broken into lines', () => {
  const [first, second] = printStatement({ code: new Name('x'), comments: ['word '.repeat(30).trim()] }).split('\n');
  expect(first).toHaveLength(3 + 'word '.repeat(23).length - 1);
  expect(second).toMatch(/^\/\/ word/);
});

test('deep and long values are printed in time that grows with them', () => {
  let deep: Value = 'x';
  for (let depth = 0; depth < 400; depth++) deep = { a: deep, b: 'y'.repeat(200) };
  expect(printed(deep).split('\n')).toHaveLength(400 * 3 + 1);
  expect(printed(Array.from({ length: 20_000 }, (_, index) => index)).split('\n')).toHaveLength(20_002);
});
