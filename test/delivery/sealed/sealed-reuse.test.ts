import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unseal } from './unseal';
import { SealedReuse } from '../../../src/delivery/sealed/sealed-reuse';
import { SealingCertificate } from '../../../src/delivery/sealed/sealing-certificate';
import { SealingJournal } from '../../../src/delivery/sealed/sealing-journal';
import { Errors } from '../../../src/report/errors';
import vectors from '../../conformance/backends-vectors.json';

const { certificatePem, privateKeyPkcs8Pem } = vectors.sealedSecrets;
const certificate = SealingCertificate.parse(certificatePem, new Date('2027-01-01'));
const renewed = SealingCertificate.fromFile(join(__dirname, 'certificates', 'rsa-4096.pem'), new Date('2027-01-01'));
const NOWHERE = '';
const PLACE = { name: 'db', namespace: 'ns1' };

let folder: string;
let output: string;
let journals: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reuse-'));
  output = join(folder, 'dist', 'app.k8s.yaml');
  journals = join(folder, '.cdk8s-secrets');
  mkdirSync(join(folder, 'dist'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Change { readonly value?: string; readonly place?: typeof PLACE; readonly dataKey?: string; readonly certificate?: SealingCertificate }

/** One synth: seals one value, and writes the manifest. */
function synth(change: Change = {}, to = output): string {
  const place = change.place ?? PLACE;
  const dataKey = change.dataKey ?? 'password';
  const sealed = new SealedReuse(output, journals).seal(place, {
    certificate: change.certificate ?? certificate,
    label: Buffer.from(`${place.namespace}/${place.name}`),
    dataKey,
    plaintext: Buffer.from(change.value ?? 's3cr3t'),
  });
  if (to !== NOWHERE) write(to, sealed, place, dataKey);
  return sealed;
}

function write(to: string, sealed: string, metadata = PLACE, dataKey = 'password'): void {
  const manifest = { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata, spec: { encryptedData: { [dataKey]: sealed } } };
  writeFileSync(to, `kind: ConfigMap\n---\n${JSON.stringify(manifest)}\n---\n`);
}

const journal = () => join(journals, readdirSync(journals).find(name => name !== '.gitignore')!);

test('a value that has not changed keeps its ciphertext', () => {
  const first = synth();
  expect(synth()).toBe(first);
  expect(unseal(first, 'ns1/db', privateKeyPkcs8Pem).toString()).toBe('s3cr3t');
});

test.each<[string, Change]>([
  ['the value', { value: 's3cr3u' }],
  ['the name', { place: { name: 'other', namespace: 'ns1' } }],
  ['the namespace', { place: { name: 'db', namespace: 'ns2' } }],
  ['the key', { dataKey: 'other' }],
  ['the certificate', { certificate: renewed }],
])('it is sealed anew when %s changes', (_, change) => {
  expect(synth(change)).not.toBe(synth());
  const first = synth();
  expect(synth(change)).not.toBe(first);
});

test('it keeps its ciphertext when the output folder was emptied before the synth, as cdk8s-cli does', () => {
  const first = synth();
  rmSync(join(folder, 'dist'), { recursive: true });
  expect(synth({}, NOWHERE)).toBe(first);
});

test('it keeps the ciphertext that the manifests hold, not the last one that was made', () => {
  const first = synth();
  const second = synth({ value: 'other' });
  expect(second).not.toBe(first);
  write(output, first);
  expect(synth()).toBe(first);
});

test('a folder of manifests is read with its folders', () => {
  mkdirSync(join(folder, 'dist', 'app.k8s.yaml', 'deep'), { recursive: true });
  const first = synth({}, join(output, 'deep', 'a.yaml'));
  write(join(output, 'b.txt'), 'ignored');
  expect(synth({}, NOWHERE)).toBe(first);
});

test('a ciphertext that was not made here is never kept, whatever it holds', () => {
  synth();
  write(output, 'AQAB');
  expect(synth()).not.toBe('AQAB');
});

test('without the journal everything is sealed anew: nothing in the repository tells whether a value changed', () => {
  const first = synth();
  rmSync(journals, { recursive: true });
  expect(synth()).not.toBe(first);
});

test('manifests that are no YAML are no reason to fail', () => {
  const first = synth();
  writeFileSync(output, 'a: b: c\n---\nkind: SealedSecret\n---\nkind: SealedSecret\nspec: {encryptedData: {password: 1}}\n');
  expect(synth()).toBe(first);
});

describe('the journal', () => {
  test('has mode 0600, in a folder of mode 0700, also where somebody opened it', () => {
    const modeOf = (path: string) => (statSync(path).mode % 0o1000).toString(8);
    synth();
    expect(modeOf(journal())).toBe('600');
    chmodSync(journal(), 0o644);
    synth();
    expect(modeOf(journal())).toBe('600');
    expect(modeOf(journals)).toBe('700');
  });

  test('is ignored by git', () => {
    synth();
    execFileSync('git', ['init', '-q', folder]);
    expect(execFileSync('git', ['-C', folder, 'status', '--porcelain', '-uall'], { encoding: 'utf8' })).toBe('?? dist/app.k8s.yaml\n');
  });

  test('does not hold the value, plain, encoded or hashed without its key', () => {
    synth();
    const text = readFileSync(journal(), 'utf8');
    for (const known of ['s3cr3t', Buffer.from('s3cr3t').toString('base64'), Buffer.from('s3cr3t').toString('hex')]) expect(text).not.toContain(known);
  });

  test('has a random key of its own for each output', () => {
    synth();
    new SealedReuse(join(folder, 'other'), journals).seal(PLACE, { certificate, label: Buffer.of(), dataKey: 'a', plaintext: Buffer.of() });
    const keys = readdirSync(journals).filter(name => name !== '.gitignore').map(name => JSON.parse(readFileSync(join(journals, name), 'utf8').split('\n')[0]).key);
    expect(keys).toHaveLength(2);
    expect(keys[0]).not.toBe(keys[1]);
    expect(Buffer.from(keys[0], 'base64')).toHaveLength(32);
  });

  test.each(['', 'no json', '{"key":"AAAA"}\n', '{}\n', '[]\n', 'null\n'])('is made anew where its first line is %j', text => {
    const first = synth();
    writeFileSync(journal(), text);
    const second = synth();
    expect(second).not.toBe(first);
    expect(synth()).toBe(second);
  });

  test.each(['{"slot":', 'null', '7', '{"slot":"a","ciphertext":7,"fingerprint":[]}'])('is read without the line %s', line => {
    const first = synth();
    appendFileSync(journal(), line);
    expect(synth()).toBe(first);
  });

  test('does not grow without end', () => {
    const first = synth();
    const [, entry] = readFileSync(journal(), 'utf8').split('\n');
    appendFileSync(journal(), `${entry}\n`.repeat(1500));
    expect(synth()).toBe(first);
    expect(readFileSync(journal(), 'utf8').split('\n')).toHaveLength(3);
  });
});

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    return Errors.codeOf(error);
  }
};

