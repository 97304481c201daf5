import type { IConstruct } from 'constructs';
import { CertificateDelivery, type CertificateDeliveryOptions } from './certificate/certificate-delivery';
import { CsiDelivery, type CsiDeliveryOptions } from './csi/csi-delivery';
import { SecretSyncDelivery, type SecretSyncDeliveryOptions } from './csi/secret-sync-delivery';
import { ExistingDelivery } from './existing-delivery';
import { ExternalDelivery, type ExternalDeliveryOptions } from './external/external-delivery';
import { InfisicalDelivery, type InfisicalDeliveryOptions } from './infisical-delivery';
import { ManifestDelivery, type ManifestDeliveryOptions } from './manifest-delivery';
import { OnePasswordDelivery, type OnePasswordDeliveryOptions } from './one-password-delivery';
import { SealedDelivery, type SealedDeliveryOptions } from './sealed/sealed-delivery';
import type { DeliveryVariant } from './secret-declaration';
import { SopsDelivery, type SopsDeliveryOptions } from './sops/sops-delivery';
import { VaultAgentDelivery, type VaultAgentDeliveryOptions } from './vault/vault-agent-delivery';
import { VaultDelivery, type VaultDeliveryOptions } from './vault/vault-delivery';
import { AppEntry, ScopedChoice } from '../app/app-record';
import { SecretsError } from '../errors/secrets-error';

/** The delivery set for a scope. */
const CHOSEN = new ScopedChoice<SecretDelivery>('deliveries');
/** The scopes under which a secret has already looked for its delivery. */
const ASKED = new AppEntry<Set<IConstruct>>('delivered', () => new Set());

/**
 * How declared secrets reach the cluster.
 *
 * Set one for a whole scope with `useFor`, or for one secret with its `delivery`; the nearest one wins, and without
 * any it is `manifest()`. What consumes a secret is written the same way with every delivery.
 */
export class SecretDelivery {
  /**
   * A plain `v1/Secret` with the values in the manifest, in base64: everybody who can read the manifest can read them.
   *
   * For laptops, throw-away clusters and pipelines that apply what they make and keep nothing.
   *
   * @param options what generated values are derived from, and which earlier Secrets stay
   * @throws InvalidDeterminismKey, InvalidDelivery; where a secret is declared also UnsupportedByDelivery, UnusableGenerations
   */
  public static manifest(options: ManifestDeliveryOptions = {}): SecretDelivery {
    return new SecretDelivery(new ManifestDelivery(options));
  }

  /**
   * A `SealedSecret`: the values are encrypted for the sealed-secrets controller of one cluster, offline, and can be kept
   * in a repository.
   *
   * @param options the controller's certificate, and how to seal
   * @throws FileUnreadable, InvalidSealingCertificate, InvalidDelivery; where a secret is declared also MissingNamespace, UnusableGenerations; when the manifest is
   *   made also InvalidDeterminismKey, SealedForAnotherName
   * @see https://github.com/bitnami-labs/sealed-secrets
   */
  public static sealed(options: SealedDeliveryOptions): SecretDelivery {
    return new SecretDelivery(new SealedDelivery(options));
  }

  /**
   * A `v1/Secret` that is encrypted with SOPS for recipients of age, offline, and can be kept in a repository: Flux decrypts it when
   * it applies it, as does `sops decrypt`.
   *
   * @param options who can decrypt
   * @throws InvalidAgeRecipient, InvalidDelivery; where a secret is declared also UnusableGenerations; when the manifest is made also InvalidDeterminismKey, UnsupportedByDelivery
   * @see https://fluxcd.io/flux/guides/mozilla-sops/
   */
  public static sops(options: SopsDeliveryOptions): SecretDelivery {
    return new SecretDelivery(new SopsDelivery(options));
  }

  /**
   * An `ExternalSecret`: the External Secrets operator fetches the values from a store and makes the Secret. No value is
   * read here.
   *
   * @param options the store, where it holds what, and when it is asked
   * @throws InvalidExternalSecret, InvalidSecretStore; where a secret is declared also NamespaceMismatch; when the manifest
   *   is made also RegeneratedSecret, ExpiredToken, MissingKey, UnknownKey, MissingNamespace
   * @see https://external-secrets.io/
   */
  public static external(options: ExternalDeliveryOptions): SecretDelivery {
    return new SecretDelivery(new ExternalDelivery(options));
  }

  /**
   * A `SecretProviderClass`: the Secrets Store CSI driver mounts the values into pods as files. No value is read here.
   *
   * Files are bound as ever. For variables the driver makes a Secret too, while a pod mounts the files; a binding of
   * variables adds that mount.
   *
   * @param options the provider, and where it holds what
   * @throws InvalidProviderClass; when a secret is bound, or the manifest is made, also UnsupportedByDelivery, InvalidExternalSecret
   * @see https://secrets-store-csi-driver.sigs.k8s.io/
   */
  public static csi(options: CsiDeliveryOptions): SecretDelivery {
    return new SecretDelivery(new CsiDelivery(options));
  }

  /**
   * A `Certificate`: cert-manager makes a key pair, has it signed, and renews it. For a `TlsSecret` only; no value is read here.
   *
   * The keys are `tls.crt` and `tls.key`, and `ca.crt` where the issuer gives it. Running pods see a renewed certificate in files, and in variables
   * never: `SecretRollout.reloader()` restarts them.
   *
   * @param options the issuer, and what the certificate is for
   * @throws InvalidDelivery; where a secret is declared also UnsupportedByDelivery
   * @see https://cert-manager.io/docs/usage/certificate/
   */
  public static certificate(options: CertificateDeliveryOptions): SecretDelivery {
    return new SecretDelivery(new CertificateDelivery(options));
  }

