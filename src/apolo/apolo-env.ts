import type { ApoloContext } from './apolo-context';
import { ApoloSecretUri, SECRET_PREFIX } from './apolo-secret-uri';
import { readEnvFile } from './env-lines';

/**
 * Where further environment comes from.
 */
export interface ApoloEnvOptions {
  /**
   * Env files, `--env-file`: one `NAME=value` a line; blank lines and lines that start with `#` are left out, and nothing else
   * has a meaning (no quotes, no `export`, no `${…}`).
   *
   * @default - none
   */
  readonly envFiles?: string[];

  /**
   * The variables of the machine, for entries that are a name alone.
   *
   * @default - none: such a variable is empty
   */
  readonly host?: { [name: string]: string };
}

/**
 * The environment of an Apolo job, its secrets apart from the rest.
 */
export class ApoloEnv {
  /**
   * Reads `--env` entries as the Apolo client does: files first, then the entries, the later one wins. A value that starts
   * with `secret:` is a secret, in lower case only; a name alone takes the machine's value.
   *
   * @param entries `NAME=value` or `NAME`, each
   * @param context where the client stands
   * @param options env files and the variables of the machine
   * @throws InvalidApoloReference in the words of the client
   * @throws FileUnreadable
   */
  public static parse(entries: string[], context: ApoloContext, options: ApoloEnvOptions = {}): ApoloEnv {
    const lines = [...(options.envFiles ?? []).flatMap(readEnvFile), ...entries];
    const values = new Map(lines.map(line => splitEntry(line, options.host ?? {})));
    const secrets = [...values].filter(([, value]) => value.startsWith(SECRET_PREFIX));
    return new ApoloEnv(
      Object.fromEntries([...values].filter(([, value]) => !value.startsWith(SECRET_PREFIX))),
      Object.fromEntries(secrets.map(([name, value]) => [name, ApoloSecretUri.parse(value, context)])),
    );
  }

  readonly #plain: { [name: string]: string };
  readonly #secrets: { [name: string]: ApoloSecretUri };

  private constructor(plain: { [name: string]: string }, secrets: { [name: string]: ApoloSecretUri }) {
    this.#plain = plain;
    this.#secrets = secrets;
  }

  /**
   * The variables that are no secrets.
   */
  public get plain(): { [name: string]: string } {
    return { ...this.#plain };
  }

  /**
   * The variables that are secrets.
   */
  public get secrets(): { [name: string]: ApoloSecretUri } {
    return { ...this.#secrets };
  }
}

function splitEntry(line: string, host: { readonly [name: string]: string }): [name: string, value: string] {
  const sign = line.indexOf('=');
  if (sign >= 0) return [line.slice(0, sign), line.slice(sign + 1)];
  return [line, Object.hasOwn(host, line) ? host[line] : ''];
}
