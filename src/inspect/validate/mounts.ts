import { localDescendingPath, noBacksteps } from '../../kubernetes/paths';
import type { Container, VolumeDevice, VolumeMount } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import type { KnownVolumes } from './volumes';
import type { Codes } from '../../errors/codes';

/** The codes of these rules. */
export const MOUNT_CODES = {
  UnknownVolume: {
    cause: 'A container mounts a volume that the pod does not have, or that the API server refuses for another reason.',
    example: 'volumeMounts: [{ name: creds, mountPath: /creds }] and no volume "creds"',
    fix: 'Add the volume, or use the name of one that there is.',
  },
  InvalidMountOption: {
    cause: 'A mount or a device has options that exclude each other, or that its container may not use.',
    example: 'subPath and subPathExpr in one mount',
    fix: 'Follow the message.',
  },
} as const satisfies Codes;

const PROPAGATIONS: ReadonlySet<string> = new Set(['Bidirectional', 'HostToContainer', 'None']);
const RECURSIVE_READ_ONLY: ReadonlySet<string> = new Set(['Disabled', 'IfPossible', 'Enabled']);

/** The first version whose API server looks at `recursiveReadOnly`. */
const RECURSIVE_READ_ONLY_SINCE = 31;

/** ValidateVolumeMounts. The API server leaves the index out of some paths; here it never is. */
export function validateMounts(container: Container, volumes: KnownVolumes, path: FieldPath, out: FindingsOfObject): void {
  const devices = container.volumeDevices ?? [];
  const mounted = new Set<string>();
  (container.volumeMounts ?? []).forEach((mount, index) => {
    const at = path.index(index);
    const { name = '', mountPath = '' } = mount;
    refuseUnknownVolume(name, volumes, at.child('name'), out);
    if (mountPath === '') out.refuse('RequiredField', at.child('mountPath'), 'no mountPath is given', 'give an absolute path');
    if (mounted.has(mountPath)) {
      out.refuse('DuplicateMountPath', at.child('mountPath'), `the container already has a mount at ${quote(mountPath)}`, 'use another path');
    }
    mounted.add(mountPath);
    if (devices.some(device => (device.name ?? '') === name)) {
      out.refuse('InvalidMountOption', at.child('name'), `the volume ${quote(name)} is a device already`, 'mount it or make it a device');
    }
    if (devices.some(device => (device.devicePath ?? '') === mountPath)) {
      out.refuse('InvalidMountOption', at.child('mountPath'), `there already is a device at ${quote(mountPath)}`, 'use another path');
    }
    validateSubPaths(mount, at, out);
    validateOptions(mount, container, at, path.unprinted(index), out);
  });
}

function refuseUnknownVolume(name: string, volumes: KnownVolumes, path: FieldPath, out: FindingsOfObject): void {
  if (name === '') out.refuse('RequiredField', path, 'no volume is named', 'name a volume of the pod');
  const forgotten = volumes.forgottenIn(name);
  if (forgotten !== undefined) {
    out.refuse('UnknownVolume', path, `the pod has no valid volume ${quote(name)}`, 'add it to the volumes of the pod, or correct it there', forgotten);
  }
}

function validateSubPaths(mount: VolumeMount, path: FieldPath, out: FindingsOfObject): void {
  const { subPath = '', subPathExpr = '' } = mount;
  if (subPath === '' && subPathExpr === '') return;
  for (const [field, value] of [['subPath', subPath], ['subPathExpr', subPathExpr]]) {
    const wrong = value === '' ? [] : localDescendingPath(value);
    if (wrong.length > 0) {
      out.refuse('InvalidPath', path.child(field), `${quote(value)} can be no ${field}: ${wrong.join(', ')}`, "give a relative path without '..'");
    }
  }
  if (subPath !== '' && subPathExpr !== '') {
    out.refuse('InvalidMountOption', path.child('subPathExpr'), 'a mount has a subPath or a subPathExpr, not both', 'leave one of them out');
  }
}

