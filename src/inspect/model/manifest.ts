import { dirname } from 'node:path';
import type { Segments } from '../../document/segments';
import type { ObjectMeta } from '../decode/decoded';
import type { ServerView } from '../decode/server-view';
import type { ObjectReference } from '../finding';
import { FindingsOfObject } from '../findings-of-object';
import type { PodTemplate } from './pod-template';
import type { SecretContents } from './secret-contents';
import type { ManifestSource } from '../read/manifest-source';

/** One object of the input, as it was read. */
export interface Manifest {
  readonly source: ManifestSource;
  /** The way from the source to the object: empty but for items of a `List`. */
  readonly segments: Segments;
  /** Which object of the input it is, counted from 0. */
  readonly document: number;
  readonly apiVersion: string;
  readonly kind: string;
  /** The name, or the start of the generated one; empty where it has neither. */
  readonly name: string;
  /** Its namespace, or that of the options; empty where neither is known. */
  readonly namespace: string;
  /** The object as it came. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** The object as the API server reads it; undefined for kinds that this library does not know. */
  readonly decoded: any;
  /** The object as single versions of the API server validate it, where that may differ. */
  readonly views?: readonly ServerView[];
  readonly metadata: ObjectMeta;
  /** What it holds, where it is a Secret. */
  readonly contents?: SecretContents;
  readonly pods: readonly PodTemplate[];
  /** Whether the API server could read it at all. */
  readonly readable: boolean;
  readonly findings: FindingsOfObject;
}

/** How findings name the object. */
export function referenceTo(manifest: Manifest): ObjectReference {
  const { apiVersion, kind, name, metadata } = manifest;
  return { apiVersion, kind, ...metadata.namespace ? { namespace: metadata.namespace } : {}, name };
}

/** What makes two manifests one object: group, kind, namespace and name. Versions of one group share their objects. */
export function identityOf(manifest: Manifest): string {
  const { apiVersion, kind, namespace, name } = manifest;
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}\0${kind}\0${namespace}\0${name}`;
}

/** Whether two objects are applied together: they share a unit, or neither has one. */
export function areAppliedTogether({ source: { units: some } }: Manifest, { source: { units: others } }: Manifest): boolean {
  if (some === undefined || others === undefined) return some === others;
  return some.some(unit => others.includes(unit));
}

/** Whether two objects stand together, so that one of them can be expected to speak of the other: they are applied together, or in one folder. */
export function areNeighbours(a: Manifest, b: Manifest): boolean {
  const { file: one } = a.source;
  const { file: other } = b.source;
  return one === undefined || other === undefined || areAppliedTogether(a, b) || dirname(one) === dirname(other);
}
