import { byteLength, dns1123Label, dns1123Subdomain, qualifiedName } from '../../kubernetes/names';
import { containerResource } from '../../kubernetes/resource-names';
import type { PodSpec } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import type { StringMap } from '../model/string-map';
import { quote } from '../quote';
import { validateAffinity } from './affinity';
import { validateContainers, type ContainerRules } from './containers';
import { validateDnsConfig, validateHostAliases } from './dns';
import { named, oneOf, oneOfOrAbsent } from './fields';
import { validateFileVolumes } from './file-volumes';
import { validateLabels } from './metadata';
import { validateHostProcess, validateOperatingSystem } from './operating-system';
import { validatePodResources } from './pod-resources';
import { validateResizePolicies } from './resize-policy';
import { validateResourceClaims } from './resource-claims';
import { validateResources } from './resources';
import { validateHostNamespaces, validatePodSecurityContext } from './security-context';
import { validateTolerations } from './tolerations';
import { validateTopologySpread } from './topology-spread';
import { validateVolumes, type VolumeRules } from './volumes';

const RESTART_POLICIES: ReadonlySet<string> = new Set(['Always', 'OnFailure', 'Never']);
const DNS_POLICIES: ReadonlySet<string> = new Set(['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']);
const PREEMPTION_POLICIES: ReadonlySet<string> = new Set(['PreemptLowerPriority', 'Never']);
const MAX_SECONDS = 2 ** 31 - 1;

/** What is known of the object that has a pod's spec. */
export interface PodRules extends ContainerRules, VolumeRules {
  /** Whether the pods are those of a StatefulSet, which names them. */
  readonly isStateful?: boolean;
}

/** ValidatePodSpec. */
export function validatePodSpec(spec: PodSpec, path: FieldPath, out: FindingsOfObject, rules: PodRules): void {
  const volumes = validateVolumes(spec.volumes ?? [], path.child('volumes'), out, rules);
  validateContainers({ spec, volumes, rules }, path, out);
  if (spec.securityContext !== undefined) validatePodSecurityContext(spec.securityContext, spec, path.child('securityContext'), out);
  if (!rules.complete) return;
  validateScalars(spec, rules.isStateful === true, path, out);
  validateScheduling(spec, rules.pod?.labels, path, out);
  validateHostNamespaces(spec, path, out);
  validateFileVolumes(spec, rules.claims ?? [], path, out);
  validateHostProcess(spec, path, out);
  validateResizePolicies(spec, path, out);
  validateDnsConfig(spec.dnsConfig, spec.dnsPolicy, path.child('dnsConfig'), out);
  if (spec.hostAliases !== undefined) validateHostAliases(spec.hostAliases, path.child('hostAliases'), out);
  if (spec.resourceClaims !== undefined) validateResourceClaims(spec.resourceClaims, rules.pod?.annotations, path.child('resourceClaims'), out);
  if (spec.overhead !== undefined) {
    validateResources({ limits: spec.overhead }, { ofPod: false, claims: [], nameRule: containerResource }, path.child('overhead'), out);
  }
  if (spec.resources !== undefined) validatePodResources(spec, rules.pod !== undefined, path.child('resources'), out);
  if (spec.os !== undefined) validateOperatingSystem(spec, path, out);
}

/** What decides where the pod runs, and when. */
function validateScheduling(spec: PodSpec, labels: StringMap | undefined, path: FieldPath, out: FindingsOfObject): void {
  const { affinity, tolerations, topologySpreadConstraints, readinessGates = [], schedulingGates = [] } = spec;
  if (affinity !== undefined) validateAffinity(affinity, labels, path.child('affinity'), out);
  if (tolerations !== undefined) validateTolerations(tolerations, path.child('tolerations'), out);
  if (topologySpreadConstraints !== undefined) validateTopologySpread(topologySpreadConstraints, labels, path.child('topologySpreadConstraints'), out);
  readinessGates.forEach(({ conditionType = '' }, index) => {
    named(conditionType, qualifiedName, 'condition', path.child('readinessGates').index(index).child('conditionType'), out);
  });
  const gates = new Set<string>();
  schedulingGates.forEach(({ name = '' }, index) => {
    const at = path.child('schedulingGates').index(index);
    named(name, qualifiedName, 'name of a gate', at, out);
    if (gates.has(name)) out.refuse('AmbiguousSource', at, `there already is a gate ${quote(name)}`, 'leave one of them out');
    gates.add(name);
  });
  refuseName(spec.nodeName, dns1123Subdomain, 'a node', path.child('nodeName'), out);
  refuseName(spec.priorityClassName, dns1123Subdomain, 'a PriorityClass', path.child('priorityClassName'), out);
  if (spec.runtimeClassName !== undefined) named(spec.runtimeClassName, dns1123Subdomain, 'name of a RuntimeClass', path.child('runtimeClassName'), out);
  oneOfOrAbsent(spec.preemptionPolicy, PREEMPTION_POLICIES, path.child('preemptionPolicy'), out);
}

function validateScalars(spec: PodSpec, isStateful: boolean, path: FieldPath, out: FindingsOfObject): void {
  oneOf(spec.restartPolicy, RESTART_POLICIES, path.child('restartPolicy'), out);
  oneOf(spec.dnsPolicy, DNS_POLICIES, path.child('dnsPolicy'), out);
  validateLabels(spec.nodeSelector, path.child('nodeSelector'), out);
  refuseName(spec.serviceAccountName || spec.serviceAccount, dns1123Subdomain, 'a ServiceAccount', path.child('serviceAccountName'), out);
  // a StatefulSet gives its pods others
  if (!isStateful) {
    refuseName(spec.hostname, dns1123Label, 'a host', path.child('hostname'), out);
    refuseName(spec.subdomain, dns1123Label, 'a subdomain', path.child('subdomain'), out);
  }
  if (spec.hostnameOverride !== undefined) validateHostnameOverride(spec.hostnameOverride, spec, path.child('hostnameOverride'), out);
  const { activeDeadlineSeconds: deadline } = spec;
  if (deadline !== undefined && (deadline < 1 || deadline > MAX_SECONDS)) {
    out.refuse('OutOfRange', path.child('activeDeadlineSeconds'), `a pod cannot be active for ${deadline} seconds`, `give a number from 1 to ${MAX_SECONDS}`);
  }
}

/** The first version that takes hostnameOverride; 1.34 drops it. */
const HOSTNAME_SINCE = 35;
const MAX_HOSTNAME = 64;

function validateHostnameOverride(name: string, spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  const range = { since: HOSTNAME_SINCE };
  const wrong = dns1123Subdomain(name);
  if (wrong.length > 0) out.refuse('InvalidName', path, `${quote(name)} can be no name of a host: ${wrong.join(', ')}`, 'correct it', range);
  if (byteLength(name) > MAX_HOSTNAME) out.refuse('OutOfRange', path, 'the name of the host is too long', `use at most ${MAX_HOSTNAME} bytes`, range);
  for (const field of ['hostNetwork', 'setHostnameAsFQDN'] as const) {
    if (spec[field] === true) out.refuse('ForbiddenField', path, `hostnameOverride and ${field} exclude each other`, 'leave one of them out', range);
  }
}

function refuseName(name: string | undefined, rule: (name: string) => string[], what: string, path: FieldPath, out: FindingsOfObject): void {
  const wrong = name === undefined || name === '' ? [] : rule(name);
  if (wrong.length > 0) out.refuse('InvalidName', path, `${quote(name!)} can be no name of ${what}: ${wrong.join(', ')}`, 'correct it');
}
