import { SecretsError } from '../errors/secrets-error';

/** The address of a server, which must have its scheme. */
export function serverUrl(text: string): string {
  if (/^https?:\/\/[^\s/]+/.test(text)) return text;
  throw new SecretsError({
    code: 'InvalidSecretStore',
    message: `${JSON.stringify(text)} is no address of a server`,
    next: "write it with its scheme: 'https://vault.example.com:8200'",
  });
}
