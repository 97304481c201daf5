import { dns1123Label } from '../../kubernetes/names';
import type { Container, ContainerPort, SecurityContext } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { validateEnv, validateEnvFrom } from './env';
import { oneOf } from './fields';
import { validateDevices, validateMounts } from './mounts';
import { validateRestartRules } from './restart-rules';
import { validateId } from './security-context';
import type { KnownVolumes } from './volumes';

const PULL_POLICIES: ReadonlySet<string> = new Set(['Always', 'IfNotPresent', 'Never']);
const MESSAGE_POLICIES: ReadonlySet<string> = new Set(['File', 'FallbackToLogsOnError']);
const PROTOCOLS: ReadonlySet<string> = new Set(['TCP', 'UDP', 'SCTP']);
const MAX_PORT = 65535;

/** What a container of a custom resource need not have, because its controller adds it. */
export interface ContainerRules {
  /** Whether names, images and ports are looked at, besides what concerns secrets. */
  readonly complete: boolean;
}

/** ValidateContainers, for containers of one list; `names` are the names that are taken, and grows. */
export function validateContainers(
  containers: readonly Container[], volumes: KnownVolumes, names: Set<string>, path: FieldPath, out: FindingsOfObject, rules: ContainerRules,
): void {
  const list = path.segments[path.segments.length - 1];
  containers.forEach((container, index) => {
    const at = path.index(index);
    if (rules.complete) {
      validateIdentity(container, names, at, out);
      if (list !== 'ephemeralContainers') validateRestartRules(container, list === 'initContainers', at, out);
    }
    if (container.env !== undefined) validateEnv(container.env, at.child('env'), out);
    if (container.envFrom !== undefined) validateEnvFrom(container.envFrom, at.child('envFrom'), out);
    validateMounts(container, volumes, at.child('volumeMounts'), out);
    validateDevices(container, volumes, at.child('volumeDevices'), out);
    if (container.securityContext !== undefined) validateSecurityContext(container.securityContext, at.child('securityContext'), out);
  });
}

function validateIdentity(container: Container, names: Set<string>, path: FieldPath, out: FindingsOfObject): void {
  const { name = '', image = '' } = container;
  if (name === '') {
    out.refuse('RequiredField', path.child('name'), 'the container has no name', 'give it a name');
  } else {
    const wrong = dns1123Label(name);
    if (wrong.length > 0) {
      out.refuse('InvalidContainerName', path.child('name'), `${quote(name)} can be no name of a container: ${wrong.join(', ')}`,
        "use lower-case letters, digits and '-', at most 63 characters");
    }
    if (names.has(name)) {
      out.refuse('DuplicateContainer', path.child('name'), `the pod already has a container ${quote(name)}`, 'give it another name');
    }
    names.add(name);
  }
  if (image === '') out.refuse('RequiredField', path.child('image'), 'the container has no image', 'name its image');
  oneOf(container.imagePullPolicy, PULL_POLICIES, path.child('imagePullPolicy'), out);
  oneOf(container.terminationMessagePolicy, MESSAGE_POLICIES, path.child('terminationMessagePolicy'), out);
  validatePorts(container.ports ?? [], path.child('ports'), out);
}

function validatePorts(ports: readonly ContainerPort[], path: FieldPath, out: FindingsOfObject): void {
  const names = new Set<string>();
  ports.forEach((port, index) => {
    const at = path.index(index);
    const { name = '', containerPort = 0, hostPort = 0, protocol } = port;
    if (name !== '') {
      if (!isPortName(name)) {
        out.refuse('InvalidPort', at.child('name'), `${quote(name)} can be no name of a port`,
          "use at most 15 lower-case letters, digits and single '-', with a letter among them");
      } else if (names.has(name)) {
        out.refuse('InvalidPort', at.child('name'), `there already is a port ${quote(name)}`, 'give it another name');
      }
      names.add(name);
    }
    if (containerPort === 0) out.refuse('RequiredField', at.child('containerPort'), 'the port has no number', 'give it a containerPort');
    else if (!isPort(containerPort)) out.refuse('InvalidPort', at.child('containerPort'), `${containerPort} is no port`, `use 1 to ${MAX_PORT}`);
    if (hostPort !== 0 && !isPort(hostPort)) out.refuse('InvalidPort', at.child('hostPort'), `${hostPort} is no port`, `use 1 to ${MAX_PORT}`);
    oneOf(protocol, PROTOCOLS, at.child('protocol'), out);
  });
}

function isPort(port: number): boolean {
  return port >= 1 && port <= MAX_PORT;
}

function isPortName(name: string): boolean {
  return name.length <= 15 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && !name.endsWith('\n') && /[a-z]/.test(name);
}

function validateSecurityContext(context: SecurityContext, path: FieldPath, out: FindingsOfObject): void {
  validateId(context.runAsUser, path.child('runAsUser'), out);
  validateId(context.runAsGroup, path.child('runAsGroup'), out);
  if (context.privileged === true && context.allowPrivilegeEscalation === false) {
    out.refuse('ForbiddenField', path, 'a privileged container cannot do without privilege escalation', 'leave allowPrivilegeEscalation or privileged out');
  }
}
