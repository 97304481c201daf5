export { Errors, SecretsError } from './errors/secrets-error';
