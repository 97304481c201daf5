import { readFileSync } from 'node:fs';
import { ExitCode, type Command } from '../../src/cli/command';
import { CLI_DOC, renderCliDoc } from '../../tools/cli-doc';

test('docs/cli.md says what the commands say (after a change: npx tsx tools/cli-doc.ts)', () => {
  expect(readFileSync(CLI_DOC, 'utf8')).toBe(renderCliDoc());
});

test('has of a command its calls, what it does, its options and its exit codes', () => {
  const command: Command = {
    name: 'bark',
    summary: 'barks',
    usage: ['loudly|softly [OPTION…]'],
    description: 'It barks.',
    details: ['But never bites.'],
    examples: [{ call: 'cdk8s-secrets bark', does: 'barks' }, { call: 'cdk8s-secrets bark -t 3' }],
    options: {
      times: { type: 'string', short: 't', value: 'A|B', summary: 'how often', default: '1', details: 'Up to 9.' },
      at: { type: 'string', value: 'WHOM', summary: 'at whom', choices: ['cats', 'cars'], multiple: true },
    },
    exits: { [ExitCode.UNUSABLE]: 'asleep', [ExitCode.CLEAN]: 'done' },
    run: async () => ExitCode.CLEAN,
  };
  expect(renderCliDoc([command]).split('\n\n').slice(-7)).toEqual([
    '- [bark](#bark): barks',
    '## bark\n\n```sh\ncdk8s-secrets bark loudly|softly [OPTION…]\n```',
    'It barks.',
    'But never bites.',
    '```sh\ncdk8s-secrets bark # barks\ncdk8s-secrets bark -t 3\n```',
    '| option | does |\n|---|---|\n| `-t, --times A\\|B` | how often (default: 1). Up to 9. |\n| `--at WHOM…` | at whom: cats, cars |',
    '| exit code | when |\n|---|---|\n| 0 | done |\n| 2 | asleep |\n',
  ].flatMap(text => text.split('\n\n')).slice(-7));
});
