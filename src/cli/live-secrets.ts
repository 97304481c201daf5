import type { Kubectl } from './kubectl';
import type { LiveSecret } from '../report/live-secret';

/** The secrets of a cluster, asked for once for each namespace. */
export class LiveSecrets {
  readonly #namespaces = new Map<string | undefined, readonly LiveSecret[]>();

  constructor(private readonly kubectl: Kubectl) {}

  /** Those of a namespace, or of that of the context of kubectl. */
  public of(namespace: string | undefined): readonly LiveSecret[] {
    const known = this.#namespaces.get(namespace);
    if (known !== undefined) return known;
    const secrets = this.kubectl.secrets(namespace);
    this.#namespaces.set(namespace, secrets);
    return secrets;
  }
}
