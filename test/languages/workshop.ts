import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '../..');
const PEERS = ['constructs', 'cdk8s', 'cdk8s-plus-28', 'cdk8s-plus-33'];

/** What no message in any language may show. */
export const CANARY = 'canary-5f0c2d9b71e84a6c';

/** The variables that the programs read. The values are examples. */
const VARIABLES = {
  DB_PASSWORD: '39528$vdg7Jb',
  REGISTRY_PASSWORD: 'correct horse battery staple',
  SEALING_KEY: '0123456789abcdef0123456789abcdef',
  MAIL_PASSWORD: 'pk-5f0c2d9b71',
  CANARY,
};

/** Whether a command can be run at all. */
export function isThere(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The texts of the files of a folder, by name. */
export function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).sort().map(file => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** The code blocks of a page in one language, joined to one program. */
export function programOf(page: string, language: string): string {
  const text = readFileSync(join(PROJECT, page), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block]) => block).join('\n');
}

/**
 * A folder outside of the project, in which the packed package is installed beside the newest peers, and in which packages of other
 * languages are made of what is installed. Needs `npx projen compile` and `npx projen package`.
 */
export class Workshop {
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-languages-'));
  readonly #app = join(this.folder, 'typescript');

  constructor() {
    const tarballs = readdirSync(join(PROJECT, 'dist/js')).filter(file => file.endsWith('.tgz'));
    if (tarballs.length !== 1) throw new Error(`dist/js has ${tarballs.length} packages; run "npx projen package" on a clean dist/`);
    mkdirSync(this.#app);
    writeFileSync(join(this.#app, 'package.json'), JSON.stringify({ name: 'program', private: true }));
    cpSync(join(__dirname, 'files'), join(this.folder, 'files'), { recursive: true });
    const options = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
    this.run('npm', ['install', ...options, join(PROJECT, 'dist/js', tarballs[0]), ...PEERS.map(peer => peer === 'cdk8s-plus-28' ? `${peer}@^2` : peer)], this.#app);
  }

  /** Runs a command with the variables of the programs, and gives what it printed; fails with all of it. */
  public run(command: string, args: string[], cwd = join(this.folder, 'files'), variables: Record<string, string> = {}): string {
    const env = {
      ...process.env,
      ...VARIABLES,
      ...variables,
      npm_config_loglevel: 'error',
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
      JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1',
    };
    try {
      return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1_048_576 });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${command} ${args.join(' ')} failed\n${stdout}${stderr}`);
    }
  }

  /** The peers, with the versions that are installed. */
  public peers(): Record<string, string> {
    return Object.fromEntries(PEERS.map(peer => [peer, JSON.parse(readFileSync(join(this.#app, 'node_modules', peer, 'package.json'), 'utf8')).version]));
  }

  /** What the program in TypeScript writes, by file. */
  public expected(): Record<string, string> {
    cpSync(join(__dirname, 'typescript/program.ts'), join(this.#app, 'program.ts'));
    const written = this.path('expected');
    this.run(process.execPath, [join(PROJECT, 'node_modules/tsx/dist/cli.mjs'), join(this.#app, 'program.ts'), written]);
    return filesOf(written);
  }

  /** Makes the code of an installed package in another language, and gives its folder. */
  public generate(name: string, language: 'python' | 'java' | 'go'): string {
    const made = this.path(`${language}-${name}`);
    this.run('npx', ['jsii-pacmak', '--code-only', '--targets', language, '--outdir', made, join(this.#app, 'node_modules', name)], PROJECT);
    return join(made, language);
  }

  /** A path in the folder of the workshop, where nothing is yet. */
  public path(name: string): string {
    const path = join(this.folder, name);
    if (existsSync(path)) rmSync(path, { recursive: true });
    return path;
  }

  public close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
