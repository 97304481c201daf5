import { changesDirectory } from './keys';

/**
 * The name of an environment variable (or a prefix of `envFrom`) as every version since 1.28 takes it.
 *
 * From 1.32 on, servers take any printable ASCII but `=`; see `relaxedEnvName`.
 */
export function envName(name: string): string[] {
  const problems: string[] = [];
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) {
    problems.push("a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', "
      + 'and must not start with a digit');
  }
  return problems.concat(changesDirectory(name));
}

/** The name of an environment variable as 1.32 and later take it. */
export function relaxedEnvName(name: string): string[] {
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(name)
    ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}
