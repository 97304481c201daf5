import { SecretsError } from '../errors/secrets-error';

const NEXT = "write the names with dots, as in 'db.password', or a JSON pointer where a name holds a dot, as in '/tls.crt/data'";

/**
 * The names and indexes that lead to a field: `db.users.0.password`, or as a JSON pointer `/db/users/0/password`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 * @throws InvalidValueField
 */
export function fieldPath(field: string): string[] {
  const names = field.startsWith('/') ? field.slice(1).split('/').map(unescaped) : field.split('.');
  if (!field.startsWith('/') && names.includes('')) throw invalidField('the path of a field has an empty name', NEXT);
  return names;
}

function unescaped(name: string): string {
  if (/~(?![01])/.test(name)) throw invalidField("the path of a field has a '~' that begins neither '~0' nor '~1'", "write '~0' for '~' and '~1' for '/' in a JSON pointer");
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The index of a list that a name is; undefined where it is none. */
export function listIndex(name: string): number | undefined {
  return /^(?:0|[1-9]\d{0,8})$/.test(name) ? Number(name) : undefined;
}

export function invalidField(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidValueField', message, next });
}
