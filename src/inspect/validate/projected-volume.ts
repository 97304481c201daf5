import { coversEveryVersion, intersection, type VersionRange } from '../../kubernetes/versions';
import type { ProjectedVolumeSource, ServiceAccountTokenProjection, VolumeProjection } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { CERTIFICATES, validatePodCertificate, validateTrustBundle } from './certificates';
import { between } from './fields';
import { validateDownwardApiFile, validateItemPath, validateItems, validateMode } from './files';

const SOURCES = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken', 'clusterTrustBundle', 'podCertificate'] as const;

/** The sources that the API server drops in versions before `CERTIFICATES`. */
const GATED: ReadonlySet<string> = new Set(['clusterTrustBundle', 'podCertificate']);

/** The first version that checks the path of a token. */
const TOKEN_PATH_SINCE = 30;
const MIN_TOKEN_SECONDS = 600;
const MAX_TOKEN_SECONDS = 2 ** 32;

/** The sources that one entry of a projected volume has. */
export function projectionSources(source: VolumeProjection): string[] {
  return SOURCES.filter(name => source[name] !== undefined);
}

/** ValidateProjectedVolumeSource. */
export function validateProjected(projected: ProjectedVolumeSource, path: FieldPath, out: FindingsOfObject): void {
  const taken = new Map<string, VersionRange>();
  const take: Take = (file, at, range = {}) => {
    const other = taken.get(file);
    if (other === undefined) {
      taken.set(file, range);
      return;
    }
    const both = intersection(other, range) ?? {};
    out.refuse('DuplicateFile', at, `another item of this volume already is the file ${quote(file)}`, 'give it another path', both);
    if (coversEveryVersion(range)) taken.set(file, range);
  };
  (projected.sources ?? []).forEach((source, index) => validateSource(source, path, index, take, out));
  validateMode(projected.defaultMode, path.child('defaultMode'), out);
}

/** Takes the path of a file in the volume, which must be free. */
type Take = (file: string, at: FieldPath, range?: VersionRange) => void;

function validateSource(source: VolumeProjection, volume: FieldPath, position: number, take: Take, out: FindingsOfObject): void {
  const path = volume.child('sources').index(position);
  const takeNamed = (file = '', at: FieldPath) => {
    if (file !== '') take(file, at);
  };
  for (const kind of ['secret', 'configMap'] as const) {
    const projection = source[kind];
    if (projection === undefined) continue;
    const noun = kind === 'secret' ? 'Secret' : 'ConfigMap';
    if ((projection.name ?? '') === '') {
      out.refuse('RequiredField', path.child(kind).child('name'), `no ${noun} is named`, 'name it in name (in plain Secret volumes the field is secretName)');
    }
    const items = path.child(kind).child('items');
    validateItems(projection.items ?? [], items, out);
    projection.items?.forEach((item, index) => takeNamed(item.path, items.index(index).child('path')));
  }
  source.downwardAPI?.items?.forEach((file, index) => {
    const at = path.child('downwardAPI').unprinted('items').unprinted(index);
    validateDownwardApiFile(file, at, out);
    takeNamed(file.path, at.child('path'));
  });
  if (source.serviceAccountToken !== undefined) {
    const printed = volume.unprinted('sources').unprinted(position).unprinted('serviceAccountToken').child('path');
    validateToken(source.serviceAccountToken, path.child('serviceAccountToken'), printed, out);
  }
  if (source.clusterTrustBundle !== undefined) validateTrustBundle(source.clusterTrustBundle, path.child('clusterTrustBundle'), take, out);
  if (source.podCertificate !== undefined) validatePodCertificate(source.podCertificate, path.child('podCertificate'), take, out);
  const always = projectionSources(source).filter(name => !GATED.has(name));
  const all = projectionSources(source);
  if (always.length > 1) {
    out.refuse('AmbiguousSource', path, `an entry has one source, and this one has ${all.join(', ')}`, 'write an entry for each');
  } else if (all.length > 1) {
    out.refuse('AmbiguousSource', path, `an entry has one source, and this one has ${all.join(', ')}`, 'write an entry for each', CERTIFICATES);
  }
}

function validateToken(token: ServiceAccountTokenProjection, path: FieldPath, printed: FieldPath, out: FindingsOfObject): void {
  between(token.expirationSeconds, MIN_TOKEN_SECONDS, MAX_TOKEN_SECONDS, path.child('expirationSeconds'), out);
  if ((token.path ?? '') === '') out.refuse('RequiredField', path.child('path'), 'no path is given', 'give the path of the file in the volume');
  else validateItemPath(token.path!, printed, out, { since: TOKEN_PATH_SINCE });
}
