import { byteLength, dns1123Label } from '../../kubernetes/names';
import { localDescendingPath, noBacksteps } from '../../kubernetes/paths';
import { readQuantity } from '../../kubernetes/quantity';
import type { Decoded, Volume } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { keysOf } from '../model/string-map';
import { quote } from '../quote';
import { validateClaimTemplate } from './claims';
import { between, named, oneOfOrAbsent, required } from './fields';

/** The fields that may not be empty, of the volumes of storage systems. */
const REQUIRED = {
  hostPath: ['path'],
  gitRepo: ['repository'],
  gcePersistentDisk: ['pdName'],
  awsElasticBlockStore: ['volumeID'],
  nfs: ['server', 'path'],
  iscsi: ['targetPortal', 'iqn'],
  glusterfs: ['endpoints', 'path'],
  persistentVolumeClaim: ['claimName'],
  rbd: ['monitors', 'image'],
  cinder: ['volumeID'],
  cephfs: ['monitors'],
  quobyte: ['registry', 'volume'],
  flexVolume: ['driver'],
  azureFile: ['secretName', 'shareName'],
  vsphereVolume: ['volumePath'],
  photonPersistentDisk: ['pdID'],
  portworxVolume: ['volumeID'],
  azureDisk: ['diskName', 'diskURI'],
  storageos: ['volumeName'],
  scaleIO: ['gateway', 'system', 'volumeName'],
} as const satisfies { readonly [Source in keyof Volume]?: readonly (keyof NonNullable<Volume[Source]>)[] };

type StorageSource = keyof typeof REQUIRED;

const FURTHER: { readonly [Source in keyof Volume]?: (source: NonNullable<Volume[Source]>, path: FieldPath, out: FindingsOfObject) => void } = {
  hostPath: validateHostPath,
  gitRepo: validateGitRepo,
  gcePersistentDisk: ({ partition }, path, out) => between(partition, 0, MAX_PARTITION, path.child('partition'), out),
  awsElasticBlockStore: ({ partition }, path, out) => between(partition, 0, MAX_PARTITION, path.child('partition'), out),
  nfs: validateNfs,
  iscsi: validateIscsi,
  flocker: validateFlocker,
  cinder: ({ secretRef }, path, out) => validateSecretRef(secretRef, path, out),
  quobyte: validateQuobyte,
  fc: validateFibreChannel,
  flexVolume: validateFlexVolume,
  azureDisk: validateAzureDisk,
  storageos: validateStorageOs,
  ephemeral: ({ volumeClaimTemplate }, path, out) => {
    const template = path.child('volumeClaimTemplate');
    if (volumeClaimTemplate === undefined) out.refuse('RequiredField', template, 'there is no template of a claim', 'give it one');
    else validateClaimTemplate(volumeClaimTemplate, template, out);
  },
};

/** validateVolumeSource, for the sources that hold no values of Secrets and ConfigMaps. */
export function validateStorage(volume: Volume, source: string, path: FieldPath, out: FindingsOfObject): void {
  const field = source as StorageSource;
  const fields = volume[field] as Readonly<Record<string, string | readonly string[] | undefined>>;
  const at = field === 'gcePersistentDisk' ? path.childPrintedAs(field, 'persistentDisk') : path.child(field);
  for (const name of REQUIRED[field] ?? []) required(fields[name], at.child(name), `the volume has no ${name}`, 'give it one', out);
  (FURTHER[field] as ((source: unknown, path: FieldPath, out: FindingsOfObject) => void) | undefined)?.(fields, at, out);
}

const MAX_PARTITION = 255;
const MAX_LUN = 255;

/** What an emptyDir may hold at most, which the API server looks at whatever else the volume is. */
export function validateEmptyDir({ sizeLimit }: Decoded<'EmptyDirVolumeSource'>, path: FieldPath, out: FindingsOfObject): void {
  const limit = sizeLimit === undefined ? undefined : readQuantity(sizeLimit)?.nanos;
  if (limit !== undefined && limit < 0n) out.refuse('OutOfRange', path.child('sizeLimit'), 'the limit is negative', 'give it an amount from 0 on');
}

