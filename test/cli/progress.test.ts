import { Progress } from '../../src/cli/progress';

function timeline(isTTY: boolean, times: readonly number[], enabled = true): string[] {
  const written: string[] = [];
  let now = 0;
  const progress = new Progress({ isTTY, write: text => written.push(text) }, enabled, () => now);
  for (const time of times) {
    now = time;
    progress.update(() => `at ${time}`);
  }
  progress.end();
  return written;
}

test('says nothing in the first second', () => {
  expect(timeline(true, [10, 500, 999])).toEqual([]);
});

test('then changes one line of a terminal, five times a second at most, and takes it back', () => {
  expect(timeline(true, [10, 1000, 1100, 1200, 1300, 1400])).toEqual(['\r\x1b[Kat 1000', '\r\x1b[Kat 1200', '\r\x1b[Kat 1400', '\r\x1b[K']);
});

test('writes a line each second where nobody can take lines back', () => {
  expect(timeline(false, [1000, 1500, 2000, 3500])).toEqual(['at 1000\n', 'at 2000\n', 'at 3500\n']);
});

test('says nothing where it is not wanted', () => {
  expect(timeline(true, [5000], false)).toEqual([]);
});
