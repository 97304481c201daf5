import { setTimeout } from 'node:timers/promises';
import { mapPool } from '../../tools/pool';

test('gives the results in the order of the items, whichever ends first', async () => {
  expect(await mapPool([30, 1, 10], 3, async (ms, index) => {
    await setTimeout(ms);
    return `${index}:${ms}`;
  })).toEqual(['0:30', '1:1', '2:10']);
});

test('runs at most as many jobs at once as it is told', async () => {
  let running = 0;
  let most = 0;
  await mapPool([1, 2, 3, 4, 5], 2, async () => {
    most = Math.max(most, ++running);
    await setTimeout(2);
    running--;
  });
  expect(most).toBe(2);
});

test('fails with the first failure, and starts no further jobs', async () => {
  const started: number[] = [];
  const run = mapPool([1, 2, 3, 4], 1, async item => {
    started.push(item);
    if (item === 2) throw new Error('two');
  });
  await expect(run).rejects.toThrow('two');
  expect(started).toEqual([1, 2]);
});
