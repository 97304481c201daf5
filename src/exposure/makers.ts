import type { Manifest } from '../inspect/model/manifest';
import { list, record, text } from '../inspect/model/untyped';

/** Where the values of a Secret come from, and who makes it. */
export interface Maker {
  readonly manifest: Manifest;
  /** The name of a delivery, or the kind of the resource that it is made of. */
  readonly delivery: string;
  /** What reads the values, or decrypts them, and writes the Secret; undefined for whoever applies the manifest. */
  readonly controller?: string;
  /** Where the values are read: a store, an issuer, like `ClusterSecretStore vault`. */
  readonly sources: readonly string[];
}

const DELIVERIES: Readonly<Record<string, string>> = {
  Secret: 'manifest', SealedSecret: 'sealed', ExternalSecret: 'external', ClusterExternalSecret: 'external', SecretProviderClass: 'csi',
};

/** Who writes the Secrets of a custom resource, by its group. */
const CONTROLLERS: Readonly<Record<string, string>> = {
  'bitnami.com': 'Sealed Secrets',
  'external-secrets.io': 'External Secrets',
  'secrets-store.csi.x-k8s.io': 'Secrets Store CSI driver',
  'secret-sync.x-k8s.io': 'Secrets Store Sync',
  'cert-manager.io': 'cert-manager',
  'secrets.hashicorp.com': 'Vault Secrets Operator',
  'onepassword.com': '1Password',
  'secrets.infisical.com': 'Infisical',
  'isindir.github.com': 'SOPS Secrets Operator',
  'postgresql.cnpg.io': 'CloudNativePG',
  'acid.zalan.do': 'Postgres operator',
  'kafka.strimzi.io': 'Strimzi',
  'elasticsearch.k8s.elastic.co': 'Elastic Cloud on Kubernetes',
  'kibana.k8s.elastic.co': 'Elastic Cloud on Kubernetes',
  'ceph.rook.io': 'Rook',
};

/** How a manifest makes a Secret. */
export function makerOf(manifest: Manifest): Maker {
  const { apiVersion, kind, decoded } = manifest;
  const [group] = apiVersion.split('/');
  const isEncrypted = kind === 'Secret' && decoded === undefined;
  const controller = kind === 'Secret' ? undefined : CONTROLLERS[group] ?? group;
  return {
    manifest,
    delivery: isEncrypted ? 'sops' : DELIVERIES[kind] ?? kind,
    ...controller === undefined ? {} : { controller },
    sources: [...new Set(sourcesOf(manifest))],
  };
}

function sourcesOf({ kind, raw }: Manifest): string[] {
  const spec = record(raw.spec);
  switch (kind) {
    case 'ExternalSecret': return storesOf(spec);
    case 'ClusterExternalSecret': return storesOf(record(spec.externalSecretSpec));
    case 'SecretProviderClass': return [text(spec.provider)].filter(provider => provider !== '');
    case 'Certificate': return [named(spec.issuerRef, 'Issuer')].filter(issuer => issuer !== '');
    default: return [];
  }
}

/** The stores and generators of an ExternalSecret. */
function storesOf(spec: Record<string, unknown>): string[] {
  const entries = [...list(spec.data), ...list(spec.dataFrom)].map(record);
  const own = entries.map(({ sourceRef }) => record(sourceRef)).flatMap(({ storeRef, generatorRef }) => [named(storeRef, 'SecretStore'), named(generatorRef, 'generator')]);
  return [named(spec.secretStoreRef, 'SecretStore'), ...own].filter(store => store !== '');
}

function named(reference: unknown, kindByDefault: string): string {
  const { kind, name } = record(reference);
  return text(name) === '' ? '' : `${text(kind) || kindByDefault} ${text(name)}`;
}

