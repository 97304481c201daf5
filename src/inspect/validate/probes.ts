import type { Container, Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { between } from './fields';
import { validateHandler } from './handlers';

export const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const NUMBERS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const;

/** validateLivenessProbe, validateReadinessProbe and validateStartupProbe. */
export function validateProbes(container: Container, gracePeriod: number, path: FieldPath, out: FindingsOfObject): void {
  for (const name of PROBES) {
    const probe = container[name];
    if (probe !== undefined) validateProbe(probe, name === 'readinessProbe', gracePeriod, path.child(name), out);
  }
}

function validateProbe(probe: Decoded<'Probe'>, isReadiness: boolean, gracePeriod: number, path: FieldPath, out: FindingsOfObject): void {
  validateHandler(probe, gracePeriod, path, out);
  for (const name of NUMBERS) between(probe[name], 0, Infinity, path.child(name), out);
  const { successThreshold = 0, terminationGracePeriodSeconds: own } = probe;
  // 0 is none, which stands for 1
  if (!isReadiness && successThreshold > 1) {
    out.refuse('OutOfRange', path.child('successThreshold'), 'a liveness or startup probe succeeds the first time', 'leave it out, or write 1');
  }
  if (own === undefined) return;
  const at = path.child('terminationGracePeriodSeconds');
  if (isReadiness) out.refuse('ForbiddenField', at, 'a pod that is not ready is not ended', 'leave it out');
  else between(own, 1, Infinity, at, out);
}
