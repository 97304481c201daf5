import type { KnownSecret } from './known-secrets';
import type { Manifest } from './manifest';
import { OPERATOR_READERS, secretsOfAnyKind, type SecretReader } from './operator-secrets';
import { list, record, text } from './untyped';
import * as types from '../../kubernetes/secret-types';
import type { Secret } from '../decode/decoded';
import { typeOf } from '../validate/secret';

/** The keys that the token controller adds to a Secret of a ServiceAccount. */
const TOKEN_KEYS = ['token', 'ca.crt', 'namespace'];

/** The Secrets that an object is, or that the operator which reads it makes. */
export function secretsOf(manifest: Manifest): KnownSecret[] {
  if (manifest.decoded !== undefined) return manifest.kind === 'Secret' ? [fromSecret(manifest)] : [];
  const [group] = manifest.apiVersion.split('/');
  const reader = READERS[`${group}/${manifest.kind}`] ?? OPERATOR_READERS[`${group}/${manifest.kind}`] ?? ((_, one) => secretsOfAnyKind(one));
  const made = { rotates: true, namespace: manifest.namespace, manifest };
  return reader(record(manifest.raw.spec), manifest).map(secret => ({ ...made, ...secret }));
}

function fromSecret(manifest: Manifest): KnownSecret {
  const secret = manifest.decoded as Secret;
  const contents = manifest.contents!;
  const type = typeOf(secret);
  return {
    name: secret.metadata?.name ?? '',
    namespace: manifest.namespace,
    type,
    keys: type === types.SERVICE_ACCOUNT_TOKEN ? new Set([...contents.keys, ...TOKEN_KEYS]) : contents.keys,
    contents,
    immutable: secret.immutable,
    manifest,
  };
}

/** What each custom resource says of the Secrets that its operator makes. */
const READERS: Readonly<Record<string, SecretReader>> = {
  'external-secrets.io/ExternalSecret': (spec, { name }) => [fromExternalSecret(spec, name)],
  'external-secrets.io/ClusterExternalSecret': (spec, { name }) => [{
    ...fromExternalSecret(record(spec.externalSecretSpec), text(spec.externalSecretName) || name),
    namespace: undefined,
  }],
  'bitnami.com/SealedSecret': (spec, { name }) => {
    const template = record(spec.template);
    return [{
      name,
      type: text(template.type) || types.OPAQUE,
      keys: new Set([...Object.keys(record(spec.encryptedData)), ...Object.keys(record(template.data))]),
      immutable: template.immutable === true,
      rotates: false,
    }];
  },
  'secrets-store.csi.x-k8s.io/SecretProviderClass': spec => list(spec.secretObjects).map(record).map(({ secretName, type, data }) => ({
    name: text(secretName),
    type: text(type) || types.OPAQUE,
    keys: new Set(list(data).map(entry => text(record(entry).key))),
  })),
  'cert-manager.io/Certificate': spec => [{
    name: text(spec.secretName),
    type: types.TLS,
    keys: spec.keystores === undefined && spec.additionalOutputFormats === undefined ? new Set(['tls.crt', 'tls.key', 'ca.crt']) : undefined,
  }],
  'secrets.hashicorp.com/VaultStaticSecret': fromVault,
  'secrets.hashicorp.com/VaultDynamicSecret': fromVault,
  'secrets.hashicorp.com/VaultPKISecret': fromVault,
  'onepassword.com/OnePasswordItem': (_, { name }) => [{ name }],
  'isindir.github.com/SopsSecret': spec => list(spec.secretTemplates).map(record).map(template => ({
    name: text(template.name),
    type: text(template.type) || types.OPAQUE,
    keys: new Set([...Object.keys(record(template.data)), ...Object.keys(record(template.stringData))]),
    rotates: false,
  })),
};

/** A template with data replaces what was fetched, unless it says that the two are merged. */
function fromExternalSecret(spec: Record<string, unknown>, name: string): KnownSecret {
  const target = record(spec.target);
  const template = record(target.template);
  const templated = Object.keys(record(template.data));
  const merged = templated.length === 0 || template.mergePolicy === 'Merge';
  const fetched = merged ? list(spec.data).map(entry => text(record(entry).secretKey)) : [];
  const unknown = template.templateFrom !== undefined || (merged && list(spec.dataFrom).length > 0)
    || target.creationPolicy === 'Merge' || target.creationPolicy === 'CreateOrMerge';
  return {
    name: text(target.name) || name,
    type: text(template.type) || types.OPAQUE,
    keys: unknown ? undefined : new Set([...fetched, ...templated]),
    immutable: target.immutable === true,
  };
}

function fromVault(spec: Record<string, unknown>): KnownSecret[] {
  const name = text(record(spec.destination).name);
  return name === '' ? [] : [{ name }];
}
