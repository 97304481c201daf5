import { SecretsError } from '../errors/secrets-error';

/** From when, and up to when. */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const DAY = 86_400_000;
const LAST = Date.UTC(9999, 11, 31);

/** The time from the beginning of a day, in UTC, for a number of days. */
export function validityOf(notBefore: string, days: number): Validity {
  const start = typeof notBefore === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(notBefore) ? new Date(`${notBefore}T00:00:00Z`) : new Date(NaN);
  if (Number.isNaN(start.getTime()) || dayOf(start) !== notBefore) {
    throw invalid('the first day of a certificate is none', "write it as year, month and day, as in notBefore: '2026-01-01'; the same text gives the same certificate");
  }
  if (!Number.isInteger(days) || days < 1 || start.getTime() + days * DAY > LAST) {
    throw invalid('the days that a certificate is valid must be a whole number, 1 or more', 'leave them out, or give fewer than up to the year 9999');
  }
  return { notBefore: start, notAfter: new Date(start.getTime() + days * DAY) };
}

/** A day, as `validityOf` takes it. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** How many whole days are between two times. */
export function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY);
}

function invalid(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidGeneratedValue', message, next });
}
