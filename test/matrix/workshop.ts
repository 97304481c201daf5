import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const MINUTES = 60_000;

/** A folder of an app. */
export class Folder {
  public constructor(public readonly path: string) {
    mkdirSync(path, { recursive: true });
  }

  public write(file: string, content: string | object): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true });
    writeFileSync(join(this.path, file), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  }

  public read(file: string): string {
    return readFileSync(join(this.path, file), 'utf8');
  }

  /** Runs a command, and gives what it printed; what is in `node_modules/.bin` of the folder or above is found first. */
  public run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): string {
    const bins = [this.path, dirname(this.path)].map(folder => join(folder, 'node_modules/.bin'));
    const env: NodeJS.ProcessEnv = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', npm_config_loglevel: 'error', ...environment };
    env.PATH = [...bins, env.PATH].join(':');
    try {
      return execFileSync(command, args, { cwd: this.path, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 5 * MINUTES, maxBuffer: 1e8 });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new CommandFailed(`${command} ${args.join(' ')} failed`, stdout ?? '', stderr ?? '');
    }
  }
}

/** A command that ended with another code than 0. */
export class CommandFailed extends Error {
  public constructor(what: string, public readonly stdout: string, stderr: string) {
    super(`${what}\n${stdout}${stderr}`);
  }
}

/** Where apps are made: each in a folder with all that it needs, from the registry. What was installed once is used again. */
export class Workshop {
  /** The version of a package that is installed in or above a folder. */
  public static versionOf(name: string, folder: Folder): string {
    const file = [folder.path, dirname(folder.path)].map(path => join(path, 'node_modules', name, 'package.json'));
    for (const path of file) {
      try {
        return JSON.parse(readFileSync(path, 'utf8')).version;
      } catch { /* it may be in the folder above */ }
    }
    return 'not installed';
  }

  private readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-secrets-matrix-')));
  private readonly installed = new Map<string, string>();

  /** @param tarball the packed library */
  public constructor(public readonly tarball: string) {}

  /** An empty folder in which the library and `dependencies` are found. */
  public folder(name: string, dependencies: Readonly<Record<string, string>>): Folder {
    return new Folder(join(this.install(dependencies), name));
  }

  /** An empty folder in which nothing is found. */
  public fresh(name: string): Folder {
    return new Folder(join(this.root, name));
  }

  /** Removes everything that was made. */
  public close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private install(dependencies: Readonly<Record<string, string>>): string {
    const key = JSON.stringify(dependencies);
    const known = this.installed.get(key);
    if (known !== undefined) return known;
    const folder = new Folder(join(this.root, `apps-${this.installed.size}`));
    folder.write('package.json', { name: 'apps', private: true, dependencies: { ...dependencies, 'cdk8s-secrets': `file:${this.tarball}` } });
    folder.run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline']);
    this.installed.set(key, folder.path);
    return folder.path;
  }
}
