import { record, text } from './untyped';
import type { ObjectMeta } from '../decode/decoded';

/**
 * Annotations of a Secret that an operator fills with what another one holds, as `NAMESPACE/NAME`, and the operator.
 *
 * @see https://github.com/emberstack/kubernetes-reflector
 * @see https://github.com/mittwald/kubernetes-replicator
 */
const MIRRORS: readonly (readonly [string, string])[] = [
  ['reflector.v1.k8s.emberstack.com/reflects', 'Reflector'],
  ['replicator.v1.mittwald.de/replicate-from', 'the replicator'],
];

/** Where the values of a mirror come from. */
export interface Mirrored {
  readonly annotation: string;
  readonly operator: string;
  /** Undefined where it is the namespace of the mirror. */
  readonly namespace?: string;
  readonly name: string;
}

/** Of which Secret one is a mirror; undefined where it is none. */
export function mirroredBy({ annotations }: ObjectMeta): Mirrored | undefined {
  for (const [annotation, operator] of MIRRORS) {
    const [name = '', namespace] = text(record(annotations)[annotation]).split('/').reverse();
    if (name !== '') return { annotation, operator, ...namespace === undefined ? {} : { namespace }, name };
  }
  return undefined;
}
