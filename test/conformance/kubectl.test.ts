import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { DockerConfigSecret, Secret, SensitiveValue, TlsSecret } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { withEnvironment } from '../support/environment';
import { CERTIFICATE, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../support/key-pairs';
import { codes, refusal } from '../support/refusal';
import { tempFolder } from '../support/temp-folder';

const isMissing = spawnSync('kubectl', ['version', '--client']).status !== 0;
const testWithKubectl = (name: string, check: () => void) =>
  isMissing ? test.skip(`${name} (skipped: there is no kubectl on this machine)`, check) : test(name, check);

/** What the real `kubectl create secret` makes of its arguments, or undefined where it refuses them. */
function kubectl(...args: string[]): { type?: string; data?: Record<string, string> } | undefined {
  const { status, stdout } = spawnSync('kubectl', ['create', 'secret', ...args, '--dry-run=client', '-o', 'json'], {
    encoding: 'utf8', env: { PATH: process.env.PATH, IN_ENVIRONMENT: 'from the environment', EMPTY: '' },
  });
  return status === 0 ? JSON.parse(stdout) : undefined;
}

/** The data that we make of a file's content, or the code of our refusal. */
function ours(declare: () => Secret): Record<string, string> | string {
  return withEnvironment({ IN_ENVIRONMENT: 'from the environment', EMPTY: '', NOT_IN_ENVIRONMENT: undefined }, () => {
    try {
      const secret = declare();
      const [code] = codes(secret);
      return code ?? manifestOf(secret).data ?? {};
    } catch (error) {
      return refusal(() => { throw error; }).code;
    }
  });
}

/** Each run starts kubectl, and shrinking would start it a hundred times more. */
const few = { numRuns: 15, endOnFailure: true };

/** Lines of env files: most of them right, some nearly. */
const line = fc.tuple(
  fc.constantFrom('', '', '', ' ', '\t', '\u00a0', '\u0085', '\uFEFF', '#', 'export '),
  fc.constantFrom('A', 'B', 'C_D', '.e', '-', 'f.g', 'IN_ENVIRONMENT', 'EMPTY', '1H', '..I', 'J K', ''),
  fc.constantFrom('', '', '', ' '),
  fc.option(fc.oneof(fc.string({ unit: 'grapheme' }).filter(text => !/[\r\n]/.test(text)), fc.constantFrom('"q"', "'q'", ' x ', 'a=b', '$A', '#c', '\r')), { nil: undefined, freq: 8 }),
).map(([before, key, after, value]) => `${before}${key}${after}${value === undefined ? '' : `=${value}`}`);
const envFileContent = fc.tuple(fc.constantFrom('', '\uFEFF'), fc.array(line, { maxLength: 5 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([mark, lines, end, isEnded]) => mark + lines.join(end) + (isEnded ? end : ''));

testWithKubectl('an env file gives the data that kubectl gives it, and is refused where kubectl refuses it', () => {
  fc.assert(fc.property(envFileContent, content => {
    const path = join(tempFolder({ 'a.env': content }), 'a.env');
    const theirs = kubectl('generic', 'a', `--from-env-file=${path}`);
    const mine = ours(() => Secret.fromEnvFile(newChart(), 'S', path));
    // where the environment lacks a variable, kubectl makes an empty value
    if (mine === '[c/S] EnvironmentVariableUnset') expect(Object.values(theirs!.data!)).toContain('');
    else expect(typeof mine === 'string' ? undefined : mine).toEqual(theirs && (theirs.data ?? {}));
  }), { ...few, numRuns: 40 });
});

testWithKubectl('where kubectl loses data of an env file in silence, we refuse it', () => {
  const long = (length: number, end: string) => `A=b${end}B=${'x'.repeat(length - 2)}${end}C=d`;
  for (const [content, code] of [[long(65_536, '\n'), 'InvalidEnvFile'], [long(65_535, '\r\n'), 'InvalidEnvFile']]) {
    const path = join(tempFolder({ 'a.env': content }), 'a.env');
    expect(Object.keys(kubectl('generic', 'a', `--from-env-file=${path}`)!.data!)).toEqual(['A']);
    expect(ours(() => Secret.fromEnvFile(newChart(), 'S', path))).toBe(code);
  }
  for (const content of [long(65_535, '\n'), long(65_534, '\r\n')]) {
    const path = join(tempFolder({ 'a.env': content }), 'a.env');
    expect(ours(() => Secret.fromEnvFile(newChart(), 'S', path))).toEqual(kubectl('generic', 'a', `--from-env-file=${path}`)!.data);
  }
  const path = join(tempFolder({ 'a.env': 'NOT_IN_ENVIRONMENT' }), 'a.env');
  expect(kubectl('generic', 'a', `--from-env-file=${path}`)!.data).toEqual({ NOT_IN_ENVIRONMENT: '' });
  expect(ours(() => Secret.fromEnvFile(newChart(), 'S', path))).toBe('[c/S] EnvironmentVariableUnset');
});

testWithKubectl('a directory gives the data that kubectl gives it, and is refused where kubectl refuses it', () => {
  const name = fc.constantFrom('a', '.b', 'c.txt', 'D_e-f', '-', '..g', 'h i', 'ü', `${'k'.repeat(253)}`, `${'l'.repeat(254)}`);
  fc.assert(fc.property(fc.dictionary(name, fc.uint8Array(), { maxKeys: 3, noNullPrototype: true }), files => {
    const path = tempFolder(Object.fromEntries(Object.entries(files).map(([key, bytes]) => [key, Buffer.from(bytes)])));
    const theirs = kubectl('generic', 'a', `--from-file=${path}`);
    const mine = ours(() => Secret.fromDirectory(newChart(), 'S', path));
    expect(typeof mine === 'string' ? undefined : mine).toEqual(theirs && (theirs.data ?? {}));
  }), few);
});

testWithKubectl('a file gives the bytes that kubectl gives it', () => {
  fc.assert(fc.property(fc.uint8Array(), bytes => {
    const path = join(tempFolder({ value: Buffer.from(bytes) }), 'value');
    expect(ours(() => new Secret(newChart(), 'S', { data: { value: SensitiveValue.fromFile(path) } })))
      .toEqual(kubectl('generic', 'a', `--from-file=${path}`)!.data);
  }), { ...few, numRuns: 5 });
});

testWithKubectl('credentials of a registry are the same bytes as those of kubectl create secret docker-registry', () => {
  const argument = fc.string({ unit: 'grapheme', minLength: 1 }).filter(text => !text.includes('\0') && text === text.trim());
  const server = fc.constantFrom(undefined, 'registry.example.com', 'registry.example.com:5000/team', 'https://index.docker.io/v1/', '127.0.0.1', '*.example.com');
  const email = fc.constantFrom(undefined, 'a@example.com', '<a>@example.com');
  fc.assert(fc.property(argument.filter(text => !text.includes(':')), argument, server, email, (username, password, host, address) => {
    const args = [`--docker-username=${username}`, `--docker-password=${password}`, ...host ? [`--docker-server=${host}`] : [], ...address ? [`--docker-email=${address}`] : []];
    const secret = new DockerConfigSecret(newChart(), 'S', {
      registries: [{
        server: host, email: address, username: SensitiveValue.fromLiteral(username), password: SensitiveValue.fromLiteral(password),
      }],
    });
    const { type, data } = manifestOf(secret);
    expect(kubectl('docker-registry', 'a', ...args)).toMatchObject({ type, data });
  }), few);
});

testWithKubectl('a key pair gives the object of kubectl create secret tls, and is refused where kubectl refuses it', () => {
  for (const [certificate, key] of [[CERTIFICATE, PRIVATE_KEY], [CERTIFICATE, OTHER_PRIVATE_KEY], [PRIVATE_KEY, CERTIFICATE], ['', '']]) {
    const path = tempFolder({ crt: certificate, key });
    const theirs = kubectl('tls', 'a', `--cert=${path}/crt`, `--key=${path}/key`);
    const secret = new TlsSecret(newChart(), 'S', {
      tlsCert: SensitiveValue.fromFile(`${path}/crt`), tlsKey: SensitiveValue.fromFile(`${path}/key`),
    });
    if (theirs === undefined) {
      expect(codes(secret)).toEqual(['[c/S] InvalidCertificate']);
    } else {
      const { type, data } = manifestOf(secret);
      expect({ type, data }).toEqual({ type: theirs.type, data: theirs.data });
    }
  }
});
