import { CustomResources } from './custom-resources';
import { targetKeys } from './external-keys';
import type { KnownSecret } from './known-secrets';
import type { Manifest } from './manifest';
import { mirroredBy } from './mirrors';
import { OPERATOR_READERS, secretsOfAnyKind, type SecretOfResource, type SecretReader } from './operator-secrets';
import { list, record, text } from './untyped';
import { vaultKeys } from './vault-keys';
import * as types from '../../kubernetes/secret-types';
import type { Secret } from '../decode/decoded';
import { typeOf } from '../validate/secret';

/**
 * The Secrets that an object is, or that the operator which reads it makes.
 *
 * @param resources the custom resources beside it, which may say with which keys
 */
export function secretsOf(manifest: Manifest, resources: () => CustomResources = () => new CustomResources([])): KnownSecret[] {
  if (manifest.decoded !== undefined) return manifest.kind === 'Secret' ? [fromSecret(manifest)] : [];
  const [group] = manifest.apiVersion.split('/');
  const reader = READERS[`${group}/${manifest.kind}`] ?? OPERATOR_READERS[`${group}/${manifest.kind}`] ?? ((_, one) => secretsOfAnyKind(one));
  const made = { rotates: true, namespace: manifest.namespace, manifest };
  return reader(record(manifest.raw.spec), manifest, resources).map(secret => ({ ...made, ...secret }));
}

function fromSecret(manifest: Manifest): KnownSecret {
  const secret = manifest.decoded as Secret;
  const contents = manifest.contents!;
  const type = typeOf(secret);
  const added = types.addedKeys(type);
  // what an operator fills from another Secret has the keys of that one
  if (mirroredBy(manifest.metadata) !== undefined) return { name: manifest.name, namespace: manifest.namespace, type, rotates: true, manifest };
  return {
    name: secret.metadata?.name ?? '',
    namespace: manifest.namespace,
    type,
    keys: added.length > 0 ? new Set([...contents.keys, ...added]) : contents.keys,
    contents,
    immutable: secret.immutable,
    manifest,
  };
}

/** What each custom resource says of the Secrets that its operator makes. */
const READERS: Readonly<Record<string, SecretReader>> = {
  // one that SOPS has encrypted; any other is decoded
  'v1/Secret': (_, { name, raw }) => [{
    name,
    type: text(raw.type) || types.OPAQUE,
    keys: new Set([...Object.keys(record(raw.data)), ...Object.keys(record(raw.stringData))]),
    immutable: raw.immutable === true,
    rotates: false,
  }],
  'external-secrets.io/ExternalSecret': (spec, { name, namespace }, resources) => fromExternalSecret(spec, name, namespace, resources),
  'external-secrets.io/ClusterExternalSecret': (spec, { name }, resources) => {
    return fromExternalSecret(record(spec.externalSecretSpec), text(spec.externalSecretName) || name, '', resources)
      .map(secret => ({ ...secret, namespace: undefined }));
  },
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
  'cert-manager.io/Certificate': spec => [{ name: text(spec.secretName), type: types.TLS, keys: certificateKeys(spec) }],
  'secrets.hashicorp.com/VaultStaticSecret': fromVault,
  'secrets.hashicorp.com/VaultDynamicSecret': fromVault,
  'secrets.hashicorp.com/VaultPKISecret': fromVault,
  'onepassword.com/OnePasswordItem': (_, { name, raw }) => [{ name, ...text(raw.type) === '' ? {} : { type: text(raw.type) } }],
  'isindir.github.com/SopsSecret': spec => list(spec.secretTemplates).map(record).map(template => ({
    name: text(template.name),
    type: text(template.type) || types.OPAQUE,
    keys: new Set([...Object.keys(record(template.data)), ...Object.keys(record(template.stringData))]),
    rotates: false,
  })),
};

function fromExternalSecret(spec: Record<string, unknown>, name: string, namespace: string, resources: () => CustomResources): SecretOfResource[] {
  const target = record(spec.target);
  if (target.creationPolicy === 'None' || isOtherKind(target.manifest)) return [];
  const { keys, open } = targetKeys(spec, namespace, resources());
  return [{
    name: text(target.name) || name,
    type: text(record(target.template).type) || types.OPAQUE,
    keys: open ? undefined : keys,
    immutable: target.immutable === true,
    ...target.creationPolicy === 'Merge' ? { adopted: true } : {},
  }];
}

/** Whether a target is no Secret, but a ConfigMap, for example. */
function isOtherKind(target: unknown): boolean {
  const kind = text(record(target).kind);
  return kind !== '' && kind !== 'Secret';
}

/** The keys of a certificate, its keystores and its other formats. */
function certificateKeys({ keystores, additionalOutputFormats }: Record<string, unknown>): ReadonlySet<string> {
  const stores = ([['jks', 'jks'], ['pkcs12', 'p12']] as const).filter(([store]) => record(record(keystores)[store]).create === true)
    .flatMap(([, ending]) => [`keystore.${ending}`, `truststore.${ending}`]);
  const formats = list(additionalOutputFormats).map(format => record(format).type);
  return new Set([
    ...types.requiredKeys(types.TLS), 'ca.crt', ...stores, ...formats.includes('DER') ? ['key.der'] : [], ...formats.includes('CombinedPEM') ? ['tls-combined.pem'] : [],
  ]);
}

/** Where the operator of Vault is not told to create the Secret, it only fills one that there is. */
function fromVault(spec: Record<string, unknown>, { kind }: Manifest): SecretOfResource[] {
  const destination = record(spec.destination);
  const name = text(destination.name);
  if (name === '') return [];
  const made = destination.create === true ? { type: text(destination.type) || types.OPAQUE } : { adopted: true };
  return [{ name, keys: vaultKeys(kind, destination), ...made }];
}
