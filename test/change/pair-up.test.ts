import * as fc from 'fast-check';
import { pairUp } from '../../src/change/pair-up';

interface Thing {
  readonly name: string;
  readonly file?: string;
}

const RECOGNITION = { identityOf: ({ name }: Thing) => name, fileOf: ({ file }: Thing) => file };
const pairs = (before: Thing[], after: Thing[]) => pairUp(before, after, RECOGNITION).map(pair => [pair.before?.file, pair.after?.file]);
const inFiles = (...files: string[]): Thing[] => files.map(file => ({ name: 'db', file }));

test.each<[string, string[], string[], (string | undefined)[][]]>([
  ['of one name are one thing, wherever they stand', ['a.yaml'], ['b/c.yaml'], [['a.yaml', 'b/c.yaml']]],
  ['of several are those of one file below the folders that all files are in', ['old/a/db.yaml', 'old/b/db.yaml'], ['new/a/db.yaml', 'new/b/db.yaml'],
    [['old/a/db.yaml', 'new/a/db.yaml'], ['old/b/db.yaml', 'new/b/db.yaml']]],
  ['of several are those of one file, also where one is gone', ['x/a/db.yaml', 'x/b/db.yaml', 'x/c.yaml'], ['x/b/db.yaml', 'x/c.yaml'],
    [['x/b/db.yaml', 'x/b/db.yaml'], ['x/c.yaml', 'x/c.yaml'], ['x/a/db.yaml', undefined]]],
  ['of several are those of files of one name', ['x/dev.yaml', 'x/prod.yaml'], ['y/z/prod.yaml', 'y/dev.yaml'], [['x/prod.yaml', 'y/z/prod.yaml'], ['x/dev.yaml', 'y/dev.yaml']]],
  ['are one where one is left on each side', ['x/a.yaml', 'x/b.yaml'], ['x/a.yaml', 'x/c.yaml'], [['x/a.yaml', 'x/a.yaml'], ['x/b.yaml', 'x/c.yaml']]],
  ['are none where several are left', ['x/a.yaml', 'x/b.yaml'], ['x/c.yaml', 'x/d.yaml'],
    [[undefined, 'x/c.yaml'], [undefined, 'x/d.yaml'], ['x/a.yaml', undefined], ['x/b.yaml', undefined]]],
])('things %s', (_, before, after, expected) => {
  expect(pairs(inFiles(...before), inFiles(...after))).toEqual(expected);
});

const THINGS = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), file: fc.constantFrom('x/a', 'x/b', 'y/a', 'z') }), { maxLength: 12 });

test('everything is in one pair, and two in a pair have one identity', () => {
  fc.assert(fc.property(THINGS, THINGS, (before, after) => {
    const made = pairUp(before, after, RECOGNITION);
    const sorted = (things: readonly (Thing | undefined)[]) => things.filter(thing => thing !== undefined).map(thing => JSON.stringify(thing)).sort();
    expect(sorted(made.map(pair => pair.before))).toEqual(sorted(before));
    expect(sorted(made.map(pair => pair.after))).toEqual(sorted(after));
    for (const pair of made) if (pair.before !== undefined && pair.after !== undefined) expect(pair.before.name).toBe(pair.after.name);
  }));
});

test('a state and itself are pairs of the same', () => {
  fc.assert(fc.property(THINGS, things => {
    for (const { before, after } of pairUp(things, things.map(thing => ({ ...thing })), RECOGNITION)) expect(before).toEqual(after);
  }));
});
