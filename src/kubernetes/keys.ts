import { MAX_SUBDOMAIN_LENGTH, tooLong } from './names';

/** What a text that becomes a file name in one directory must not be. */
export function changesDirectory(text: string): string[] {
  if (text === '.') return ["must not be '.'"];
  if (text === '..') return ["must not be '..'"];
  return text.startsWith('..') ? ["must not start with '..'"] : [];
}

/** A key of a Secret's (or ConfigMap's) data. */
export function dataKey(key: string): string[] {
  if (key.length <= MAX_SUBDOMAIN_LENGTH && /^[-_a-zA-Z0-9]+(?:\.[-_a-zA-Z0-9]+)*$/.test(key)) return [];
  const problems = tooLong(key, MAX_SUBDOMAIN_LENGTH);
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) {
    problems.push("a valid config key must consist of alphanumeric characters, '-', '_' or '.'");
  }
  return problems.concat(changesDirectory(key));
}
