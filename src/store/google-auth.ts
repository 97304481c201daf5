import { keyRef, serviceAccountRef, type StorePlace, type StoreServiceAccount } from './store-references';
import { variantOf } from '../errors/sum-type';
import type { SecretKey } from '../secret/secret-reference';

/**
 * Options of `GoogleAuth.workloadIdentity`.
 */
export interface GoogleWorkloadIdentityOptions {
  /**
   * The ServiceAccount that is federated with one of Google.
   */
  readonly serviceAccount: StoreServiceAccount;

  /**
   * The name of the cluster, where the operator runs in another one.
   *
   * @default - the cluster of the operator
   */
  readonly clusterName?: string;

  /**
   * The location of the cluster.
   *
   * @default - that of the operator's cluster
   */
  readonly clusterLocation?: string;

  /**
   * The project of the cluster.
   *
   * @default - the project of the store
   */
  readonly clusterProjectId?: string;
}

/**
 * How a store authenticates with Google Cloud.
 *
 * @see https://external-secrets.io/latest/provider/google-secrets-manager/
 */
export class GoogleAuth {
  /**
   * By a ServiceAccount that is federated with one of Google.
   *
   * @param options which account, and in which cluster
   */
  public static workloadIdentity(options: GoogleWorkloadIdentityOptions): GoogleAuth {
    const { serviceAccount, clusterName, clusterLocation, clusterProjectId } = options;
    return new GoogleAuth(place => ({
      workloadIdentity: {
        serviceAccountRef: serviceAccountRef(serviceAccount, place),
        clusterName,
        clusterLocation,
        clusterProjectID: clusterProjectId,
      },
    }));
  }

  /**
   * By the key of a service account of Google.
   *
   * @param credentials the key of the Secret that holds it, a JSON text
   */
  public static serviceAccountKey(credentials: SecretKey): GoogleAuth {
    return new GoogleAuth(place => ({ secretRef: { secretAccessKeySecretRef: keyRef(credentials, place) } }));
  }

  /** @internal */
  public readonly _variant: (place: StorePlace) => object;

  private constructor(variant: (place: StorePlace) => object) {
    this._variant = variant;
  }
}

/** What a manifest holds of it. */
export function googleAuthFields(auth: GoogleAuth): (place: StorePlace) => object {
  return variantOf(auth, { code: 'InvalidSecretStore', message: 'the way to authenticate with Google Cloud is none', next: 'use GoogleAuth.workloadIdentity or .serviceAccountKey' });
}
