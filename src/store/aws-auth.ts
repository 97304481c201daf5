import { keyRef, serviceAccountRef, type StorePlace, type StoreServiceAccount } from './store-references';
import { variantOf } from '../errors/sum-type';
import type { SecretKey } from '../secret/secret-reference';

/**
 * How a store authenticates with AWS.
 *
 * @see https://external-secrets.io/latest/provider/aws-access/
 */
export class AwsAuth {
  /**
   * By a ServiceAccount with a role of IAM (IRSA).
   *
   * @param serviceAccount the account
   */
  public static serviceAccount(serviceAccount: StoreServiceAccount): AwsAuth {
    return new AwsAuth(place => ({ jwt: { serviceAccountRef: serviceAccountRef(serviceAccount, place) } }));
  }

  /**
   * By an access key.
   *
   * @param accessKeyId the key of the Secret that holds its id
   * @param secretAccessKey the key of the Secret that holds it
   */
  public static accessKey(accessKeyId: SecretKey, secretAccessKey: SecretKey): AwsAuth {
    return new AwsAuth(place => ({
      secretRef: { accessKeyIDSecretRef: keyRef(accessKeyId, place), secretAccessKeySecretRef: keyRef(secretAccessKey, place) },
    }));
  }

  /** @internal */
  public readonly _variant: (place: StorePlace) => object;

  private constructor(variant: (place: StorePlace) => object) {
    this._variant = variant;
  }
}

/** What a manifest holds of it. */
export function awsAuthFields(auth: AwsAuth): (place: StorePlace) => object {
  return variantOf(auth, { code: 'InvalidSecretStore', message: 'the way to authenticate with AWS is none', next: 'use AwsAuth.serviceAccount or .accessKey' });
}
