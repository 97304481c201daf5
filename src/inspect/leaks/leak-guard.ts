import { ByteMatcher } from './byte-matcher';
import { FieldPath } from '../field-path';
import { formsOf, isSearched, MIN_SEARCHED_BYTES, ValueForm } from './value-forms';
import { SENSITIVE, sensitiveMarkers } from '../../errors/marker';
import type { Problem } from '../../errors/problem';

/** The patterns that are no value, but what stands for one in a text. */
const MARKER = -1;
const NOTHING: ReadonlyMap<number, ValueForm> = new Map();
/** The least number of characters that the shortest value can have: of three bytes each. */
const MIN_SEARCHED_UNITS = MIN_SEARCHED_BYTES / 3;

/** One declared value, and where it belongs. */
export interface DeclaredValue {
  /** The name of its Secret. */
  readonly name: string;
  /** The namespace of its Secret, or undefined where the manifest has none. */
  readonly namespace?: string;
  /** Its key in the Secret's data. */
  readonly key: string;
  readonly bytes: Buffer;
  /** Whether everybody may know it: it is not searched for. */
  readonly isPublic?: boolean;
  /** Whether it is a part of the value that the key has. */
  readonly isPart?: boolean;
}

/** A place where a declared value stands and does not belong, or was meant to. Nothing in it holds the value. */
export interface Leak extends Problem {
  /** The field, or the one whose key it is. A key that holds a value is counted instead of named. */
  readonly path: FieldPath;
}

/**
 * Searches manifests, and other texts, for declared values: in every text, key, number and name, plain, escaped or in
 * base64. A value may stand in the data of its own Secret, under its own key, and nowhere else. What a SensitiveValue is in a
 * text, `[sensitive]` or what other languages print of it, may stand nowhere.
 *
 * The time is linear in the size of the values and of what is searched. What is too short or too common to be told from
 * other text is not searched for; see `isSearched`. Neither is a user name that is the namespace of its secret.
 */
export class LeakGuard {
  readonly #values: DeclaredValue[] = [];
  /** By pattern: which value, and in which form. */
  readonly #forms: { readonly value: number; readonly form: ValueForm }[] = [];
  /** What each declared place holds, in base64. */
  readonly #places = new Map<string, string>();
  readonly #matcher: ByteMatcher;
  #scratch = Buffer.allocUnsafe(65_536);

  constructor(declared: Iterable<DeclaredValue>) {
    const patterns = sensitiveMarkers().map(bytesOf);
    this.#forms.push(...patterns.map(() => ({ value: MARKER, form: ValueForm.PLAIN })));
    const byBytes = new Map<string, number>();
    for (const value of declared) {
      if (value.isPart !== true) this.#places.set(placeOf(value.namespace, value.name, value.key), value.bytes.toString('base64'));
      const content = value.bytes.toString('latin1');
      if (value.isPublic === true || byBytes.has(content) || !isSearched(value.bytes) || content === value.namespace) continue;
      const index = this.#values.push(value) - 1;
      byBytes.set(content, index);
      for (const [text, form] of formsOf(value.bytes)) {
        patterns.push(bytesOf(text));
        this.#forms.push({ value: index, form });
      }
    }
    this.#matcher = new ByteMatcher(patterns);
  }

