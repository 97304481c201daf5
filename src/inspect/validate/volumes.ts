import { byteLength, dns1123Label, dns1123Subdomain } from '../../kubernetes/names';
import { noBacksteps } from '../../kubernetes/paths';
import { coversEveryVersion, type VersionRange } from '../../kubernetes/versions';
import type { CSIVolumeSource, DownwardAPIVolumeSource, SecretVolumeSource, Volume } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { validateDownwardApiFile, validateItems, validateMode } from './files';
import { validateProjected } from './projected-volume';

/** The sources that a volume may have, in the order in which the API server looks at them: the second one is refused. */
export const VOLUME_SOURCES = [
  'emptyDir', 'hostPath', 'gitRepo', 'gcePersistentDisk', 'awsElasticBlockStore', 'secret', 'nfs', 'iscsi', 'glusterfs', 'flocker',
  'persistentVolumeClaim', 'rbd', 'cinder', 'cephfs', 'quobyte', 'downwardAPI', 'fc', 'flexVolume', 'configMap', 'azureFile',
  'vsphereVolume', 'photonPersistentDisk', 'portworxVolume', 'azureDisk', 'storageos', 'projected', 'scaleIO', 'csi', 'ephemeral', 'image',
] as const;

/** The first version that takes volumes of images; those before drop them. */
const IMAGES_SINCE = 35;
const IMAGE_POLICIES: readonly string[] = ['Always', 'IfNotPresent', 'Never'];

const ORDER: ReadonlyMap<string, number> = new Map(VOLUME_SOURCES.map((source, index) => [source, index]));

/** The sources that a volume has. */
export function sourcesOf(volume: Volume): string[] {
  const sources: string[] = [];
  for (const field in volume) if (ORDER.has(field) && (volume as Record<string, unknown>)[field] !== undefined) sources.push(field);
  return sources.length < 2 ? sources : sources.sort((a, b) => ORDER.get(a)! - ORDER.get(b)!);
}

/**
 * The volumes that mounts can refer to: the API server forgets a volume that it finds wrong, and then also refuses every
 * mount of it.
 */
export class KnownVolumes {
  readonly #byName = new Map<string, Volume>();
  readonly #claims = new Set<string>();
  #forgotten?: Map<string, VersionRange>;

  /** A volume that every version knows. */
  public add(name: string, volume: Volume): void {
    this.#byName.set(name, volume);
  }

