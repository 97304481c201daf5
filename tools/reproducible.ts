import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '..');
const TASKS = ['pre-compile', 'compile', 'post-compile', 'package'];

/** Builds the package of the last commit twice, in folders of different names, and compares what is packed. */
function main(): number {
  const root = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-reproducible-'));
  try {
    const [first, second] = ['one', 'the-other'].map(name => build(join(root, name)));
    const files = [...new Set([...first.files.keys(), ...second.files.keys()])].sort();
    const differences = files.filter(file => first.files.get(file) !== second.files.get(file));
    console.log(`${first.hash}  one\n${second.hash}  the other\n${first.files.size} files, ${differences.length} differ`);
    for (const file of differences) console.log(`- ${file}`);
    return first.hash === second.hash ? 0 : 1;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

interface Built {
  /** Of the tarball. */
  readonly hash: string;
  /** The hash of each file in it. */
  readonly files: ReadonlyMap<string, string>;
}

function build(folder: string): Built {
  mkdirSync(folder, { recursive: true });
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const archive = execFileSync('git', ['archive', 'HEAD'], { cwd: PROJECT, maxBuffer: 1e9 });
  execFileSync('tar', ['-x'], { cwd: folder, input: archive });
  run('npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
  for (const task of TASKS) run('npx', 'projen', task);

  const [tarball] = readdirSync(join(folder, 'dist/js')).filter(file => file.endsWith('.tgz'));
  const packed = join(folder, 'dist/js', tarball);
  const unpacked = join(folder, 'dist/unpacked');
  mkdirSync(unpacked);
  run('tar', '-xf', packed, '-C', unpacked);
  const entries = readdirSync(unpacked, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const files = entries.map(entry => join(entry.parentPath, entry.name));
  return { hash: hashOf(packed), files: new Map(files.map(file => [file.slice(unpacked.length + 1), hashOf(file)])) };
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

process.exitCode = main();
