import type { ExternalGeneratorKind } from '../delivery/external/generator-kind';
import type { StorePlace } from '../store/store-references';

/** What a generator is set to. */
export interface GeneratorVariant {
  readonly kind: ExternalGeneratorKind;
  /** The keys that it makes, where its spec does not tell. */
  readonly keys?: readonly string[];
  /** The spec of its object, with what the server would fill in. */
  spec(place: StorePlace): Readonly<Record<string, unknown>>;
}
