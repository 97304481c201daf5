import { type AwsAuth, awsAuthFields } from '../aws-auth';
import type { ProviderVariant } from '../provider-variant';

/**
 * Options of the providers of AWS.
 */
export interface AwsProviderOptions {
  /**
   * The region: `eu-central-1`.
   */
  readonly region: string;

  /**
   * How to authenticate.
   *
   * @default - as the operator's own pods are
   */
  readonly auth?: AwsAuth;

  /**
   * The ARN of a role of IAM to take on.
   *
   * @default - none
   */
  readonly role?: string;
}

export function aws(service: 'SecretsManager' | 'ParameterStore', { region, role, auth }: AwsProviderOptions): ProviderVariant {
  const authFields = auth && awsAuthFields(auth);
  return { field: 'aws', fields: place => ({ service, region, role, auth: authFields?.(place) }) };
}
