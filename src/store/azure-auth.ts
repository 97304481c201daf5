import { keyRef, serviceAccountRef, type StorePlace, type StoreServiceAccount } from './store-references';
import { variantOf } from '../errors/sum-type';
import type { SecretKey } from '../secret/secret-reference';

/** What manifests hold of a way to authenticate with Azure. */
export interface AzureAuthVariant {
  /** In a store. */
  storeFields(place: StorePlace): object;
  /** In the spec of a generator for a registry. */
  registryFields(place: StorePlace): object;
}

/**
 * How a store authenticates with Azure.
 *
 * @see https://external-secrets.io/latest/provider/azure-key-vault/
 */
export class AzureAuth {
  /**
   * By a ServiceAccount that is federated with an identity of Entra.
   *
   * @param serviceAccount the account
   */
  public static workloadIdentity(serviceAccount?: StoreServiceAccount): AzureAuth {
    const account = (place: StorePlace) => serviceAccount && serviceAccountRef(serviceAccount, place);
    return new AzureAuth({
      storeFields: place => ({ authType: 'WorkloadIdentity', serviceAccountRef: account(place) }),
      registryFields: place => ({ auth: { workloadIdentity: { serviceAccountRef: account(place) } } }),
    });
  }

  /**
   * By the managed identity of the node.
   *
   * @param identityId its client id, where the node has several
   */
  public static managedIdentity(identityId?: string): AzureAuth {
    return new AzureAuth({
      storeFields: () => ({ authType: 'ManagedIdentity', identityId }),
      registryFields: () => ({ auth: { managedIdentity: { identityId } } }),
    });
  }

  /**
   * By a service principal.
   *
   * @param tenantId its tenant
   * @param clientId the key of the Secret that holds its client id
   * @param clientSecret the key of the Secret that holds its client secret
   */
  public static servicePrincipal(tenantId: string, clientId: SecretKey, clientSecret: SecretKey): AzureAuth {
    const secretRef = (place: StorePlace) => ({ clientId: keyRef(clientId, place), clientSecret: keyRef(clientSecret, place) });
    return new AzureAuth({
      storeFields: place => ({ authType: 'ServicePrincipal', tenantId, authSecretRef: secretRef(place) }),
      registryFields: place => ({ tenantId, auth: { servicePrincipal: { secretRef: secretRef(place) } } }),
    });
  }

  /** @internal */
  public readonly _variant: AzureAuthVariant;

  private constructor(variant: AzureAuthVariant) {
    this._variant = variant;
  }
}

/** What manifests hold of it. */
export function azureAuth(auth: AzureAuth): AzureAuthVariant {
  return variantOf(auth, {
    code: 'InvalidSecretStore', message: 'the way to authenticate with Azure is none', next: 'use AzureAuth.workloadIdentity, .managedIdentity or .servicePrincipal',
  });
}
