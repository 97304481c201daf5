import { isUtf8 } from 'node:buffer';
import { goJson } from '../../kubernetes/go-json';

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
  HTML = 'escaped as in HTML',
  SHELL = 'quoted as in a shell or in YAML',
  HEX = 'in hexadecimal',
  BASE64 = 'in base64',
  TWICE_BASE64 = 'in base64 of base64',
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
 * The forms of a value that are searched for: plain, as in a JSON text (also as Go writes it), percent-encoded, as in HTML, in the quotes of
 * shells and of YAML, in hexadecimal, and in base64, once or twice, of both alphabets, at each of the three places where it can start in a longer
 * text that was encoded as a whole.
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
    if (!NEEDS_NO_ESCAPE.test(text)) addEscaped(text, add);
    if (!NEEDS_NO_ENCODING.test(text)) addEncoded(text, add);
  }
  const hex = bytes.toString('hex');
  add(hex, ValueForm.HEX);
  add(hex.toUpperCase(), ValueForm.HEX);
  const once = base64Forms(bytes);
  for (const text of once) {
    add(text, ValueForm.BASE64);
    if (/[+/]/.test(text)) add(text.replaceAll('+', '-').replaceAll('/', '_'), ValueForm.BASE64);
  }
  for (const text of base64Forms(Buffer.from(once[0], 'latin1'))) add(text, ValueForm.TWICE_BASE64);
  return forms;
}

/** Texts that stand in JSON, in HTML and in the quotes of shells as they are: of most values there are no such forms. */
const NEEDS_NO_ESCAPE = /^[\w!#%()*+,./:;=?@[\]^{|}~-]*$/;
const NEEDS_NO_ENCODING = /^[\w.~-]*$/;

type AddForm = (text: string, form: ValueForm) => void;

function addEscaped(text: string, add: AddForm): void {
  add(JSON.stringify(text).slice(1, -1), ValueForm.JSON);
  add(goJson(text).slice(1, -1), ValueForm.JSON);
  for (const apostrophe of ['&#39;', '&#x27;', '&apos;', "'"]) add(html(text, apostrophe), ValueForm.HTML);
  for (const apostrophe of ["'\\''", "''", '\'"\'"\'']) add(text.replaceAll("'", apostrophe), ValueForm.SHELL);
  add(text.replace(/[\\"$`]/g, '\\$&'), ValueForm.SHELL);
}

function addEncoded(text: string, add: AddForm): void {
  const url = encodeURIComponent(text);
  for (const encoded of [url, strictly(url)]) {
    for (const cased of [encoded, encoded.replace(/%[0-9A-F]{2}/g, hex => hex.toLowerCase())]) {
      add(cased, ValueForm.URL);
      add(cased.replaceAll('%20', '+'), ValueForm.URL);
    }
  }
}

/** By where it starts after a multiple of three bytes: the characters of base64 that the bytes alone decide. */
function base64Forms(bytes: Buffer): string[] {
  const shifted = Buffer.concat([TWO_BYTES, bytes]);
  return [0, 1, 2].map(offset => {
    const start = Math.ceil(offset * 8 / 6);
    const end = Math.floor((offset + bytes.length) * 8 / 6);
    return shifted.subarray(TWO_BYTES.length - offset).toString('base64').slice(start, end);
  });
}

/** Percent-encoded text with what Go and Python encode besides. */
function strictly(encoded: string): string {
  return encoded.replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function html(text: string, apostrophe: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", apostrophe);
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
