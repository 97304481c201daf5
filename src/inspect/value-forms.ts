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

/** How a value can stand in a text. */
export enum ValueForm {
  PLAIN = 'plain',
  JSON = 'escaped as in JSON',
  URL = 'percent-encoded',
  BASE64 = 'in base64',
}

/** The bytes of one form of a value. */
export interface FormOfValue {
  readonly form: ValueForm;
  readonly bytes: Buffer;
}

/**
 * Whether a value is searched for. Not searched for are, after white space around them is taken off: values of fewer
 * than 6 bytes, values of fewer than 3 different bytes, and common words like `administrator`, in any case.
 */
export function isSearched(value: Buffer): boolean {
  const trimmed = trim(value);
  return trimmed.length >= MIN_SEARCHED_BYTES
    && new Set(trimmed).size >= MIN_DIFFERENT_BYTES
    && !COMMON_WORDS.has(trimmed.toString('latin1').toLowerCase());
}

/**
 * The forms of a value that are searched for: plain, as in a JSON text, percent-encoded, and in base64 of both alphabets
 * at each of the three places where it can start in a longer text that was encoded as a whole.
 */
export function formsOf(value: Buffer): FormOfValue[] {
  const bytes = trim(value);
  const forms = [0, 1, 2].flatMap(offset => {
    const core = base64Core(bytes, offset);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')].map(text => ({ form: ValueForm.BASE64, text }));
  });
  if (isUtf8(bytes)) {
    const text = bytes.toString('utf8');
    forms.unshift(
      { form: ValueForm.PLAIN, text },
      { form: ValueForm.JSON, text: JSON.stringify(text).slice(1, -1) },
      { form: ValueForm.URL, text: encodeURIComponent(text) },
    );
  }
  const seen = new Set<string>();
  return forms.filter(({ text }) => !seen.has(text) && seen.add(text)).map(({ form, text }) => ({ form, bytes: Buffer.from(text, 'utf8') }));
}

/** The characters that the bytes alone decide where they start `offset` bytes after a multiple of three. */
function base64Core(bytes: Buffer, offset: number): string {
  const start = Math.ceil(offset * 8 / 6);
  const end = Math.floor((offset + bytes.length) * 8 / 6);
  return Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64').slice(start, end);
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
