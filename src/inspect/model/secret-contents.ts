import { isUtf8 } from 'node:buffer';
import { entryOf, keysOf, type StringMap } from './string-map';
import type { Secret } from '../decode/decoded';

/**
 * What the API server makes of `data` and `stringData`: one map of bytes, where `stringData` wins.
 *
 * Values are decoded when they are asked for, and kept nowhere else.
 */
export class SecretContents {
  readonly #encoded: StringMap<string | number[]> | undefined;
  readonly #plain: StringMap | undefined;
  /** The keys, in the order of the manifest. */
  public readonly keys: ReadonlySet<string>;

  constructor({ data, stringData }: Secret) {
    this.#encoded = data;
    this.#plain = stringData;
    this.keys = new Set(stringData === undefined ? keysOf(data) : [...keysOf(data), ...keysOf(stringData)]);
  }

  /** The keys of plain texts: of a ConfigMap those of `data`, of which alone the kubelet makes variables. */
  public get plainKeys(): ReadonlySet<string> {
    return new Set(keysOf(this.#plain));
  }

  /** The value of a key, or undefined where there is no such key. */
  public bytes(key: string): Buffer | undefined {
    const plain = entryOf(this.#plain, key);
    if (plain !== undefined) return Buffer.from(plain, 'utf8');
    const encoded = entryOf(this.#encoded, key);
    if (encoded === undefined) return undefined;
    return typeof encoded === 'string' ? Buffer.from(encoded, 'base64') : Buffer.from(encoded);
  }

  /** How many bytes a value has; 0 where there is no such key. */
  public size(key: string): number {
    const plain = entryOf(this.#plain, key);
    if (plain !== undefined) return Buffer.byteLength(plain, 'utf8');
    const encoded = entryOf(this.#encoded, key);
    if (typeof encoded === 'string' && !/[\r\n]/.test(encoded)) return Buffer.byteLength(encoded, 'base64');
    return this.bytes(key)?.length ?? 0;
  }

  /** How many bytes all values have together; keys do not count. */
  public get totalSize(): number {
    let total = 0;
    for (const key of this.keys) total += this.size(key);
    return total;
  }

  /** Whether all values together may have more bytes: what only counts characters. */
  public mayExceed(bytes: number): boolean {
    let most = 0;
    for (const key of this.keys) most += (entryOf(this.#plain, key)?.length ?? 0) * 3 + (entryOf(this.#encoded, key)?.length ?? 0);
    return most > bytes;
  }

  /** Whether a value is UTF-8 without zero bytes, as variables are. */
  public isText(key: string): boolean {
    const plain = entryOf(this.#plain, key);
    if (plain !== undefined) return !plain.includes('\0');
    const bytes = this.bytes(key);
    return bytes !== undefined && isUtf8(bytes) && !bytes.includes(0);
  }
}
