import { SecretsError } from '../errors/secrets-error';

/** The address of a server, which must have its scheme. What is none is not shown: there may be a password in it. */
export function serverUrl(text: string): string {
  if (/^https?:\/\/[^\s/]+/.test(text)) return text;
  throw new SecretsError({
    code: 'InvalidSecretStore',
    message: 'what is given as the address of a server is none',
    next: "write it with its scheme: 'https://vault.example.com:8200'",
  });
}
