import { byteLength, dns1123Label, dns1123Subdomain } from '../../kubernetes/names';
import type { Container, PodSpec } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { oneOf, validateContainers, type ContainerRules } from './containers';
import { validateLabels } from './metadata';
import { validatePodSecurityContext } from './security-context';
import { validateVolumes, type KnownVolumes } from './volumes';

const RESTART_POLICIES: ReadonlySet<string> = new Set(['Always', 'OnFailure', 'Never']);
const DNS_POLICIES: ReadonlySet<string> = new Set(['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']);
const MAX_SECONDS = 2 ** 31 - 1;

/** ValidatePodSpec, as far as it concerns secrets, their consumers and whatever every pod has. */
export function validatePodSpec(spec: PodSpec, path: FieldPath, out: FindingsOfObject, rules: ContainerRules, claims?: KnownVolumes): void {
  const volumes = validateVolumes(spec.volumes ?? [], path.child('volumes'), out, claims);
  const names = new Set<string>();
  const containers = spec.containers ?? [];
  if (rules.complete && containers.length === 0) {
    out.refuse('RequiredField', path.child('containers'), 'the pod has no container', 'add one');
  }
  validateContainers(containers, volumes, names, path.child('containers'), out, rules);
  if (spec.initContainers !== undefined) validateContainers(spec.initContainers, volumes, names, path.child('initContainers'), out, rules);
  if (spec.ephemeralContainers !== undefined) validateEphemeral(spec.ephemeralContainers, volumes, names, path.child('ephemeralContainers'), out, rules);
  if (spec.securityContext !== undefined) validatePodSecurityContext(spec.securityContext, path.child('securityContext'), out);
  if (rules.complete) validateScalars(spec, path, out);
}

function validateEphemeral(
  containers: readonly Container[], volumes: KnownVolumes, names: Set<string>, path: FieldPath, out: FindingsOfObject, rules: ContainerRules,
): void {
  validateContainers(containers, volumes, names, path, out, rules);
  containers.forEach((container, index) => container.volumeMounts?.forEach((mount, mountIndex) => {
    for (const field of ['subPath', 'subPathExpr'] as const) {
      if ((mount[field] ?? '') !== '') {
        out.refuse('ForbiddenField', path.index(index).child('volumeMounts').index(mountIndex).child(field),
          `an ephemeral container cannot mount with ${field}`, 'mount the whole volume');
      }
    }
  }));
}

function validateScalars(spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  oneOf(spec.restartPolicy, RESTART_POLICIES, path.child('restartPolicy'), out);
  oneOf(spec.dnsPolicy, DNS_POLICIES, path.child('dnsPolicy'), out);
  validateLabels(spec.nodeSelector, path.child('nodeSelector'), out);
  refuseName(spec.serviceAccountName || spec.serviceAccount, dns1123Subdomain, 'a ServiceAccount', path.child('serviceAccountName'), out);
  refuseName(spec.hostname, dns1123Label, 'a host', path.child('hostname'), out);
  refuseName(spec.subdomain, dns1123Label, 'a subdomain', path.child('subdomain'), out);
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