  /** A volume that some versions forget. */
  public addExcept(name: string, volume: Volume, forgottenIn: VersionRange): void {
    this.add(name, volume);
    (this.#forgotten ??= new Map()).set(name, forgottenIn);
  }

  /** A volume that a StatefulSet makes of a claim template: it takes the place of one of that name in the template of its pods. */
  public addClaim(name: string): void {
    this.add(name, { persistentVolumeClaim: {} });
    this.#claims.add(name);
  }

  public has(name: string): boolean {
    return this.#byName.has(name) && !this.#claims.has(name);
  }

  public get(name: string): Volume | undefined {
    return this.#byName.get(name);
  }

  /** The versions that forget a volume of this name, or undefined where none does. */
  public forgottenIn(name: string): VersionRange | undefined {
    return this.#byName.has(name) ? this.#forgotten?.get(name) : {};
  }
}

/** ValidateVolumes. */
export function validateVolumes(volumes: readonly Volume[], path: FieldPath, out: FindingsOfObject, known = new KnownVolumes()): KnownVolumes {
  volumes.forEach((volume, index) => {
    const found = new FindingsOfObject();
    const place = path.index(index);
    validateVolume(volume, place, found);
    const { name = '' } = volume;
    const at = place.child('name');
    if (name === '') {
      found.refuse('RequiredField', at, 'the volume has no name', 'give it a name');
    } else {
      const wrong = dns1123Label(name);
      if (wrong.length > 0) {
        found.refuse('InvalidVolumeName', at, `${quote(name)} can be no name of a volume: ${wrong.join(', ')}`,
          "use lower-case letters, digits and '-', at most 63 characters");
      }
    }
    if (known.has(name)) found.refuse('DuplicateVolume', at, `there already is a volume ${quote(name)}`, 'give it another name');
    if (found.drafts.length === 0) {
      known.add(name, volume);
      return;
    }
    out.addAll(found);
    if (found.drafts.every(draft => !coversEveryVersion(draft.range))) known.addExcept(name, volume, found.drafts[0].range);
  });
  return known;
}

function validateVolume(volume: Volume, path: FieldPath, out: FindingsOfObject): void {
  const [first, ...more] = sourcesOf(volume);
  for (const source of more) {
    out.refuse('AmbiguousSource', path.child(source), `a volume has one source, and this one already has ${first}`, 'make it a volume of its own');
  }
  switch (first) {
    case 'secret': return validateSecretVolume(volume.secret!, path.child('secret'), out);
    case 'configMap': {
      const { name = '', items = [], defaultMode } = volume.configMap!;
      if (name === '') out.refuse('RequiredField', path.child('configMap').child('name'), 'no ConfigMap is named', 'name the ConfigMap');
      validateMode(defaultMode, path.child('configMap').child('defaultMode'), out);
      return validateItems(items, path.child('configMap').child('items'), out);
    }
    case 'downwardAPI': return validateDownwardApi(volume.downwardAPI!, path.child('downwardAPI'), out);
    case 'projected': return validateProjected(volume.projected!, path.child('projected'), out);
    case 'image': {
      const { pullPolicy } = volume.image!;
      if (pullPolicy !== undefined && pullPolicy !== '' && !IMAGE_POLICIES.includes(pullPolicy)) {
        out.refuse('UnsupportedValue', path.child('image').child('pullPolicy'), `${quote(pullPolicy)} is no value of this field`,
          `use one of ${IMAGE_POLICIES.join(', ')}`, { since: IMAGES_SINCE });
      }
      return;
    }
    case 'csi': return validateCsi(volume.csi!, path.child('csi'), out);
    case 'hostPath': return validateHostPath(volume.hostPath!.path ?? '', path.child('hostPath').child('path'), out);
    case 'nfs': {
      const { server = '', path: exported = '' } = volume.nfs!;
      if (server === '') out.refuse('RequiredField', path.child('nfs').child('server'), 'no server is named', 'name the server');
      if (exported === '') out.refuse('RequiredField', path.child('nfs').child('path'), 'no path is given', 'give the exported path');
      else if (!exported.startsWith('/')) out.refuse('InvalidPath', path.child('nfs').child('path'), 'the path must be absolute', 'start it with /');
      return;
    }
    case 'persistentVolumeClaim': {
      if ((volume.persistentVolumeClaim!.claimName ?? '') === '') {
        out.refuse('RequiredField', path.child('persistentVolumeClaim').child('claimName'), 'no claim is named', 'name the PersistentVolumeClaim');
      }
      return;
    }
    case 'ephemeral': {
      if (volume.ephemeral!.volumeClaimTemplate === undefined) {
        out.refuse('RequiredField', path.child('ephemeral').child('volumeClaimTemplate'), 'there is no template of a claim', 'give it one');
      }
    }
  }
}

function validateHostPath(hostPath: string, path: FieldPath, out: FindingsOfObject): void {
  if (hostPath === '') out.refuse('RequiredField', path, 'no path is given', 'give the path on the node');
  const wrong = noBacksteps(hostPath);
  if (wrong.length > 0) out.refuse('InvalidPath', path, `${quote(hostPath)} is refused: ${wrong.join(', ')}`, "leave '..' out");
}

function validateSecretVolume(secret: SecretVolumeSource, path: FieldPath, out: FindingsOfObject): void {
  if ((secret.secretName ?? '') === '') {
    out.refuse('RequiredField', path.child('secretName'), 'no Secret is named', 'name it in secretName (in projected volumes the field is name)');
  }
  validateMode(secret.defaultMode, path.child('defaultMode'), out);
  validateItems(secret.items ?? [], path.child('items'), out);
}

function validateDownwardApi(source: DownwardAPIVolumeSource, path: FieldPath, out: FindingsOfObject): void {
  validateMode(source.defaultMode, path.child('defaultMode'), out);
  (source.items ?? []).forEach((file, index) => validateDownwardApiFile(file, path.child('items').index(index), out));
}

const MAX_DRIVER_NAME = 63;

function validateCsi(csi: CSIVolumeSource, path: FieldPath, out: FindingsOfObject): void {
  const { driver = '', nodePublishSecretRef } = csi;
  if (driver === '') {
    out.refuse('RequiredField', path.child('driver'), 'no driver is named', 'name the driver, for example secrets-store.csi.k8s.io');
  } else {
    const wrong = byteLength(driver) > MAX_DRIVER_NAME ? [`must be no more than ${MAX_DRIVER_NAME} bytes`] : [];
    wrong.push(...dns1123Subdomain(driver.toLowerCase()));
    if (wrong.length > 0) {
      out.refuse('InvalidName', path.child('driver'), `${quote(driver)} can be no name of a CSI driver: ${wrong.join(', ')}`, 'name the driver');
    }
  }
  if (nodePublishSecretRef === undefined) return;
  const { name = '' } = nodePublishSecretRef;
  const at = path.child('nodePublishSecretRef').child('name');
  if (name === '') {
    out.refuse('RequiredField', at, 'no Secret is named', 'name the Secret');
    return;
  }
  const wrong = dns1123Subdomain(name);
  if (wrong.length > 0) out.refuse('InvalidName', at, `${quote(name)} can be no name of a Secret: ${wrong.join(', ')}`, 'name the Secret');
}
