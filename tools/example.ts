import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { readFiles, type Files } from './files';

/** Where the examples are. */
export const EXAMPLES_FOLDER = resolve(__dirname, '../examples');

/** The files that every example has. */
const EXAMPLE_FILES = ['README.md', 'cdk8s.yaml', 'main.ts'] as const;

/** An example that has run this long hangs. */
const TIMEOUT_MS = 120_000;

/** One folder of examples/: a cdk8s app that runs alone, and what it is expected to write. */
export class Example {
  /** Every example, sorted by name. */
  public static all(folder = EXAMPLES_FOLDER): Example[] {
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => new Example(join(folder, entry.name), entry.name))
      .sort((a, b) => a.name < b.name ? -1 : 1);
  }

  private constructor(private readonly folder: string, public readonly name: string) {}

  /** Where `cdk8s synth` writes. */
  public get outputFolder(): string {
    return join(this.folder, 'dist');
  }

  /** Where the expected files are: plain manifests, ready for `kubectl apply -f`. */
  public get snapshotFolder(): string {
    return join(this.folder, '__snapshots__');
  }

  /** Which of the files that every example has are not there. */
  public get missingFiles(): string[] {
    return EXAMPLE_FILES.filter(file => !existsSync(join(this.folder, file)));
  }

  /**
   * Runs the app as its cdk8s.yaml says, in its folder and in a process of its own.
   *
   * @param env added to the environment of the process
   * @returns what the app wrote
   * @throws an error with the app's output when the app fails or writes nothing
   */
  public async synth(env: Record<string, string> = {}): Promise<Files> {
    const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-example-'));
    try {
      const output = await this.run({ ...env, CDK8S_OUTDIR: outdir });
      const files = readFiles(outdir);
      if (files.size === 0) throw new Error(`example ${this.name} wrote no files\n${output}`);
      return files;
    } finally {
      rmSync(outdir, { recursive: true });
    }
  }

  private async run(env: Record<string, string>): Promise<string> {
    const { app } = parse(readFileSync(join(this.folder, 'cdk8s.yaml'), 'utf8'), { prettyErrors: false });
    const child = spawn(app, {
      cwd: this.folder,
      env: { ...process.env, ...env },
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => chunks.push(chunk));

    const [code, signal] = await new Promise<[number | null, string | null]>((done, fail) => {
      child.on('error', fail).on('close', (...end) => done(end));
    });
    const output = Buffer.concat(chunks).toString().trim();
    if (code !== 0) throw new Error(`example ${this.name} failed with ${signal ?? `exit code ${code}`}\n${output}`);
    return output;
  }
}