  /**
   * A `VaultStaticSecret`, `VaultDynamicSecret` or `VaultPKISecret`: the Vault Secrets Operator makes the Secret, with exactly the declared keys, and restarts the
   * workloads that it is bound to. No value is read here.
   *
   * @param options the engine of Vault, how the operator authenticates, and where Vault holds what
   * @throws InvalidDelivery; where a secret is declared also UnsupportedByDelivery, NamespaceMismatch; when the manifest is made also UnknownKey,
   *   MissingNamespace
   * @see https://developer.hashicorp.com/vault/docs/platform/k8s/vso
   */
  public static vault(options: VaultDeliveryOptions): SecretDelivery {
    return new SecretDelivery(new VaultDelivery(options));
  }

  /**
   * No object: the injector of Vault adds an agent to the pods that a binding gives the secret to, which writes the files. No value is read here, and no Secret is
   * made, so it can be bound with `SecretBinding.files` only.
   *
   * The pods need the token of their ServiceAccount: `automountServiceAccountToken: true`. In Jobs the agent ends once it has written the files.
   *
   * @param options the role, the engine of Vault, and where it holds what
   * @throws InvalidDelivery; where a secret is declared, bound, or the manifest is made also UnsupportedByDelivery, InvalidExternalSecret
   * @see https://developer.hashicorp.com/vault/docs/platform/k8s/injector
   */
  public static vaultAgent(options: VaultAgentDeliveryOptions): SecretDelivery {
    return new SecretDelivery(new VaultAgentDelivery(options));
  }

  /**
   * A `OnePasswordItem`: the operator of 1Password makes a Secret of an item. No value is read here.
   *
   * The Secret has a key for every field and file of the item, under the name of its label; those that are declared must be among them.
   *
   * @param options the vault, and which item
   * @throws InvalidDelivery; where a secret is declared, or the manifest is made, also UnsupportedByDelivery, InvalidExternalSecret
   * @see https://developer.1password.com/docs/k8s/operator/
   */
  public static onePassword(options: OnePasswordDeliveryOptions): SecretDelivery {
    return new SecretDelivery(new OnePasswordDelivery(options));
  }

  /**
   * An `InfisicalStaticSecret`: the operator of Infisical makes the Secret, with the declared keys. No value is read here.
   *
   * @param options the project, its environment, and how the operator logs in
   * @throws InvalidDelivery; where a secret is declared, or the manifest is made, also MissingNamespace, UnsupportedByDelivery, InvalidExternalSecret
   * @see https://infisical.com/docs/integrations/platforms/kubernetes
   */
  public static infisical(options: InfisicalDeliveryOptions): SecretDelivery {
    return new SecretDelivery(new InfisicalDelivery(options));
  }

  /**
   * A `SecretSync` with a `SecretProviderClass`: the Secrets Store Sync controller makes the Secret of what a provider of the CSI driver fetches, whether a pod mounts it
   * or not. No value is read here.
   *
   * @param options the provider, the ServiceAccount that asks it, and where it holds what
   * @throws InvalidDelivery; where a secret is declared, or the manifest is made, also UnsupportedByDelivery, InvalidProviderClass, InvalidExternalSecret
   * @see https://github.com/kubernetes-sigs/secrets-store-sync-controller
   */
  public static secretSync(options: SecretSyncDeliveryOptions): SecretDelivery {
    return new SecretDelivery(new SecretSyncDelivery(options));
  }

  /**
   * No object: somebody else makes the Secret, and the declared keys are what it must have. No value is read here.
   *
   * `npx cdk8s-secrets create` prints the commands that would make it.
   */
  public static existing(): SecretDelivery {
    return new SecretDelivery(new ExistingDelivery());
  }

  /**
   * The delivery that secrets under a scope use: the nearest one that was set on it or above it, else `manifest()`.
   *
   * @param scope a construct
   */
  public static of(scope: IConstruct): SecretDelivery {
    return CHOSEN.nearest(scope) ?? SecretDelivery.manifest();
  }

  /**
   * The delivery of a secret that is being declared; from now on its scopes can not choose another one.
   *
   * @internal
   */
  public static _settle(secret: IConstruct): SecretDelivery {
    const asked = ASKED.of(secret);
    for (let at: IConstruct | undefined = secret; at !== undefined && !asked.has(at); at = at.node.scope) {
      asked.add(at);
    }
    return SecretDelivery.of(secret);
  }

  /** @internal */
  public readonly _variant: DeliveryVariant;

  private constructor(variant: DeliveryVariant) {
    this._variant = variant;
  }

  /**
   * Uses this delivery for every secret that is declared under a scope from now on.
   *
   * @param scope an app, a chart or any other construct
   * @throws DeliveryTooLate where the scope already holds a secret
   */
  public useFor(scope: IConstruct): void {
    if (ASKED.of(scope).has(scope)) {
      throw new SecretsError({
        code: 'DeliveryTooLate',
        message: 'a secret under this scope was declared before its delivery was set',
        next: 'call useFor before the first secret is declared',
      }, scope.node.path);
    }
    CHOSEN.set(scope, this);
  }
}
