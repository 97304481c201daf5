import { posix } from 'node:path';
import { readFileBytes } from '../value/value-source';

/** Where one secret of a stack file comes from. */
export interface StackSecret {
  /** The entry under `secrets:`. */
  readonly entry: Readonly<Record<string, unknown>>;
  /** The file that it names, as the stack file sees it. */
  readonly file?: string;
}

/**
 * Where the secrets of a stack file come from.
 */
export class SwarmSecretSource {
  /**
   * Secrets that are in the swarm already: `docker secret create`. The stack file then holds their names only.
   */
  public static external(): SwarmSecretSource {
    return new SwarmSecretSource(() => ({ entry: { external: true } }));
  }

  /**
   * Files with the values, one a secret and named like it, from which `docker stack deploy` makes the secrets.
   *
   * @param folder the folder of the files, as seen from where the stack file is used
   */
  public static files(folder: string): SwarmSecretSource {
    return new SwarmSecretSource(name => {
      const file = folder.startsWith('/') ? posix.join(folder, name) : `./${posix.join(folder, name)}`;
      return { entry: { file }, file };
    });
  }

  readonly #secret: (name: string) => StackSecret;

  private constructor(secret: (name: string) => StackSecret) {
    this.#secret = secret;
  }

  /** @internal */
  public _secret(name: string): StackSecret {
    return this.#secret(name);
  }
}

/** How many bytes a file of a secret has. */
export function secretFileSize(path: string): number {
  return readFileBytes(path, 'the file of a secret').length;
}
