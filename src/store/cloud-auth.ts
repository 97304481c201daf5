import { keyRef, serviceAccountRef, type StorePlace, type StoreServiceAccount } from './store-references';
import type { SecretKey } from '../secret/secret-reference';

/**
 * How a store authenticates with AWS.
 *
 * @see https://external-secrets.io/latest/provider/aws-access/
 */
export abstract class AwsAuth {
  /**
   * By a ServiceAccount with a role of IAM (IRSA).
   *
   * @param serviceAccount the account
   */
  public static serviceAccount(serviceAccount: StoreServiceAccount): AwsAuth {
    return new FixedAwsAuth(place => ({ jwt: { serviceAccountRef: serviceAccountRef(serviceAccount, place) } }));
  }

  /**
   * By an access key.
   *
   * @param accessKeyId the key of the Secret that holds its id
   * @param secretAccessKey the key of the Secret that holds it
   */
  public static accessKey(accessKeyId: SecretKey, secretAccessKey: SecretKey): AwsAuth {
    return new FixedAwsAuth(place => ({
      secretRef: { accessKeyIDSecretRef: keyRef(accessKeyId, place), secretAccessKeySecretRef: keyRef(secretAccessKey, place) },
    }));
  }

  /**
   * What a manifest holds of it.
   *
   * @internal
   */
  public abstract _fields(place: StorePlace): object;
}

class FixedAwsAuth extends AwsAuth {
  constructor(public readonly _fields: (place: StorePlace) => object) {
    super();
  }
}

/**
 * How a store authenticates with Azure.
 *
 * @see https://external-secrets.io/latest/provider/azure-key-vault/
 */
export abstract class AzureAuth {
  /**
   * By a ServiceAccount that is federated with an identity of Entra.
   *
   * @param serviceAccount the account
   */
  public static workloadIdentity(serviceAccount?: StoreServiceAccount): AzureAuth {
    return new FixedAzureAuth(place => ({
      authType: 'WorkloadIdentity',
      serviceAccountRef: serviceAccount && serviceAccountRef(serviceAccount, place),
    }));
  }

  /**
   * By the managed identity of the node.
   *
   * @param identityId its client id, where the node has several
   */
  public static managedIdentity(identityId?: string): AzureAuth {
    return new FixedAzureAuth(() => ({ authType: 'ManagedIdentity', identityId }));
  }

  /**
   * By a service principal.
   *
   * @param tenantId its tenant
   * @param clientId the key of the Secret that holds its client id
   * @param clientSecret the key of the Secret that holds its client secret
   */
  public static servicePrincipal(tenantId: string, clientId: SecretKey, clientSecret: SecretKey): AzureAuth {
    return new FixedAzureAuth(place => ({
      authType: 'ServicePrincipal',
      tenantId,
      authSecretRef: { clientId: keyRef(clientId, place), clientSecret: keyRef(clientSecret, place) },
    }));
  }

  /**
   * What a manifest holds of it.
   *
   * @internal
   */
  public abstract _fields(place: StorePlace): object;
}

class FixedAzureAuth extends AzureAuth {
  constructor(public readonly _fields: (place: StorePlace) => object) {
    super();
  }
}

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
export abstract class GoogleAuth {
  /**
   * By a ServiceAccount that is federated with one of Google.
   *
   * @param options which account, and in which cluster
   */
  public static workloadIdentity(options: GoogleWorkloadIdentityOptions): GoogleAuth {
    const { serviceAccount, clusterName, clusterLocation, clusterProjectId } = options;
    return new FixedGoogleAuth(place => ({
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
    return new FixedGoogleAuth(place => ({ secretRef: { secretAccessKeySecretRef: keyRef(credentials, place) } }));
  }

  /**
   * What a manifest holds of it.
   *
   * @internal
   */
  public abstract _fields(place: StorePlace): object;
}

class FixedGoogleAuth extends GoogleAuth {
  constructor(public readonly _fields: (place: StorePlace) => object) {
    super();
  }
}
