import fc from 'fast-check';
import { cronSchedule } from '../../src/kubernetes/cron';

// What the compiled API servers of 1.35.4 and 1.37.2 said.
test.each([
  '* * * * *', '0 0 1 1 *', '*/15 0 1,15 * 1-5', '0 0 * JAN SUN', '1-5/2,7 * * jan-mar mon', '? ? ? ? ?', '0\t0 * * *', ' 0 0 * * * ', '+5 * * * *', ', * * * *',
  '1,,2 * * * *', '*-5 * * * *', '10/5 * * * *', '*/100 * * * *', '0 0 31 2 *', '59 23 31 12 6', '* * * * sat',
  '@daily', '@hourly', '@every 1h', '@every 1h30m5s', '@every 1.5h', '@every -1h', '@every 0',
])('%j is a schedule', schedule => {
  expect(cronSchedule(schedule)).toEqual([]);
});

test.each([
  '@Daily', '@every', '@every x', '@every 5', '@reboot', '@daily ', '60 * * * *', '0 24 * * *', '* * 0 * *', '* * 32 * *', '* * * 0 *', '* * * 13 *', '* * * * 7',
  '*/0 * * * *', '5-1 * * * *', '-1 * * * *', '1- * * * *', '/2 * * * *', '1/2/3 * * * *', '1-2-3 * * * *', '* * L * *', '* * * * mo', 'a * * * *', '* * * *',
  '* * * * * *', '1.5 * * * *', '5--7 * * * *', '0 0 * * sun-sat/', '0x5 * * * *', '* * * * 1#2', '*/-5 * * * *', '1_0 * * * *', '', 'TZ=X 0 * * * *', 'CRON_TZ=europe/kyiv 0 * * * *', '10-99/5 * * * *', '70/5 * * * *', 'TZ=UTC', 'TZ=UTC ',
])('%j is none', schedule => {
  expect(cronSchedule(schedule)).not.toEqual([]);
});

test.each(['TZ=UTC 0 * * * *', 'CRON_TZ=Europe/Berlin 0 * * * *', 'TZ= 0 * * * *', 'TZ=Local @daily'])('%j is one too, whoever may say its time zone', schedule => {
  expect(cronSchedule(schedule)).toEqual([]);
});

test('a word that is none is told which there are', () => {
  expect(cronSchedule('@dayly')).toEqual(['there is no "@dayly"; there are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and @every 1h30m']);
});

test('every minute, hour, day and month is a schedule of its own', () => {
  fc.assert(fc.property(
    fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 31 }),
    fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 6 }),
    (...numbers) => {
      expect(cronSchedule(numbers.join(' '))).toEqual([]);
    }));
});
