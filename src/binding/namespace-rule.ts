import type { Problem } from '../errors/problem';
import { DeclaredSecret } from '../secret/declared-secret';
import type { SecretConfigMap } from '../secret/secret-config-map';
import type { ISecret } from '../secret/secret-reference';

const words = (name: string | undefined) => name === undefined ? 'no namespace' : `namespace ${JSON.stringify(name)}`;

/** What keeps a pod of a namespace from seeing a secret: that it is in another one, or undefined where it is not. */
export function namespaceProblem(secret: ISecret, consumer: string, namespace: string | undefined): Problem | undefined {
  if (secret.namespace === namespace || (DeclaredSecret._is(secret) && secret._in(namespace) !== undefined)) return undefined;
  return {
    code: 'NamespaceMismatch',
    message: `secret ${JSON.stringify(secret.name)} is in ${words(secret.namespace)}, the ${consumer} in ${words(namespace)}; a pod sees the secrets of its own namespace only`,
    next: 'declare the secret in the namespace of the workload, give both charts the same namespace, or bring the secret to both with replicateTo',
  };
}

/** The same of a ConfigMap that is beside a secret. */
export function configMapProblem(configMap: SecretConfigMap, consumer: string, namespace: string | undefined): Problem | undefined {
  return configMap._isIn(namespace) ? undefined : {
    code: 'NamespaceMismatch',
    message: `ConfigMap ${JSON.stringify(configMap.name)} is in ${words(configMap.namespace)}, the ${consumer} in ${words(namespace)}; a pod sees the ConfigMaps of its own namespace only`,
    next: 'declare its secret in the namespace of the workload, or bring both to it with replicateTo',
  };
}
