import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vectors from './backends-vectors.json';
import { SealedSecretScope, Secret, SecretDelivery, SensitiveValue, type SealedDeliveryOptions } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { tempFile } from '../support/temp-folder';

const { certificatePem, privateKeyPkcs8Pem } = vectors.sealedSecrets;
const BUILD_MILLISECONDS = 240_000;

/** The unsealer that is built of the controller's own packages, or why there is none. */
function buildUnsealer(): { readonly program?: string; readonly reason?: string } {
  const program = join(mkdtempSync(join(tmpdir(), 'unseal-')), 'unseal');
  try {
    execFileSync('go', ['build', '-C', join(__dirname, 'sealed-secrets'), '-o', program, '.'], {
      env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' }, timeout: BUILD_MILLISECONDS, stdio: 'pipe',
    });
    return { program };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { reason: code === 'ENOENT' ? 'there is no Go toolchain here' : 'the packages of sealed-secrets cannot be built here' };
  }
}

const unsealer = buildUnsealer();
const whenBuilt = unsealer.program === undefined ? test.skip : test;
const suffix = unsealer.reason === undefined ? '' : ` (skipped: ${unsealer.reason})`;

afterAll(() => {
  if (unsealer.program !== undefined) rmSync(join(unsealer.program, '..'), { recursive: true });
});

/** What the controller makes of SealedSecrets: Secrets, or errors. */
function unseal(sealedSecrets: object[]): any[] {
  const input = JSON.stringify({ privateKey: privateKeyPkcs8Pem, sealedSecrets });
  return JSON.parse(execFileSync(unsealer.program!, { input, encoding: 'utf8' }));
}

const certificate = tempFile(certificatePem, 'pub-cert.pem');
const values = { 'password': 's3cr3t', 'empty': '', 'utf-8': 'Zürich ☂', '.bin': '\0\x01\n' };

type Options = Partial<SealedDeliveryOptions>;
const determinismKey = SensitiveValue.fromLiteral('a determinism key of 32 bytes ...');
const ways: [string, Options][] = [['randomly', {}], ['with a determinism key', { determinismKey }]];
const strict = SealedSecretScope.strict();
const namespaceWide = SealedSecretScope.namespaceWide();
const clusterWide = SealedSecretScope.clusterWide();

/** A SealedSecret that was made for `ns1/db`, with its metadata changed. */
function sealedSecret(options: Options, change: object): object {
  const secret = new Secret(newChart('ns1'), 'Db', {
    metadata: { name: 'db', labels: { app: 'a' }, annotations: { note: 'n' } },
    type: 'example.com/db',
    immutable: true,
    data: Object.fromEntries(Object.entries(values).map(([key, text]) => [key, SensitiveValue.fromLiteral(text)])),
    delivery: SecretDelivery.sealed({ certificate, ...options }),
  });
  const manifest = manifestOf(secret);
  return { ...manifest, metadata: { ...manifest.metadata, ...change } };
}

describe.each(ways)('what is sealed %s', (_, options) => {
  whenBuilt.each<[string, SealedSecretScope, object]>([
    ['strict', strict, {}],
    ['namespace-wide', namespaceWide, {}],
    ['namespace-wide, renamed', namespaceWide, { name: 'other' }],
    ['cluster-wide', clusterWide, {}],
    ['cluster-wide, moved', clusterWide, { name: 'other', namespace: 'ns2' }],
  ])(`the code of the controller opens: %s${suffix}`, (__, scope, change) => {
    const [secret] = unseal([sealedSecret({ ...options, scope }, change)]);
    // Go writes an empty value as null, which the API server takes as empty
    const data = Object.fromEntries(Object.entries(values).map(([key, text]) => [key, text === '' ? null : Buffer.from(text).toString('base64')]));
    expect(secret.data).toEqual(data);
    expect(secret.type).toBe('example.com/db');
    expect(secret.immutable).toBe(true);
    expect(secret.metadata).toMatchObject({ name: 'db', namespace: 'ns1', ...change });
    expect(secret.metadata.labels).toEqual({ app: 'a' });
    expect(secret.metadata.annotations).toMatchObject({ note: 'n' });
  });

  whenBuilt.each<[string, SealedSecretScope, object]>([
    ['strict, renamed', strict, { name: 'other' }],
    ['strict, moved', strict, { namespace: 'ns2' }],
    ['namespace-wide, moved', namespaceWide, { namespace: 'ns2' }],
    ['namespace-wide, its annotation lost', namespaceWide, { annotations: {} }],
  ])(`the code of the controller does not open: %s${suffix}`, (__, scope, change) => {
    const [secret] = unseal([sealedSecret({ ...options, scope }, change)]);
    // in the order of a Go map
    expect(secret).toEqual({ error: expect.stringMatching(/^no key could decrypt secret \(([^,]+, ){3}[^,]+\)$/) });
  });
});
