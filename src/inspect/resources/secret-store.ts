import type { ResourceRules } from './rules-of-resource';
import { FieldPath } from '../field-path';
import type { Manifest } from '../model/manifest';
import { isRecord, text } from '../model/untyped';
import { quote } from '../quote';

/** How deep a provider's settings are looked through. */
const MAX_DEPTH = 8;

/** A SecretStore may only take its credentials from its own namespace. */
export const SECRET_STORE_RULES: ResourceRules = {
  check: (manifest, spec) => {
    if (manifest.namespace !== '') checkSelectors(spec.provider, FieldPath.ROOT.child('spec').child('provider'), manifest, 0);
  },
};

function checkSelectors(value: unknown, path: FieldPath, manifest: Manifest, depth: number): void {
  if (!isRecord(value) || depth > MAX_DEPTH) return;
  const { namespace, findings: out } = manifest;
  const named = text(value.namespace);
  if (text(value.key) !== '' && text(value.name) !== '' && named !== '' && named !== namespace) {
    out.fails('InvalidSecretStore', path.child('namespace'), `a SecretStore in ${quote(namespace)} may not read a Secret in ${quote(named)}`, 'leave the namespace out, or use a ClusterSecretStore');
  }
  for (const name of Object.keys(value)) checkSelectors(value[name], path.child(name), manifest, depth + 1);
}
