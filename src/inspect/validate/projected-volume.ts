import type { ProjectedVolumeSource, ServiceAccountTokenProjection, VolumeProjection } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { validateDownwardApiFile, validateItemPath, validateItems, validateMode } from './files';

const SOURCES = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken', 'clusterTrustBundle'] as const;

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
  const taken = new Set<string>();
  const take = (file: string, at: FieldPath) => {
    if (file === '') return;
    if (taken.has(file)) {
      out.refuse('DuplicateFile', at, `another item of this volume already is the file ${quote(file)}`, 'give it another path');
    }
    taken.add(file);
  };
  (projected.sources ?? []).forEach((source, index) => validateSource(source, path.child('sources').index(index), take, out));
  validateMode(projected.defaultMode, path.child('defaultMode'), out);
}

function validateSource(source: VolumeProjection, path: FieldPath, take: (file: string, at: FieldPath) => void, out: FindingsOfObject): void {
  for (const kind of ['secret', 'configMap'] as const) {
    const projection = source[kind];
    if (projection === undefined) continue;
    const noun = kind === 'secret' ? 'Secret' : 'ConfigMap';
    if ((projection.name ?? '') === '') {
      out.refuse('RequiredField', path.child(kind).child('name'), `no ${noun} is named`, 'name it in name (in plain Secret volumes the field is secretName)');
    }
    const items = path.child(kind).child('items');
    validateItems(projection.items ?? [], items, out);
    projection.items?.forEach((item, index) => take(item.path ?? '', items.index(index).child('path')));
  }
  source.downwardAPI?.items?.forEach((file, index) => {
    const at = path.child('downwardAPI').child('items').index(index);
    validateDownwardApiFile(file, at, out);
    take(file.path ?? '', at.child('path'));
  });
  if (source.serviceAccountToken !== undefined) validateToken(source.serviceAccountToken, path.child('serviceAccountToken'), out);
  const bundle = source.clusterTrustBundle;
  if (bundle !== undefined) take(bundle.path ?? '', path.child('clusterTrustBundle').child('path'));
  const present = projectionSources(source);
  if (present.length > 1) {
    out.refuse('AmbiguousSource', path, `an entry has one source, and this one has ${present.join(', ')}`, 'write an entry for each');
  }
}

function validateToken(token: ServiceAccountTokenProjection, path: FieldPath, out: FindingsOfObject): void {
  const { expirationSeconds } = token;
  if (expirationSeconds !== undefined && (expirationSeconds < MIN_TOKEN_SECONDS || expirationSeconds > MAX_TOKEN_SECONDS)) {
    out.refuse('OutOfRange', path.child('expirationSeconds'), `a token cannot live for ${expirationSeconds} seconds`,
      `give a number from ${MIN_TOKEN_SECONDS} to ${MAX_TOKEN_SECONDS}`);
  }
  validateItemPath(token.path ?? '', path.child('path'), out, { since: TOKEN_PATH_SINCE });
}
