import { checkKey, checkKeysOfType } from './keys';
import { checkAdopted } from './references';
import type { ResourceRules } from './rules-of-resource';
import { SchemaCheck } from './schema-check';
import { checkTemplate } from './templates';
import { VAULT_OF, vaultSchemas } from './vault-schemas';
import { FieldPath } from '../field-path';
import type { Manifest } from '../model/manifest';
import { list, record, text } from '../model/untyped';
import { vaultKeys } from '../model/vault-keys';
import { vaultFunction } from '../template/template-functions';

type Fields = Readonly<Record<string, unknown>>;

const SPEC = FieldPath.ROOT.child('spec');
const DESTINATION = SPEC.child('destination');

/** One unit only, as the definition has it. */
const REFRESH_AFTER = /^\d+(?:\.\d+)?[smh]$/;

/** A kind of the Vault Secrets Operator; its definitions are not read, but what is known of its fields. */
export function vaultRules(kind: string): ResourceRules {
  return {
    validate: ({ raw, apiVersion, findings: out }, spec) => {
      if (!apiVersion.endsWith('/v1beta1')) return;
      const { roots, nodes } = vaultSchemas();
      new SchemaCheck(`${kind} of ${VAULT_OF}`, number => nodes[number], out).object(raw, roots[kind], FieldPath.ROOT);
      if (typeof spec.refreshAfter === 'string' && !REFRESH_AFTER.test(spec.refreshAfter)) {
        out.refuse('InvalidFormat', SPEC.child('refreshAfter'), 'the field must be a duration of one unit such as 30s, 5m or 1h', 'write 90m for 1h30m');
      }
    },
    check: (manifest, spec, cluster) => {
      const { findings: out } = manifest;
      checkAdopted(text(record(spec.destination).name), DESTINATION.child('name'), manifest, cluster);
      if (spec.type === 'kv-v1' && spec.version !== undefined) {
        out.fails('ConflictingFields', SPEC.child('version'), 'only the engine kv-v2 has versions', 'leave the version out');
      }
      if (kind === 'VaultStaticSecret' && spec.hmacSecretData === false && list(spec.rolloutRestartTargets).length > 0) {
        out.surprises('ConflictingFields', SPEC.child('rolloutRestartTargets'), 'without hmacSecretData the operator does not know whether a value has changed, and restarts nothing', 'leave hmacSecretData out');
      }
      checkTransformation(record(record(spec.destination).transformation), manifest);
      checkType(record(spec.destination), manifest);
    },
  };
}

function checkTransformation(transformation: Fields, manifest: Manifest): void {
  const path = DESTINATION.child('transformation').child('templates');
  for (const [key, template] of Object.entries(record(transformation.templates))) {
    const at = path.key(key);
    checkKey(key, at, manifest.findings);
    if (key === '_raw') manifest.findings.fails('InvalidKey', at, 'the operator keeps the key "_raw" for the whole answer of Vault', 'give it another name');
    checkTemplate(record(template).text, at.child('text'), manifest, { knowsFunction: vaultFunction, operator: 'the Vault Secrets Operator', stopsAtUnknown: false });
  }
}

function checkType(destination: Fields, { kind, findings: out }: Manifest): void {
  checkKeysOfType(text(destination.type), vaultKeys(kind, destination), DESTINATION.child('type'), out, 'make it by a template');
}
