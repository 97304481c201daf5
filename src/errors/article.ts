/** What begins with the sound of a vowel: an Ingress, an HTTPRoute, a Secret, a UUID. */
const VOWEL = /^(?:[AEIOaeio]|[FHLMNRSX][A-Z])/;

/** A kind with its article. */
export function withArticle(kind: string): string {
  return `${VOWEL.test(kind) ? 'an' : 'a'} ${kind}`;
}
