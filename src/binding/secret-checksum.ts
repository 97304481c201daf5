import { createHash } from 'node:crypto';
import type { IConstruct } from 'constructs';
import { configMapReferences } from '../inspect/model/config-map-references';
import { secretReferences, SecretUse } from '../inspect/model/secret-references';
import { ConfigMapRegistry } from '../secret/config-map-registry';
import type { SecretConfigMap } from '../secret/secret-config-map';
import { SecretRegistry } from '../secret/secret-registry';

/**
 * A digest of every value that a pod sees as a variable or a file, of a Secret or of a ConfigMap beside one, or undefined where none of them is known here.
 *
 * It changes when, and only when, one of those values does: not with their order, nor with where they are bound, which
 * the pod template shows itself.
 *
 * @param scope a construct of the app that declares the secrets
 * @param namespace the namespace of the pod
 * @param podSpec the pod spec, or the parts of it that name secrets
 */
export function secretChecksum(scope: IConstruct, namespace: string | undefined, podSpec: unknown): string | undefined {
  const registry = SecretRegistry.of(scope);
  const inputs = new Map<string, Buffer>();
  for (const { secretName, key, how } of secretReferences(podSpec)) {
    if (how === SecretUse.IMAGE_PULL) continue;
    const secret = registry.find(namespace, secretName);
    for (const name of key === undefined ? secret?.keyNames ?? [] : [key]) {
      const input = secret?._checksumInput(name);
      if (input !== undefined) inputs.set(JSON.stringify([secretName, name]), input);
    }
  }
  for (const { configMap, key } of besideSecrets(scope, namespace, podSpec)) {
    for (const name of key === undefined ? configMap.keyNames : [key]) {
      const input = configMap._checksumInput(name);
      if (input !== undefined) inputs.set(JSON.stringify(['ConfigMap', configMap.name, name]), input);
    }
  }
  if (inputs.size === 0) return undefined;
  const hash = createHash('sha256');
  for (const label of [...inputs.keys()].sort()) {
    const input = inputs.get(label)!;
    hash.update(`${label.length}:${label}${input.length}:`).update(input);
  }
  return hash.digest('hex');
}

/** The names of the secrets that a pod sees as variables or files, each once. */
export function seenSecrets(podSpec: unknown): string[] {
  const seen = secretReferences(podSpec).filter(({ how }) => how !== SecretUse.IMAGE_PULL && how !== SecretUse.VOLUME_DRIVER);
  return [...new Set(seen.map(({ secretName }) => secretName))];
}

/** The ConfigMaps beside secrets that a pod sees, and which of their keys; without one, all of them. */
export function besideSecrets(
  scope: IConstruct, namespace: string | undefined, podSpec: unknown,
): { readonly configMap: SecretConfigMap; readonly key?: string }[] {
  const registry = ConfigMapRegistry.of(scope);
  return registry.isEmpty ? [] : configMapReferences(podSpec).flatMap(({ name, key }) => {
    const configMap = registry.find(namespace, name);
    return configMap === undefined ? [] : [{ configMap, key }];
  });
}