describe('somebody else who can write the folder of the journal', () => {
  test('gets no file of ours changed through a link in the place of the journal', () => {
    synth();
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'mine\n', { mode: 0o644 });
    const path = journal();
    rmSync(path);
    symlinkSync(victim, path);
    expect(codeOf(synth)).toBe('UnusableJournal');
    expect(readFileSync(victim, 'utf8')).toBe('mine\n');
    expect(statSync(victim).mode % 0o1000).toBe(0o644);
  });

  test('gets no file of ours changed through a link in the place of .gitignore', () => {
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'mine\n');
    mkdirSync(journals);
    symlinkSync(victim, join(journals, '.gitignore'));
    synth();
    expect(readFileSync(victim, 'utf8')).toBe('mine\n');
  });
});

test('fails with a code for a journal that is no file', () => {
  synth();
  const path = journal();
  rmSync(path);
  mkdirSync(path);
  expect(codeOf(synth)).toBe('UnusableJournal');
});

test('earlier manifests whose aliases multiply are taken for none', () => {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]', ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefg'[index]}, `.repeat(10)}]`)];
  writeFileSync(output, `${lines.join('\n')}\n`);
  expect(() => synth({}, NOWHERE)).not.toThrow();
});

describe('what journals know of two ciphertexts', () => {
  const isSame = (before: string, after: string) => SealingJournal.comparison(journals)(before, after);

  test('is whether they are of one value', () => {
    const [first, other, again] = [synth(), synth({ value: 's3cr3u' }), synth()];
    expect(again).not.toBe(first);
    expect([isSame(first, again), isSame(first, other)]).toEqual([true, false]);
  });

  test('is nothing of one that was made elsewhere, and to ask makes no journal', () => {
    expect(isSame('AgA', 'AgB')).toBeUndefined();
    expect(existsSync(journals)).toBe(false);
    expect(isSame(synth(), 'AgB')).toBeUndefined();
  });
});
