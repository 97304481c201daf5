import { dns1123Label } from '../../kubernetes/names';
import { containerResource } from '../../kubernetes/resource-names';
import type { Container, Decoded, ObjectMeta, PodSpec } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { validateSecurityContext } from './container-security-context';
import { validateEnv, validateEnvFrom } from './env';
import { oneOf } from './fields';
import { validateLifecycle } from './lifecycle';
import { validateDevices, validateMounts } from './mounts';
import { refuseHostPortsInUse, validatePorts } from './ports';
import { PROBES, validateProbes } from './probes';
import { validateResources } from './resources';
import { validateRestartRules } from './restart-rules';
import type { KnownVolumes } from './volumes';
import type { Codes } from '../../errors/codes';

/** The code of this rule. */
export const CONTAINER_CODES = {
  InvalidContainerName: {
    cause: 'The name of a container is no DNS label: lower case, no dots, at most 63 bytes.',
    example: 'containers: [{ name: My_App, … }]',
    fix: "Use lower-case letters, digits and '-'.",
  },
} as const satisfies Codes;

const PULL_POLICIES: ReadonlySet<string> = new Set(['Always', 'IfNotPresent', 'Never']);
const MESSAGE_POLICIES: ReadonlySet<string> = new Set(['File', 'FallbackToLogsOnError']);

/** What a container of a custom resource need not have, because its controller adds it. */
export interface ContainerRules {
  /** Whether everything is looked at, not only what concerns secrets. */
  readonly complete: boolean;
  /** The metadata of the pod, where it is one and no template. */
  readonly pod?: ObjectMeta;
}

/** The pod that containers are in. */
export interface PodOfContainers {
  readonly spec: PodSpec;
  readonly volumes: KnownVolumes;
  readonly rules: ContainerRules;
}

/** The containers of a pod: validateContainers, validateInitContainers and validateEphemeralContainers. */
export function validateContainers(pod: PodOfContainers, path: FieldPath, out: FindingsOfObject): void {
  const { spec: { containers = [], initContainers = [], ephemeralContainers = [] }, rules } = pod;
  const names = new Set<string>();
  const each = (list: string, items: readonly Container[], validate: (container: Container, at: FieldPath) => void) => {
    items.forEach((container, index) => {
      const at = path.child(list).index(index);
      if (rules.complete) validateName(container.name ?? '', names, at.child('name'), out);
      validateCommon(container, pod, list !== 'ephemeralContainers' && hasNodePorts(pod), at, out);
      if (rules.complete) validate(container, at);
    });
  };
  if (rules.complete && containers.length === 0) out.refuse('RequiredField', path.child('containers'), 'the pod has no container', 'add one');
  each('containers', containers, (container, at) => validateRegular(container, pod, at, out));
  each('initContainers', initContainers, (container, at) => validateInit(container, pod, at, out));
  if (rules.complete) validateHostPorts(pod, path, out);
  if (ephemeralContainers.length === 0) return;
  const others: ReadonlySet<string> = new Set(names);
  each('ephemeralContainers', ephemeralContainers, (container, at) => validateEphemeral(container, pod, others, at, out));
}

/** validateContainerCommon. */
function validateCommon(
  container: Container, { spec, volumes, rules }: PodOfContainers, onNode: boolean, path: FieldPath, out: FindingsOfObject,
): void {
  if (rules.complete) {
    if ((container.image ?? '') === '') out.refuse('RequiredField', path.child('image'), 'the container has no image', 'name its image');
    oneOf(container.terminationMessagePolicy, MESSAGE_POLICIES, path.child('terminationMessagePolicy'), out);
    if (container.ports !== undefined) validatePorts(container.ports, onNode, path.child('ports'), out);
    oneOf(container.imagePullPolicy, PULL_POLICIES, path.child('imagePullPolicy'), out);
  }
  if (container.env !== undefined) validateEnv(container.env, path.child('env'), out);
  if (container.envFrom !== undefined) validateEnvFrom(container.envFrom, path.child('envFrom'), out);
  validateMounts(container, volumes, path.child('volumeMounts'), out);
  validateDevices(container, volumes, path.child('volumeDevices'), out);
  if (container.securityContext !== undefined) {
    validateSecurityContext(container.securityContext, spec.hostUsers !== false, path.child('securityContext'), out);
  }
}

function validateName(name: string, names: Set<string>, path: FieldPath, out: FindingsOfObject): void {
  if (name === '') {
    out.refuse('RequiredField', path, 'the container has no name', 'give it a name');
    return;
  }
  const wrong = dns1123Label(name);
  if (wrong.length > 0) {
    out.refuse('InvalidContainerName', path, `${quote(name)} can be no name of a container: ${wrong.join(', ')}`,
      "use lower-case letters, digits and '-', at most 63 characters");
  }
  if (names.has(name)) out.refuse('DuplicateContainer', path, `the pod already has a container ${quote(name)}`, 'give it another name');
  names.add(name);
}

