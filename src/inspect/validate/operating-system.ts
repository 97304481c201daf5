import type { Container, PodSpec } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';

/** What only pods of Linux have, of those of a whole pod. */
const LINUX_FIELDS = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace'] as const;
/** What only pods of Linux have in the security context of the pod. */
const LINUX_POD_CONTEXT = [
  'appArmorProfile', 'seLinuxOptions', 'seccompProfile', 'fsGroup', 'fsGroupChangePolicy', 'sysctls', 'runAsUser', 'runAsGroup', 'supplementalGroups',
  'supplementalGroupsPolicy', 'seLinuxChangePolicy',
] as const;
/** What only pods of Linux have in the security context of a container. */
const LINUX_CONTEXT = [
  'appArmorProfile', 'seLinuxOptions', 'seccompProfile', 'capabilities', 'readOnlyRootFilesystem', 'privileged', 'allowPrivilegeEscalation', 'procMount',
  'runAsUser', 'runAsGroup',
] as const;
/** The first versions whose gates for these fields are on; those before drop them. */
const SINCE: Readonly<Record<string, number>> = {
  appArmorProfile: 30, hostUsers: 33, supplementalGroupsPolicy: 33, seLinuxChangePolicy: 33,
};

/** validateOS, validateLinux and validateWindows. */
export function validateOperatingSystem(spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  const { name = '' } = spec.os!;
  switch (name) {
    case 'linux': return validateLinux(spec, path, out);
    case 'windows': return validateWindows(spec, path, out);
    case '': return out.refuse('RequiredField', path.child('os').child('name'), 'no operating system is named', 'use one of linux, windows');
    default: return out.refuse('UnsupportedValue', path.child('os'), `${quote(name)} is no operating system of pods`, 'use one of linux, windows');
  }
}

function validateLinux(spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  const refuse = (at: FieldPath) => out.refuse('ForbiddenField', at.child('windowsOptions'), 'a pod of Linux has no windowsOptions', 'leave them out');
  if (spec.securityContext?.windowsOptions !== undefined) refuse(path.child('securityContext'));
  forEachContainer(spec, path, ({ securityContext }, at) => {
    if (securityContext?.windowsOptions !== undefined) refuse(at.child('securityContext'));
  });
}

function validateWindows(spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  const refuse = (field: string, at: FieldPath) => {
    out.refuse('ForbiddenField', at.child(field), `a pod of Windows has no ${field}`, 'leave it out', { since: SINCE[field] });
  };
  for (const field of LINUX_FIELDS) {
    const value = spec[field];
    if (value === true || (value === false && (field === 'hostUsers' || field === 'shareProcessNamespace'))) refuse(field, path);
  }
  const { securityContext = {} } = spec;
  for (const field of LINUX_POD_CONTEXT) {
    if (securityContext[field] !== undefined && !(field === 'sysctls' && securityContext.sysctls!.length === 0)) refuse(field, path.child('securityContext'));
  }
  forEachContainer(spec, path, ({ securityContext: context = {} }, at) => {
    for (const field of LINUX_CONTEXT) if (context[field] !== undefined) refuse(field, at.child('securityContext'));
  });
}

/** validateWindowsHostProcessPod: either all containers are processes of the host, or none is. */
export function validateHostProcess(spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  let all = 0;
  let onHost = 0;
  forEachContainer(spec, path, ({ securityContext }, at) => {
    const own = securityContext?.windowsOptions?.hostProcess;
    if (ofPod !== undefined && own !== undefined && ofPod !== own) {
      out.refuse('AmbiguousSource', at.child('securityContext').child('windowsOptions').child('hostProcess'), 'the pod says otherwise of hostProcess',
        'leave one of them out');
    }
    all++;
    if (own ?? ofPod ?? false) onHost++;
  });
  if (onHost === 0) return;
  if (onHost < all) out.refuse('AmbiguousSource', path, 'some containers are processes of the host, and others are not', 'make all of them the same');
  if (spec.hostNetwork !== true) {
    out.refuse('RequiredField', path.child('hostNetwork'), 'processes of the host are on its network', 'set hostNetwork: true');
  }
}

function forEachContainer(spec: PodSpec, path: FieldPath, visit: (container: Container, path: FieldPath) => void): void {
  for (const list of ['containers', 'initContainers', 'ephemeralContainers'] as const) {
    spec[list]?.forEach((container, index) => visit(container, path.child(list).index(index)));
  }
}