  /** The leaks in a manifest, in the order of its fields. Nobody can nest deeper than the stack: there is no recursion. */
  public inManifest(manifest: any): Leak[] {
    const isSecret = manifest?.kind === 'Secret' && manifest.apiVersion === 'v1';
    if (!this.#mayLeak(manifest, isSecret)) return [];
    const leaks: Leak[] = [];
    const report = (found: ReadonlyMap<number, ValueForm>, path: FieldPath, where: string) => {
      for (const [value, form] of found) leaks.push({ ...this.#problem(value, form, where), path });
    };
    const rest: { node: unknown; path: FieldPath; isDeclared?: boolean }[] = [{ node: manifest, path: FieldPath.ROOT }];
    for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
      const { node, path } = at;
      if (Array.isArray(node)) {
        for (let index = node.length - 1; index >= 0; index--) rest.push({ node: node[index], path: path.index(index) });
      } else if (typeof node === 'object' && node !== null) {
        const inData = isSecret && node === manifest.data;
        Object.entries(node).map(([key, child], index) => {
          const inKey = this.#find(key);
          report(inKey, path, `in its key ${index + 1}`);
          return {
            node: child,
            path: inKey.size > 0 ? path.key(`key ${index + 1}`) : path.named(key),
            isDeclared: inData && this.#isDeclared(manifest, key, child),
          };
        }).reverse().forEach(child => rest.push(child));
      } else if (node !== null && node !== undefined && at.isDeclared !== true) {
        report(this.#find(String(node)), path, 'here');
      }
    }
    return leaks;
  }

  /**
   * Whether a value may stand in a manifest where it is not declared: one search in the whole of it, after which nothing is left to
   * do for most manifests. Where its JSON needs no escape, all of its texts stand in that as they are.
   */
  #mayLeak(manifest: any, isSecret: boolean): boolean {
    let text: string;
    try {
      text = JSON.stringify(isSecret ? this.#withoutDeclared(manifest) : manifest) ?? '';
    } catch {
      return true; // deeper than the stack
    }
    if (text.includes('\\')) return true;
    let found = false;
    this.#matcher.search(this.#bytesOf(text), () => {
      found = true;
    });
    return found;
  }

  /** The Secret, with its data as a list of keys and of the values that were not declared for them. */
  #withoutDeclared(secret: any): object {
    const { data } = secret;
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return secret;
    return { ...secret, data: Object.entries(data).map(([key, value]) => this.#isDeclared(secret, key, value) ? [key] : [key, value]) };
  }

  /** Whether the data of a Secret holds under a key what was declared for that place. */
  #isDeclared(secret: any, key: string, value: unknown): boolean {
    return typeof value === 'string' && this.#places.get(placeOf(secret.metadata?.namespace, secret.metadata?.name, key)) === value;
  }

  /** The leaks in a text that is no manifest: the name of a file, for example. */
  public inText(text: string, where: string): Problem[] {
    return [...this.#find(text)].map(([value, form]) => this.#problem(value, form, where));
  }

  /** Which values stand in a text, and in which form each was seen first. */
  #find(text: string): ReadonlyMap<number, ValueForm> {
    if (text.length < MIN_SEARCHED_UNITS) return NOTHING;
    const found = new Map<number, ValueForm>();
    this.#matcher.search(this.#bytesOf(text), pattern => {
      const { value, form } = this.#forms[pattern];
      if (!found.has(value)) found.set(value, form);
    });
    if (/[\r\n]/.test(text)) {
      // base64 is often broken into lines
      this.#matcher.search(this.#bytesOf(text.replace(/\s+/g, '')), pattern => {
        const { value, form } = this.#forms[pattern];
        if ((form === ValueForm.BASE64 || this.#values[value]?.isPart === true) && !found.has(value)) found.set(value, form);
      });
    }
    return found;
  }

  #bytesOf(text: string): Buffer {
    if (text.length * 3 > this.#scratch.length) this.#scratch = Buffer.allocUnsafe(text.length * 6);
    return this.#scratch.subarray(0, this.#scratch.write(text, 0, 'utf8'));
  }

  #problem(index: number, form: ValueForm, where: string): Problem {
    if (index === MARKER) {
      return {
        code: 'SensitiveValueMisplaced',
        message: `a SensitiveValue was put into a text ${where}, which then does not hold its value`,
        next: 'put the whole text into the data of a Secret, and bind its key',
      };
    }
    const { name, key } = this.#values[index];
    const declared = `key ${JSON.stringify(this.redact(key))} of secret ${JSON.stringify(this.redact(name))}`;
    return {
      code: 'LeakedValue',
      message: `the value of ${declared} stands ${where}, ${form}`,
      next: 'bind the secret where the value is needed; if everybody may know the value, say so: SensitiveValue.….asPublic()',
    };
  }

  /** The text, or `[sensitive]` where a value stands in it. */
  public redact(text: string): string {
    for (const value of this.#find(text).keys()) if (value !== MARKER) return SENSITIVE;
    return text;
  }
}

/** The bytes of a text in UTF-8, as a text of one character a byte. */
function bytesOf(text: string): string {
  return Buffer.byteLength(text, 'utf8') === text.length ? text : Buffer.from(text, 'utf8').toString('latin1');
}

function placeOf(namespace: unknown, name: unknown, key: string): string {
  return `${namespace ?? ''}\0${name}\0${key}`;
}
