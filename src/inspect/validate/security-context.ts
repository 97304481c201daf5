import { MAX_USER_ID } from '../../kubernetes/users';
import type { Decoded, PodSecurityContext, PodSpec } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { oneOfOrAbsent } from './fields';
import { validateProfiles } from './profiles';

/** The number of a user or of a group. */
export function validateId(id: number | undefined, path: FieldPath, out: FindingsOfObject): void {
  if (id !== undefined && (id < 0 || id > MAX_USER_ID)) {
    out.refuse('OutOfRange', path, `${id} can be no id of a user or group`, `use 0 to ${MAX_USER_ID}`);
  }
}

const CHANGE_POLICIES: ReadonlySet<string> = new Set(['Always', 'OnRootMismatch']);
const GROUPS_POLICIES: ReadonlySet<string> = new Set(['Merge', 'Strict']);
const RECURSIVE: ReadonlySet<string> = new Set(['Recursive']);
const LABEL_POLICIES: ReadonlySet<string> = new Set(['Recursive', 'MountOption']);

/** The first version whose gates for supplementalGroupsPolicy and seLinuxChangePolicy are on. */
const POLICIES_SINCE = 33;
/** The first version that mounts volumes with an SELinux label. */
const LABELLED_MOUNTS_SINCE = 37;

/** validatePodSpecSecurityContext. */
export function validatePodSecurityContext(context: PodSecurityContext, spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  validateId(context.runAsUser, path.child('runAsUser'), out);
  validateId(context.runAsGroup, path.child('runAsGroup'), out);
  validateId(context.fsGroup, path.child('fsGroup'), out);
  context.supplementalGroups?.forEach((group, index) => validateId(group, path.child('supplementalGroups').index(index), out));
  oneOfOrAbsent(context.fsGroupChangePolicy, CHANGE_POLICIES, path.child('fsGroupChangePolicy'), out);
  oneOfOrAbsent(context.supplementalGroupsPolicy, GROUPS_POLICIES, path.child('supplementalGroupsPolicy'), out, { since: POLICIES_SINCE });
  const { seLinuxChangePolicy } = context;
  if (seLinuxChangePolicy !== undefined) {
    const at = path.child('seLinuxChangePolicy');
    oneOfOrAbsent(seLinuxChangePolicy, RECURSIVE, at, out, { since: POLICIES_SINCE, until: LABELLED_MOUNTS_SINCE - 1 });
    oneOfOrAbsent(seLinuxChangePolicy, LABEL_POLICIES, at, out, { since: LABELLED_MOUNTS_SINCE });
  }
  if (context.sysctls !== undefined) validateSysctls(context.sysctls, spec, path.child('sysctls'), out);
  validateProfiles(context, path, out);
}

const MAX_SYSCTL = 253;
const SEGMENT = /^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;

function isSysctl(name: string): boolean {
  return name.length <= MAX_SYSCTL && !name.endsWith('\n') && name.split(/[./]/).every(segment => SEGMENT.test(segment));
}

/** The first version that looks whether the namespace of a sysctl is the pod's. */
const SYSCTL_NAMESPACES_SINCE = 29;

/** validateSysctls. */
function validateSysctls(sysctls: readonly Decoded<'Sysctl'>[], spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  const taken = new Set<string>();
  sysctls.forEach(({ name = '' }, index) => {
    const at = path.index(index).child('name');
    if (name === '') {
      out.refuse('RequiredField', at, 'no parameter is named', 'name it, for example net.core.somaxconn');
    } else if (!isSysctl(name)) {
      out.refuse('InvalidName', at, `${quote(name)} can be no name of a sysctl`, "use lower-case letters, digits, '-', '_' and '.'");
    } else if (taken.has(name)) {
      out.refuse('AmbiguousSource', at, `the sysctl ${quote(name)} is set already`, 'leave one of them out');
    }
    taken.add(name);
    const field = HOST_FIELDS[namespaceOf(name)];
    if (field !== undefined && spec[field] === true) {
      out.refuse('ForbiddenField', at, `${quote(name)} is of the node where ${field} is true`, `leave it out, or ${field}`, { since: SYSCTL_NAMESPACES_SINCE });
    }
  });
}

