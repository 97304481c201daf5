import type { PolicyRule } from './rules/policy-rule';
import type { Secret, SecretVolumeSource, Volume } from '../inspect/decode/decoded';
import { FieldPath } from '../inspect/field-path';
import type { Manifest } from '../inspect/model/manifest';
import { rolloutOf } from '../inspect/model/rollout';
import { secretReferences, SecretUse } from '../inspect/model/secret-references';
import { secretsOf } from '../inspect/model/secrets-of-manifest';
import { entryOf, keysOf } from '../inspect/model/string-map';
import { list, record } from '../inspect/model/untyped';
import { quote } from '../inspect/quote';
import { DEFAULT_MODE, formatMode, hasBits } from '../kubernetes/modes';
import { SERVICE_ACCOUNT_TOKEN } from '../kubernetes/secret-types';

/** No values in the manifests. */
export const forbidPlaintext: PolicyRule = ({ kind, decoded, findings }) => {
  if (kind !== 'Secret' || decoded === undefined) return;
  const secret = decoded as Secret;
  for (const field of ['data', 'stringData'] as const) {
    if (keysOf(secret[field]).length === 0) continue;
    findings.fails('PlaintextForbidden', FieldPath.ROOT.child(field), 'the values stand in the manifest, where everybody who has it can read them',
      'give the secret another delivery: SecretDelivery.sealed, .external, .csi or .existing');
  }
};

/** No secret in environment variables. */
export const filesOnly: PolicyRule = ({ pods, findings }) => {
  for (const { spec, path } of pods) {
    for (const { how, field, secretName } of secretReferences(spec, path)) {
      if (how !== SecretUse.ENV && how !== SecretUse.ENV_FROM) continue;
      findings.fails('VariablesForbidden', field, `the secret ${quote(secretName)} becomes environment variables, which crash reports and child processes get too`,
        'mount it as files: SecretBinding.files or .file, a volume of the Secret');
    }
  }
};

const ROLLED_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Pods are replaced when a secret that they see changes. */
export const requireRollout: PolicyRule = (manifest, cluster) => {
  if (!ROLLED_KINDS.includes(manifest.kind)) return;
  for (const pod of manifest.pods) {
    const { spec, path } = pod;
    if (rolloutOf(manifest, pod) !== undefined) continue;
    const seen = secretReferences(spec, path).filter(({ how }) => how !== SecretUse.IMAGE_PULL && how !== SecretUse.VOLUME_DRIVER);
    const changing = seen.find(({ secretName }) => {
      const secret = cluster.secrets.get(manifest.namespace, secretName);
      return secret?.immutable !== true && !isRestartTarget(manifest, secret?.manifest);
    });
    if (changing === undefined) continue;
    manifest.findings.fails('RolloutRequired', changing.field, `the secret ${quote(changing.secretName)} can change, and nothing restarts these pods`,
      'use SecretRollout.checksum() or .reloader(), or declare it with hashedName: true');
  }
};

/** Whether the object that has a secret made says that its operator restarts a workload. */
function isRestartTarget({ kind, apiVersion, name }: Manifest, maker: Manifest | undefined): boolean {
  if (maker?.kind === 'OnePasswordItem') return kind === 'Deployment' && entryOf(maker.metadata.annotations, 'operator.1password.io/auto-restart') === 'true';
  const called = apiVersion.startsWith('argoproj.io/') ? `argo.${kind}` : kind;
  return list(record(maker?.raw.spec).rolloutRestartTargets).map(record).some(target => target.kind === called && target.name === name);
}

/** Secrets never change: another value is another Secret. */
export const requireImmutable: PolicyRule = manifest => {
  for (const { name, type, immutable } of secretsOf(manifest)) {
    if (immutable === true || type === SERVICE_ACCOUNT_TOKEN) continue;
    manifest.findings.fails('ImmutableRequired', FieldPath.ROOT, `the data of the secret ${quote(name)} can be changed`, 'declare it with immutable: true or hashedName: true');
  }
};

/** Files of secrets have no other permissions than these. */
export function maxMode(allowed: number): PolicyRule {
  return ({ pods, findings }) => {
    for (const { spec, path } of pods) {
      (spec.volumes ?? []).forEach((volume, index) => {
        for (const { mode, field } of modesOf(volume, path.child('volumes').index(index))) {
          if (hasBits(allowed, mode)) continue;
          findings.fails('ModeTooOpen', field, `files of a secret have the mode ${formatMode(mode)}, and may have no more than ${formatMode(allowed)}`,
            `give the binding or volume a mode: { mode: '${formatMode(allowed)}' }`);
        }
      });
    }
  };
}

/** The modes of a volume's files from secrets, each where it is said, or where it could be. */
function modesOf(volume: Volume, path: FieldPath): { readonly mode: number; readonly field: FieldPath }[] {
  const { secret, projected } = volume;
  if (secret !== undefined) return modesOfSource(secret, secret.defaultMode, path.child('secret'), path.child('secret').child('defaultMode'));
  return (projected?.sources ?? []).flatMap((source, index) => source.secret === undefined ? []
    : modesOfSource(source.secret, projected!.defaultMode, path.child('projected').child('sources').index(index).child('secret'), path.child('projected').child('defaultMode')));
}

function modesOfSource({ items = [] }: Pick<SecretVolumeSource, 'items'>, defaultMode: number | undefined, path: FieldPath, defaultField: FieldPath) {
  const own = items.flatMap(({ mode }, index) => mode === undefined ? [] : [{ mode, field: path.child('items').index(index).child('mode') }]);
  const usesDefault = items.length === 0 || own.length < items.length;
  return usesDefault ? [{ mode: defaultMode ?? DEFAULT_MODE, field: defaultField }, ...own] : own;
}
