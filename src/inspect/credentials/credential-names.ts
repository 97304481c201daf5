import { isPlaceholderValue } from './placeholder-value';

/** How names of passwords and keys end, without what is between their words. */
const NAMES = /(?:password|passwd|passphrase|apikey|accesskey|secretkey|privatekey|clientsecret|authtoken|accesstoken|apitoken|jwtsecret|secretaccesskey)$/;

/** Values of settings about passwords: whether there is one, and where it comes from. */
const SETTINGS: ReadonlySet<string> = new Set(['true', 'false', 'yes', 'no', 'on', 'off', 'enabled', 'disabled', 'required', 'optional', 'prompt', 'ask', 'file', 'env', 'random', 'auto']);

/** Whether a setting holds a password or a key, as far as its name says: `DB_PASSWORD`, `spring.datasource.password`, `apiKey`. */
export function isNamedCredential(name: string, value: string): boolean {
  if (!hasName(name) || value.includes('\n') || isPlaceholderValue(value)) return false;
  const text = value.trim();
  if (SETTINGS.has(text.toLowerCase()) || /^[./~]|:\/\//.test(text)) return false;
  // it names what holds the password: another variable, a key, a Secret
  return !(/[-_.]/.test(text) && hasName(text)) && text !== name;
}

function hasName(name: string): boolean {
  return NAMES.test(name.toLowerCase().replace(/[^a-z0-9]/g, ''));
}
