import type { Problem } from './problem';
import { SecretsError } from './secrets-error';

/**
 * What a factory put into an object of a sum type. TypeScript lets nothing else through; programs without types, and casts, can give anything.
 *
 * @param object what was given
 * @param refusal what is said where no factory made it
 */
export function variantOf<V>(object: { readonly _variant: V }, refusal: Problem): V {
  const variant = (object as { readonly _variant?: V } | null | undefined)?._variant;
  if (variant === undefined) throw new SecretsError(refusal);
  return variant;
}
