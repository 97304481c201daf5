import type { Segments } from './segments';

/** How many fields of one document are named that it has twice; the others are counted. */
const MAX_NAMED = 100;

/** Fields that a document has twice. What is remembered of a document stays small, however many there are and however deep they stand. */
export class DuplicateFields {
  readonly #named: Segments[] = [];
  #further = 0;

  public get named(): readonly Segments[] {
    return this.#named;
  }

  /** How many more there are. */
  public get further(): number {
    return this.#further;
  }

  public add(path: Segments): void {
    if (this.#named.length < MAX_NAMED) this.#named.push([...path]);
    else this.#further++;
  }
}
