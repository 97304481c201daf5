import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { ExitCode } from '../../src/cli/command';
import { tempFolder } from '../support/temp-folder';

const CERTIFICATE = join(__dirname, '../delivery/sealed/certificates/rsa-4096.pem');

/** A SealedSecret with a value for a key of 2048 bits. */
const SEALED = JSON.stringify({
  apiVersion: 'bitnami.com/v1alpha1',
  kind: 'SealedSecret',
  metadata: { name: 'db' },
  spec: { encryptedData: { password: Buffer.concat([Buffer.from([1, 0]), Buffer.alloc(300)]).toString('base64') } },
});
const OLD = `apiVersion: external-secrets.io/v1beta1
kind: ExternalSecret
metadata: { name: db }
spec: { secretStoreRef: { name: vault }, dataFrom: [{ extract: { key: db } }] }
`;

describe('sealed values are compared with a certificate', () => {
  test('of an argument', async () => {
    expect((await run(['check', '-'], { input: SEALED })).code).toBe(ExitCode.CLEAN);
    const { code, stdout } = await run(['check', '-', '--certificate', CERTIFICATE], { input: SEALED });
    expect(code).toBe(ExitCode.FINDINGS);
    expect(stdout).toContain('is sealed for a key of 2048 bits, and that of the certificate has 4096');
  });

  test('of the file, which names it from its folder', async () => {
    const folder = tempFolder({
      'sealed.json': SEALED, '.cdk8s-secrets.yaml': 'certificate: keys/cert.pem', 'keys/cert.pem': readFileSync(CERTIFICATE, 'utf8'),
    });
    expect((await run(['check', folder])).stdout).toContain('InvalidSealedValue');
  });

  test('that can be read', async () => {
    const { code, stderr } = await run(['check', '-', '--certificate', join(__dirname, 'none.pem')], { input: SEALED });
    expect(code).toBe(ExitCode.UNUSABLE);
    expect(stderr).toContain('FileUnreadable');
  });
});

test('many objects of a version that is no longer served are one error', async () => {
  const folder = tempFolder({ 'a/es.yaml': OLD, 'b/es.yaml': OLD });
  const { code, stdout } = await run(['check', folder, '-f', 'json']);
  expect(code).toBe(ExitCode.FINDINGS);
  expect(JSON.parse(stdout).findings.filter((finding: any) => finding.code === 'UnservedVersion')).toHaveLength(1);
});

test('a store of another repository is one warning, however many use it', async () => {
  const folder = tempFolder({ 'a/es.yaml': OLD.replace('v1beta1', 'v1'), 'b/es.yaml': OLD.replace('v1beta1', 'v1') });
  const findings = async (...args: string[]) => JSON.parse((await run(['check', folder, '-f', 'json', ...args])).stdout).findings
    .map(({ code, severity }: any) => `${severity} ${code}`);
  expect(await findings()).toEqual(['warning UnknownSecretStore']);
  expect(await findings('--missing-secrets', 'ignore')).toEqual([]);
  expect(await findings('--missing-secrets', 'error')).toEqual(['error UnknownSecretStore', 'error UnknownSecretStore']);
});
