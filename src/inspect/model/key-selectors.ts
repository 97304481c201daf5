import type { FieldPath } from '../field-path';
import { isRecord, text } from './untyped';

/** How deep settings are looked through. */
const MAX_DEPTH = 12;

/** A key of a Secret, or of a ConfigMap, that an object names. */
export interface SelectedKey {
  readonly name: string;
  readonly key: string;
  /** Empty where none is named. */
  readonly namespace: string;
  readonly isOfConfigMap: boolean;
}

/** Where such a key is named in the settings of an object. */
export interface KeySelector extends SelectedKey {
  readonly path: FieldPath;
}

/** The key that something names: whatever has a `name` and a `key`, as the selectors of the operators do under many names (`authSecretRef.clientId`, `token.bearerToken`). */
export function selectedKey(value: Readonly<Record<string, unknown>>): SelectedKey | undefined {
  const name = text(value.name);
  const key = text(value.key);
  return name === '' || key === '' ? undefined : { name, key, namespace: text(value.namespace), isOfConfigMap: value.type === 'ConfigMap' };
}

/** All of them in the settings. */
export function keySelectors(value: unknown, path: FieldPath): KeySelector[] {
  const found: KeySelector[] = [];
  const look = (at: unknown, here: FieldPath, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(at)) at.forEach((item, index) => look(item, here.index(index), depth + 1));
    if (!isRecord(at)) return;
    const selected = selectedKey(at);
    if (selected !== undefined) found.push({ ...selected, path: here });
    for (const field of Object.keys(at)) look(at[field], here.child(field), depth + 1);
  };
  look(value, path, 0);
  return found;
}
