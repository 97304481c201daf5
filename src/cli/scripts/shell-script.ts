import { HELPERS, type Helper } from './shell-helpers';
import { goJson } from '../../kubernetes/go-json';
import { randomCommand } from '../../value/random-command';
import type { RandomOrigin, RegistryOrigin, ValueOrigin } from '../../value/value-source';
import { isShellVariable, shellWord } from '../../workload/secret-commands';
import { UsageError } from '../command';

/** How a script has one value. */
export interface ShellValue {
  /** The file that holds just its bytes, as a word of the shell. */
  readonly file?: string;
  /** The command line that gives it to the standard input of a command. */
  feed(command: string): string;
}

/** How a value that is in a variable of the script gets to a command: `printf` is part of the shell, so no list of processes shows it. */
function fed(variable: string): ShellValue {
  return { feed: command => `printf %s "$${variable}" | ${command}` };
}

/**
 * A script for POSIX sh. It holds no value, and gives none to a command as an argument; what it cannot have is an error before
 * anything is done.
 */
export class ShellScript {
  readonly #title: string;
  readonly #tools = new Set<string>();
  readonly #helpers = new Set<Helper>(['die']);
  readonly #checks: string[] = [];
  readonly #reads: string[] = [];
  readonly #steps: string[] = [];
  readonly #shared = new Map<string, string>();
  #values = 0;

  constructor(title: string) {
    this.#title = title;
  }

  /** Has programs that it runs looked for first. */
  public needs(...tools: readonly string[]): void {
    tools.forEach(tool => this.#tools.add(tool));
  }

  /** Has a function at its beginning. */
  public uses(...helpers: readonly Helper[]): void {
    helpers.forEach(helper => this.#helpers.add(helper));
  }

  /** Checks something before anything is done. */
  public check(line: string): void {
    if (!this.#checks.includes(line)) this.#checks.push(line);
  }

  /** Adds what is done for one secret. */
  public step(title: string, lines: readonly string[]): void {
    this.#steps.push([`# ${title}`, ...lines].join('\n'));
  }

  /** A variable of the script with what a command line prints. */
  public variable(prefix: string, command: string): string {
    this.#values++;
    const name = `${prefix}_${this.#values}`;
    this.#reads.push(`${name}=$(${command})`);
    return name;
  }

  /**
   * One value.
   *
   * @param origin where it is; without one it is asked for
   * @param what how messages name it
   */
  public value(origin: ValueOrigin | undefined, what: string): ShellValue {
    const { variable, file, envFile, registries, random } = origin ?? {};
    const word = shellWord(what);
    if (variable !== undefined) {
      if (!isShellVariable(variable)) throw new UsageError(`no shell has a variable of the name that the value of ${what} is taken from; give it a name of letters, digits and '_'`);
      this.check(`[ -n "\${${variable}${origin?.allowsEmpty ? '+set' : ':-'}}" ] || die ${shellWord(`the variable ${variable} is not set: it is the value of ${what}`)}`);
      return fed(variable);
    }
    if (file !== undefined) return this.#file(file, word, origin?.trimsNewline === true);
    if (envFile !== undefined) {
      this.uses('file', 'env_file');
      this.check(`file ${pathWord(envFile)} ${word}`);
      return fed(this.variable('value', `env_file ${pathWord(envFile)} ${shellWord(origin!.envKey!)}`));
    }
    if (registries !== undefined) return this.#dockerConfig(registries, what);
    if (random !== undefined) return fed(this.#made(random));
    this.uses('ask');
    this.#values++;
    const name = `value_${this.#values}`;
    this.#reads.push(`ask ${word}`, `${name}=$answer`);
    return fed(name);
  }

  /** A variable with a value of random bytes: the same one for all keys that share it. */
  #made(random: RandomOrigin): string {
    const { sharedAs } = random;
    const name = this.#shared.get(sharedAs ?? '') ?? this.variable('value', randomCommand(random)!);
    if (sharedAs !== undefined) this.#shared.set(sharedAs, name);
    return name;
  }

  #file(file: string, word: string, trims: boolean): ShellValue {
    const path = pathWord(file);
    this.uses('file');
    this.check(`file ${path} ${word}`);
    if (!trims) return { feed: command => `${command} < ${path}`, file: path };
    this.uses('without_newline');
    return { feed: command => `without_newline ${path} | ${command}` };
  }

  /** A docker config, byte for byte the one that kubectl makes. */
  #dockerConfig(registries: readonly RegistryOrigin[], what: string): ShellValue {
    this.needs('base64');
    this.uses('encode', 'json_text', 'registry');
    const sorted = [...registries].sort((a, b) => Buffer.compare(Buffer.from(a.server), Buffer.from(b.server)));
    const entries = sorted.map(({ server, username, password, email }) => {
      const of = `registry ${JSON.stringify(server)} of ${what}`;
      const user = this.#text(username, `the user name for ${of}`);
      const pass = this.#text(password, `the password for ${of}`);
      const emailJson = email === undefined || email === '' ? '' : `"email":${goJson(email)},`;
      return { server, entry: this.variable('registry', `registry "$${user}" "$${pass}" ${shellWord(emailJson)} ${shellWord(of)}`) };
    });
    const parts = entries.map(({ server, entry }, index) => `${shellWord(`${index === 0 ? '' : ','}${goJson(server)}:`)} "$${entry}"`);
    return fed(this.variable('value', `printf %s '{"auths":{' ${parts.join(' ')} '}}'`));
  }

  /** A variable with a value that is a text. */
  #text(origin: ValueOrigin | undefined, what: string): string {
    return this.variable('text', this.value(origin, what).feed('cat'));
  }

  public toString(): string {
    return [
      `#!/bin/sh\n# ${this.#title}\n# It holds no values.\nset -eu\numask 077`,
      ...(Object.keys(HELPERS) as Helper[]).filter(name => this.#helpers.has(name)).map(name => HELPERS[name]),
      ...this.#tools.size === 0 ? [] : [[...this.#tools].map(tool => `command -v ${tool} > /dev/null || die 'there is no ${tool} on the PATH'`).join('\n')],
      ...[this.#checks, this.#reads].filter(lines => lines.length > 0).map(lines => lines.join('\n')),
      ...this.#steps,
      ...this.#helpers.has('tries') ? ['exit "$failed"'] : [],
    ].join('\n\n') + '\n';
  }
}

/** The word of a shell for a path, which no program takes for an option or a home directory. */
export function pathWord(path: string): string {
  return shellWord(/^[-~@]/.test(path) ? `./${path}` : path);
}
