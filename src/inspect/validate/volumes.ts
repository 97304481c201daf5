import { byteLength, dns1123Label, dns1123Subdomain } from '../../kubernetes/names';
import { coversEveryVersion, intersection, rangeWithout, type VersionRange } from '../../kubernetes/versions';
import type { CSIVolumeSource, Decoded, DownwardAPIVolumeSource, ObjectMeta, SecretVolumeSource, Volume } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { oneOf } from './fields';
import { validateDownwardApiFile, validateItems, validateMode } from './files';
import { validateProjected } from './projected-volume';
import { validateEmptyDir, validateInitiator, validateStorage } from './volume-sources';
import type { Codes } from '../../errors/codes';

/** The codes of these rules. */
export const VOLUME_CODES = {
  AmbiguousSource: {
    cause: 'A volume, a variable or an entry names more than one source.',
    example: 'volumes: [{ name: v, secret: { secretName: db }, emptyDir: {} }]',
    fix: 'Leave all but one out.',
  },
  InvalidVolumeName: {
    cause: 'The name of a volume is no DNS label: lower case, no dots, at most 63 bytes. Names of Secrets may be longer and have dots, so one cannot always be made of the other.',
    example: 'volumes: [{ name: secret-my.secret, secret: … }]',
    fix: "Use lower-case letters, digits and '-'.",
  },
} as const satisfies Codes;

/** The sources that a volume may have, in the order in which the API server looks at them: the second one is refused. */
export const VOLUME_SOURCES = [
  'emptyDir', 'hostPath', 'gitRepo', 'gcePersistentDisk', 'awsElasticBlockStore', 'secret', 'nfs', 'iscsi', 'glusterfs', 'flocker',
  'persistentVolumeClaim', 'rbd', 'cinder', 'cephfs', 'quobyte', 'downwardAPI', 'fc', 'flexVolume', 'configMap', 'azureFile',
  'vsphereVolume', 'photonPersistentDisk', 'portworxVolume', 'azureDisk', 'storageos', 'projected', 'scaleIO', 'csi', 'ephemeral', 'image',
] as const;

/** The first version that takes volumes of images; those before drop them. */
const IMAGES_SINCE = 35;
/** The first version that asks for the image of a volume in a template too. */
const TEMPLATE_IMAGES_SINCE = 37;
const IMAGE_POLICIES: ReadonlySet<string> = new Set(['Always', 'IfNotPresent', 'Never']);

const ORDER: ReadonlyMap<string, number> = new Map(VOLUME_SOURCES.map((source, index) => [source, index]));

/** The sources that a volume has. */
export function sourcesOf(volume: Volume): string[] {
  const sources: string[] = [];
  for (const field in volume) if (ORDER.has(field) && (volume as Record<string, unknown>)[field] !== undefined) sources.push(field);
  return sources.length < 2 ? sources : sources.sort((a, b) => ORDER.get(a)! - ORDER.get(b)!);
}

/** A range that no version lies in. */
const NOWHERE: VersionRange = { until: 0 };

/**
 * The volumes that mounts can refer to: the API server forgets a volume that it finds wrong, and then also refuses every
 * mount of it.
 */
export class KnownVolumes {
  readonly #byName = new Map<string, Volume>();
  #forgotten?: Map<string, VersionRange>;

  /** A volume that every version knows. */
  public add(name: string, volume: Volume): void {
    this.#byName.set(name, volume);
  }

