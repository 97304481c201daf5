import { posix } from 'node:path';
import type { StackSecret } from './stack-secret';

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
