import { SecretsError } from '../../errors/secrets-error';
import { dns1123Label, dns1123Subdomain } from '../../kubernetes/names';

/**
 * A VaultAuth: how the Vault Secrets Operator authenticates with Vault.
 */
export interface IVaultOperatorAuth {
  /**
   * Its name in the cluster.
   */
  readonly authName: string;

  /**
   * Its namespace.
   *
   * @default - that of the secrets that use it
   */
  readonly authNamespace?: string;

  /**
   * The namespaces whose secrets may use it, besides its own; `*` is any.
   *
   * @default - not known
   */
  readonly authAllowedNamespaces?: string[] | undefined;
}

/**
 * A VaultAuth that somebody else makes.
 */
export class VaultOperatorAuthReference implements IVaultOperatorAuth {
  /**
   * A VaultAuth of a name.
   *
   * @param name its name
   * @param namespace its namespace; without one it is that of the secrets that use it
   * @throws InvalidDelivery
   */
  public static named(name: string, namespace?: string): VaultOperatorAuthReference {
    return new VaultOperatorAuthReference(name, namespace);
  }

  /**
   * Its name in the cluster.
   */
  public readonly authName: string;

  /**
   * Its namespace.
   *
   * @default - that of the secrets that use it
   */
  public readonly authNamespace?: string;

  private constructor(name: string, namespace: string | undefined) {
    const wrong = [...typeof name === 'string' ? dns1123Subdomain(name) : ['must be a text'], ...namespace === undefined ? [] : dns1123Label(namespace)];
    if (wrong.length > 0) {
      throw new SecretsError({
        code: 'InvalidDelivery',
        message: `${JSON.stringify(namespace === undefined ? name : `${namespace}/${name}`)} can be no VaultAuth: ${wrong.join(', ')}`,
        next: 'use the name that kubectl get vaultauths --all-namespaces shows',
      });
    }
    this.authName = name;
    this.authNamespace = namespace;
  }
}

/** What a manifest holds of a VaultAuth, for secrets of a namespace; throws where they may not use it. */
export function vaultAuthRef(auth: IVaultOperatorAuth, namespace: string | undefined): string {
  if (typeof auth?.authName !== 'string') {
    throw new SecretsError({ code: 'InvalidDelivery', message: 'the auth is no VaultAuth', next: "give VaultOperatorAuthReference.named('…'), or a VaultOperatorAuth of this program" });
  }
  const { authName, authNamespace, authAllowedNamespaces } = auth;
  if (authNamespace === undefined || authNamespace === namespace) return authName;
  const isAllowed = authAllowedNamespaces === undefined || authAllowedNamespaces.includes('*') || (namespace !== undefined && authAllowedNamespaces.includes(namespace));
  if (!isAllowed) {
    throw new SecretsError({
      code: 'NamespaceMismatch',
      message: `the VaultAuth ${JSON.stringify(`${authNamespace}/${authName}`)} does not serve namespace ${JSON.stringify(namespace ?? 'none')}`,
      next: 'add the namespace to its allowedNamespaces, or use a VaultAuth of the same namespace',
    });
  }
  return `${authNamespace}/${authName}`;
}
