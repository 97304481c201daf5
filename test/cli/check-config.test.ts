import { join } from 'node:path';
import { run } from './run';
import { parseCheckOptions } from '../../src/cli/check-options';
import { ExitCode, UsageError } from '../../src/cli/command';
import { tempFolder } from '../support/temp-folder';

const BAD = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ndata: {"a b": YQ==}\n';
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b, envFrom: [{secretRef: {name: team-db}}]}]}\n';
const NAME = '.cdk8s-secrets.yaml';

test('a folder says how it is checked', () => {
  const folder = tempFolder({
    [NAME]: `
versions: ['1.33']
namespace: team-a
today: '2030-01-31'
missingSecrets: error
existing: [db, team-b/x-*, {name: why, type: Opaque, keys: [a]}]
include: ['*.yaml', 'deploy/**']
exclude: ['test/**']
warningsAsErrors: true
acknowledge:
  - {code: InvalidKey, reason: for now, kind: Secret, name: 'd*', path: data, file: deploy/*.yaml, expires: '2030-12-31'}
`,
  });

  expect(parseCheckOptions([folder, '-n', 'other', '--exclude', 'why'])).toMatchObject({
    versions: ['1.33'],
    namespace: 'other',
    today: '2030-01-31',
    missingSecrets: 'error',
    existingSecrets: [{ name: 'db' }, { name: 'x-*', namespace: 'team-b' }, { name: 'why', type: 'Opaque', keys: ['a'] }],
    filter: { include: ['*.yaml', `${folder}/deploy/**`], exclude: ['why', `${folder}/test/**`] },
    warningsAsErrors: true,
    acknowledgements: [{ code: 'InvalidKey', reason: 'for now', kind: 'Secret', name: 'd*', path: 'data', file: `${folder}/deploy/*.yaml`, expires: '2030-12-31' }],
  });
  expect(parseCheckOptions([folder, '--no-config'])).toMatchObject({ missingSecrets: 'warn', acknowledgements: [] });
});

test.each([
  ['versons: []', /has no field "versons"; did you mean "versions"/],
  ['versions: [1.33]', /takes texts: put it in quotes/],
  ['- a', /is no map/],
  ['acknowledge: [{code: InvalidKy, reason: x}]', /there is no code "InvalidKy"/],
  ['acknowledge: [{code: InvalidKey}]', /without a reason/],
  ['existing: db', /existing is no list/],
  ['missingSecrets: no', /takes texts/],
  ['warningsAsErrors: "yes"', /is true or false/],
  ['a: [', /bracket/],
  ['exclude: [a  \x07]', /a control character stands in it/],
])('refuses %j', (text, message) => {
  const folder = tempFolder({ [NAME]: text });

  expect(() => parseCheckOptions([folder])).toThrow(UsageError);
  expect(() => parseCheckOptions([folder])).toThrow(message);
});

test.each([
  ['everywhere', '{code: InvalidKey, reason: x}', ExitCode.CLEAN],
  ['in the file', '{code: InvalidKey, reason: x, file: deploy/**}', ExitCode.CLEAN],
  ['in another file', '{code: InvalidKey, reason: x, file: other/**}', ExitCode.FINDINGS],
  ['on the field', '{code: InvalidKey, reason: x, path: data}', ExitCode.CLEAN],
  ['on another field', '{code: InvalidKey, reason: x, path: dat}', ExitCode.FINDINGS],
  ['on the object', '{code: InvalidKey, reason: x, name: d*}', ExitCode.CLEAN],
  ['until a day to come', "{code: InvalidKey, reason: x, expires: '2030-01-31'}", ExitCode.CLEAN],
  ['until a day that is over', "{code: InvalidKey, reason: x, expires: '2030-01-30'}", ExitCode.FINDINGS],
])('an acknowledgement holds %s', async (_, entry, expected) => {
  const folder = tempFolder({ [NAME]: `today: '2030-01-31'\nacknowledge: [${entry}]\n`, 'deploy/a.yaml': BAD });
  const { code, stdout } = await run(['check', folder]);

  expect(code).toBe(expected);
  expect(stdout.includes('ended on 2030-01-30')).toBe(entry.includes('2030-01-30'));
});

test('names what exists, and leaves files out', async () => {
  const folder = tempFolder({ [NAME]: 'existing: [team-*]\nexclude: [bad]\n', 'a.yaml': POD, 'bad/b.yaml': BAD });

  expect(await run(['check', folder])).toMatchObject({ code: ExitCode.CLEAN, stdout: expect.stringContaining('1 file, 1 object, 1 skipped: no errors\n') });
});

test('a baseline leaves what is new', async () => {
  const folder = tempFolder({ 'a/a.yaml': BAD });
  const baseline = join(folder, 'baseline.json');
  await run(['check', join(folder, 'a'), '-f', 'json', '-o', baseline]);

  expect(await run(['check', join(folder, 'a'), '--baseline', baseline])).toMatchObject({ code: ExitCode.CLEAN, stdout: expect.stringContaining('1 finding is known from the baseline') });
  expect(await run(['check', '-', '--baseline', baseline], { input: BAD.replace('a b', 'a c') })).toMatchObject({ code: ExitCode.FINDINGS });
  expect(await run(['check', '-', '--baseline', join(folder, 'a/a.yaml')], { input: BAD })).toMatchObject({ code: ExitCode.UNUSABLE, stderr: expect.stringContaining('is no report') });
});

test('standard input has the name that it is given', async () => {
  const { stdout } = await run(['check', '-', '-f', 'sarif', '--stdin-filename', 'deploy/a.yaml'], { input: BAD });

  expect(JSON.parse(stdout).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('deploy/a.yaml');
});
