import { checkKey, checkKeysOfType } from './keys';
import { FieldPath } from '../field-path';
import type { Manifest } from '../model/manifest';
import { record, text } from '../model/untyped';

const ROOT = FieldPath.ROOT;

/** A Secret that SOPS has encrypted: what its keys alone say. */
export function checkEncryptedSecret({ apiVersion, raw, findings: out }: Manifest): void {
  if (apiVersion !== 'v1') return;
  const keys = new Set<string>();
  for (const field of ['data', 'stringData']) {
    for (const key of Object.keys(record(raw[field]))) {
      keys.add(key);
      checkKey(key, ROOT.child(field).key(key), out, 'rename the key with sops edit');
    }
  }
  checkKeysOfType(text(raw.type), keys, ROOT.child('type'), out, 'add it with sops edit');
}
