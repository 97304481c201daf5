import type { AppManifests } from './app-manifests';
import { record } from '../inspect/model/untyped';
import type { ManifestSource } from '../inspect/read/manifest-source';

/**
 * What is written in the end, where it is not what was inspected: a later validation, or a chart with a `toJson` of its own, may have added
 * and changed objects. What is not written is still known, so that others may refer to it.
 *
 * @param inspected what was inspected
 * @param written the manifests that are written
 * @param isSure whether a manifest that was inspected is surely as it was then
 */
export function lastWord(inspected: AppManifests, written: readonly unknown[], isSure: (manifest: unknown) => boolean): AppManifests | undefined {
  const known = new Set(inspected.sources.map(({ manifest }) => manifest));
  const documents = written.filter(document => document !== undefined && document !== null);
  if (documents.every(document => known.has(document) && isSure(document))) return undefined;
  const paths = new Map(inspected.sources.map(({ manifest, constructPath }) => [manifest, constructPath]));
  const pathsByIdentity = new Map(inspected.sources.map(({ manifest, constructPath }) => [identityOf(manifest), constructPath]));
  const places = new Set(documents.map(identityOf));
  const sources: ManifestSource[] = [
    ...documents.map(manifest => ({ manifest, constructPath: paths.get(manifest) ?? pathsByIdentity.get(identityOf(manifest)) })),
    ...inspected.sources.filter(({ manifest }) => !places.has(identityOf(manifest))),
  ];
  return { ...inspected, sources };
}

function identityOf(manifest: unknown): string {
  const { apiVersion, kind, metadata } = record(manifest);
  const { namespace, name } = record(metadata);
  return JSON.stringify([apiVersion, kind, namespace, name].map(String));
}
