import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tried } from './leaks';
import { CANARY, hasTrace } from './traces';
import { COMMANDS } from '../../src/cli/commands';
import { run } from '../cli/run';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const secret = (fields: object) => JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, ...fields });
const pod = (fields: object) => JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'i', ...fields }] } });

/** What a folder holds that nobody should print, and what may make a command stumble over it. */
const FILES: Readonly<Record<string, string>> = {
  'secret.yaml': secret({ data: { password: base64(CANARY) } }),
  'text.yaml': secret({ stringData: { password: CANARY } }),
  'no-base64.yaml': secret({ data: { password: CANARY } }),
  'list.yaml': secret({ data: [CANARY] }),
  'docker.yaml': secret({ type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': base64(JSON.stringify({ auths: { [`https://u:${CANARY}@r.io`]: { auth: base64(`u:${CANARY}`) } } })) } }),
  'no-docker.yaml': secret({ type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': base64(`{"auths": ${CANARY}`) } }),
  'tls.yaml': secret({ type: 'kubernetes.io/tls', data: { 'tls.crt': base64(CANARY), 'tls.key': base64(CANARY) } }),
  'broken.yaml': `kind: Secret\nstringData:\n  password: "${CANARY}\n`,
  'twice.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData: { password: "${CANARY}", password: "${CANARY}" }\n`,
  'json.json': `{"apiVersion":"v1","kind":"Secret","stringData":{"password":"${CANARY}"`,
  'applied.yaml': JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': secret({ stringData: { a: CANARY } }) } }, data: { a: base64(CANARY) } }),
  'pod.yaml': pod({ envFrom: [{ secretRef: { name: 'db' } }] }),
  'leaks.yaml': [
    secret({ stringData: { password: CANARY } }),
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', annotations: { a: CANARY } }, data: { url: `https://u:${CANARY}@db`, encoded: base64(CANARY) } }),
    JSON.stringify({ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 't' }, spec: [{ deep: [CANARY] }] }),
    pod({ args: [`--password=${CANARY}`], env: [{ name: 'P', value: CANARY }] }),
  ].join('\n---\n'),
  'empty.yaml': '',
  'binary.yaml': '\0\xff\xfe',
};
const OPTIONS: readonly (readonly string[])[] = [[], ['--verbose'], ['--warnings-as-errors'], ['-k', '1.30'], ['-k', 'x'], ['--missing-secrets', 'error'], ['--namespace', 'a'], ['--baseline', 'none.json'], ['--unknown'], ['--exclude', '*']];

/** Every command that reads manifests, with each of its formats, and with one that there is not. */
const READERS = COMMANDS.filter(({ completes }) => completes?.().files === true).map(({ name, options: { format } }) => {
  return [name, format?.choices === undefined ? [[]] : [...format.choices, 'nonsense'].map(word => ['--format', word])] as const;
});

/** Runs commands over files that hold a value: no run may print it, nor end in anything but an exit code of ours. */
export async function tryCommands(): Promise<Tried> {
  const folder = mkdtempSync(join(tmpdir(), 'attack-'));
  const failed: string[] = [];
  let tried = 0;
  const attempt = async (args: readonly string[], input = '') => {
    tried++;
    const { code, stdout, stderr } = await run(args, { input, environment: {} });
    const said = stdout + stderr;
    const shown = args.join(' ').replaceAll(folder, '');
    if (hasTrace(said)) failed.push(`${shown}: the value is printed`);
    if (said.includes('please report it')) failed.push(`${shown}: ${said.slice(0, 300)}`);
    if (![0, 1, 2].includes(code)) failed.push(`${shown}: exit code ${code}`);
  };
  try {
    mkdirSync(join(folder, 'sub'));
    for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content, 'latin1');
    symlinkSync('loop', join(folder, 'loop'));
    symlinkSync('nowhere', join(folder, 'dangling.yaml'));
    for (const name of [...Object.keys(FILES), '', 'sub', 'loop', 'dangling.yaml', 'nowhere']) {
      for (const [command, formats] of READERS) {
        for (const format of formats) await attempt([command, join(folder, name), ...format]);
      }
      for (const options of OPTIONS) await attempt(['check', join(folder, name), ...options]);
    }
    for (const name of [...Object.keys(FILES), '', 'nowhere']) {
      for (const format of ['text', 'markdown', 'json']) {
        await attempt(['diff', join(folder, 'secret.yaml'), join(folder, name), '--format', format]);
        await attempt(['diff', join(folder, name), join(folder, 'text.yaml'), '--format', format, '--fail-on', 'change']);
      }
    }
    for (const content of Object.values(FILES)) {
      for (const [command, formats] of READERS) for (const format of formats) await attempt([command, '-', ...format], content);
    }
    for (const command of [...COMMANDS.map(({ name }) => name), 'help', '__complete', 'nonsense', '']) {
      for (const rest of [[], ['--help'], ['-x'], [CANARY.replace(/[&</]/g, '')], ['LeakedValue'], ['--app', 'false'], ['--app', `echo ${base64('x')}; exit 3`]]) {
        // what was typed may be printed
        if (rest[0]?.startsWith('zQ')) tried++;
        else await attempt([command, ...rest]);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { tried, failed };
}
