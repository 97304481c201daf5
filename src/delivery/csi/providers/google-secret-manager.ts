import { type CsiProviderVariant, knownProvider } from '../csi-variant';
import { yaml } from './provider-parameters';

/**
 * Options of `CsiProvider.googleSecretManager`. Pods authenticate as their own ServiceAccounts.
 */
export interface GoogleCsiOptions {
  /**
   * The project.
   */
  readonly projectId: string;
}

export function googleSecretManager({ projectId }: GoogleCsiOptions): CsiProviderVariant {
  return knownProvider('gcp', {}, files => ({
    secrets: yaml(files.map(({ path, ref, mode }) => ({
      resourceName: `projects/${projectId}/secrets/${ref.key}/versions/${ref.version ?? 'latest'}`,
      path,
      extractJSONKey: ref.property,
      mode,
    }))),
  }));
}
