import { dataKey } from '../../kubernetes/keys';
import * as types from '../../kubernetes/secret-types';
import type { Secret } from '../decode/decoded';
import { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { validateMetadata, WITHOUT_GENERATION } from './metadata';
import { SecretContents } from '../model/secret-contents';
import { entryOf } from '../model/string-map';
import { quote } from '../quote';

const ROOT = FieldPath.ROOT;

/** The type of a Secret once the API server has set its default. */
export function typeOf(secret: Secret): string {
  return secret.type === undefined || secret.type === '' ? types.OPAQUE : secret.type;
}

/** ValidateSecret. What is wrong in `stringData` is named in `data`, into which the API server merges it first. */
export function validateSecret(secret: Secret, contents: SecretContents, out: FindingsOfObject): void {
  validateMetadata(secret.metadata ?? {}, ROOT.child('metadata'), out, WITHOUT_GENERATION);
  const data = ROOT.child('data');
  for (const key of contents.keys) {
    const wrong = dataKey(key);
    if (wrong.length > 0) {
      out.refuse('InvalidKey', data.key(key), `${quote(key)} can be no key of a Secret: ${wrong.join(', ')}`,
        "use letters, digits, '-', '_' and '.', at most 253 characters, and do not start with '..'");
    }
  }
  const size = contents.mayExceed(types.MAX_SECRET_SIZE) ? types.sizeProblem(contents.totalSize) : undefined;
  if (size !== undefined) out.refuse(size.code, data, size.message, size.next);
  validateType(typeOf(secret), secret, contents, out);
}

function validateType(type: string, secret: Secret, contents: SecretContents, out: FindingsOfObject): void {
  const data = ROOT.child('data');
  const missing = types.missingKeys(type, contents.keys);
  for (const key of missing) {
    const { code, message, next } = types.missingKeyProblem(type, types.requiredKeys(type).includes(key) ? [key] : missing)!;
    out.refuse(code, data.key(key), message, next);
  }
  const problem = missing.length > 0 ? undefined : types.refusedValue(type, key => contents.bytes(key)!);
  if (problem !== undefined) out.refuse(problem.code, data.key(problem.key), problem.message, problem.next);
  if (type === types.SERVICE_ACCOUNT_TOKEN && (entryOf(secret.metadata?.annotations, types.SERVICE_ACCOUNT_NAME_ANNOTATION) ?? '') === '') {
    out.refuse('RequiredField', ROOT.child('metadata').child('annotations').key(types.SERVICE_ACCOUNT_NAME_ANNOTATION),
      `a Secret of type ${quote(type)} must name its ServiceAccount`, `set the annotation ${types.SERVICE_ACCOUNT_NAME_ANNOTATION}`);
  }
}

/** ValidateSecretUpdate: what the API server refuses in the change from one Secret to the next. */
export function validateSecretUpdate(before: Secret, after: Secret, out: FindingsOfObject): void {
  if (typeOf(before) !== typeOf(after)) {
    out.refuse('ImmutableField', ROOT.child('type'), `the type cannot change from ${quote(typeOf(before))} to ${quote(typeOf(after))}`,
      'give the new Secret another name, or delete the old one first');
  }
  if (before.immutable !== true) return;
  const next = 'give the new Secret another name, as a hash of its contents does';
  if (after.immutable !== true) {
    out.refuse('ImmutableField', ROOT.child('immutable'), 'a Secret that is immutable stays immutable', next);
  }
  if (!sameContents(new SecretContents(before), new SecretContents(after))) {
    out.refuse('ImmutableField', ROOT.child('data'), 'the data of an immutable Secret cannot change', next);
  }
}

function sameContents(a: SecretContents, b: SecretContents): boolean {
  return a.keys.size === b.keys.size && [...a.keys].every(key => b.bytes(key)?.equals(a.bytes(key)!));
}
