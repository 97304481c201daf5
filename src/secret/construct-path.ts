import type { Construct } from 'constructs';
import { SecretsError } from '../errors/secrets-error';

/** The path that a construct will have, for what is refused before it is made. */
export function childPath(scope: Construct, id: string): string {
  return [scope.node.path, id.replaceAll('/', '--')].filter(part => part !== '').join('/');
}

/** Does something for a construct: what is refused is said of its path, which is looked at only then. */
export function saidOf<T>(node: { readonly path: string }, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof SecretsError && error.constructPath === undefined ? error.at(node.path) : error;
  }
}
