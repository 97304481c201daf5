/** Objects that a rule looks at, as an admission policy names them. */
export interface AdmissionTarget {
  readonly group: string;
  readonly version: string;
  /** Plural, and a subresource behind a slash. */
  readonly resource: string;
  /** The kind, as Kyverno names it. */
  readonly kind: string;
  readonly operations: readonly ('CREATE' | 'UPDATE')[];
}

/** A policy that a cluster can enforce by itself, in CEL. */
export interface AdmissionRule {
  /** The code of the policy. */
  readonly code: string;
  /** What tells it from another rule of the code, as the end of a name. */
  readonly suffix?: string;
  readonly targets: readonly AdmissionTarget[];
  /** What has to hold of an object before it is looked at. */
  readonly conditions: Readonly<Record<string, string>>;
  /** Parts of the expression, by name, each of which may use those before it. */
  readonly variables: Readonly<Record<string, string>>;
  /** What has to be true. */
  readonly expression: string;
  /** What is said otherwise. */
  readonly message: string;
}

/** Why a policy can be no rule of a cluster. */
export type NoAdmissionRule = string;

/** What a policy is for a cluster: rules, or why it is none. */
export type Admission = readonly AdmissionRule[] | NoAdmissionRule;

/** Expressions by name, as admission policies list them. */
export function namedExpressions(expressions: Readonly<Record<string, string>>): { readonly name: string; readonly expression: string }[] {
  return Object.entries(expressions).map(([name, expression]) => ({ name, expression }));
}
