import { dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from './names';
import type { Problem } from '../errors/problem';

// What the API server has against metadata, in one sentence for what is declared and for what is inspected. The texts are given as they may be shown.

const FIX_NAME = "use lower-case letters, digits, '-' and '.', with a letter or digit at both ends";
const FIX_NAMESPACE = "use lower-case letters, digits and '-', at most 63 characters, with a letter or digit at both ends";
const FIX_LABEL = "use letters, digits, '-', '_' and '.', at most 63 characters, with a letter or digit at both ends; longer texts go into an annotation";
const FIX_KEY = "use letters, digits, '-', '_' and '.', at most 63 characters, with a letter or digit at both ends, and a domain with a '/' before it if you like";

/** How a text is shown in a message. */
export type Show = (text: string) => string;

/** The name of something. */
export function nameProblem(
  name: string, what: string, show: Show, rule: (name: string) => string[] = dns1123Subdomain, next = FIX_NAME,
): Problem | undefined {
  return problem('InvalidName', rule(name), () => `${show(name)} can be no ${what}`, next);
}

/** The namespace of an object. */
export function namespaceProblem(namespace: string, show: Show): Problem | undefined {
  return problem('InvalidNamespace', dns1123Label(namespace), () => `${show(namespace)} can be no namespace`, FIX_NAMESPACE);
}

/** The key of a label. */
export function labelKeyProblem(key: string, show: Show): Problem | undefined {
  return problem('InvalidLabel', qualifiedName(key), () => `${show(key)} can be no key of a label`, FIX_KEY);
}

/** The value of a label. */
export function labelValueProblem(key: string, value: string, show: Show): Problem | undefined {
  return problem('InvalidLabel', labelValue(value), () => `the label ${show(key)} cannot have this value`, FIX_LABEL);
}

/** The key of an annotation, which may be written in upper case. */
export function annotationKeyProblem(key: string, show: Show): Problem | undefined {
  return problem('InvalidLabel', qualifiedName(key.toLowerCase()), () => `${show(key)} can be no key of an annotation`, FIX_KEY);
}

function problem(code: Problem['code'], wrong: readonly string[], sentence: () => string, next: string): Problem | undefined {
  return wrong.length === 0 ? undefined : { code, message: `${sentence()}: ${wrong.join(', ')}`, next };
}
