import type { ApiObject } from 'cdk8s';
import { selectedKey } from '../inspect/model/key-selectors';
import { isRecord, list, record, text } from '../inspect/model/untyped';
import { SecretConfigMap } from '../secret/secret-config-map';

/** What an object is to a pod that needs a secret. */
export enum OrderRole {
  /** Something makes a Secret of it, or it is one, or a ConfigMap beside one. */
  MAKER,
  /** What makers get values or certificates from. */
  SOURCE,
  /** What writes the values that it makes into a source, from which makers read them. */
  PUSH,
  /** As whom a source is asked. */
  ACCOUNT,
  /** Where they all are. */
  NAMESPACE,
}

const { MAKER, SOURCE } = OrderRole;

/** The roles of kinds, by `GROUP/KIND`; the group of `v1` is empty. */
const ROLES: Readonly<Record<string, OrderRole>> = {
  '/Secret': MAKER,
  'bitnami.com/SealedSecret': MAKER,
  'external-secrets.io/ExternalSecret': MAKER,
  'external-secrets.io/ClusterExternalSecret': MAKER,
  'external-secrets.io/PushSecret': OrderRole.PUSH,
  'external-secrets.io/SecretStore': SOURCE,
  'external-secrets.io/ClusterSecretStore': SOURCE,
  'secrets-store.csi.x-k8s.io/SecretProviderClass': MAKER,
  'cert-manager.io/Certificate': MAKER,
  'cert-manager.io/Issuer': SOURCE,
  'cert-manager.io/ClusterIssuer': SOURCE,
  'secrets.hashicorp.com/VaultStaticSecret': MAKER,
  'secrets.hashicorp.com/VaultDynamicSecret': MAKER,
  'secrets.hashicorp.com/VaultPKISecret': MAKER,
  'secrets.hashicorp.com/VaultAuth': SOURCE,
  'secrets.hashicorp.com/VaultAuthGlobal': SOURCE,
  'secrets.hashicorp.com/VaultConnection': SOURCE,
  'onepassword.com/OnePasswordItem': MAKER,
  'secrets.infisical.com/InfisicalSecret': MAKER,
  'secrets.infisical.com/InfisicalStaticSecret': MAKER,
  'secrets.infisical.com/InfisicalAuth': SOURCE,
  'secrets.infisical.com/InfisicalConnection': SOURCE,
  'secret-sync.x-k8s.io/SecretSync': MAKER,
  '/ServiceAccount': OrderRole.ACCOUNT,
  '/Namespace': OrderRole.NAMESPACE,
};

/** What an object is to the order, or undefined where it is nothing. */
export function orderRoleOf(object: ApiObject): OrderRole | undefined {
  const { apiVersion, kind } = object;
  if (kind === 'ConfigMap') return SecretConfigMap._is(object.node.scope) ? MAKER : undefined;
  const slash = apiVersion.indexOf('/');
  const group = slash === -1 ? '' : apiVersion.slice(0, slash);
  return group === 'generators.external-secrets.io' ? SOURCE : ROLES[`${group}/${kind}`];
}

/** Something that an object names and that must be there before it. */
export interface OrderReference {
  readonly role: OrderRole;
  readonly name: string;
  /** Left out where it is that of the object. */
  readonly namespace?: string;
}

const SOURCE_FIELD = /^(storeRef|secretStoreRef|secretStoreRefs|generatorRef|issuerRef|vaultAuthRef|vaultAuthGlobalRef|vaultConnectionRef|infisicalAuthRef|infisicalConnectionRef)$/;
const MAX_DEPTH = 50;

/** What the manifest of a maker or a source refers to, by the names that the fields of such kinds have. */
export function orderReferences(manifest: unknown, role: OrderRole): OrderReference[] {
  const found: OrderReference[] = [];
  const visit = (value: unknown, depth: number) => {
    if (depth > MAX_DEPTH) return;
    for (const item of list(value)) visit(item, depth + 1);
    if (!isRecord(value)) return;
    if (role === SOURCE && selectedKey(value)?.isOfConfigMap === false) found.push(referenceTo(MAKER, value));
    for (const [field, child] of Object.entries(value)) {
      const refersTo = roleOfField(field, role);
      for (const one of refersTo === undefined ? [] : Array.isArray(child) ? child : [child]) {
        const reference = referenceTo(refersTo!, isRecord(one) ? one : placeOf(text(one)));
        if (reference.name !== '') found.push(reference);
      }
      visit(child, depth + 1);
    }
  };
  visit(isRecord(manifest) ? manifest.spec : undefined, 0);
  return found;
}

function referenceTo(role: OrderRole, place: { readonly name?: unknown; readonly namespace?: unknown }): OrderReference {
  const namespace = text(place.namespace);
  return { role, name: text(place.name), ...namespace === '' ? {} : { namespace } };
}

/** What a field refers to. A Certificate says with `secretName` what it makes, an Issuer what it needs. */
function roleOfField(field: string, role: OrderRole): OrderRole | undefined {
  if (SOURCE_FIELD.test(field)) return SOURCE;
  if (role !== SOURCE) return undefined;
  if (field === 'serviceAccountRef' || field === 'serviceAccount') return OrderRole.ACCOUNT;
  return field === 'secretName' || field === 'secretRef' || field.endsWith('SecretRef') ? MAKER : undefined;
}

/** `NAMESPACE/NAME`, as the Vault Secrets Operator writes it, or a name. */
function placeOf(reference: string): { readonly name: string; readonly namespace: string } {
  const slash = reference.indexOf('/');
  return slash === -1 ? { name: reference, namespace: '' } : { name: reference.slice(slash + 1), namespace: reference.slice(0, slash) };
}

/** Whether a PushSecret makes the value that it pushes: one that pushes a Secret comes after that. */
export function makesValue(manifest: unknown): boolean {
  return record(record(record(manifest).spec).selector).generatorRef !== undefined;
}
