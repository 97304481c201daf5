import { isUtf8 } from 'node:buffer';
import { Call, type Code } from './code';
import { ENVIRONMENT, type Inputs } from './evaluate';
import { Names, upperCase } from './names';

/** Where a value belongs. */
export interface ValuePlace {
  readonly namespace?: string;
  /** The name of its object. */
  readonly name: string;
  /** Its key, or another word for it. */
  readonly key: string;
  /** What it is, for the list. */
  readonly what: string;
}

/** More than this no variable should hold. */
const MAX_VARIABLE_BYTES = 4096;

/** What a program needs that is not in it: environment variables and files, each once, and what each is. */
export class NeededValues implements Inputs {
  public readonly variables = new Map<string, Buffer>();
  public readonly files = new Map<string, Buffer>();
  readonly #said: { readonly variables: [string, string][]; readonly files: [string, string][] } = { variables: [], files: [] };
  readonly #variableNames = Names.ofEnvironment();
  readonly #files = new FilePaths();

  /** The value of a key of a Secret: a text of one line is an environment variable, everything else a file. */
  public valueOf(bytes: Buffer, place: ValuePlace): Code {
    if (isUtf8(bytes) && bytes.length <= MAX_VARIABLE_BYTES && !/[\n\r\0]/.test(bytes.toString('utf8'))) {
      const name = this.variable(bytes, place);
      return new Call('SensitiveValue.fromEnvironment', bytes.length === 0 ? [name, { allowEmpty: true }] : [name]);
    }
    const path = this.#files.give(['secrets', ...place.namespace === undefined ? [] : [place.namespace], place.name].map(fileName), fileName(place.key));
    this.files.set(path, bytes);
    this.#said.files.push([path, place.what]);
    return new Call('SensitiveValue.fromFile', [path]);
  }

  /** A text that is no value of a Secret, and is not to be in the program. */
  public text(text: string, place: ValuePlace): Code {
    return new Call(ENVIRONMENT, [this.variable(Buffer.from(text), place)]);
  }

  /** Makes something of values; where nothing comes of it, none of them are needed. */
  public during<T>(make: () => T | undefined): T | undefined {
    const before = [this.#said.variables.length, this.#said.files.length] as const;
    const made = make();
    if (made === undefined) {
      this.#said.variables.length = before[0];
      this.#said.files.length = before[1];
    }
    return made;
  }

  /** What is to be set, and what is to be written; nothing where nothing is. */
  public list(program: string): string {
    const { variables, files } = this.#said;
    return [
      ...section(`Set these environment variables before ${program} runs:`, variables),
      ...section(`Write these files, below the folder where ${program} runs, and keep them out of git:`, files),
    ].join('');
  }

  private variable(bytes: Buffer, { namespace, name, key, what }: ValuePlace): string {
    const long = upperCase(`${name}_${key}`);
    const short = upperCase(key).startsWith(upperCase(name)) ? upperCase(key) : long;
    const given = this.#variableNames.give(short, ...namespace === undefined ? [] : [upperCase(`${namespace}_${name}_${key}`)], long);
    this.variables.set(given, bytes);
    this.#said.variables.push([given, what]);
    return given;
  }
}

/** Paths of files, each given once: none of them is a folder of another one. */
class FilePaths {
  readonly #files = new Names();
  readonly #given = new Set<string>();
  readonly #folders = new Set<string>();

  public give(folders: readonly string[], name: string): string {
    let folder = '';
    for (const part of folders) {
      folder += folder === '' ? part : `/${part}`;
      while (this.#given.has(folder)) folder += '-';
      this.#folders.add(folder);
    }
    let wish = `${folder}/${name}`;
    while (this.#folders.has(wish)) wish += '-';
    const path = this.#files.give(wish);
    this.#given.add(path);
    return path;
  }
}

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  const width = rows.reduce((most, [name]) => Math.max(most, name.length), 0);
  return [`${title}\n`, ...rows.map(([name, what]) => `  ${name.padEnd(width)}  ${what}\n`)];
}

/** A part of a path that is no other place. */
function fileName(text: string): string {
  const name = text.replace(/[^\w.-]/g, '-').slice(0, 200);
  return /^\.*$/.test(name) ? `-${name}` : name;
}
