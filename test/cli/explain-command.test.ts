import { run } from './run';
import { ExitCode } from '../../src/cli/command';
import { ALL_CODES, severityText } from '../../src/report/all-codes';

test('says cause, severity, example and fix of a code', async () => {
  const { code, stdout } = await run(['explain', 'UnknownKey'], { columns: 1000 });
  const { cause, example, fix } = ALL_CODES.UnknownKey;

  expect(code).toBe(ExitCode.CLEAN);
  expect(stdout).toBe(`UnknownKey\n  ${cause}\nSeverity:\n  ${severityText(ALL_CODES.UnknownKey)}\nExample:\n  ${example}\nFix:\n  ${fix}\n`);
});

test('keeps to the width of the terminal, and explains several', async () => {
  const { stdout } = await run(['explain', 'UnknownKey', 'InvalidCertificate'], { columns: 60 });

  expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(60);
  expect(stdout).toContain('\n\nInvalidCertificate\n');
});

test('lists all codes where none is given', async () => {
  expect((await run(['explain'])).stdout.trim().split('\n')).toEqual(Object.keys(ALL_CODES));
});

test.each([[['Unknownkey'], 'did you mean "UnknownKey"?'], [['--all'], 'no option "--all"'], [['constructor'], 'there is no code']])('refuses %j', async (args, says) => {
  expect(await run(['explain', ...args])).toMatchObject({ code: ExitCode.UNUSABLE, stderr: expect.stringContaining(says) });
});
