import { qualifiedName } from '../../kubernetes/names';
import { localDescendingPath } from '../../kubernetes/paths';
import type { Container, Decoded, ObjectMeta, PodSpec } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { entryOf, keysOf } from '../model/string-map';
import { quote } from '../quote';
import { TOLERATIONS, validateTolerationAnnotation } from './toleration-annotation';

/** Marks what the kubelet shows of a static pod. */
export const MIRROR = 'kubernetes.io/config.mirror';
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const SECCOMP_OF_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_OF_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const LOCALHOST = 'localhost/';

const LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/** ValidatePodSpecificAnnotations: annotations that mean something, of a pod or of a template. */
export function validatePodAnnotations(meta: ObjectMeta, spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  for (const key of keysOf(meta.annotations)) {
    const value = meta.annotations![key];
    if (key === MIRROR) {
      if ((spec.nodeName ?? '') === '') out.refuse('RequiredField', path.key(key), 'a mirror pod is on a node', 'give it a nodeName, or leave the annotation out');
    } else if (key === TOLERATIONS) {
      validateTolerationAnnotation(value, path, out);
    } else if (key === DELETION_COST) {
      if (!isInt32(value)) out.refuse('UnsupportedValue', path.key(key), `${quote(value)} is no cost of a deletion`, 'give it a whole number');
    } else if (key === SECCOMP_OF_POD || key.startsWith(SECCOMP_OF_CONTAINER)) {
      validateSeccompAnnotation(value, path.child(key), out);
    } else if (key.startsWith(APP_ARMOR)) {
      validateAppArmorAnnotation(key.slice(APP_ARMOR.length), value, spec, path.key(key), out);
    }
  }
}

/** A number that Go's strconv takes, without a plus sign and without zeros before it. */
function isInt32(text: string): boolean {
  return /^(?:0|-\d+|[1-9]\d*)$/.test(text) && !text.endsWith('\n') && Number(text) >= -(2 ** 31) && Number(text) < 2 ** 31;
}

function validateSeccompAnnotation(profile: string, path: FieldPath, out: FindingsOfObject): void {
  if (profile === 'runtime/default' || profile === 'docker/default' || profile === 'unconfined') return;
  if (!profile.startsWith(LOCALHOST)) {
    out.refuse('UnsupportedValue', path, `${quote(profile)} is no profile of seccomp`, 'use runtime/default, unconfined or localhost/FILE, or seccompProfile');
    return;
  }
  const wrong = localDescendingPath(profile.slice(LOCALHOST.length));
  if (wrong.length > 0) out.refuse('InvalidPath', path, `${quote(profile)} is refused: ${wrong.join(', ')}`, "give a relative path without '..'");
}

function validateAppArmorAnnotation(container: string, profile: string, spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  if (!LISTS.some(list => spec[list]?.some(({ name = '' }) => name === container))) {
    out.refuse('UnsupportedValue', path, `the pod has no container ${quote(container)}`, 'correct the name of the container');
  }
  if (profile !== '' && profile !== 'runtime/default' && profile !== 'unconfined' && !profile.startsWith(LOCALHOST)) {
    out.refuse('UnsupportedValue', path, `${quote(profile)} is no profile of AppArmor`, 'use runtime/default, unconfined or localhost/PROFILE, or appArmorProfile');
  }
}

/** The versions that write the profiles of containers into annotations of their Pod, for nodes that are older. */
const PROFILES_WRITTEN = { since: 30, until: 33 };

/** The keys of annotations that the API server itself adds to a Pod: the names of containers are in them. */
export function validateWrittenProfiles({ annotations }: ObjectMeta, spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  if (spec.os?.name === 'windows') return;
  for (const list of LISTS) {
    spec[list]?.forEach(({ name = '', securityContext }: Container) => {
      const profile = securityContext?.appArmorProfile ?? spec.securityContext?.appArmorProfile;
      const key = `${APP_ARMOR}${name}`;
      if (profile === undefined || !isWritten(profile) || entryOf(annotations, key) !== undefined) return;
      const wrong = qualifiedName(key.toLowerCase());
      if (wrong.length > 0) {
        out.refuse('InvalidLabel', path, `the API server adds an annotation for the container ${quote(name)}, which is none: ${wrong.join(', ')}`,
          'give the container a name of at most 63 characters', PROFILES_WRITTEN);
      }
    });
  }
}

function isWritten({ type, localhostProfile }: Decoded<'AppArmorProfile'>): boolean {
  return type === 'Unconfined' || type === 'RuntimeDefault' || (type === 'Localhost' && localhostProfile !== undefined);
}

/** The first version that compares profiles of AppArmor with annotations. */
const APP_ARMOR_SINCE = 30;

/** Profiles in annotations and in fields, which have to be the same: validateSeccompAnnotationsAndFields and its like. */
export function validateProfilesAgree({ annotations }: ObjectMeta, spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  if (annotations === undefined) return;
  const ofPod = spec.securityContext ?? {};
  compare(entryOf(annotations, SECCOMP_OF_POD), ofPod.seccompProfile, path.child('securityContext').child('seccompProfile'), out);
  for (const list of LISTS) {
    spec[list]?.forEach(({ name = '', securityContext }: Container, index) => {
      const at = path.child(list).index(index).child('securityContext');
      compare(entryOf(annotations, SECCOMP_OF_CONTAINER + name), securityContext?.seccompProfile, at.child('seccompProfile'), out);
      if (spec.os?.name === 'windows') return;
      compare(entryOf(annotations, APP_ARMOR + name), securityContext?.appArmorProfile ?? ofPod.appArmorProfile, at.child('appArmorProfile'), out, APP_ARMOR_SINCE);
    });
  }
}

function compare(
  annotation: string | undefined, profile: Decoded<'SeccompProfile'> | undefined, path: FieldPath, out: FindingsOfObject, since?: number,
): void {
  if (annotation === undefined || profile === undefined) return;
  const differs = (field: string) => {
    out.refuse('AmbiguousSource', path.child(field), 'an annotation names another profile', 'leave the annotation out', { since });
  };
  switch (profile.type) {
    case 'Unconfined': return annotation === 'unconfined' ? undefined : differs('type');
    case 'RuntimeDefault': {
      const same = annotation === 'runtime/default' || (since === undefined && annotation === 'docker/default');
      return same ? undefined : differs('type');
    }
    case 'Localhost': {
      if (!annotation.startsWith(LOCALHOST)) return differs('type');
      if (annotation.slice(LOCALHOST.length) !== profile.localhostProfile) differs('localhostProfile');
    }
  }
}
