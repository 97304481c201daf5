import { createHash } from 'node:crypto';
import type { Finding } from '../inspect/finding';

/** The same for the same finding, wherever it stands in which file. */
export function fingerprint({ code, object, path, message }: Finding): string {
  return createHash('sha256').update(JSON.stringify([code, object.apiVersion, object.kind, object.namespace ?? '', object.name, path, message])).digest('hex');
}
