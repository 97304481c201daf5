import { generatedKeys, type GeneratorSettings, isWithoutMemory, lifetimeOf } from '../../inspect/model/generators';

/** What is known of what a generator makes. */
export interface GeneratorFacts {
  readonly kind: string;
  /** Its keys, where they are known. */
  readonly keys?: readonly string[];
  /** Whether it makes another value each time, and keeps nothing of it. */
  readonly isWithoutMemory: boolean;
  /** How many seconds what it makes is good for, where that is known. */
  readonly lifetime?: number;
}

/** What is known of a generator of a kind. */
export function generatorFacts(settings: GeneratorSettings, keys = generatedKeys(settings)): GeneratorFacts {
  return { kind: settings.kind, keys, isWithoutMemory: isWithoutMemory(settings), lifetime: lifetimeOf(settings) };
}
