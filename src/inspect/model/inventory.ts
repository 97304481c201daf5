import { isIssued } from './issued';
import type { Manifest } from './manifest';
import { concernsSecrets, namesIn, type RoleRule } from './rbac/role-rule';
import { Roles, type Subject } from './rbac/roles';
import { readManifests } from './read-manifests';
import { secretReferences, SecretUse } from './secret-references';
import { secretsOf } from './secrets-of-manifest';
import { list, record, text } from './untyped';
import type { ManifestSource } from '../read/manifest-source';

/** One key of a Secret: never its value. */
export interface InventoryKey {
  readonly key: string;
  /** How many bytes the value has, where that can be known. */
  readonly size?: number;
  /** Where the value comes from, where that can be known. */
  readonly source?: string;
}

/** One Secret that manifests make, or that something makes of them. */
export interface InventorySecret {
  readonly namespace?: string;
  readonly name: string;
  readonly type?: string;
  /** Left out where they cannot be known. */
  readonly keys?: readonly InventoryKey[];
  /** How it gets to the cluster: the name of a delivery, or the kind of the resource that it is made of. */
  readonly delivery: string;
  readonly immutable?: boolean;
}

/** One use of a Secret by an object. */
export interface InventoryUse {
  readonly namespace?: string;
  readonly secret: string;
  /** Left out where every key is meant. */
  readonly key?: string;
  /** Like `Deployment/api`. */
  readonly user: string;
  readonly how: string;
  /** Whether the user does without it, or has it made. */
  readonly optional?: boolean;
}

/** Somebody whom RBAC lets do something with a Secret through the API. */
export interface InventoryGrant {
  readonly namespace?: string;
  /** Left out where the rule names no Secret: it is about all of them. */
  readonly secret?: string;
  /** Like `ServiceAccount/shop/api`. */
  readonly subject: string;
  readonly verbs: readonly string[];
  /** The Role or ClusterRole that says so. */
  readonly role: string;
}

/** What manifests say of Secrets: which there are, who uses them, and who may get them through the API. */
export interface Inventory {
  readonly secrets: readonly InventorySecret[];
  readonly uses: readonly InventoryUse[];
  readonly grants: readonly InventoryGrant[];
}

const DELIVERIES: Readonly<Record<string, string>> = {
  Secret: 'manifest',
  SealedSecret: 'sealed',
  ExternalSecret: 'external',
  ClusterExternalSecret: 'external',
  SecretProviderClass: 'csi',
  Certificate: 'certificate',
  VaultStaticSecret: 'vault',
  VaultDynamicSecret: 'vault',
  VaultPKISecret: 'vault',
  OnePasswordItem: 'onePassword',
  InfisicalStaticSecret: 'infisical',
  SecretSync: 'secretSync',
};

/** How a manifest brings its Secrets to the cluster: a Secret that cannot be decoded is one that SOPS has encrypted. */
function deliveryOf({ kind, contents }: Manifest): string {
  return kind === 'Secret' && contents === undefined ? 'sops' : DELIVERIES[kind] ?? kind;
}

/** How an Ingress uses a Secret. */
export const CERTIFICATE = 'tls';

/** Reads what manifests say of Secrets. No value is in it. */
export function inventoryOf(sources: readonly ManifestSource[], namespace = ''): Inventory {
  return inventoryOfManifests(readManifests(sources, namespace));
}

/** What manifests that were read say of Secrets. */
export function inventoryOfManifests(manifests: readonly Manifest[]): Inventory {
  return {
    secrets: manifests.flatMap(manifest => secretsOf(manifest).filter(({ name }) => name !== '').map(secret => ({
      ...at(secret.namespace),
      name: secret.name,
      ...secret.type === undefined ? {} : { type: secret.type },
      ...secret.keys === undefined ? {} : { keys: [...secret.keys].sort().map(key => keyOf(key, manifest)) },
      delivery: deliveryOf(manifest),
      ...secret.immutable === true ? { immutable: true } : {},
    }))),
    uses: manifests.flatMap(usesOf),
    grants: grantsOf(manifests),
  };
}

function at(namespace: string | undefined): { namespace?: string } {
  return namespace === undefined || namespace === '' ? {} : { namespace };
}

function keyOf(key: string, manifest: Manifest): InventoryKey {
  if (manifest.contents?.keys.has(key) === true) return { key, size: manifest.contents.size(key) };
  if (manifest.kind !== 'ExternalSecret') return { key };
  const entry = list(record(manifest.raw.spec).data).map(record).find(({ secretKey }) => secretKey === key);
  const { key: remote, property } = record(entry?.remoteRef);
  if (typeof remote !== 'string') return { key };
  return { key, source: `remote ${JSON.stringify(typeof property === 'string' && property !== '' ? `${remote}#${property}` : remote)}` };
}

function usesOf(manifest: Manifest): InventoryUse[] {
  const { kind, name, namespace, raw } = manifest;
  const user = `${kind}/${name}`;
  const uses = new Map<string, InventoryUse>();
  const add = (secret: string, how: string, key?: string, optional = false) => {
    if (secret === '') return;
    const use = { ...at(namespace), secret, ...key === undefined ? {} : { key }, user, how, ...optional ? { optional } : {} };
    uses.set(JSON.stringify([secret, key ?? null, how, optional]), use);
  };
  for (const { spec } of manifest.pods) {
    for (const { secretName, key, how, optional } of secretReferences(spec)) add(secretName, how, key, optional && how !== SecretUse.IMAGE_PULL);
  }
  if (kind === 'Ingress') for (const entry of list(record(raw.spec).tls)) add(text(record(entry).secretName), CERTIFICATE, undefined, isIssued(manifest));
  if (kind === 'ServiceAccount') for (const entry of list(raw.imagePullSecrets)) add(text(record(entry).name), SecretUse.IMAGE_PULL);
  if (kind === 'Function') for (const entry of list(record(raw.spec).secrets)) add(text(entry), 'function');
  return [...uses.values()];
}

/** What Roles and ClusterRoles allow on Secrets to whom their bindings name. */
function grantsOf(manifests: readonly Manifest[]): InventoryGrant[] {
  const roles = new Roles(manifests);
  return roles.bindings.flatMap(({ role, scope, subjects }) => {
    const rules = (roles.rulesOf(role) ?? []).flatMap(({ rule }) => rulesOn(rule));
    return subjects.flatMap(subject => rules.map(rule => ({ ...at(scope), ...rule, subject: subjectOf(subject), role: `${role.kind}/${role.name}` })));
  });
}

function rulesOn(rule: RoleRule): { readonly secret?: string; readonly verbs: string[] }[] {
  if (!concernsSecrets(rule)) return [];
  const verbs = list(rule.verbs).map(text);
  return namesIn(rule)?.map(secret => ({ secret, verbs })) ?? [{ verbs }];
}

function subjectOf({ kind, namespace, name }: Subject): string {
  return [kind, ...namespace === '' ? [] : [namespace], name].join('/');
}
