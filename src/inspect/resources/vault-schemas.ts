import type { SchemaNode } from '../../crd/custom-kind';

/** What the definitions of the Vault Secrets Operator 1.4 ask for, as far as its documentation says so. */
export const VAULT_OF = 'the Vault Secrets Operator 1.4';

/** A kind whose other fields are not looked at is open. */
type Sketch = Omit<SchemaNode, 'fields' | 'items' | 'values'> & {
  readonly fields?: Readonly<Record<string, Sketch>>;
  readonly items?: Sketch;
  readonly values?: Sketch;
};

const TEXT: Sketch = { type: 'string' };
const FLAG: Sketch = { type: 'boolean' };
const TEXTS: Sketch = { type: 'array', items: TEXT };
const TEXT_MAP: Sketch = { type: 'object', values: TEXT };
const ANYTHING: Sketch = { open: true };

const TRANSFORMATION: Sketch = {
  type: 'object',
  open: true,
  fields: {
    excludeRaw: FLAG,
    excludes: TEXTS,
    includes: TEXTS,
    templates: { type: 'object', values: { type: 'object', required: ['text'], fields: { name: TEXT, text: TEXT } } },
  },
};

const DESTINATION: Sketch = {
  type: 'object',
  required: ['name'],
  fields: { name: { type: 'string', minLength: 1 }, create: FLAG, overwrite: FLAG, type: TEXT, labels: TEXT_MAP, annotations: TEXT_MAP, transformation: TRANSFORMATION },
};

const RESTARTS: Sketch = {
  type: 'array',
  items: { type: 'object', required: ['kind', 'name'], fields: { kind: { type: 'string', enum: ['Deployment', 'DaemonSet', 'StatefulSet', 'argo.Rollout'] }, name: TEXT } },
};

const COMMON = { destination: DESTINATION, mount: TEXT, namespace: TEXT, vaultAuthRef: TEXT, rolloutRestartTargets: RESTARTS } as const;

const SPECS: Readonly<Record<string, Sketch>> = {
  VaultStaticSecret: {
    type: 'object',
    required: ['mount', 'path', 'type', 'destination'],
    fields: {
      ...COMMON,
      path: TEXT,
      type: { type: 'string', enum: ['kv-v1', 'kv-v2'] },
      version: { type: 'integer', minimum: 0 },
      refreshAfter: TEXT,
      hmacSecretData: FLAG,
      syncConfig: { type: 'object', open: true, fields: { instantUpdates: FLAG } },
    },
  },
  VaultDynamicSecret: {
    type: 'object',
    open: true,
    required: ['mount', 'path', 'destination'],
    fields: {
      ...COMMON,
      path: TEXT,
      renewalPercent: { type: 'integer' },
      allowStaticCreds: FLAG,
      requestHTTPMethod: { type: 'string', enum: ['GET', 'POST', 'PUT'] },
      params: { type: 'object', open: true },
      revoke: FLAG,
      refreshAfter: TEXT,
    },
  },
  VaultAuth: {
    type: 'object',
    open: true,
    fields: {
      method: { type: 'string', enum: ['kubernetes', 'jwt', 'appRole', 'aws', 'gcp'] },
      mount: TEXT,
      namespace: TEXT,
      vaultConnectionRef: TEXT,
      allowedNamespaces: TEXTS,
      kubernetes: { type: 'object', open: true, fields: { role: TEXT, serviceAccount: TEXT, audiences: TEXTS, tokenExpirationSeconds: { type: 'integer' } } },
    },
  },
  VaultPKISecret: { type: 'object', open: true, required: ['role', 'mount', 'destination'], fields: { ...COMMON, role: TEXT } },
};

let known: { readonly nodes: readonly SchemaNode[]; readonly roots: Readonly<Record<string, number>> } | undefined;

/** The schemas, and the number of that of each kind. */
export function vaultSchemas(): NonNullable<typeof known> {
  if (known !== undefined) return known;
  const nodes: SchemaNode[] = [];
  const add = ({ fields, items, values, ...rest }: Sketch): number => {
    return nodes.push({
      ...rest,
      ...fields === undefined ? {} : { fields: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, add(field)])) },
      ...items === undefined ? {} : { items: add(items) },
      ...values === undefined ? {} : { values: add(values) },
    }) - 1;
  };
  const rootOf = (spec: Sketch) => add({ type: 'object', required: ['spec'], fields: { apiVersion: TEXT, kind: TEXT, metadata: ANYTHING, spec } });
  known = { roots: Object.fromEntries(Object.entries(SPECS).map(([kind, spec]) => [kind, rootOf(spec)])), nodes };
  return known;
}
