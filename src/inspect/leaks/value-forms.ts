import { isUtf8 } from 'node:buffer';

/** Values that are shorter, without the white space around them, stand in too many places by chance. */
export const MIN_SEARCHED_BYTES = 6;
const MIN_DIFFERENT_BYTES = 3;

/** What many programs are called, and what their settings commonly are. */
const COMMON_WORDS = new Set([
  'account', 'administrator', 'anonymous', 'bitnami', 'cassandra', 'client', 'clickhouse', 'cluster', 'config', 'credentials', 'database',
  'default', 'deployment', 'development', 'disabled', 'elastic', 'elasticsearch', 'enabled', 'example', 'gateway', 'grafana', 'jenkins',
  'keycloak', 'kubernetes', 'localhost', 'mariadb', 'minioadmin', 'mongodb', 'namespace', 'nobody', 'opaque', 'openfaas', 'password',
  'postgres', 'postgresql', 'private', 'production', 'prometheus', 'public', 'rabbitmq', 'registry', 'secret', 'secrets', 'server',
  'service', 'staging', 'system', 'testing', 'username', 'wordpress',
]);
const TWO_BYTES = Buffer.alloc(2);
const LONGEST_COMMON_WORD = Math.max(...[...COMMON_WORDS].map(word => word.length));

/** How a value can stand in a text. */
export enum ValueForm {
  PLAIN = 'plain',
  JSON = 'escaped as in JSON',
  URL = 'percent-encoded',
  BASE64 = 'in base64',
}

/**
 * Whether a value is searched for. Not searched for are, after white space around them is taken off: values of fewer
 * than 6 bytes, values of fewer than 3 different bytes, and common words like `administrator`, in any case.
 */
export function isSearched(value: Buffer): boolean {
  const trimmed = trim(value);
  return trimmed.length >= MIN_SEARCHED_BYTES
    && hasDifferentBytes(trimmed)
    && !(trimmed.length <= LONGEST_COMMON_WORD && COMMON_WORDS.has(trimmed.toString('latin1').toLowerCase()));
}

function hasDifferentBytes(bytes: Buffer): boolean {
  const different = new Set<number>();
  for (const byte of bytes) {
    if (different.add(byte).size >= MIN_DIFFERENT_BYTES) return true;
  }
  return false;
}

/**
 * The forms of a value that are searched for: plain, as in a JSON text, percent-encoded, and in base64 of both alphabets
 * at each of the three places where it can start in a longer text that was encoded as a whole.
 *
 * @returns each text once, with the form that it is seen as
 */
export function formsOf(value: Buffer): ReadonlyMap<string, ValueForm> {
  const bytes = trim(value);
  const forms = new Map<string, ValueForm>();
  const add = (text: string, form: ValueForm) => {
    if (!forms.has(text)) forms.set(text, form);
  };
  if (isUtf8(bytes)) {
    const text = bytes.toString('utf8');
    add(text, ValueForm.PLAIN);
    add(JSON.stringify(text).slice(1, -1), ValueForm.JSON);
    add(encodeURIComponent(text), ValueForm.URL);
  }
  const shifted = Buffer.concat([TWO_BYTES, bytes]);
  for (const offset of [0, 1, 2]) {
    // the characters that the value alone decides where it starts `offset` bytes after a multiple of three
    const start = Math.ceil(offset * 8 / 6);
    const end = Math.floor((offset + bytes.length) * 8 / 6);
    const text = shifted.subarray(TWO_BYTES.length - offset).toString('base64').slice(start, end);
    add(text, ValueForm.BASE64);
    if (/[+/]/.test(text)) add(text.replaceAll('+', '-').replaceAll('/', '_'), ValueForm.BASE64);
  }
  return forms;
}

function trim(value: Buffer): Buffer {
  let [start, end] = [0, value.length];
  while (start < end && isWhiteSpace(value[start])) start++;
  while (end > start && isWhiteSpace(value[end - 1])) end--;
  return value.subarray(start, end);
}

function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
