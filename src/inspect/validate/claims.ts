import { dns1123Label, dns1123Subdomain } from '../../kubernetes/names';
import { readQuantity } from '../../kubernetes/quantity';
import type { Decoded, ObjectMeta } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { named, oneOfOrAbsent, required } from './fields';
import { validateAnnotations, validateLabels } from './metadata';
import { validateSelector } from './selectors';
import { entryOf } from '../model/string-map';

type ClaimSpec = Decoded<'PersistentVolumeClaimSpec'>;
type DataSource = Decoded<'TypedObjectReference'>;

const ONE_POD = 'ReadWriteOncePod';
const ACCESS_MODES: ReadonlySet<string> = new Set(['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', ONE_POD]);
const VOLUME_MODES: ReadonlySet<string> = new Set(['Block', 'Filesystem']);

/** ValidatePersistentVolumeClaimTemplate: a claim that a pod brings along. */
export function validateClaimTemplate(template: Decoded<'PersistentVolumeClaimTemplate'>, path: FieldPath, out: FindingsOfObject): void {
  const metadata = path.child('metadata');
  const meta: ObjectMeta = template.metadata ?? {};
  validateAnnotations(meta.annotations, metadata.child('annotations'), out);
  validateLabels(meta.labels, metadata.child('labels'), out);
  for (const field of Object.keys(meta) as (keyof ObjectMeta)[]) {
    if (field === 'annotations' || field === 'labels' || (field !== 'deletionGracePeriodSeconds' && isZero(meta[field]))) continue;
    out.refuse('ForbiddenField', field === 'uid' ? metadata.childPrintedAs(field, 'uID') : metadata.child(field),
      'the claim of a pod only has labels and annotations', 'leave it out');
  }
  validateClaimSpec(template.spec ?? {}, path.child('spec'), out);
}

function isZero(value: unknown): boolean {
  return value === '' || value === 0;
}

/** ValidatePersistentVolumeClaimSpec. */
export function validateClaimSpec(spec: ClaimSpec, path: FieldPath, out: FindingsOfObject): void {
  const { accessModes = [], dataSource, dataSourceRef, storageClassName = '', volumeAttributesClassName = '' } = spec;
  const modes = path.child('accessModes');
  required(accessModes, modes, 'the claim has no access mode', 'give it one, for example ReadWriteOnce', out);
  for (const mode of accessModes) oneOfOrAbsent(mode, ACCESS_MODES, modes, out);
  if (accessModes.includes(ONE_POD) && accessModes.some(mode => mode !== ONE_POD && ACCESS_MODES.has(mode))) {
    out.refuse('ForbiddenField', modes, `${ONE_POD} cannot be together with other access modes`, 'leave one of them out');
  }
  validateStorage(entryOf(spec.resources?.requests, 'storage'), path.child('resources').unprinted('requests').key('storage'), out);
  if (spec.selector !== undefined) validateSelector(spec.selector, path.child('selector'), out);
  if (storageClassName !== '') named(storageClassName, dns1123Subdomain, 'name of a StorageClass', path.child('storageClassName'), out);
  oneOfOrAbsent(spec.volumeMode, VOLUME_MODES, path.child('volumeMode'), out);
  if (volumeAttributesClassName !== '') {
    named(volumeAttributesClassName, dns1123Subdomain, 'name of a VolumeAttributesClass', path.child('volumeAttributesClassName'), out,
      { since: VOLUME_ATTRIBUTES_SINCE });
  }
  if (dataSource !== undefined) validateDataSource(dataSource, path.child('dataSource'), out);
  if (dataSourceRef === undefined) return;
  validateDataSource(dataSourceRef, path.child('dataSourceRef'), out);
  const { namespace = '' } = dataSourceRef;
  if (namespace !== '') named(namespace, dns1123Label, 'namespace', path.child('dataSourceRef').child('namespace'), out);
  if (dataSource !== undefined && (namespace !== '' || !isSame(dataSource, dataSourceRef))) {
    out.refuse('AmbiguousSource', path, 'dataSource and dataSourceRef name two objects', 'leave dataSource out');
  }
}

/** The first version whose gate for VolumeAttributesClass is on. */
const VOLUME_ATTRIBUTES_SINCE = 34;

function isSame(one: DataSource, other: DataSource): boolean {
  return one.apiGroup === other.apiGroup && (one.kind ?? '') === (other.kind ?? '') && (one.name ?? '') === (other.name ?? '');
}

function validateStorage(storage: string | number | bigint | undefined, path: FieldPath, out: FindingsOfObject): void {
  if (storage === undefined) {
    out.refuse('RequiredField', path, 'the claim does not say how much storage it asks for', 'give it resources.requests.storage');
    return;
  }
  const amount = readQuantity(storage)?.nanos;
  if (amount !== undefined && amount <= 0n) out.refuse('OutOfRange', path, 'a claim cannot ask for no storage', 'give it an amount greater than 0');
}

/** validateDataSource and validateDataSourceRef. */
function validateDataSource(source: DataSource, path: FieldPath, out: FindingsOfObject): void {
  const { name, kind, apiGroup = '' } = source;
  required(name, path.child('name'), 'the source has no name', 'name it', out);
  required(kind, path.child('kind'), 'the source has no kind', 'name its kind', out);
  if (apiGroup !== '') {
    named(apiGroup, dns1123Subdomain, 'name of a group', path.child('apiGroup'), out, { since: API_GROUP_SINCE });
  } else if (kind !== 'PersistentVolumeClaim') {
    out.refuse('UnsupportedValue', path, 'a source of the core group must be a PersistentVolumeClaim', 'give it an apiGroup');
  }
}

/** The first version that looks at the group of a claim's source. */
const API_GROUP_SINCE = 29;
