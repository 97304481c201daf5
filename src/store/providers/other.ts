import { providerNameProblem } from '../../delivery/external/provider-names';
import { SecretsError } from '../../errors/secrets-error';
import type { ProviderVariant } from '../provider-variant';
import { withReferences } from '../store-references';

/** A provider by its fields. */
export function other(provider: Readonly<Record<string, unknown>>): ProviderVariant {
  const isMap = typeof provider === 'object' && provider !== null && !Array.isArray(provider);
  const given = isMap ? Object.entries(provider).filter(([, settings]) => settings !== undefined) : [];
  const [[field, settings] = [], ...more] = given;
  if (field === undefined || more.length > 0) {
    const names = given.map(([name]) => JSON.stringify(name)).join(', ');
    throw invalid(`a store has exactly one provider, and ${names === '' ? 'here is none' : `here are ${names}`}`,
      'give its field in spec.provider, as in StoreProvider.of({ doppler: { … } })');
  }
  const problem = providerNameProblem(field);
  if (problem !== undefined) throw new SecretsError(problem);
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw invalid(`the settings of the provider ${JSON.stringify(field)} are no map of fields`, 'give its fields, as a manifest holds them');
  }
  return { field, fields: place => withReferences(settings, place) };
}

function invalid(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidSecretStore', message, next });
}
