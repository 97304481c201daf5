import { dataKey } from '../../kubernetes/keys';
import { missingKeyProblem, missingKeys } from '../../kubernetes/secret-types';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';

/** A key of the Secret that an operator is to make: the API server takes no other. */
export function checkKey(key: string, path: FieldPath, out: FindingsOfObject, next = 'rename the key'): void {
  const wrong = dataKey(key);
  if (wrong.length > 0) out.fails('InvalidKey', path, `no Secret can have the key ${quote(key)}: ${wrong.join(', ')}`, next);
}

/**
 * The keys that the type of a Secret asks for.
 *
 * @param keys those that are made; undefined where there may be others
 * @param path the field of the type
 */
export function checkKeysOfType(type: string, keys: ReadonlySet<string> | undefined, path: FieldPath, out: FindingsOfObject, next: string): void {
  const problem = type === '' || keys === undefined ? undefined : missingKeyProblem(type, missingKeys(type, keys));
  if (problem !== undefined) out.fails(problem.code, path, `${problem.message}, which is not made`, next);
}
