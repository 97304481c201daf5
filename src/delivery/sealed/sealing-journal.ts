import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { appendPrivately, createOnce, readPrivately, replacePrivately } from './private-file';
import { digestOf, type Sealable } from './sealed-value';
import { SecretsError } from '../../errors/secrets-error';

const DOMAIN = 'cdk8s-secrets/sealed/fingerprint/v1';
const KEY_BYTES = 32;
/** How many entries may have been superseded before the file is written anew. */
const MAX_STALE = 1000;

/** One ciphertext that was made here. */
interface Entry {
  /** Which value of which secret it was made for. */
  readonly slot: string;
  readonly ciphertext: string;
  /** A keyed digest of the value and of all that the ciphertext is bound to. */
  readonly fingerprint: string;
}

/**
 * The ciphertexts that were made here, each with a keyed fingerprint of what it was made for.
 *
 * A local file of mode 0600 with a random key of its own, in a folder that git ignores. Nothing in the repository lets
 * anybody test a guess of a value; who has this file as well can, as who has the values can.
 */
export class SealingJournal {
  /**
   * The journal of some output, made where there is none yet.
   *
   * @param folder the folder that holds journals
   * @param output the manifests that the ciphertexts are for; each output has a journal of its own
   */
  public static open(folder: string, output: string): SealingJournal {
    const name = createHash('sha256').update(relative('.', resolve(output))).digest('hex').slice(0, 16);
    return usable(folder, () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      createOnce(join(folder, '.gitignore'), '*\n');
      return new SealingJournal(join(folder, `sealed-${name}.jsonl`));
    });
  }

  /**
   * What the journals of a folder know of two ciphertexts: whether they were made for the same value, certificate, label and key.
   * Undefined where none of them made both. Nothing is written.
   *
   * @param folder the folder that holds journals; it may not exist
   */
  public static comparison(folder: string): (before: string, after: string) => boolean | undefined {
    let journals: Map<string, string>[] | undefined;
    return (before, after) => {
      journals ??= journalsIn(folder).map(path => readLines(path).filter(isEntry)).map(entries => {
        return new Map(entries.map(({ ciphertext, fingerprint }) => [ciphertext, fingerprint]));
      });
      const journal = journals.find(known => known.has(before) && known.has(after));
      return journal === undefined ? undefined : journal.get(before) === journal.get(after);
    };
  }

  readonly #path: string;
  readonly #key: Buffer;
  readonly #latest = new Map<string, Entry>();
  readonly #fingerprints = new Map<string, string>();

  private constructor(path: string) {
    this.#path = path;
    const [first, ...rest] = readLines(path);
    const entries = rest.filter(isEntry);
    const key = Buffer.from(typeof first?.key === 'string' ? first.key : '', 'base64');
    this.#key = key.length === KEY_BYTES ? key : randomBytes(KEY_BYTES);
    if (this.#key !== key) this.write();
    for (const entry of entries) this.add(entry);
    if (entries.length > 2 * this.#latest.size + MAX_STALE) this.write();
  }

  /** The ciphertext that was made last for a slot. */
  public latest(slot: string): string | undefined {
    return this.#latest.get(slot)?.ciphertext;
  }

  /** Whether a ciphertext was made here for just this value, certificate, label and key. */
  public knows(ciphertext: string, value: Sealable): boolean {
    return this.#fingerprints.get(ciphertext) === this.fingerprintOf(value);
  }

  /** Writes down a ciphertext that was just made. */
  public record(slot: string, ciphertext: string, value: Sealable): void {
    const entry = { slot, ciphertext, fingerprint: this.fingerprintOf(value) };
    this.add(entry);
    usable(this.#path, () => appendPrivately(this.#path, line(entry)));
  }

  private add(entry: Entry): void {
    this.#latest.set(entry.slot, entry);
    this.#fingerprints.set(entry.ciphertext, entry.fingerprint);
  }

  private fingerprintOf(value: Sealable): string {
    return digestOf(DOMAIN, this.#key, value).toString('base64');
  }

  /** Writes the file as a whole, with the latest entries; whoever reads it meanwhile sees the old or the new one. */
  private write(): void {
    replacePrivately(this.#path, [{ key: this.#key.toString('base64') }, ...this.#latest.values()].map(line).join(''));
  }
}

/** What the system has against a file, as an error of ours. */
function usable<T>(path: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw new SecretsError({
      code: 'UnusableJournal',
      message: `${JSON.stringify(path)} cannot be used (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
      next: 'give it back to the user who runs synth, or remove it: values are then sealed anew',
    });
  }
}

function line(content: object): string {
  return `${JSON.stringify(content)}\n`;
}

function isEntry(content: any): content is Entry {
  return [content?.slot, content?.ciphertext, content?.fingerprint].every(text => typeof text === 'string');
}

function journalsIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => /^sealed-.*\.jsonl$/.test(name)).sort().map(name => join(folder, name));
  } catch {
    return [];
  }
}

/** What the lines of a journal hold. A line that was not written to its end is left out: its value is sealed anew. */
function readLines(path: string): any[] {
  return (readPrivately(path) ?? '').split('\n').flatMap(content => {
    try {
      return [JSON.parse(content)];
    } catch {
      return [];
    }
  });
}
