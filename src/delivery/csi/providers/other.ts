import { type CsiProviderVariant, invalidClass } from '../csi-variant';

/** A provider whose parameters are written as they are. */
export function other(name: string, given: Readonly<Record<string, string>>): CsiProviderVariant {
  if (typeof name !== 'string' || !/^[a-zA-Z0-9_-]{1,30}$/.test(name)) {
    throw invalidClass(`${JSON.stringify(name)} can be no name of a provider`, "use letters, digits, '-' and '_', at most 30");
  }
  for (const [parameter, text] of Object.entries(given)) {
    if (typeof text !== 'string') throw invalidClass(`the parameter ${JSON.stringify(parameter)} is no text`, 'write lists and objects as YAML in a text');
  }
  const parameters = { ...given };
  return {
    name,
    parameters: files => {
      if (files.some(({ mode }) => mode !== undefined)) {
        throw invalidClass(`how the provider ${JSON.stringify(name)} sets modes is not known`, 'say it in its parameters, and leave the mode out here');
      }
      return { ...parameters };
    },
  };
}
