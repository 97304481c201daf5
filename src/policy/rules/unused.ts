import type { PolicyRule } from './policy-rule';
import type { Secret } from '../../inspect/decode/decoded';
import { FieldPath } from '../../inspect/field-path';
import type { Cluster } from '../../inspect/model/cluster';
import type { KnownSecret } from '../../inspect/model/known-secrets';
import type { Manifest } from '../../inspect/model/manifest';
import { secretsOf } from '../../inspect/model/secrets-of-manifest';
import { entryOf, keysOf } from '../../inspect/model/string-map';
import { list, record } from '../../inspect/model/untyped';
import { quote } from '../../inspect/quote';
import { BASIC_AUTH, DOCKER_CFG, DOCKER_CONFIG_JSON, OPAQUE, SSH_AUTH, TLS } from '../../kubernetes/secret-types';

/** Objects that are there for the sake of one Secret. */
const MAKERS: ReadonlySet<string> = new Set(['Secret', 'SealedSecret', 'ExternalSecret', 'OnePasswordItem', 'VaultStaticSecret']);

/** Types that mean nothing to controllers that would look for Secrets of the type. */
const TYPES: ReadonlySet<string> = new Set([OPAQUE, TLS, BASIC_AUTH, SSH_AUTH, DOCKER_CONFIG_JSON, DOCKER_CFG]);

/** Labels that say what belongs together. By any other a controller may select Secrets, as Argo CD does. */
const COMMON_LABEL = /^(?:app\.kubernetes\.io\/.*|helm\.sh\/.*|app|k8s-app|name|chart|release|heritage|component|tier|env|environment|stage|version|team|owner|project)$/;

/** Annotations that have a Secret copied to other namespaces. */
const COPIED = /reflect|replicat|mirror|kubed|copy/;

/** Every Secret is used by something, or at least named by it. */
export const forbidUnusedSecrets: PolicyRule = (manifest, cluster) => {
  for (const { name } of judgedSecrets(manifest, cluster)) {
    if (cluster.mentions.of(name) !== undefined) continue;
    manifest.findings.surprises('UnusedSecret', FieldPath.ROOT, `nothing uses the Secret ${quote(name)}`, 'remove it, or say why it is there: acknowledge the finding');
  }
};

/** Every key of a Secret is used, where others are. */
export const forbidUnusedKeys: PolicyRule = (manifest, cluster) => {
  for (const { name, keys = new Set<string>(), type } of judgedSecrets(manifest, cluster)) {
    const mention = cluster.mentions.of(name);
    if (mention === undefined || mention.whole || type !== OPAQUE) continue;
    for (const key of keys) {
      if (mention.keys.has(key)) continue;
      manifest.findings.surprises('UnusedKey', pathOf(key, manifest), `nothing uses the key ${quote(key)} of the Secret ${quote(name)}, and others of its keys are used`,
        'remove it, or say why it is there: acknowledge the finding');
    }
  }
};

/** The Secrets of an object of which can be said whether they are used: pods run beside them, and no controller or program looks for them. */
function judgedSecrets(manifest: Manifest, cluster: Cluster): readonly KnownSecret[] {
  if (!MAKERS.has(manifest.kind) || isSelected(manifest)) return [];
  const secrets = secretsOf(manifest, () => cluster.resources).filter(({ name, type }) => name !== '' && (type === undefined || TYPES.has(type)));
  if (secrets.length === 0 || manifest.metadata.name === undefined) return [];
  return cluster.namespaces.hasPods(manifest.namespace) && !cluster.namespaces.hasReaders(manifest.namespace) ? secrets : [];
}

/** Whether something may find it by its labels, or copy it. */
function isSelected({ metadata, raw }: Manifest): boolean {
  const { template, target } = record(raw.spec);
  const made = [template, record(target).template].map(each => record(record(each).metadata));
  return [metadata, ...made].some(({ labels, annotations }) => {
    return Object.keys(record(labels)).some(label => !COMMON_LABEL.test(label))
      || Object.keys(record(annotations)).some(annotation => COPIED.test(annotation));
  });
}

function pathOf(key: string, { decoded, raw }: Manifest): FieldPath {
  const { data, stringData } = (decoded ?? {}) as Secret;
  if (entryOf(stringData, key) !== undefined) return FieldPath.ROOT.child('stringData').key(key);
  if (keysOf(data).includes(key)) return FieldPath.ROOT.child('data').key(key);
  const index = list(record(raw.spec).data).findIndex(entry => record(entry).secretKey === key);
  return index < 0 ? FieldPath.ROOT : FieldPath.ROOT.child('spec').child('data').index(index).child('secretKey');
}
