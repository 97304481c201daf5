import type { Problem } from '../errors/problem';
import { DeclaredSecret } from '../secret/declared-secret';
import type { ISecret } from '../secret/secret-reference';

/** What keeps a pod of a namespace from seeing a secret: that it is in another one, or undefined where it is not. */
export function namespaceProblem(secret: ISecret, consumer: string, namespace: string | undefined): Problem | undefined {
  if (secret.namespace === namespace || (DeclaredSecret._is(secret) && secret._in(namespace) !== undefined)) return undefined;
  const words = (name: string | undefined) => name === undefined ? 'no namespace' : `namespace ${JSON.stringify(name)}`;
  return {
    code: 'NamespaceMismatch',
    message: `secret ${JSON.stringify(secret.name)} is in ${words(secret.namespace)}, the ${consumer} in ${words(namespace)}; a pod sees the secrets of its own namespace only`,
    next: 'declare the secret in the namespace of the workload, give both charts the same namespace, or bring the secret to both with replicateTo',
  };
}
