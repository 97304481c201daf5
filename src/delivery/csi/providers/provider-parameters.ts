import { stringify } from 'yaml';
import { formatMode } from '../../../kubernetes/modes';
import type { RemoteRef } from '../../../value/remote-ref';
import { invalidClass } from '../csi-variant';

/** A text of YAML, as providers take lists in a parameter. */
export function yaml(content: object): string {
  return stringify(content, { lineWidth: 0, keepUndefined: false });
}

/** A mode as AWS and Azure take it: a text of four octal digits. */
export function permission(mode: number | undefined): string | undefined {
  return mode === undefined ? undefined : formatMode(mode);
}

/** Refuses what entries of a provider do not have. */
export function refuse(ref: RemoteRef, field: 'version' | 'property', provider: string): void {
  if (ref[field] === undefined) return;
  throw invalidClass(`entries of ${provider} have no ${field} for the CSI driver, and that of ${JSON.stringify(ref.key)} has one`,
    field === 'property' ? 'let each key have an entry of its own: RemoteNaming.entryPerKey' : 'leave the version out');
}
