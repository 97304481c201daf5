import type { StorePlace } from './store-references';

/** Where a store has its values from. */
export interface ProviderVariant {
  /** The field of `spec.provider` that sets it. */
  readonly field: string;
  /** What stands in that field. */
  fields(place: StorePlace): object;
}
