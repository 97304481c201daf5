import type { SchemaNode } from '../../crd/custom-kind';
import { customKind, schemaNode } from '../../crd/kinds';
import type { Problem } from '../../errors/problem';
import { closest, didYouMean } from '../../errors/suggest';

/** What is wrong with the field of a provider: that it is nearly one. Others may be those of a newer operator. */
export function providerNameProblem(name: string): Problem | undefined {
  const known = providerNames();
  if (known.includes(name) || closest(name, known) === undefined) return undefined;
  return {
    code: 'InvalidSecretStore', message: `External Secrets knows no provider ${JSON.stringify(name)}`, next: didYouMean(name, known, 'providers'),
  };
}

/** The providers that the definition of a SecretStore has. */
function providerNames(): string[] {
  const store = customKind('external-secrets.io', 'SecretStore')!;
  const fieldOf = (node: SchemaNode, name: string) => schemaNode(node.fields![name]);
  return Object.keys(fieldOf(fieldOf(schemaNode(store.versions.v1!), 'spec'), 'provider').fields!);
}