const HOST_PATH_TYPES: ReadonlySet<string> = new Set(
  ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket']);

function validateHostPath({ path: hostPath = '', type }: Decoded<'HostPathVolumeSource'>, path: FieldPath, out: FindingsOfObject): void {
  if (hostPath === '') return;
  const wrong = noBacksteps(hostPath);
  if (wrong.length > 0) out.refuse('InvalidPath', path.child('path'), `${quote(hostPath)} is refused: ${wrong.join(', ')}`, "leave '..' out");
  oneOfOrAbsent(type, HOST_PATH_TYPES, path.child('type'), out);
}

function validateGitRepo({ directory = '' }: Decoded<'GitRepoVolumeSource'>, path: FieldPath, out: FindingsOfObject): void {
  const wrong = localDescendingPath(directory);
  if (wrong.length > 0) {
    out.refuse('InvalidPath', path.child('directory'), `${quote(directory)} is refused: ${wrong.join(', ')}`, "give a relative path without '..'");
  }
}

function validateNfs({ path: exported = '' }: Decoded<'NFSVolumeSource'>, path: FieldPath, out: FindingsOfObject): void {
  if (exported !== '' && !exported.startsWith('/')) out.refuse('InvalidPath', path.child('path'), 'the path must be absolute', 'start it with /');
}

/** The forms of the names of iSCSI nodes, by how they begin. */
const ISCSI_NAMES: Readonly<Record<string, RegExp>> = {
  iqn: /^iqn\.\d{4}-\d{2}\.[A-Za-z0-9.-]+:[^,;*&$|\s]+$/,
  eui: /^eui.[A-Za-z0-9]{16}$/,
  naa: /^naa.[A-Za-z0-9]{32}$/,
};

function iscsiName(name: string): string[] {
  const form = ISCSI_NAMES[name.slice(0, 3)];
  if (form === undefined) return ['must start with iqn, eui or naa'];
  return form.test(name) && !name.endsWith('\n') ? [] : [`must be the ${name.slice(0, 3)} of an iSCSI node`];
}

function validateIscsi(source: Decoded<'ISCSIVolumeSource'>, path: FieldPath, out: FindingsOfObject): void {
  const { iqn = '', lun, chapAuthDiscovery, chapAuthSession, initiatorName, secretRef } = source;
  if (iqn !== '') named(iqn, iscsiName, 'name of an iSCSI target', path.child('iqn'), out);
  between(lun, 0, MAX_LUN, path.child('lun'), out);
  if ((chapAuthDiscovery === true || chapAuthSession === true) && secretRef === undefined) {
    out.refuse('RequiredField', path.child('secretRef'), 'CHAP needs a Secret, and none is named', 'name it');
  }
  if (initiatorName !== undefined) {
    named(initiatorName, iscsiName, 'name of an iSCSI initiator', path.childPrintedAs('initiatorName', 'initiatorname'), out);
  }
}

/** Longest `<name of the volume>:<portal>` where an initiator is named, in bytes. */
const MAX_ISCSI_NAME = 64;

/** An initiator has a device that is named after the volume and the portal. */
export function validateInitiator(volume: Volume, path: FieldPath, out: FindingsOfObject): void {
  const { initiatorName, targetPortal = '' } = volume.iscsi!;
  if (initiatorName === undefined || byteLength(`${volume.name ?? ''}:${targetPortal}`) <= MAX_ISCSI_NAME) return;
  out.refuse('InvalidVolumeName', path.child('name'), `the name of the volume and the targetPortal have more than ${MAX_ISCSI_NAME - 1} bytes together`,
    'shorten the name, or leave initiatorName out');
}

function validateFlocker({ datasetName = '', datasetUUID = '' }: Decoded<'FlockerVolumeSource'>, path: FieldPath, out: FindingsOfObject): void {
  if (datasetName === '' && datasetUUID === '') out.refuse('RequiredField', path, 'no dataset is named', 'give it a datasetName or a datasetUUID');
  if (datasetName !== '' && datasetUUID !== '') {
    out.refuse('AmbiguousSource', path, 'the volume has a datasetName and a datasetUUID', 'leave one of them out');
  }
  if (datasetName.includes('/')) out.refuse('InvalidName', path.child('datasetName'), 'the name of a dataset has no /', 'correct it');
}

const MAX_TENANT = 64;

function validateQuobyte({ registry = '', tenant = '' }: Decoded<'QuobyteVolumeSource'>, path: FieldPath, out: FindingsOfObject): void {
  if (registry === '') return;
  if (byteLength(tenant) > MAX_TENANT) {
    out.refuse('OutOfRange', path.child('tenant'), `the tenant has more than ${MAX_TENANT} bytes`, 'give its UUID');
  } else if (!registry.split(',').every(isHostAndPort)) {
    out.refuse('InvalidName', path.child('registry'), `${quote(registry)} is no list of host:port`, 'separate host:port pairs with commas');
  }
}

/** What Go's net.SplitHostPort takes. */
function isHostAndPort(text: string): boolean {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return false;
  const host = text.slice(0, colon);
  const port = text.slice(colon + 1);
  if (/[[\]]/.test(port)) return false;
  if (!host.startsWith('[')) return !/[:[\]]/.test(host);
  return host.endsWith(']') && !/[[\]]/.test(host.slice(1, -1));
}

function validateFibreChannel({ targetWWNs = [], wwids = [], lun }: Decoded<'FCVolumeSource'>, path: FieldPath, out: FindingsOfObject): void {
  const names = path.child('targetWWNs');
  if (targetWWNs.length === 0 && wwids.length === 0) out.refuse('RequiredField', names, 'no target is named', 'give targetWWNs or wwids');
  if (targetWWNs.length === 0) return;
  if (wwids.length > 0) out.refuse('AmbiguousSource', names, 'the volume has targetWWNs and wwids', 'leave one of them out');
  if (lun === undefined) out.refuse('RequiredField', path.child('lun'), 'targetWWNs need a lun', 'give it one');
  between(lun, 0, MAX_LUN, path.child('lun'), out);
}

function validateFlexVolume({ options }: Decoded<'FlexVolumeSource'>, path: FieldPath, out: FindingsOfObject): void {
  for (const key of keysOf(options)) {
    const namespace = `.${key.split('/', 1)[0].toLowerCase()}`;
    if (namespace.endsWith('.kubernetes.io') || namespace.endsWith('.k8s.io')) {
      out.refuse('InvalidKey', path.child('options').key(key), 'options of kubernetes.io and k8s.io are reserved', 'use another name');
    }
  }
}

const CACHING_MODES: ReadonlySet<string> = new Set(['None', 'ReadOnly', 'ReadWrite']);
const DISK_KINDS: ReadonlySet<string> = new Set(['Dedicated', 'Managed', 'Shared']);

function validateAzureDisk(source: Decoded<'AzureDiskVolumeSource'>, path: FieldPath, out: FindingsOfObject): void {
  const { cachingMode, kind = 'Shared', diskURI = '' } = source;
  oneOfOrAbsent(cachingMode, CACHING_MODES, path.child('cachingMode'), out);
  oneOfOrAbsent(kind, DISK_KINDS, path.child('kind'), out);
  const start = kind === 'Managed' ? '/subscriptions/' : 'https://';
  if (!diskURI.startsWith(start)) {
    out.refuse('UnsupportedValue', path.child('diskURI'), `the URI of a disk of the kind ${quote(kind)} does not start like this`, `start it with ${start}`);
  }
}

function validateStorageOs(source: Decoded<'StorageOSVolumeSource'>, path: FieldPath, out: FindingsOfObject): void {
  const { volumeName = '', volumeNamespace = '', secretRef } = source;
  if (volumeName !== '') named(volumeName, dns1123Label, 'name of a volume', path.child('volumeName'), out);
  if (volumeNamespace !== '') named(volumeNamespace, dns1123Label, 'namespace', path.child('volumeNamespace'), out);
  validateSecretRef(secretRef, path, out);
}

/** A reference to a Secret may be missing, but not empty. */
function validateSecretRef(secretRef: Decoded<'LocalObjectReference'> | undefined, path: FieldPath, out: FindingsOfObject): void {
  if (secretRef !== undefined) required(secretRef.name, path.child('secretRef').child('name'), 'no Secret is named', 'name the Secret', out);
}
