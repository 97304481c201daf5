import { withArticle } from '../../errors/article';
import { closest } from '../../errors/suggest';
import type { FieldPath } from '../field-path';
import { MissingSecrets } from '../inspection-options';
import type { Cluster } from '../model/cluster';
import { findGenerator, GENERATORS, type GeneratorReference } from '../model/generators';
import type { Manifest } from '../model/manifest';
import { record, text } from '../model/untyped';
import { quote } from '../quote';

const STORES = 'external-secrets.io';

/** A Secret that somebody else must make before the operator can fill it. */
export function checkAdopted(name: string, path: FieldPath, manifest: Manifest, cluster: Cluster): void {
  const { findings: out, namespace } = manifest;
  if (name === '' || cluster.secrets.get(namespace, name)?.adopted !== true) return;
  const message = `no manifest makes the Secret ${quote(name)}, and the operator only fills one that there is`;
  const next = 'have the operator create it, add its manifest, or declare it as existing';
  if (cluster.missingSecrets === MissingSecrets.WARN) out.elsewhere('UnknownSecret', path, message, next, JSON.stringify([namespace, name]));
  else if (cluster.missingSecrets === MissingSecrets.ERROR) (cluster.options.repository === true ? out.fails : out.surprises).call(out, 'UnknownSecret', path, message, next);
}

/** Something that an object of a manifest names, and that the input does not make. */
interface Missing {
  readonly code: 'UnknownSecretStore' | 'UnknownGenerator' | 'UnknownProviderClass';
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly path: FieldPath;
  /** What happens without it. */
  readonly without: string;
  /** What is known of it all the same, as the end of a sentence. */
  readonly but?: string;
}

/**
 * A reference to a store (`storeRef`, `secretStoreRef`).
 *
 * @param isClusterWide whether whoever names it stands in no namespace of its own
 */
export function checkStore(value: unknown, path: FieldPath, manifest: Manifest, cluster: Cluster, isClusterWide = false): void {
  const reference = record(value);
  const name = text(reference.name);
  const kind = text(reference.kind) || 'SecretStore';
  if (name === '' || (kind !== 'SecretStore' && kind !== 'ClusterSecretStore')) return;
  // which namespaces a ClusterExternalSecret is for is only known in the cluster
  if (isClusterWide && kind === 'SecretStore') return;
  const { resources } = cluster;
  if (resources.find(STORES, kind, name, kind === 'SecretStore' ? manifest.namespace : undefined) !== undefined) return;
  const [elsewhere] = resources.named(STORES, kind, name);
  const other = kind === 'SecretStore' ? 'ClusterSecretStore' : 'SecretStore';
  const but = elsewhere !== undefined ? `there is one in the namespace ${quote(elsewhere.namespace)}, which only serves that`
    : resources.named(STORES, other, name).length > 0 ? `there is a ${other} of this name: write kind: ${other}` : undefined;
  reportMissing({ code: 'UnknownSecretStore', group: STORES, kind, name, path: path.child('name'), without: withoutIt(manifest), but }, manifest, cluster);
}

/** A reference to a generator. */
export function checkGenerator(reference: GeneratorReference, path: FieldPath, manifest: Manifest, cluster: Cluster): void {
  const { kind, name } = reference;
  if (name === '' || findGenerator(reference, manifest.namespace, cluster.resources) !== undefined) return;
  reportMissing({ code: 'UnknownGenerator', group: GENERATORS, kind, name, path: path.child('name'), without: withoutIt(manifest) }, manifest, cluster);
}

function withoutIt({ kind }: Manifest): string {
  return `until there is one, the operator ${kind.endsWith('PushSecret') ? 'pushes nothing' : 'makes no Secret'}`;
}

/**
 * What may exist in the cluster is a warning, once for all that name it. An app, which need not declare its stores, is only told where it
 * declares others of the kind, or where it is nearly there.
 */
export function reportMissing({ code, group, kind, name, path, without, but }: Missing, manifest: Manifest, cluster: Cluster): void {
  const { findings: out, namespace } = manifest;
  const names = cluster.resources.names(group, kind);
  const near = closest(name, names);
  const message = `no manifest makes ${withArticle(kind)} ${quote(name)}${kind.startsWith('Cluster') || namespace === '' ? '' : ` in the namespace ${quote(namespace)}`}: ${without}`;
  const next = but ?? (near === undefined || near === name ? 'correct the name, or see that the cluster has it' : `did you mean ${quote(near)}? Or see that the cluster has it`);
  switch (cluster.missingSecrets) {
    case MissingSecrets.WARN: return out.elsewhere(code, path, message, next, JSON.stringify([kind, name, kind.startsWith('Cluster') ? '' : namespace]));
    case MissingSecrets.ERROR: {
      if (cluster.options.repository === true) out.fails(code, path, message, next);
      else if (names.length > 0 || but !== undefined) out.surprises(code, path, message, next);
    }
  }
}
