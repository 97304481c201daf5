import { keyRef, serviceAccountRef, type StorePlace, type StoreServiceAccount } from './store-references';
import type { SecretKey } from '../secret/secret-reference';

/**
 * How a store authenticates with the API server of a cluster.
 *
 * @see https://external-secrets.io/latest/provider/kubernetes/
 */
export abstract class KubernetesAuth {
  /**
   * As a ServiceAccount of this cluster.
   *
   * @param serviceAccount the account
   */
  public static serviceAccount(serviceAccount: StoreServiceAccount): KubernetesAuth {
    return new FixedAuth(place => ({ serviceAccount: serviceAccountRef(serviceAccount, place) }));
  }

  /**
   * By a token, of another cluster for example.
   *
   * @param token the key of the Secret that holds it
   */
  public static token(token: SecretKey): KubernetesAuth {
    return new FixedAuth(place => ({ token: { bearerToken: keyRef(token, place) } }));
  }

  /**
   * By a client certificate.
   *
   * @param certificate the key of the Secret that holds it
   * @param privateKey the key of the Secret that holds its private key
   */
  public static clientCertificate(certificate: SecretKey, privateKey: SecretKey): KubernetesAuth {
    return new FixedAuth(place => ({ cert: { clientCert: keyRef(certificate, place), clientKey: keyRef(privateKey, place) } }));
  }

  /**
   * What a manifest holds of it.
   *
   * @internal
   */
  public abstract _fields(place: StorePlace): object;
}

class FixedAuth extends KubernetesAuth {
  constructor(public readonly _fields: (place: StorePlace) => object) {
    super();
  }
}
