import { SecretsError } from '../errors/secrets-error';
import { MAX_USER_ID } from '../kubernetes/users';

/** The number of a user as a manifest holds it, or undefined where none was given. */
export function fileOwnerOf(owner: number | undefined, constructPath: string): number | undefined {
  if (owner === undefined || (Number.isInteger(owner) && owner >= 0 && owner <= MAX_USER_ID)) return owner;
  throw new SecretsError({
    code: 'OutOfRange',
    message: `${JSON.stringify(owner)} can be no owner of files`,
    next: `give the number of a user, from 0 to ${MAX_USER_ID}`,
  }, constructPath);
}
