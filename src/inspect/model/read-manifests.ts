import { MAX_OBJECTS } from '../../document/parsed-document';
import type { Segments } from '../../document/segments';
import { unreadableManifest } from '../../document/unreadable';
import type { SecretsError } from '../../errors/secrets-error';
import { decodeStruct, UnknownFields } from '../decode/decode';
import type { ObjectMeta } from '../decode/decoded';
import { jsonType } from '../decode/scalars';
import { structOf } from '../decode/schema';
import { mayDiffer, serverViews } from '../decode/server-view';
import { FieldPath } from '../field-path';
import { findPodTemplates, podTemplatesOf } from './find-pod-templates';
import { FindingsOfObject } from '../findings-of-object';
import type { Manifest } from './manifest';
import { SecretContents } from './secret-contents';
import { asDecrypted, isEncrypted } from './sops';
import { isRecord, text } from './untyped';
import type { ManifestSource } from '../read/manifest-source';

const ROOT = FieldPath.ROOT;
const METADATA = ROOT.child('metadata');

/** Reads every object of the sources; `List`s are taken apart, and empty documents skipped. */
export function readManifests(sources: readonly ManifestSource[], namespace: string): Manifest[] {
  const manifests: Manifest[] = [];
  for (const source of sources) {
    const first = manifests.length;
    for (const { object, segments } of flatten(source.manifest)) {
      if (manifests.length === MAX_OBJECTS) throw tooManyObjects();
      manifests.push(readManifest(object, source, segments, manifests.length, namespace));
    }
    if (source.behindJson && first < manifests.length) manifests[first].findings.takenForJson();
    if (source.furtherDuplicates && first < manifests.length) manifests[first].findings.furtherDuplicates(source.furtherDuplicates);
  }
  return manifests;
}

interface Item {
  readonly object: unknown;
  readonly segments: Segments;
}

/** The objects in a document, in their order: itself, or the items of a list, of lists of lists as well. */
function flatten(manifest: unknown): Item[] {
  const objects: Item[] = [];
  const open: Item[] = [{ object: manifest, segments: [] }];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { object, segments } = item;
    if (object === undefined || object === null) continue;
    const items = itemsOfList(object);
    if (items === undefined) {
      objects.push(item);
      continue;
    }
    if (objects.length + open.length + items.length > MAX_OBJECTS) throw tooManyObjects();
    for (let index = items.length - 1; index >= 0; index--) open.push({ object: items[index], segments: [...segments, 'items', index] });
  }
  return objects;
}

function tooManyObjects(): SecretsError {
  return unreadableManifest(`there are more than ${MAX_OBJECTS} objects`, 'inspect them in parts');
}

function itemsOfList(object: unknown): unknown[] | undefined {
  if (!isRecord(object) || typeof object.kind !== 'string' || !object.kind.endsWith('List') || !Array.isArray(object.items)) return undefined;
  // The items of a SecretList need not say that they are Secrets.
  const kind = object.kind.slice(0, -'List'.length);
  const named = (item: unknown) => kind === '' || !isRecord(item) ? item : { apiVersion: object.apiVersion, kind, ...item };
  return object.items.length > MAX_OBJECTS ? object.items : object.items.map(named);
}

function readManifest(object: unknown, source: ManifestSource, segments: Segments, document: number, defaultNamespace: string): Manifest {
  const findings = new FindingsOfObject();
  const given = isRecord(object) ? object : {};
  const encrypted = isEncrypted(given);
  const raw = encrypted ? asDecrypted(given) : given;
  const apiVersion = text(raw.apiVersion);
  const kind = text(raw.kind);
  // what SOPS has encrypted cannot be read as a Secret; its keys can
  const struct = encrypted && kind === 'Secret' ? undefined : structOf(apiVersion, kind);
  if (!isRecord(object)) {
    findings.cannotRead(`the document is no object, but a JSON value of type ${jsonType(object)}`);
  } else if (apiVersion === '' || kind === '') {
    findings.cannotRead(`the document has no ${apiVersion === '' ? 'apiVersion' : 'kind'}`);
  }
  source.duplicateFields?.forEach(path => {
    if (startsWith(path, segments)) findings.duplicateField(path.slice(segments.length));
  });
  const decoded = struct === undefined ? undefined : decodeStruct(raw, struct, ROOT, findings, UnknownFields.REFUSED);
  const metadata: ObjectMeta = decoded === undefined
    ? decodeStruct(raw.metadata, 'ObjectMeta', METADATA, findings, UnknownFields.IGNORED)
    : decoded.metadata ?? {};
  return {
    source,
    segments,
    document,
    apiVersion,
    kind,
    name: metadata.name || metadata.generateName || '',
    namespace: metadata.namespace || defaultNamespace,
    raw,
    decoded,
    views: struct !== undefined && mayDiffer(raw, decoded, struct) ? serverViews(decoded, struct, findings.drafts) : undefined,
    metadata,
    contents: struct === 'Secret' ? new SecretContents(decoded) : undefined,
    pods: decoded === undefined ? findPodTemplates(raw, findings) : podTemplatesOf(kind, decoded),
    readable: !findings.unreadable,
    findings,
  };
}

function startsWith(path: Segments, prefix: Segments): boolean {
  return prefix.every((segment, index) => path[index] === segment);
}
