import type { VersionRange } from '../../kubernetes/versions';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import type { NameRule } from './metadata';
import type { Codes } from '../../errors/codes';

/** The codes of these rules. */
export const FIELD_CODES = {
  RequiredField: {
    cause: 'A field that the API server requires is missing or empty.',
    example: 'volumes: [{ name: v, secret: {} }]',
    fix: 'Give it a value.',
  },
  UnsupportedValue: {
    cause: 'A field holds a value that is none of those it can have.',
    example: 'a Deployment with restartPolicy: Never',
    fix: 'Use one of the values in the message.',
  },
  ForbiddenField: {
    cause: 'A field cannot be used here, or not together with another one.',
    example: 'ephemeralContainers in a pod template',
    fix: 'Leave it out.',
  },
} as const satisfies Codes;

/** A text or a list that may not be missing or empty. */
export function required(
  value: string | readonly unknown[] | undefined, path: FieldPath, message: string, next: string, out: FindingsOfObject, range?: VersionRange,
): void {
  if (value === undefined || value.length === 0) out.refuse('RequiredField', path, message, next, range);
}

/** An enumeration of the API; absent and empty stand for its default. */
export function oneOf(value: string | undefined, supported: ReadonlySet<string>, path: FieldPath, out: FindingsOfObject, range?: VersionRange): void {
  if (value !== '') oneOfOrAbsent(value, supported, path, out, range);
}

/** An enumeration of the API, of which only the absent value stands for the default. */
export function oneOfOrAbsent(
  value: string | undefined, supported: ReadonlySet<string>, path: FieldPath, out: FindingsOfObject, range?: VersionRange,
): void {
  if (value === undefined || supported.has(value)) return;
  out.refuse('UnsupportedValue', path, `${quote(value)} is no value of this field`, `use one of ${[...supported].filter(Boolean).join(', ')}`, range);
}

/** A number between two bounds, both allowed. */
export function between(
  value: number | undefined, min: number, max: number, path: FieldPath, out: FindingsOfObject, range?: VersionRange,
): void {
  if (value === undefined || (min <= value && value <= max)) return;
  const next = max === Infinity ? `give a number from ${min} on` : `give a number from ${min} to ${max}`;
  out.refuse('OutOfRange', path, value < 0 && min === 0 ? `${value} is negative` : `${value} is too ${value < min ? 'small' : 'large'} here`, next, range);
}

/** A name that must keep to a rule; whether it may be empty is for others to say. */
export function named(
  name: string, rule: NameRule, what: string, path: FieldPath, out: FindingsOfObject, range?: VersionRange,
): void {
  const wrong = rule(name);
  if (wrong.length > 0) out.refuse('InvalidName', path, `${quote(name)} can be no ${what}: ${wrong.join(', ')}`, 'correct it', range);
}
