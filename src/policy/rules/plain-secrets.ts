import type { PolicyRule } from './policy-rule';
import { isPlaceholderValue } from '../../inspect/credentials/placeholder-value';
import type { Secret } from '../../inspect/decode/decoded';
import { FieldPath } from '../../inspect/field-path';
import { isPublicValue } from '../../inspect/leaks/public-values';
import type { SecretContents } from '../../inspect/model/secret-contents';
import { entryOf, keysOf } from '../../inspect/model/string-map';
import { quote } from '../../inspect/quote';

/** No Secret with values that are secret: placeholders, user names, hosts and certificates may stand in it. */
export const forbidPlainSecrets: PolicyRule = manifest => {
  const { kind, contents, decoded, findings } = manifest;
  if (kind !== 'Secret' || contents === undefined) return;
  const { data, stringData, type } = decoded as Secret;
  for (const [field, values] of Object.entries({ data, stringData })) {
    const keys = keysOf(values).filter(key => !isHarmless(manifest.contents!, type, key, entryOf(values, key)));
    if (keys.length === 0) continue;
    findings.fails('PlaintextForbidden', FieldPath.ROOT.child(field), `${subject(keys)} in the manifest, for everybody who has it to read`, NEXT);
  }
};

const NEXT = 'seal or encrypt the Secret (SealedSecret, SOPS), or have it made in the cluster (ExternalSecret, CSI driver)';

/** `value` is as it is written: what is no base64 may be a placeholder all the same. */
function isHarmless(contents: SecretContents, type: string | undefined, key: string, value: unknown): boolean {
  const bytes = contents.bytes(key) ?? Buffer.alloc(0);
  return isPublicValue(type, key, bytes) || isPlaceholderValue(bytes.toString('utf8')) || (typeof value === 'string' && isPlaceholderValue(value));
}

function subject([first, ...more]: readonly string[]): string {
  if (more.length === 0) return `the value of ${quote(first)} stands`;
  return `the values of ${quote(first)} and ${more.length} more ${more.length === 1 ? 'key' : 'keys'} stand`;
}
