import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { parseCheckOptions } from '../../src/cli/check-options';
import { ExitCode } from '../../src/cli/command';
import { wholeText } from '../../src/document/parsed-document';
import { parseYaml } from '../../src/document/yaml-document';
import { tempFolder } from '../support/temp-folder';

const read = (name: string) => readFileSync(join(__dirname, '../../integrations', name), 'utf8');
const BAD = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ndata: {"a b": YQ==}\n';

test('the hook of pre-commit runs a command that there is', async () => {
  const { repos: [{ hooks: [hook] }] } = parseYaml(wholeText(read('pre-commit.yaml'))).value as any;
  const [tool, command, ...rest] = [...hook.entry.split(' '), ...hook.args];

  expect([tool, command]).toEqual(['cdk8s-secrets', 'check']);
  expect(parseCheckOptions(rest)).toMatchObject({ inputs: ['.'], quiet: true });
  expect(new RegExp(hook.files).test('deploy/a.yaml')).toBe(true);
});

test('the action of GitHub runs a command that there is', async () => {
  const { runs: { steps: [{ run: script }] }, inputs } = parseYaml(wholeText(read('action.yml'))).value as any;
  const options = /cdk8s-secrets (check .*?) "\$\{arguments/.exec(script)![1].split(' ');
  const folder = tempFolder({ 'a.yaml': BAD });

  expect(Object.keys(inputs)).toEqual(['paths', 'arguments', 'package']);
  expect(await run([...options, '--', folder])).toMatchObject({ code: ExitCode.FINDINGS, stdout: expect.stringMatching(/^::error file=/) });
});

test('the container runs a command that there is', async () => {
  const [, command] = /^CMD (.*)$/m.exec(read('Containerfile'))!;
  const [name, ...rest] = JSON.parse(command);

  expect(name).toBe('check');
  expect(parseCheckOptions(rest).inputs).toEqual(['.']);
});