  /** A volume that some versions forget, if they do not know one of its name already. */
  public addExcept(name: string, volume: Volume, forgottenIn: VersionRange): void {
    const before = this.forgottenIn(name);
    const forgotten = before === undefined ? undefined : intersection(before, forgottenIn);
    this.#forgotten ??= new Map();
    if (forgotten === undefined) this.#forgotten.delete(name);
    else this.#forgotten.set(name, forgotten);
    if (!this.#byName.has(name)) this.add(name, volume);
  }

  /** The versions that know a volume of this name, or undefined where none does. */
  public knownIn(name: string): VersionRange | undefined {
    return this.#byName.has(name) ? rangeWithout({}, this.#forgotten?.get(name) ?? NOWHERE) : undefined;
  }

  public get(name: string): Volume | undefined {
    return this.#byName.get(name);
  }

  /** The versions that forget a volume of this name, or undefined where none does. */
  public forgottenIn(name: string): VersionRange | undefined {
    return this.#byName.has(name) ? this.#forgotten?.get(name) : {};
  }
}

/** What is known of the pod that has the volumes. */
export interface VolumeRules {
  /** The metadata of the pod, where it is one and no template. */
  readonly pod?: ObjectMeta;
  /** The names of a StatefulSet's claim templates, each once. They are volumes too, come first, and take the place of others of that name. */
  readonly claims?: readonly string[];
}

/** ValidateVolumes. */
export function validateVolumes(volumes: readonly Volume[], path: FieldPath, out: FindingsOfObject, rules: VolumeRules): KnownVolumes {
  const { claims = [], pod } = rules;
  const known = new KnownVolumes();
  const made = claimsOf(volumes, pod);
  claims.forEach((name, index) => addVolume({ name, persistentVolumeClaim: { claimName: name } }, path.index(index), known, out, rules));
  let place = claims.length;
  volumes.forEach((volume, index) => {
    if (claims.length > 0 && claims.includes(volume.name ?? '')) return;
    const at = claims.length === 0 ? path.index(index) : path.indexPrintedAs(index, place++);
    addVolume(volume, at, known, out, rules);
    const { claimName = '' } = volume.persistentVolumeClaim ?? {};
    if (made !== undefined && claimName !== '' && made.has(claimName)) {
      out.refuse('AmbiguousSource', at.child('persistentVolumeClaim').child('claimName'),
        `the claim ${quote(claimName)} is that of an ephemeral volume of this pod`, 'name another claim, or mount the ephemeral volume');
    }
  });
  return known;
}

/** The names of the claims that ephemeral volumes of a pod make, where both are there and the pod has a name. */
function claimsOf(volumes: readonly Volume[], pod: ObjectMeta | undefined): Set<string> | undefined {
  if ((pod?.name ?? '') === '' || !volumes.some(({ ephemeral }) => ephemeral !== undefined)) return undefined;
  return new Set(volumes.flatMap(({ name = '', ephemeral }) => ephemeral === undefined ? [] : [`${pod!.name}-${name}`]));
}

function addVolume(volume: Volume, place: FieldPath, known: KnownVolumes, out: FindingsOfObject, rules: VolumeRules): void {
  const found = new FindingsOfObject();
  validateVolume(volume, place, found, rules);
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
  const taken = known.knownIn(name);
  if (taken !== undefined) found.refuse('DuplicateVolume', at, `there already is a volume ${quote(name)}`, 'give it another name', taken);
  if (found.drafts.length === 0) {
    known.add(name, volume);
    return;
  }
  out.addAll(found);
  const ranges = found.drafts.map(({ range }) => range);
  if (!ranges.some(coversEveryVersion)) known.addExcept(name, volume, hull(ranges));
}

/** The versions from the first to the last that lie in one of the ranges. */
function hull(ranges: readonly VersionRange[]): VersionRange {
  return { since: Math.min(...ranges.map(({ since = 0 }) => since)), until: Math.max(...ranges.map(({ until = Infinity }) => until)) };
}

/** How the API server names a source where it is one too many, if not by the name that it has. */
const MISPRINTS: Readonly<Record<string, string>> = { cephfs: 'cephFS', downwardAPI: 'downwarAPI' };

function validateVolume(volume: Volume, path: FieldPath, out: FindingsOfObject, rules: VolumeRules): void {
  const [first, ...more] = sourcesOf(volume);
  for (const source of more) {
    out.refuse('AmbiguousSource', path.childPrintedAs(source, MISPRINTS[source] ?? source),
      `a volume has one source, and this one already has ${first}`, 'make it a volume of its own');
  }
  if (volume.emptyDir !== undefined) validateEmptyDir(volume.emptyDir, path.child('emptyDir'), out);
  if (volume.iscsi !== undefined) validateInitiator(volume, path, out);
  switch (first) {
    case undefined:
    case 'emptyDir': return;
    case 'secret': return validateSecretVolume(volume.secret!, path.child('secret'), out);
    case 'configMap': {
      const { name = '', items = [], defaultMode } = volume.configMap!;
      if (name === '') out.refuse('RequiredField', path.child('configMap').child('name'), 'no ConfigMap is named', 'name the ConfigMap');
      validateMode(defaultMode, path.child('configMap').child('defaultMode'), out);
      return validateItems(items, path.child('configMap').child('items'), out);
    }
    case 'downwardAPI': return validateDownwardApi(volume.downwardAPI!, path.child('downwardAPI'), out);
    case 'projected': return validateProjected(volume.projected!, path.child('projected'), out);
    case 'image': return validateImage(volume.image!, rules.pod !== undefined, path.child('image'), out);
    case 'csi': return validateCsi(volume.csi!, path.child('csi'), out);
    case 'ephemeral': validateClaimName(volume.name ?? '', rules.pod?.name ?? '', path.child('name'), out);
  }
  validateStorage(volume, first, path, out);
}

/** The claim of an ephemeral volume is named after the pod and the volume. */
function validateClaimName(volume: string, pod: string, path: FieldPath, out: FindingsOfObject): void {
  if (volume === '' || pod === '') return;
  const claim = `${pod}-${volume}`;
  const wrong = dns1123Subdomain(claim);
  if (wrong.length > 0) {
    out.refuse('InvalidVolumeName', path, `the claim of the volume would be named ${quote(claim)}: ${wrong.join(', ')}`, 'shorten or correct the name');
  }
}

function validateImage({ reference = '', pullPolicy }: Decoded<'ImageVolumeSource'>, isPod: boolean, path: FieldPath, out: FindingsOfObject): void {
  oneOf(pullPolicy, IMAGE_POLICIES, path.child('pullPolicy'), out, { since: IMAGES_SINCE });
  if (reference === '') {
    out.refuse('RequiredField', path.child('reference'), 'no image is named', 'name the image', { since: isPod ? IMAGES_SINCE : TEMPLATE_IMAGES_SINCE });
  }
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
  (source.items ?? []).forEach((file, index) => validateDownwardApiFile(file, path.unprinted('items').unprinted(index), out));
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
