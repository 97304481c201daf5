import { VariableSource, VariableState, type Setting } from './environment';
import type { PodContext } from './pod-context';
import { MAX_VARIABLE_SIZE } from '../../kubernetes/sizes';

/** Why no variable can hold a value. */
export type UnfitValue =
  | { readonly kind: 'oversized'; readonly size: number }
  | { readonly kind: 'zero-byte' }
  | { readonly kind: 'not-utf8' };

/** The kubelets of these minor versions cannot pass on a variable that is no UTF-8. */
export const TAKES_NO_BINARY = { since: 34, until: 36 };

/** What keeps a value of a Secret from being a variable, as far as the value is known. */
export function unfitValue({ name, source, from, key, state }: Setting, { cluster, namespace }: PodContext): UnfitValue | undefined {
  if (source !== VariableSource.SECRET || state !== VariableState.SET || key === undefined) return undefined;
  const contents = cluster.secrets.get(namespace, from)?.contents;
  if (contents === undefined || !contents.keys.has(key)) return undefined;
  const size = Buffer.byteLength(name) + 1 + contents.size(key) + 1;
  if (size > MAX_VARIABLE_SIZE) return { kind: 'oversized', size };
  if (contents.isText(key)) return undefined;
  return { kind: contents.bytes(key)!.includes(0) ? 'zero-byte' : 'not-utf8' };
}
