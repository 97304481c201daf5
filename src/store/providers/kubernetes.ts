import { type KubernetesAuth, kubernetesAuthFields } from '../kubernetes-auth';
import type { ProviderVariant } from '../provider-variant';
import type { StorePlace } from '../store-references';

/**
 * Options of `StoreProvider.kubernetes`.
 */
export interface KubernetesProviderOptions {
  /**
   * How to authenticate with the API server.
   */
  readonly auth: KubernetesAuth;

  /**
   * The namespace whose Secrets are read. The key of an entry is the name of a Secret, its property the key.
   *
   * @default 'default'
   */
  readonly remoteNamespace?: string;

  /**
   * The address of the API server.
   *
   * @default 'kubernetes.default' - that of the cluster itself
   */
  readonly serverUrl?: string;

  /**
   * The certificates that the server's is checked with: PEM, in base64.
   *
   * @default - those of the ConfigMap `kube-root-ca.crt`, which every namespace has
   */
  readonly caBundle?: string;
}

export function kubernetes({ remoteNamespace, serverUrl, caBundle, auth }: KubernetesProviderOptions): ProviderVariant {
  const authFields = kubernetesAuthFields(auth);
  return {
    field: 'kubernetes',
    fields: place => ({
      remoteNamespace: remoteNamespace ?? 'default',
      server: { url: serverUrl ?? 'kubernetes.default', caBundle, caProvider: caBundle === undefined ? rootCertificates(place) : undefined },
      auth: authFields(place),
    }),
  };
}

function rootCertificates({ isClusterWide }: StorePlace): object {
  return { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt', namespace: isClusterWide ? 'default' : undefined };
}