/** Of a value that there is not, the API server names the list of mounts and not the mount, and so does `printed`. */
function validateOptions(mount: VolumeMount, container: Container, path: FieldPath, printed: FieldPath, out: FindingsOfObject): void {
  const { mountPropagation, recursiveReadOnly } = mount;
  if (mountPropagation !== undefined && !PROPAGATIONS.has(mountPropagation)) {
    out.refuse('UnsupportedValue', printed.child('mountPropagation'), `there is no mount propagation ${quote(mountPropagation)}`,
      `use one of ${[...PROPAGATIONS].join(', ')}`);
  }
  if (mountPropagation === 'Bidirectional' && container.securityContext?.privileged !== true) {
    out.refuse('InvalidMountOption', path.child('mountPropagation'), 'only privileged containers may propagate mounts in both directions',
      'use HostToContainer or None');
  }
  if (recursiveReadOnly !== undefined) validateRecursiveReadOnly(recursiveReadOnly, mount, path, printed, out);
}

function validateRecursiveReadOnly(value: string, mount: VolumeMount, parent: FieldPath, printed: FieldPath, out: FindingsOfObject): void {
  const path = parent.child('recursiveReadOnly');
  const range = { since: RECURSIVE_READ_ONLY_SINCE };
  if (!RECURSIVE_READ_ONLY.has(value)) {
    out.refuse('UnsupportedValue', printed.child('recursiveReadOnly'), `there is no ${quote(value)} here`, `use one of ${[...RECURSIVE_READ_ONLY].join(', ')}`, range);
  } else if (value !== 'Disabled' && mount.readOnly !== true) {
    out.refuse('InvalidMountOption', path, 'a mount can only be read-only recursively where it is read-only', 'set readOnly: true', range);
  } else if (value !== 'Disabled' && mount.mountPropagation !== undefined && mount.mountPropagation !== 'None') {
    out.refuse('InvalidMountOption', path, 'a mount that is read-only recursively cannot propagate mounts', 'leave mountPropagation out', range);
  }
}

/** ValidateVolumeDevices. */
export function validateDevices(container: Container, volumes: KnownVolumes, path: FieldPath, out: FindingsOfObject): void {
  const devices: readonly VolumeDevice[] = container.volumeDevices ?? [];
  if (devices.length === 0) return;
  const mountNames = new Set((container.volumeMounts ?? []).map(mount => mount.name ?? ''));
  const mountPaths = new Set((container.volumeMounts ?? []).map(mount => mount.mountPath ?? ''));
  const names = new Set<string>();
  const paths = new Set<string>();
  devices.forEach((device, index) => {
    const at = path.index(index);
    const { name = '', devicePath = '' } = device;
    const option = (field: string, message: string, next: string) => out.refuse('InvalidMountOption', at.child(field), message, next);
    refuseUnknownVolume(name, volumes, at.child('name'), out);
    if (names.has(name)) option('name', `the volume ${quote(name)} is a device already`, 'leave one of them out');
    const volume = volumes.get(name);
    if (volume !== undefined && volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined) {
      option('name', `the volume ${quote(name)} can be no block device`, 'mount it with volumeMounts, or use a PersistentVolumeClaim');
    }
    if (devicePath === '') out.refuse('RequiredField', at.child('devicePath'), 'no devicePath is given', 'give an absolute path');
    if (paths.has(devicePath)) option('devicePath', `there already is a device at ${quote(devicePath)}`, 'use another path');
    if (devicePath !== '' && noBacksteps(devicePath).length > 0) option('devicePath', "a device's path must not contain '..'", 'use another path');
    else paths.add(devicePath);
    if (mountNames.has(name)) option('name', `the volume ${quote(name)} is mounted already`, 'mount it or make it a device');
    if (mountPaths.has(devicePath)) option('devicePath', `there already is a mount at ${quote(devicePath)}`, 'use another path');
    if (name !== '') names.add(name);
  });
}
