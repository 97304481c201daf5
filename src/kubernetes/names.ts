/**
 * Names of objects, namespaces, volumes and containers.
 *
 * Every rule of this folder is a function from a text to the list of what the API server has against it, in its own
 * words; an empty list means that the text is valid. Lengths are bytes of UTF-8, as in Go.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */

const DNS_1123_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const DNS_1123_SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** Longest name of most objects, in bytes. */
export const MAX_SUBDOMAIN_LENGTH = 253;

/** Longest name of a namespace, a volume or a container, in bytes. */
export const MAX_LABEL_LENGTH = 63;

/** The most bytes of UTF-8 that one unit of a text, as `length` counts them, takes. */
const MAX_BYTES_PER_UNIT = 3;

/** How many bytes of UTF-8 a text takes. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

export function tooLong(text: string, limit: number): string[] {
  return text.length * MAX_BYTES_PER_UNIT > limit && byteLength(text) > limit ? [`must be no more than ${limit} characters`] : [];
}

/** The name of a Secret, a Pod or any other object whose name may hold dots. */
export function dns1123Subdomain(name: string): string[] {
  const problems = tooLong(name, MAX_SUBDOMAIN_LENGTH);
  if (!DNS_1123_SUBDOMAIN.test(name)) {
    problems.push("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', "
      + 'and must start and end with an alphanumeric character');
  }
  return problems;
}

/** The name of a namespace, a volume or a container: one label, no dots. */
export function dns1123Label(name: string): string[] {
  const problems = tooLong(name, MAX_LABEL_LENGTH);
  if (DNS_1123_LABEL.test(name)) return problems;
  if (DNS_1123_SUBDOMAIN.test(name)) {
    problems.push('must not contain dots');
  } else {
    problems.push("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', "
      + 'and must start and end with an alphanumeric character');
  }
  return problems;
}

const QUALIFIED_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const QUALIFIED_NAME_RULE = "must consist of alphanumeric characters, '-', '_' or '.', "
  + 'and must start and end with an alphanumeric character';

/** What most keys look like; with no more characters than a name may have, such a key is valid. */
const PLAIN_KEY = /^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** The key of a label, or, once lower-cased, of an annotation: `name` or `prefix/name`. */
export function qualifiedName(key: string): string[] {
  if (key.length <= MAX_LABEL_LENGTH && PLAIN_KEY.test(key)) return [];
  const parts = key.split('/');
  if (parts.length > 2) {
    return [`a qualified name ${QUALIFIED_NAME_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const problems: string[] = [];
  const name = parts[parts.length - 1];
  if (parts.length === 2) {
    const [prefix] = parts;
    problems.push(...prefix === '' ? ['prefix part must be non-empty'] : dns1123Subdomain(prefix).map(text => `prefix part ${text}`));
  }
  if (name === '') {
    problems.push('name part must be non-empty');
  } else {
    problems.push(...tooLong(name, MAX_LABEL_LENGTH).map(text => `name part ${text}`));
  }
  if (!QUALIFIED_NAME.test(name)) {
    problems.push(`name part ${QUALIFIED_NAME_RULE}`);
  }
  return problems;
}

const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

/** The value of a label; a hexadecimal SHA-256 digest, with its 64 characters, is one too long. */
export function labelValue(value: string): string[] {
  const problems = tooLong(value, MAX_LABEL_LENGTH);
  if (!LABEL_VALUE.test(value)) {
    problems.push("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', "
      + 'and must start and end with an alphanumeric character');
  }
  return problems;
}

const DNS_1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** The name of a Service: a label that starts with a letter. */
export function dns1035Label(name: string): string[] {
  const problems = tooLong(name, MAX_LABEL_LENGTH);
  if (!DNS_1035_LABEL.test(name)) {
    problems.push("a DNS-1035 label must consist of lower case alphanumeric characters or '-', "
      + 'start with an alphabetic character, and end with an alphanumeric character');
  }
  return problems;
}
