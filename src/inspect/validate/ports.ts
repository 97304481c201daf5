import type { Container, ContainerPort } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { oneOf } from './fields';
import type { Codes } from '../../errors/codes';

/** The code of this rule. */
export const PORT_CODES = {
  InvalidPort: {
    cause: 'A port of a container is no port, or has a name that is none or is taken.',
    example: 'ports: [{ containerPort: 0 }]',
    fix: 'Use numbers from 1 to 65535 and names of at most 15 characters.',
  },
} as const satisfies Codes;

const PROTOCOLS: ReadonlySet<string> = new Set(['TCP', 'UDP', 'SCTP']);
const MAX_PORT = 65535;
const MAX_NAME = 15;

/**
 * validateContainerPorts.
 *
 * @param hasNodePorts whether a container port is a port of the node too, where no other is given
 */
export function validatePorts(ports: readonly ContainerPort[], hasNodePorts: boolean, path: FieldPath, out: FindingsOfObject): void {
  const names = new Set<string>();
  ports.forEach((port, index) => {
    const at = path.index(index);
    const { name = '', containerPort = 0, protocol } = port;
    if (name !== '') {
      validatePortName(name, at.child('name'), out);
      if (names.has(name)) out.refuse('InvalidPort', at.child('name'), `there already is a port ${quote(name)}`, 'give it another name');
      names.add(name);
    }
    if (containerPort === 0) out.refuse('RequiredField', at.child('containerPort'), 'the port has no number', 'give it a containerPort');
    else validatePortNumber(containerPort, at.child('containerPort'), out);
    const nodePort = nodePortOf(port, hasNodePorts);
    if (nodePort !== 0) validatePortNumber(nodePort, at.child('hostPort'), out);
    oneOf(protocol, PROTOCOLS, at.child('protocol'), out);
  });
}

function nodePortOf({ hostPort = 0, containerPort = 0 }: ContainerPort, hasNodePorts: boolean): number {
  return hostPort === 0 && hasNodePorts ? containerPort : hostPort;
}

/** ValidatePortNumOrName; a port that is not given is the number 0. */
export function validatePort(port: number | string, path: FieldPath, out: FindingsOfObject): void {
  if (typeof port === 'string') validatePortName(port, path, out);
  else validatePortNumber(port, path, out);
}

function validatePortNumber(port: number, path: FieldPath, out: FindingsOfObject): void {
  if (port < 1 || port > MAX_PORT) out.refuse('InvalidPort', path, `${port} is no port`, `use 1 to ${MAX_PORT}`);
}

function validatePortName(name: string, path: FieldPath, out: FindingsOfObject): void {
  if (name.length <= MAX_NAME && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && /[a-z]/.test(name)) return;
  out.refuse('InvalidPort', path, `${quote(name)} can be no name of a port`,
    `use at most ${MAX_NAME} lower-case letters, digits and single '-', with a letter among them`);
}

/**
 * checkHostPortConflicts, among containers that run at the same time.
 *
 * @param placeOf where the container of an index stands
 * @param hasNodePorts as of `validatePorts`
 */
export function refuseHostPortsInUse(
  containers: readonly Container[], placeOf: (index: number) => FieldPath, hasNodePorts: boolean, out: FindingsOfObject,
): void {
  const taken = new Set<string>();
  containers.forEach(({ ports = [] }, index) => ports.forEach((port, place) => {
    const { hostIP = '', protocol = '' } = port;
    const nodePort = nodePortOf(port, hasNodePorts);
    if (nodePort === 0) return;
    const key = `${protocol === '' ? 'TCP' : protocol}/${hostIP}/${nodePort}`;
    if (taken.has(key)) {
      out.refuse('InvalidPort', placeOf(index).child('ports').index(place).child('hostPort'), `the port ${nodePort} of the node is in use already`,
        'use another hostPort, or another hostIP');
    }
    taken.add(key);
  }));
}
