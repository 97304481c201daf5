import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { methodVariant, type VaultOperatorMethod } from './vault-operator-method';
import type { IVaultOperatorAuth } from '../delivery/vault/vault-operator-auth';
import { saidOf } from '../secret/construct-path';

/**
 * Properties of `VaultOperatorAuth`.
 */
export interface VaultOperatorAuthProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - a name made from the construct's path, in the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * How the operator authenticates.
   */
  readonly method: VaultOperatorMethod;

  /**
   * The namespaces whose secrets may use it, besides its own; `['*']` is any.
   *
   * @default - its own alone
   */
  readonly allowedNamespaces?: string[];

  /**
   * The VaultConnection, `NAME` or `NAMESPACE/NAME`: where Vault is.
   *
   * @default - the VaultConnection `default` in the namespace of the operator
   */
  readonly connection?: string;

  /**
   * The namespace of Vault Enterprise.
   *
   * @default - none
   */
  readonly vaultNamespace?: string;
}

/**
 * A VaultAuth: how the Vault Secrets Operator authenticates with Vault for the secrets of `SecretDelivery.vault`.
 *
 * @see https://developer.hashicorp.com/vault/docs/platform/k8s/vso/sources/vault/auth
 */
export class VaultOperatorAuth extends Construct implements IVaultOperatorAuth {
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

  readonly #allowedNamespaces: readonly string[];

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props how it authenticates
   * @throws InvalidDelivery
   */
  constructor(scope: Construct, id: string, props: VaultOperatorAuthProps) {
    super(scope, id);
    const { metadata, method, allowedNamespaces, connection, vaultNamespace } = props;
    const authentication = saidOf(this.node, () => methodVariant(method));
    const object = new ApiObject(this, 'Resource', {
      apiVersion: 'secrets.hashicorp.com/v1beta1',
      kind: 'VaultAuth',
      metadata,
      spec: {
        vaultConnectionRef: connection,
        namespace: vaultNamespace,
        allowedNamespaces: allowedNamespaces && [...allowedNamespaces],
        ...authentication,
      },
    });
    this.authName = object.name;
    this.authNamespace = object.metadata.namespace;
    this.#allowedNamespaces = [...allowedNamespaces ?? []];
  }

  /**
   * The namespaces whose secrets may use it, besides its own; `*` is any.
   */
  public get authAllowedNamespaces(): string[] | undefined {
    return [...this.#allowedNamespaces];
  }
}
