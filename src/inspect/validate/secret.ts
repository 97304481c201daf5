import { dataKey } from '../../kubernetes/keys';
import { dockerConfigProblem, pullSecretKey } from '../../kubernetes/pull-secret';
import { missingKeys } from '../../kubernetes/required-keys';
import * as types from '../../kubernetes/secret-types';
import type { Secret } from '../decode/decoded';
import { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { validateMetadata } from './metadata';
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
  validateMetadata(secret.metadata ?? {}, ROOT.child('metadata'), out);
  const data = ROOT.child('data');
  for (const key of contents.keys) {
    const wrong = dataKey(key);
    if (wrong.length > 0) {
      out.refuse('InvalidKey', data.key(key), `${quote(key)} can be no key of a Secret: ${wrong.join(', ')}`,
        "use letters, digits, '-', '_' and '.', at most 253 characters, and do not start with '..'");
    }
  }
  if (contents.mayExceed(types.MAX_SECRET_SIZE) && contents.totalSize > types.MAX_SECRET_SIZE) {
    out.refuse('SecretTooLarge', data, `the values have ${contents.totalSize} bytes together, ${types.MAX_SECRET_SIZE} are allowed`,
      'split it, or keep large files elsewhere');
  }
  validateType(typeOf(secret), secret, contents, out);
}

function validateType(type: string, secret: Secret, contents: SecretContents, out: FindingsOfObject): void {
  const data = ROOT.child('data');
  const missing = type === types.SSH_AUTH && contents.size('ssh-privatekey') === 0 ? ['ssh-privatekey'] : missingKeys(type, contents.keys);
  for (const key of missing) {
    out.refuse('MissingKey', data.key(key), `a Secret of type ${quote(type)} needs the key ${quote(key)}`,
      type === types.BASIC_AUTH ? 'add "username" or "password"' : 'add it, or choose another type');
  }
  if (types.isPullSecretType(type) && missing.length === 0) {
    const key = pullSecretKey(type);
    const problem = dockerConfigProblem(contents.bytes(key)!.toString('utf8'));
    if (problem !== undefined) {
      out.refuse('InvalidDockerConfig', data.key(key), `the value of ${quote(key)} ${problem}`, 'give it the contents of a ~/.docker/config.json');
    }
  }
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
