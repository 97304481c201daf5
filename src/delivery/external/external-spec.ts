import type { ExternalCreationPolicy, ExternalDeletionPolicy } from './external-policies';
import { refreshFields, type RefreshVariant } from './external-refresh';
import { remoteRefFields, type SourceVariant } from './external-source';
import type { NamespaceSelectorVariant } from './namespace-selector';
import type { RemoteKeys } from '../remote-keys';
import { type ISecretStore, storeRef } from './store-reference';
import type { Problem } from '../../errors/problem';
import { BOOTSTRAP_TOKEN, SERVICE_ACCOUNT_TOKEN } from '../../kubernetes/secret-types';
import { goTemplateText } from '../../value/go-template-text';
import type { RemoteRef } from '../../value/remote-ref';

export const EXTERNAL_SECRET = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret' } as const;

export const CLUSTER_EXTERNAL_SECRET = { apiVersion: 'external-secrets.io/v1', kind: 'ClusterExternalSecret' } as const;

/** What the spec of an ExternalSecret is made of. */
export interface ExternalSecretParts extends Omit<RemoteKeys, 'generated'> {
  /** Whether the sources bring more than the keys of the secret. */
  readonly isMoreBrought?: boolean;
  /** The metadata of the ExternalSecret itself. */
  readonly metadata: any;
  readonly type: string;
  readonly immutable?: boolean;
  readonly store?: ISecretStore;
  readonly refresh: RefreshVariant;
  readonly creationPolicy: ExternalCreationPolicy;
  readonly deletionPolicy: ExternalDeletionPolicy;
  readonly sources: readonly SourceVariant[];
  /** The keys of the secret. */
  readonly declared: readonly string[];
}

/**
 * The spec of an ExternalSecret.
 *
 * What the server would fill in is written out, so that what is in the cluster is what is in the repository. A template
 * is always there: without one the Secret would be of type `Opaque`, and with one it gets no other labels than its own.
 */
export function externalSecretSpec(parts: ExternalSecretParts): object {
  const { metadata, sources } = parts;
  const data = [...parts.entries, ...parts.parts].map(([secretKey, ref]: [string, RemoteRef]) => ({ secretKey, remoteRef: remoteRefFields(ref) }));
  return {
    secretStoreRef: parts.store && storeRef(parts.store),
    ...refreshFields(parts.refresh),
    target: {
      name: metadata.name,
      creationPolicy: parts.creationPolicy,
      deletionPolicy: parts.deletionPolicy,
      immutable: parts.immutable,
      template: {
        engineVersion: 'v2',
        mergePolicy: 'Replace',
        type: parts.type,
        metadata: { labels: metadata.labels ?? {}, annotations: verbatim(metadata.annotations) },
        data: templateData(parts),
      },
    },
    data: data.length > 0 ? data : undefined,
    dataFrom: sources.length > 0 ? sources.map(({ fields }) => fields) : undefined,
  };
}

/** The spec of an ExternalSecret, or of a ClusterExternalSecret that makes it in each of some namespaces. */
export function forNamespaces(namespaces: NamespaceSelectorVariant | undefined, { name, labels, annotations }: any, spec: object): object {
  return namespaces === undefined ? spec : {
    namespaceSelectors: namespaces.selectors,
    externalSecretName: name,
    externalSecretMetadata: labels === undefined && annotations === undefined ? undefined : { labels, annotations },
    externalSecretSpec: spec,
  };
}

/** Annotations as they are: to the operator their values are Go templates, as those of the data. */
function verbatim(annotations: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(annotations).map(([name, value]) => [name, typeof value === 'string' ? goTemplateText(value) : value]));
}

/** A template with data replaces everything that was fetched, so what was declared as it is must be in it too. */
function templateData({ declared, templates, isMoreBrought }: ExternalSecretParts): Record<string, string> | undefined {
  if (templates.size === 0 && isMoreBrought !== true) return undefined;
  const asFetched = declared.filter(key => !templates.has(key)).map(key => [key, `{{ index . ${JSON.stringify(key)} }}`]);
  return Object.fromEntries([...asFetched, ...templates]);
}

/** The types that the operator's webhook refuses. */
export function typeProblem(type: string, annotations: Readonly<Record<string, string>> = {}): Problem | undefined {
  const forbidden = type === BOOTSTRAP_TOKEN || (type === SERVICE_ACCOUNT_TOKEN && 'kubernetes.io/service-account.name' in annotations);
  return forbidden ? {
    code: 'InvalidExternalSecret',
    message: `the External Secrets operator makes no secrets of type ${JSON.stringify(type)}`,
    next: 'give this secret another delivery, for example SecretDelivery.manifest()',
  } : undefined;
}
