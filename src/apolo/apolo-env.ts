import type { ApoloContext } from './apolo-context';
import { ApoloSecretUri } from './apolo-secret-uri';
import { readEnvFile, type EnvEntry } from './env-lines';
import { SECRET_PREFIX } from './resource-uri';
import { SecretsError } from '../errors/secrets-error';

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
    const all = [...(options.envFiles ?? []).flatMap(readEnvFile), ...entries.map((text): EnvEntry => ({ text }))];
    const latest = new Map<string, { readonly value: string; readonly entry: EnvEntry }>();
    for (const entry of all) {
      const [name, value] = splitEntry(entry, options.host ?? {});
      latest.set(name, { value, entry });
    }
    const plain = new Map<string, string>();
    const secrets = new Map<string, ApoloSecretUri>();
    for (const [name, { value, entry }] of latest) {
      if (value.startsWith(SECRET_PREFIX)) secrets.set(name, secretOf(value, context, entry));
      else plain.set(name, value);
    }
    return new ApoloEnv(Object.fromEntries(plain), Object.fromEntries(secrets));
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

function splitEntry({ text }: EnvEntry, host: { readonly [name: string]: string }): [name: string, value: string] {
  const sign = text.indexOf('=');
  if (sign >= 0) return [text.slice(0, sign), text.slice(sign + 1)];
  return [text, Object.hasOwn(host, text) ? host[text] : ''];
}

/** The secret of an entry. What is wrong with one of a file is said with its line, and without what stands there. */
function secretOf(value: string, context: ApoloContext, { file, line }: EnvEntry): ApoloSecretUri {
  if (file === undefined) return ApoloSecretUri.parse(value, context);
  try {
    return ApoloSecretUri._parse(value, context, `${SECRET_PREFIX}…`);
  } catch (error) {
    if (!(error instanceof SecretsError)) throw error;
    throw new SecretsError(error.about(`${JSON.stringify(file)} line ${line}`));
  }
}
