import type { GeneratorVariant } from './generator-variant';
import { ExternalGeneratorKind } from '../delivery/external/generator-kind';
import { SecretsError } from '../errors/secrets-error';
import { type AwsAuth, awsAuthFields } from '../store/aws-auth';
import { type AzureAuth, azureAuth } from '../store/azure-auth';
import { type GoogleAuth, googleAuthFields } from '../store/google-auth';
import { serviceAccountRef, type StoreServiceAccount } from '../store/store-references';

/** The registries of AWS. */
export enum EcrScope {
  /** Those of an account. */
  PRIVATE = 'private',
  /** `public.ecr.aws`. */
  PUBLIC = 'public',
}

/**
 * Options of `GeneratorSpec.ecrAuthorizationToken`.
 */
export interface EcrAuthorizationTokenOptions {
  /**
   * The region of the registry: `eu-central-1`.
   */
  readonly region: string;

  /**
   * The ARN of a role of IAM to take on.
   *
   * @default - none
   */
  readonly role?: string;

  /**
   * Whether the token is for the private registries of the account, or for the public one.
   *
   * @default EcrScope.PRIVATE
   */
  readonly scope?: EcrScope;

  /**
   * How to authenticate.
   *
   * @default - as the operator's own pods are
   */
  readonly auth?: AwsAuth;
}

/**
 * Options of `GeneratorSpec.gcrAccessToken`.
 */
export interface GcrAccessTokenOptions {
  /**
   * The id of the project.
   */
  readonly projectId: string;

  /**
   * How to authenticate. With `workloadIdentity`, the cluster and its location must be named.
   */
  readonly auth: GoogleAuth;
}

/**
 * Options of `GeneratorSpec.acrAccessToken`.
 */
export interface AcrAccessTokenOptions {
  /**
   * The host of the registry: `example.azurecr.io`.
   */
  readonly registry: string;

  /**
   * How to authenticate.
   */
  readonly auth: AzureAuth;

  /**
   * What the token is for: `repository:my-repository:pull`.
   *
   * @default - all that the identity may do
   */
  readonly scope?: string;

  /**
   * The tenant.
   *
   * @default - that of the service principal, or the one that the operator's pods know
   */
  readonly tenantId?: string;
}

/**
 * Options of `GeneratorSpec.quayAccessToken`.
 */
export interface QuayAccessTokenOptions {
  /**
   * The robot account: `organization+robot`.
   */
  readonly robotAccount: string;

  /**
   * The ServiceAccount that is federated with the robot account.
   */
  readonly serviceAccount: StoreServiceAccount;

  /**
   * The host of a Quay of one's own.
   *
   * @default 'quay.io' (by the operator)
   */
  readonly url?: string;
}

export function ecrAuthorizationToken({ region, role, scope, auth }: EcrAuthorizationTokenOptions): GeneratorVariant {
  const authFields = auth && awsAuthFields(auth);
  return { kind: ExternalGeneratorKind.ECR_AUTHORIZATION_TOKEN, spec: place => ({ region, role, scope, auth: authFields?.(place) }) };
}

export function gcrAccessToken({ projectId, auth }: GcrAccessTokenOptions): GeneratorVariant {
  const authFields = googleAuthFields(auth);
  return {
    kind: ExternalGeneratorKind.GCR_ACCESS_TOKEN,
    spec: place => {
      const fields = authFields(place) as { readonly workloadIdentity?: { readonly clusterName?: string; readonly clusterLocation?: string } };
      const { workloadIdentity } = fields;
      if (workloadIdentity !== undefined && (workloadIdentity.clusterName === undefined || workloadIdentity.clusterLocation === undefined)) {
        throw new SecretsError({
          code: 'InvalidGenerator',
          message: 'for a token of a registry of Google, workload identity needs the name and the location of the cluster',
          next: 'give GoogleAuth.workloadIdentity clusterName and clusterLocation',
        });
      }
      return { projectID: projectId, auth: fields };
    },
  };
}

export function acrAccessToken({ registry, auth, scope, tenantId }: AcrAccessTokenOptions): GeneratorVariant {
  if (typeof registry !== 'string' || registry === '' || registry.includes('/')) {
    throw new SecretsError({ code: 'InvalidGenerator', message: 'the registry of Azure is no host', next: "give its host alone: 'example.azurecr.io'" });
  }
  const { registryFields } = azureAuth(auth);
  return {
    kind: ExternalGeneratorKind.ACR_ACCESS_TOKEN,
    spec: place => ({ registry, scope, tenantId, environmentType: 'PublicCloud', ...registryFields(place) }),
  };
}

export function quayAccessToken({ robotAccount, serviceAccount, url }: QuayAccessTokenOptions): GeneratorVariant {
  return {
    kind: ExternalGeneratorKind.QUAY_ACCESS_TOKEN,
    spec: place => ({ robotAccount, url, serviceAccountRef: serviceAccountRef(serviceAccount, place) }),
  };
}
