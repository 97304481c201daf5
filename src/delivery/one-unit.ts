import type { Duration } from 'cdk8s';
import { SecretsError } from '../errors/secrets-error';

/** A duration in one unit, as the operators of Vault and Infisical read it: `90s`, `5m`, `1h`. */
export function oneUnit(duration: Duration, field: string): string {
  const seconds = duration.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < 1) {
    throw new SecretsError({ code: 'InvalidDelivery', message: `${field} is no whole number of seconds, or none at all`, next: 'give a duration of one second or more' });
  }
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
