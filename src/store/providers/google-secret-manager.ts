import { type GoogleAuth, googleAuthFields } from '../google-auth';
import type { ProviderVariant } from '../provider-variant';

/**
 * Options of `StoreProvider.googleSecretManager`.
 */
export interface GoogleSecretManagerProviderOptions {
  /**
   * The id of the project.
   */
  readonly projectId: string;

  /**
   * How to authenticate.
   *
   * @default - as the operator's own pods are
   */
  readonly auth?: GoogleAuth;

  /**
   * The location of regional secrets.
   *
   * @default - global secrets
   */
  readonly location?: string;
}

export function googleSecretManager({ projectId, location, auth }: GoogleSecretManagerProviderOptions): ProviderVariant {
  const authFields = auth && googleAuthFields(auth);
  return { field: 'gcpsm', fields: place => ({ projectID: projectId, location, auth: authFields?.(place) }) };
}
