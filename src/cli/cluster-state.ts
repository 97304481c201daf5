import type { State } from './diff-state';
import { Kubectl } from './kubectl';
import { asApplied } from '../change/live-object';
import type { Manifest } from '../inspect/model/manifest';
import { readManifests } from '../inspect/model/read-manifests';
import { secretReferences } from '../inspect/model/secret-references';
import { secretsOf } from '../inspect/model/secrets-of-manifest';
import { record, text } from '../inspect/model/untyped';

/** What a cluster has of a state, and what it cannot have. */
export interface ClusterState extends State {
  /** What there is to say of it. */
  readonly remarks: readonly string[];
}

const HASHED = /-[2456789bcdfghkmt]{10}$/;

/**
 * What there is in the cluster of the objects of a state, as if it had been applied from manifests like those; nothing else is read.
 *
 * @param other the state
 * @param namespace the namespace of objects that name none
 * @param isAfter whether it is asked what the cluster has, and not what a change would do to it
 */
export function readCluster(other: State, namespace: string | undefined, isAfter: boolean, kubectl: Kubectl): ClusterState {
  const manifests = readManifests(other.sources, '').filter(({ name, kind, metadata }) => kind !== '' && name !== '' && metadata.name !== undefined);
  const served = new Map([...new Set(manifests.map(({ apiVersion }) => apiVersion))].map(apiVersion => [apiVersion, kubectl.kindsOf(apiVersion)]));
  const known = manifests.filter(({ apiVersion, kind }) => served.get(apiVersion)?.has(kind) === true);
  const unknown = new Set(manifests.filter(manifest => !known.includes(manifest)).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
  const live = kubectl.objects(known.map(manifest => identity(manifest, namespace)));
  const found = new Map(live.map(object => [keyOf(object.kind, record(object.metadata).namespace, record(object.metadata).name), object]));
  const anywhere = new Map(live.map(object => [keyOf(object.kind, undefined, record(object.metadata).name), object]));
  const objects = new Map<Manifest, Record<string, unknown>>();
  for (const manifest of known) {
    const { kind, name, metadata } = manifest;
    const at = metadata.namespace ?? namespace;
    // without a namespace it is that of the context, which only the cluster knows
    const object = found.get(keyOf(kind, at, name)) ?? (at === undefined ? anywhere : found).get(keyOf(kind, undefined, name));
    if (object !== undefined) objects.set(manifest, object);
  }
  const sources = [...objects].map(([{ raw, source }, object]) => {
    return { ...source, manifest: asApplied(object, raw, isAfter), locate: undefined, duplicateFields: [] };
  });
  const secrets = isAfter ? [] : [
    ...formerSecrets(manifests, [...objects.values()], namespace),
    ...otherwiseDelivered(manifests.filter(manifest => !objects.has(manifest)), namespace),
  ];
  const former = kubectl.objects(secrets).map(({ apiVersion, kind, metadata, type, immutable, data }) => {
    const { name, namespace: at } = record(metadata);
    return { manifest: { apiVersion, kind, metadata: { name, namespace: at }, type, ...immutable === undefined ? {} : { immutable }, data } };
  });
  return {
    title: 'the cluster',
    sources: [...sources, ...former],
    generated: [],
    notes: other.notes,
    unreadable: [],
    remarks: [...unknown].sort().map(kind => `the cluster does not serve ${kind}`),
  };
}

function identity({ apiVersion, kind, name, metadata }: Manifest, namespace: string | undefined): unknown {
  const at = metadata.namespace ?? namespace;
  return { apiVersion, kind, metadata: { name, ...at === undefined ? {} : { namespace: at } } };
}

function keyOf(kind: unknown, namespace: unknown, name: unknown): string {
  return JSON.stringify([kind, namespace ?? null, name]);
}

/** Secrets that other objects are to make, which the cluster does not have yet: it may have them all the same. */
function otherwiseDelivered(manifests: readonly Manifest[], namespace: string | undefined): unknown[] {
  return manifests.filter(({ kind }) => kind !== 'Secret').flatMap(manifest => secretsOf(manifest)).filter(({ name }) => name !== '').map(({ name, namespace: at }) => {
    const within = at === undefined || at === '' ? namespace : at;
    return { apiVersion: 'v1', kind: 'Secret', metadata: { name, ...within === undefined ? {} : { namespace: within } } };
  });
}

/** Secrets that workloads of the cluster use and that have a hash in their name: those of the manifests may be what becomes of them. */
function formerSecrets(manifests: readonly Manifest[], live: readonly unknown[], namespace: string | undefined): unknown[] {
  const baseOf = (name: string) => HASHED.test(name) ? name.replace(HASHED, '') : undefined;
  const secrets = manifests.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Secret');
  const names = new Set(secrets.map(({ name }) => name));
  const bases = new Set(secrets.map(({ name }) => baseOf(name)).filter(base => base !== undefined));
  if (bases.size === 0) return [];
  const former = new Map<string, unknown>();
  for (const { pods, namespace: at } of readManifests(live.map(manifest => ({ manifest })), namespace ?? '')) {
    for (const { secretName } of pods.flatMap(({ spec }) => secretReferences(spec))) {
      const base = baseOf(secretName);
      if (base === undefined || !bases.has(base) || names.has(secretName)) continue;
      former.set(`${at}/${secretName}`, { apiVersion: 'v1', kind: 'Secret', metadata: { name: secretName, ...text(at) === '' ? {} : { namespace: at } } });
    }
  }
  return [...former.values()];
}
