import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { validateHandler } from './handlers';

/** validateLifecycle. No version looks at the stop signal: it is dropped before. */
export function validateLifecycle(lifecycle: Decoded<'Lifecycle'>, gracePeriod: number, path: FieldPath, out: FindingsOfObject): void {
  for (const hook of ['postStart', 'preStop'] as const) {
    const handler = lifecycle[hook];
    if (handler !== undefined) validateHandler(handler, gracePeriod, path.child(hook), out);
  }
}