const HOST_FIELDS: Readonly<Record<string, 'hostNetwork' | 'hostIPC' | undefined>> = { net: 'hostNetwork', ipc: 'hostIPC' };
const IPC_SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.sem', 'kernel.shm', 'kernel.shmall', 'kernel.shmmax', 'kernel.shmmni', 'kernel.shm_rmid_forced',
  'kernel.msg', 'kernel.msgmax', 'kernel.msgmnb', 'kernel.msgmni',
]);

/** Which namespace of the kernel a sysctl belongs to: `net`, `ipc`, or none that is known. */
function namespaceOf(sysctl: string): string {
  const separator = /[./]/.exec(sysctl)?.[0];
  const [name] = (separator === '/' ? sysctl.replace(/[./]/g, letter => letter === '/' ? '.' : '/') : sysctl).split('*', 1);
  if (IPC_SYSCTLS.has(name) || name.startsWith('fs.mqueue.')) return 'ipc';
  return name.startsWith('net.') ? 'net' : '';
}

/** The first version whose gate for user namespaces is on; those before drop the field. */
const USER_NAMESPACES_SINCE = 33;
/** The first version that refuses devices in a user namespace. */
const DEVICES_SINCE = 34;
/** Up to this version the API server takes shareProcessNamespace for a field of the security context. */
const SHARED_IN_CONTEXT_UNTIL = 36;

/** What a pod cannot share with its node at the same time: validateHostUsers and its likes. */
export function validateHostNamespaces(spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  if (spec.hostPID === true && spec.shareProcessNamespace === true) {
    const refuse = (at: FieldPath, range: { since?: number; until?: number }) => {
      out.refuse('ForbiddenField', at, 'hostPID and shareProcessNamespace exclude each other', 'leave one of them out', range);
    };
    refuse(path.childPrintedAs('shareProcessNamespace', 'securityContext.shareProcessNamespace'), { until: SHARED_IN_CONTEXT_UNTIL });
    refuse(path.child('shareProcessNamespace'), { since: SHARED_IN_CONTEXT_UNTIL + 1 });
  }
  if (spec.hostNetwork === true) validateHostPorts(spec, path, out);
  if (spec.hostUsers !== false) return;
  const forbidden = (at: FieldPath, field: string, since: number) => {
    out.refuse('ForbiddenField', at, `${field} cannot be used where hostUsers is false`, 'leave one of them out', { since });
  };
  if (spec.hostNetwork === true) forbidden(path.child('hostNetwork'), 'hostNetwork', USER_NAMESPACES_SINCE);
  if (spec.hostPID === true) forbidden(path.childPrintedAs('hostPID', 'HostPID'), 'hostPID', USER_NAMESPACES_SINCE);
  if (spec.hostIPC === true) forbidden(path.childPrintedAs('hostIPC', 'HostIPC'), 'hostIPC', USER_NAMESPACES_SINCE);
  for (const list of ['containers', 'initContainers', 'ephemeralContainers'] as const) {
    spec[list]?.forEach(({ volumeDevices = [] }, index) => {
      if (volumeDevices.length > 0) forbidden(path.child(list).index(index).child('volumeDevices'), 'a block device', DEVICES_SINCE);
    });
  }
}

/** validatePodHostNetworkDeps: on the network of the node the port is the node's. */
function validateHostPorts(spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  spec.containers?.forEach(({ ports = [] }, index) => ports.forEach(({ hostPort = 0, containerPort = 0 }, place) => {
    if (hostPort === 0 || hostPort === containerPort) return;
    out.refuse('InvalidPort', path.child('containers').index(index).child('ports').index(place).child('hostPort'),
      'on the network of the node the hostPort is the containerPort', 'give it the same number, or leave it out');
  }));
}