function validateRegular(container: Container, { spec, rules }: PodOfContainers, path: FieldPath, out: FindingsOfObject): void {
  validateResourcesOf(container, spec, rules.pod !== undefined, path, out);
  validateRestartRules(container, false, path, out);
  validateCourse(container, gracePeriodOf(spec, rules), path, out);
}

/** Hooks and probes. */
function validateCourse(container: Container, gracePeriod: number, path: FieldPath, out: FindingsOfObject): void {
  if (container.lifecycle !== undefined) validateLifecycle(container.lifecycle, gracePeriod, path.child('lifecycle'), out);
  validateProbes(container, gracePeriod, path, out);
}

function validateInit(container: Container, { spec, rules }: PodOfContainers, path: FieldPath, out: FindingsOfObject): void {
  validateResourcesOf(container, spec, rules.pod !== undefined, path, out);
  validateRestartRules(container, true, path, out);
  if (container.restartPolicy === 'Always') {
    validateCourse(container, gracePeriodOf(spec, rules), path, out);
    return;
  }
  for (const field of ['lifecycle', ...PROBES] as const) {
    if (container[field] === undefined) continue;
    out.refuse('ForbiddenField', path.child(field), `an init container that ends has no ${field}`, 'leave it out, or set restartPolicy: Always');
  }
}

/** The fields that no ephemeral container may have; lists are there when they are empty too. */
const NOT_EPHEMERAL = ['ports', ...PROBES, 'lifecycle', 'restartPolicy', 'restartPolicyRules', 'resizePolicy'] as const;

function validateEphemeral(
  container: Decoded<'EphemeralContainer'>, { spec }: PodOfContainers, others: ReadonlySet<string>, path: FieldPath, out: FindingsOfObject,
): void {
  const { image = '', targetContainerName: target = '', volumeMounts = [], resources = {} } = container;
  refuseSpacedImage(image, path, out);
  if (target !== '' && !others.has(target)) {
    out.refuse('UnsupportedValue', path.child('targetContainerName'), `the pod has no container ${quote(target)}`, 'name one of its containers');
  }
  const forbid = (field: string) => out.refuse('ForbiddenField', path.child(field), `an ephemeral container has no ${field}`, 'leave it out');
  for (const field of NOT_EPHEMERAL) if (container[field] !== undefined) forbid(field);
  if (Object.keys(resources).length > 0) forbid('resources');
  volumeMounts.forEach((mount, index) => {
    for (const field of ['subPath', 'subPathExpr'] as const) {
      if ((mount[field] ?? '') === '') continue;
      out.refuse('ForbiddenField', path.child('volumeMounts').index(index).child(field), `an ephemeral container cannot mount with ${field}`,
        'mount the whole volume');
    }
  });
  validateResourcesOf(container, spec, false, path, out);
}

/** validateContainerOnlyForPod. */
export function refuseSpacedImage(image: string, path: FieldPath, out: FindingsOfObject): void {
  if (image.trim() !== image) out.refuse('UnsupportedValue', path.child('image'), `the image ${quote(image)} has spaces around it`, 'remove them');
}

function validateResourcesOf({ resources }: Container, spec: PodSpec, ofPod: boolean, path: FieldPath, out: FindingsOfObject): void {
  if (resources === undefined) return;
  validateResources(resources, { ofPod, claims: spec.resourceClaims ?? [], nameRule: containerResource }, path.child('resources'), out);
}

const GRACE_PERIOD = 30;

/** The seconds that a pod has to end. Those of a Pod cannot be negative; what is negative becomes 1. */
function gracePeriodOf({ terminationGracePeriodSeconds: seconds = GRACE_PERIOD }: PodSpec, { pod }: ContainerRules): number {
  return pod !== undefined && seconds < 0 ? 1 : seconds;
}

/** Whether the ports of the containers are ports of the node. Those of a template become so in its pods. */
function hasNodePorts({ spec, rules }: PodOfContainers): boolean {
  return spec.hostNetwork === true && rules.pod !== undefined;
}

/** Containers that run at the same time cannot have one port of the node. Init containers run one by one, and the API server takes each for the first. */
function validateHostPorts(pod: PodOfContainers, path: FieldPath, out: FindingsOfObject): void {
  const { containers = [], initContainers = [] } = pod.spec;
  const onNode = hasNodePorts(pod);
  refuseHostPortsInUse(containers, index => path.child('containers').index(index), onNode, out);
  initContainers.forEach((container, index) => {
    refuseHostPortsInUse([container], () => path.child('initContainers').indexPrintedAs(index, 0), onNode, out);
  });
}
