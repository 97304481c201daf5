import type { Codes } from '../../errors/codes';
import { dataKey } from '../../kubernetes/keys';
import { byteLength } from '../../kubernetes/names';
import { MAX_SECRET_SIZE } from '../../kubernetes/secret-types';
import type { ConfigMap } from '../decode/decoded';
import { areSame, inOrder } from '../decode/stored';
import { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { validateMetadata, WITHOUT_GENERATION } from './metadata';
import { keysOf } from '../model/string-map';
import { quote } from '../quote';

/** The code of this rule. */
export const CONFIG_MAP_CODES = {
  ConfigMapTooLarge: {
    cause: 'The values of one ConfigMap have more than 1,048,576 bytes together; the API server refuses it.',
    example: 'a 2 MiB file in binaryData',
    fix: 'Split it, or keep large files elsewhere.',
  },
} as const satisfies Codes;

const ROOT = FieldPath.ROOT;

/** ValidateConfigMap. */
export function validateConfigMap({ metadata = {}, data, binaryData }: ConfigMap, out: FindingsOfObject): void {
  validateMetadata(metadata, ROOT.child('metadata'), out, WITHOUT_GENERATION);
  let size = 0;
  for (const key of keysOf(data)) {
    validateKey(key, ROOT.child('data').key(key), out);
    if (binaryData !== undefined && Object.hasOwn(binaryData, key)) {
      out.refuse('AmbiguousSource', ROOT.child('data').key(key), `${quote(key)} stands in binaryData too`, 'leave one of them out');
    }
    size += byteLength(data![key]);
  }
  for (const key of keysOf(binaryData)) {
    validateKey(key, ROOT.child('binaryData').key(key), out);
    const value = binaryData![key];
    size += typeof value === 'string' ? Buffer.byteLength(value, 'base64') : value.length;
  }
  if (size > MAX_SECRET_SIZE) {
    out.refuse('ConfigMapTooLarge', ROOT, `the values have ${size} bytes together, ${MAX_SECRET_SIZE} are allowed`, 'split it, or keep large files elsewhere');
  }
}

function validateKey(key: string, path: FieldPath, out: FindingsOfObject): void {
  const wrong = dataKey(key);
  if (wrong.length > 0) {
    out.refuse('InvalidKey', path, `${quote(key)} can be no key of a ConfigMap: ${wrong.join(', ')}`,
      "use letters, digits, '-', '_' and '.', at most 253 characters, and do not start with '..'");
  }
}

/** ValidateConfigMapUpdate. */
export function validateConfigMapUpdate(before: ConfigMap, after: ConfigMap, out: FindingsOfObject): void {
  if (before.immutable !== true) return;
  const next = 'give the new ConfigMap another name, as a hash of its contents does';
  if (after.immutable !== true) out.refuse('ImmutableField', ROOT.child('immutable'), 'a ConfigMap that is immutable stays immutable', next);
  for (const field of ['data', 'binaryData'] as const) {
    if (!areSame(inOrder(before[field] ?? {}), inOrder(after[field] ?? {}))) {
      out.refuse('ImmutableField', ROOT.child(field), `the ${field} of an immutable ConfigMap cannot change`, next);
    }
  }
}
