import { run } from './run';
import { COMMANDS } from '../../src/cli/commands';
import { manualOf } from '../../src/cli/help';

const NAMES = COMMANDS.map(({ name }) => name);

test.each([[''], ...NAMES.map(name => [name])])('--help of %j fits on a screen of 24 lines of 80 characters', async name => {
  const { code, stdout, stderr } = await run([...name === '' ? [] : [name], '--help']);
  const lines = stdout.trimEnd().split('\n');

  expect([code, stderr]).toEqual([0, '']);
  expect(lines.length).toBeLessThanOrEqual(24);
  expect(lines.filter(line => [...line].length > 80)).toEqual([]);
});

test.each(COMMANDS.map(command => [command.name, command] as const))('--help of %s names every option, and the first example', async (name, { options, examples }) => {
  const { stdout } = await run([name, '--help']);

  expect(Object.keys(options).filter(option => !stdout.replaceAll(/--\[no-\]([\w-]+)/g, '--$1 --no-$1').includes(`--${option}`))).toEqual([]);
  expect(stdout).toContain(`\n  ${examples[0].call}\n`);
});

test.each(NAMES)('help %s prints the whole manual', async name => {
  expect(await run(['help', name])).toEqual({ code: 0, stdout: manualOf(COMMANDS.find(command => command.name === name)!), stderr: '' });
});

test('the list of commands has each with what it does', async () => {
  const { stdout } = await run(['--help']);
  expect(COMMANDS.filter(({ name, summary }) => !stdout.includes(`  ${name.padEnd(12)}${summary}\n`))).toEqual([]);
});

test('a word behind -- asks for no help', async () => {
  expect((await run(['explain', '--', '--help'])).stderr).toContain('there is no code "--help"');
});

test('an option of one letter is the same for every command', () => {
  const named = new Map<string, Set<string>>();
  for (const { options } of COMMANDS) {
    for (const [name, { short }] of Object.entries(options)) if (short !== undefined) named.set(short, (named.get(short) ?? new Set()).add(name));
  }
  expect([...named].filter(([, names]) => names.size > 1)).toEqual([]);
  expect(named.has('h')).toBe(false);
});

test('an option of one name takes the same with every command', () => {
  const taken = new Map<string, Set<string>>();
  for (const { options } of COMMANDS) {
    for (const [name, { type, value, multiple, short }] of Object.entries(options)) {
      taken.set(name, (taken.get(name) ?? new Set()).add(JSON.stringify([type, value, multiple, short])));
    }
  }
  expect([...taken].filter(([, manners]) => manners.size > 1)).toEqual([]);
});
