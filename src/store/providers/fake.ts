import { SecretsError } from '../../errors/secrets-error';
import type { ProviderVariant } from '../provider-variant';

/**
 * One entry of the fake provider. Everybody who can read the manifest can read it.
 */
export interface FakeStoreEntry {
  /**
   * The key of the entry.
   */
  readonly key: string;

  /**
   * What it holds: a text, or a JSON text where it has properties.
   */
  readonly text: string;

  /**
   * Its version.
   *
   * @default - none
   */
  readonly version?: string;
}

export function fake(entries: readonly FakeStoreEntry[]): ProviderVariant {
  const empty = entries.findIndex(({ key, text }) => typeof key !== 'string' || key === '' || typeof text !== 'string' || text === '');
  if (empty >= 0) {
    throw new SecretsError({
      code: 'InvalidSecretStore', message: `the entry ${empty} of the fake provider has no key or no text, which the operator refuses`, next: 'give both',
    });
  }
  const data = entries.map(({ key, text, version }) => ({ key, value: text, version }));
  return { field: 'fake', fields: () => ({ data }) };
}
