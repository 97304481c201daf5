import { withoutEnd, withoutStart } from '../../src/kubernetes/trim';

test.each<[string, string, string]>([
  ['-a-b-', 'a-b-', '-a-b'], ['--a', 'a', '--a'], ['a--', 'a--', 'a'], ['a', 'a', 'a'], ['---', '', ''], ['', '', ''], ['ba', 'ba', 'ba'],
])('%j without dashes at its beginning is %j, and at its end %j', (text, start, end) => {
  expect([withoutStart(text, '-'), withoutEnd(text, '-')]).toEqual([start, end]);
});

test('another character stays', () => {
  expect([withoutStart('-a-', '\0'), withoutEnd('-a-', '\0')]).toEqual(['-a-', '-a-']);
});
