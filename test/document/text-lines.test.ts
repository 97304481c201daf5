import fc from 'fast-check';
import { TextLines } from '../../src/document/text-lines';

test('a place is where the text before it ends', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r'), maxLength: 20 }), fc.nat(20), (text, at) => {
    const offset = Math.min(at, text.length);
    const before = text.slice(0, offset).split('\n');

    expect(new TextLines(text).place(offset)).toEqual({ line: before.length, column: before[before.length - 1].length + 1 });
  }));
});
