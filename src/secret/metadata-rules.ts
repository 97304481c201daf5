import type { ApiObjectMetadata } from 'cdk8s';
import type { Problem } from '../errors/problem';
import { dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../kubernetes/names';

/** What the API server has against the name and namespace of a secret. */
export function nameProblem(name: string, namespace: string | undefined): Problem | undefined {
  if (typeof name !== 'string') {
    return {
      code: 'InvalidName',
      message: 'the name of a secret must be a plain text, not a Lazy or another token',
      next: 'compute the name before the secret is declared',
    };
  }
  const wrong = dns1123Subdomain(name);
  if (wrong.length > 0) {
    return {
      code: 'InvalidName',
      message: `${JSON.stringify(name)} can be no name of a secret: ${wrong.join(', ')}`,
      next: "use lower-case letters, digits, '-' and '.', with a letter or digit at both ends",
    };
  }
  const wrongNamespace = namespace === undefined ? [] : dns1123Label(namespace);
  return wrongNamespace.length === 0 ? undefined : {
    code: 'InvalidNamespace',
    message: `${JSON.stringify(namespace)} can be no namespace: ${wrongNamespace.join(', ')}`,
    next: "use lower-case letters, digits and '-', with a letter or digit at both ends",
  };
}

/** What the API server has against the labels and annotations of a secret. */
export function labelProblem(metadata: ApiObjectMetadata | undefined): Problem | undefined {
  const problem = (what: string, key: string, wrong: string[]): Problem | undefined => wrong.length === 0 ? undefined : {
    code: 'InvalidLabel',
    message: `the ${what} ${JSON.stringify(key)} is invalid: ${wrong.join(', ')}`,
    next: 'correct it; what does not fit a label (63 characters) goes into an annotation',
  };
  const texts = (what: string, value: unknown) => typeof value === 'string' ? [] : [`the value of ${what} must be a text`];
  for (const [key, value] of Object.entries(metadata?.labels ?? {})) {
    const wrong = [...qualifiedName(key), ...texts('a label', value)];
    const found = problem('label', key, wrong.length > 0 ? wrong : labelValue(value));
    if (found !== undefined) return found;
  }
  for (const [key, value] of Object.entries(metadata?.annotations ?? {})) {
    const found = problem('annotation', key, [...qualifiedName(key.toLowerCase()), ...texts('an annotation', value)]);
    if (found !== undefined) return found;
  }
  return undefined;
}
