import type { IConstruct, IValidation } from 'constructs';

/** Marks the validations of this library, in every copy of it. */
const OWN = Symbol.for('cdk8s-secrets.validation');

/** Adds a validation of this library's: one that changes nothing in the app. */
export function addOwnValidation(construct: IConstruct, validate: () => string[]): void {
  construct.node.addValidation(Object.assign({ validate }, { [OWN]: true }));
}

/**
 * Runs the validations that others gave to a construct. Some change the app, though they should not, and cdk8s asks ours before it asks them;
 * what they say is left to cdk8s, which asks them all again.
 *
 * @returns whether there were any
 */
export function runOthersValidations(construct: IConstruct): boolean {
  const validations = othersOf(construct);
  for (const validation of validations) {
    try {
      validation.validate();
    } catch {
      // cdk8s will come upon it
    }
  }
  return validations.length > 0;
}

/** constructs keeps the validations of a node to itself; where it has them elsewhere one day, there are none. */
function othersOf(construct: IConstruct): IValidation[] {
  const { _validations: validations } = construct.node as unknown as { _validations?: unknown };
  return Array.isArray(validations) ? validations.filter(validation => !(OWN in validation)) : [];
}
