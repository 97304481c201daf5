import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { YamlOutputType } from 'cdk8s';
import { killWriters } from './killed';
import { canMount, withSmallDisk } from './small-disk';
import { writingApp } from './writing-app';
import { SealingCertificate } from '../../src/delivery/sealed/sealing-certificate';
import { SealingJournal } from '../../src/delivery/sealed/sealing-journal';
import { caught } from '../caught';
import { tempFolder } from '../support/temp-folder';

const TYPES = Object.values(YamlOutputType).filter(type => typeof type === 'number');
const mounted = canMount ? test : test.skip;
const note = canMount ? '' : ' (skipped: nothing can be mounted here)';

function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true }) as string[];
  return Object.fromEntries(names.sort().map(name => [name, statSync(join(folder, name)).isDirectory() ? '/' : readFileSync(join(folder, name), 'utf8')]));
}

describe.each(TYPES)('on a disk that is too small, with YamlOutputType %s', yamlOutputType => {
  mounted(`the last output stays, whole, and a smaller one can be written after it${note}`, () => {
    withSmallDisk(256, outdir => {
      writingApp(outdir, 1, 8_000, yamlOutputType).synth();
      const before = filesOf(outdir);
      for (const bytes of [60_000, 100_000, 900_000]) {
        const error = caught(() => writingApp(outdir, 2, bytes, yamlOutputType).synth());
        expect([error.code, error.message.includes('ENOSPC')]).toEqual(['UnwritableOutput', true]);
        expect(filesOf(outdir)).toEqual(before);
      }
      writingApp(outdir, 3, 4_000, yamlOutputType).synth();
      expect(Object.keys(filesOf(outdir))).toEqual(Object.keys(before));
      expect(JSON.stringify(filesOf(outdir))).not.toContain('version: \\"1\\"');
    });
  });

  mounted(`nothing is there where nothing was${note}`, () => {
    withSmallDisk(64, outdir => {
      expect(caught(() => writingApp(outdir, 1, 200_000, yamlOutputType).synth()).code).toBe('UnwritableOutput');
      expect(readdirSync(outdir)).toEqual([]);
    });
  });
});

mounted(`a journal on a full disk is refused with a code, and what it held is still there${note}`, () => {
  withSmallDisk(64, disk => {
    const value = {
      certificate: SealingCertificate.fromFile(join(__dirname, '../delivery/sealed/certificates/rsa-4096.pem')),
      label: Buffer.from('a'),
      dataKey: 'k',
      plaintext: Buffer.from('v'),
    };
    const journal = SealingJournal.open(disk, 'dist');
    journal.record('first', 'ciphertext', value);
    const error = caught(() => {
      for (let entry = 0; ; entry++) journal.record(`slot${entry}`, 'x'.repeat(5000), value);
    });
    expect([error.code, error.message.includes('ENOSPC')]).toEqual(['UnusableJournal', true]);
    expect(SealingJournal.open(disk, 'dist').latest('first')).toBe('ciphertext');
  });
});

test('a journal where this user may not write is refused with a code', () => {
  // root may write in every folder but those of the kernel
  const folder = process.getuid?.() === 0 ? '/sys' : tempFolder();
  if (folder !== '/sys') chmodSync(folder, 0o500);
  const error = caught(() => SealingJournal.open(join(folder, 'journal'), 'dist'));
  expect(error.code).toBe('UnusableJournal');
  expect(error.message).toMatch(/\((?:EACCES|EPERM|EROFS)\)/);
});

mounted(`a file that is a mount point is written where it is${note}`, () => {
  const outdir = tempFolder({ 'chart-0.k8s.yaml': 'old' });
  const outside = join(tempFolder({ file: 'old' }), 'file');
  execFileSync('mount', ['--bind', outside, join(outdir, 'chart-0.k8s.yaml')]);
  try {
    writingApp(outdir, 1, 10).synth();
    expect(readFileSync(outside, 'utf8')).toContain('version: "1"');
    writeFileSync(outside, 'old');
    rmSync(join(outdir, 'chart-3.k8s.yaml'));
    // the last of the files cannot be written: the one that is mounted gets back what it had
    execFileSync('mkdir', [join(outdir, 'chart-3.k8s.yaml')]);
    expect(caught(() => writingApp(outdir, 2, 10).synth()).code).toBe('UnwritableOutput');
    expect(readFileSync(outside, 'utf8')).toBe('old');
  } finally {
    execFileSync('umount', [join(outdir, 'chart-0.k8s.yaml')]);
  }
});

test('a process that is killed while it writes leaves whole files, and the next synth removes what it left beside them', async () => {
  const { broken, left } = await killWriters(join(tempFolder(), 'dist'), 4, 100_000);
  expect({ broken, left }).toEqual({ broken: 0, left: 0 });
}, 120_000);
