import type { ApiObjectMetadata } from 'cdk8s';
import type { Problem } from '../errors/problem';
import { annotationKeyProblem, labelKeyProblem, labelValueProblem, namespaceProblem, nameProblem as problemOfName } from '../kubernetes/metadata';

const show = (text: string) => JSON.stringify(text);

/** What the API server has against the name and namespace of a secret. */
export function nameProblem(name: string, namespace: string | undefined): Problem | undefined {
  if (typeof name !== 'string') {
    return {
      code: 'InvalidName',
      message: 'the name of a secret must be a plain text, not a Lazy or another token',
      next: 'compute the name before the secret is declared',
    };
  }
  return problemOfName(name, 'name of a secret', show) ?? (namespace === undefined ? undefined : namespaceProblem(namespace, show));
}

/** What the API server has against the labels and annotations of a secret. */
export function labelProblem(metadata: ApiObjectMetadata | undefined): Problem | undefined {
  for (const [key, value] of Object.entries(metadata?.labels ?? {})) {
    const found = labelKeyProblem(key, show) ?? notText('label', key, value) ?? labelValueProblem(key, value, show);
    if (found !== undefined) return found;
  }
  for (const [key, value] of Object.entries(metadata?.annotations ?? {})) {
    const found = annotationKeyProblem(key, show) ?? notText('annotation', key, value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function notText(what: string, key: string, value: unknown): Problem | undefined {
  if (typeof value === 'string') return undefined;
  return { code: 'InvalidLabel', message: `the value of the ${what} ${show(key)} must be a text`, next: 'write it as a text' };
}
