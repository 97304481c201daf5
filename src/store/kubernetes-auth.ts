import { keyRef, serviceAccountRef, type StorePlace, type StoreServiceAccount } from './store-references';
import { variantOf } from '../errors/sum-type';
import type { SecretKey } from '../secret/secret-reference';

/**
 * How a store authenticates with the API server of a cluster.
 *
 * @see https://external-secrets.io/latest/provider/kubernetes/
 */
export class KubernetesAuth {
  /**
   * As a ServiceAccount of this cluster.
   *
   * @param serviceAccount the account
   */
  public static serviceAccount(serviceAccount: StoreServiceAccount): KubernetesAuth {
    return new KubernetesAuth(place => ({ serviceAccount: serviceAccountRef(serviceAccount, place) }));
  }

  /**
   * By a token, of another cluster for example.
   *
   * @param token the key of the Secret that holds it
   */
  public static token(token: SecretKey): KubernetesAuth {
    return new KubernetesAuth(place => ({ token: { bearerToken: keyRef(token, place) } }));
  }

  /**
   * By a client certificate.
   *
   * @param certificate the key of the Secret that holds it
   * @param privateKey the key of the Secret that holds its private key
   */
  public static clientCertificate(certificate: SecretKey, privateKey: SecretKey): KubernetesAuth {
    return new KubernetesAuth(place => ({ cert: { clientCert: keyRef(certificate, place), clientKey: keyRef(privateKey, place) } }));
  }

  /** @internal */
  public readonly _variant: (place: StorePlace) => object;

  private constructor(variant: (place: StorePlace) => object) {
    this._variant = variant;
  }
}

/** What a manifest holds of it. */
export function kubernetesAuthFields(auth: KubernetesAuth): (place: StorePlace) => object {
  return variantOf(auth, { code: 'InvalidSecretStore', message: 'the way to authenticate with the API server is none', next: 'use KubernetesAuth.serviceAccount, .token or .clientCertificate' });
}
