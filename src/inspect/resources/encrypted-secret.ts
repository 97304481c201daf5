import { dataKey } from '../../kubernetes/keys';
import { missingKeys } from '../../kubernetes/required-keys';
import { FieldPath } from '../field-path';
import type { Manifest } from '../model/manifest';
import { record, text } from '../model/untyped';
import { quote } from '../quote';

const ROOT = FieldPath.ROOT;

/** A Secret that SOPS has encrypted: what its keys alone say. */
export function checkEncryptedSecret({ apiVersion, raw, findings: out }: Manifest): void {
  if (apiVersion !== 'v1') return;
  const keys = new Set<string>();
  for (const field of ['data', 'stringData']) {
    for (const key of Object.keys(record(raw[field]))) {
      keys.add(key);
      if (dataKey(key).length > 0) out.refuse('InvalidKey', ROOT.child(field).key(key), `${quote(key)} can be no key of a Secret: ${dataKey(key).join(', ')}`, 'rename the key with sops edit');
    }
  }
  const type = text(raw.type);
  const missing = missingKeys(type, keys);
  if (missing.length > 0) out.refuse('MissingKey', ROOT.child('type'), `a Secret of type ${quote(type)} needs the key ${missing.map(quote).join(' or ')}`, 'add it with sops edit');
}
