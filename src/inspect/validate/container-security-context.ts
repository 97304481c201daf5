import type { SecurityContext } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { oneOfOrAbsent } from './fields';
import { validateProfiles } from './profiles';
import { validateId } from './security-context';

const PROC_MOUNTS: ReadonlySet<string> = new Set(['Default', 'Unmasked']);

/**
 * ValidateSecurityContext.
 *
 * @param hostUsers whether the pod has the users of its node
 */
export function validateSecurityContext(context: SecurityContext, hostUsers: boolean, path: FieldPath, out: FindingsOfObject): void {
  validateId(context.runAsUser, path.child('runAsUser'), out);
  validateId(context.runAsGroup, path.child('runAsGroup'), out);
  const { procMount } = context;
  oneOfOrAbsent(procMount, PROC_MOUNTS, path.child('procMount'), out);
  if (procMount === 'Unmasked' && hostUsers) {
    out.refuse('ForbiddenField', path.child('procMount'), 'only a pod with users of its own has /proc unmasked', 'set hostUsers: false in the pod');
  }
  if (context.allowPrivilegeEscalation === false) {
    if (context.privileged === true) {
      out.refuse('ForbiddenField', path, 'a privileged container cannot do without privilege escalation', 'leave allowPrivilegeEscalation or privileged out');
    }
    if (context.capabilities?.add?.includes('CAP_SYS_ADMIN') === true) {
      out.refuse('ForbiddenField', path, 'a container with CAP_SYS_ADMIN cannot do without privilege escalation',
        'leave allowPrivilegeEscalation or the capability out');
    }
  }
  validateProfiles(context, path, out);
}
