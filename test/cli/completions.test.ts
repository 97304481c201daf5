import { run } from './run';
import { COMMANDS } from '../../src/cli/commands';
import { completionsOf } from '../../src/cli/completions';

/** The words that may stand at the end of what was typed, and whether files may. */
function complete(...typed: string[]): { words: string[]; files: boolean } {
  const { words, files } = completionsOf(typed, COMMANDS);
  return { words: words.map(([word]) => word), files };
}

const nothing = { words: [], files: false };

test.each<[string[], { words: string[]; files: boolean }]>([
  [['ex'], { words: ['explain'], files: false }],
  [['--v'], { words: ['--version'], files: false }],
  [['help', 'com'], { words: ['commands', 'completion'], files: false }],
  [['help', 'check', ''], nothing],
  [['nonsense', ''], nothing],
  [['check', ''], { words: [], files: true }],
  [['check', '--form'], { words: ['--format'], files: false }],
  [['check', '--format', ''], { words: ['table', 'json', 'sarif', 'junit', 'github', 'markdown'], files: false }],
  [['check', '-f', 'j'], { words: ['json', 'junit'], files: false }],
  [['check', '--format=j'], { words: ['--format=json', '--format=junit'], files: false }],
  [['check', '--format', '=', 'j'], { words: ['json', 'junit'], files: false }],
  [['check', '--format', '='], { words: ['table', 'json', 'sarif', 'junit', 'github', 'markdown'], files: false }],
  [['diff', '--fail-on', 're'], { words: ['restart', 'refusal'], files: false }],
  [['diff', '--fail-on', 'refusal,re'], { words: ['refusal,restart'], files: false }],
  [['diff', '--fail-on=stale,e'], { words: ['--fail-on=stale,exposure', '--fail-on=stale,error'], files: false }],
  [['check', '--policy', 'ci'], { words: ['cis'], files: false }],
  [['check', '--unknown=j'], nothing],
  [['check', '--output', ''], { words: [], files: true }],
  [['check', '--namespace', ''], nothing],
  [['check', '--quiet', ''], { words: [], files: true }],
  [['check', '--', '--form'], { words: [], files: true }],
  [['explain', 'UnknownK'], { words: ['UnknownKey'], files: false }],
  [['completion', ''], { words: ['bash', 'zsh', 'fish'], files: false }],
  [['commands', 'gr'], { words: ['grant', 'grants'], files: false }],
])('after %j there may be %j', (typed, expected) => {
  expect(complete(...typed)).toEqual(expected);
});

test('every command may stand first, with what it does', () => {
  expect(completionsOf([''], COMMANDS).words).toEqual(expect.arrayContaining(COMMANDS.map(({ name, summary }) => [name, summary])));
});

test('an option that was given is not offered again, unless it may be given again', () => {
  expect(complete('check', '-q', '--format=json', '--exclude', 'x', '--').words).toEqual(
    ['--output', '--kubernetes-version', '--namespace'].concat(complete('check', '--').words.filter(word => !['--output', '--kubernetes-version', '--namespace', '--quiet', '--format'].includes(word))),
  );
  expect(complete('check', '-q', '--q').words).toEqual([]);
  expect(complete('check', '--exclude', 'x', '--ex').words).toEqual(['--existing', '--exclude']);
});

test('a shell hears a word on each line, and whether files may stand there', async () => {
  expect(await run(['__complete', 'check', ''])).toEqual({ code: 0, stdout: ':files\n', stderr: '' });
  expect((await run(['__complete', 'completion', 'z'])).stdout).toBe('zsh\t\n');
  expect(await run(['__complete'])).toMatchObject({ code: 0, stdout: expect.stringContaining('check\t') });
});

test('what a shell hears has one tab and no more lines than words', async () => {
  for (const { name } of COMMANDS) {
    const lines = (await run(['__complete', name, '-'])).stdout.trimEnd().split('\n');
    expect(lines.filter(line => !/^--[\w-]+\t[^\t]+$/.test(line))).toEqual([]);
  }
});
