/** What a program is made of: values as JSON has them, and code in their places. */
export type Value = null | boolean | number | string | Code | readonly Value[] | { readonly [key: string]: Value };

/** A piece of code that is no literal. */
export type Code = Call | Member | Name;

/** `new Secret(…)`, `SecretDelivery.existing()`. */
export class Call {
  constructor(public readonly callee: string, public readonly args: readonly Value[], public readonly isNew = false) {}
}

/** A field or a method of an object: `db.name`, `db.key('password')`. */
export class Member {
  constructor(public readonly of: Code, public readonly name: string, public readonly args?: readonly Value[]) {}
}

/** The name of something that was declared before. */
export class Name {
  constructor(public readonly name: string) {}
}

/** Whether a value is code. */
export function isCode(value: unknown): value is Code {
  return value instanceof Call || value instanceof Member || value instanceof Name;
}

/** One statement: an expression, with the name under which others know it. */
export interface Statement {
  readonly name?: string;
  readonly code: Code;
  /** What is said above it. */
  readonly comments: readonly string[];
}

/** What code calls of a library, or makes: `Secret`, also of `Secret.fromSecretName(…)`. */
export function calledIn(values: readonly Value[]): ReadonlySet<string> {
  const called = new Set<string>();
  const visit = (value: Value): void => {
    if (value === null || typeof value !== 'object' || value instanceof Name) return;
    if (value instanceof Call) called.add(value.callee.split('.')[0]);
    if (value instanceof Member) visit(value.of);
    if (value instanceof Call || value instanceof Member) value.args?.forEach(visit);
    else Object.values(value).forEach(visit);
  };
  values.forEach(visit);
  return called;
}
