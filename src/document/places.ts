import type { Segments } from './segments';

/** Where the fields and items of a parsed document stand in its text, as offsets. */
export class Places {
  readonly #places = new Map<object, Map<string | number, number>>();
  #root = 0;

  /** Notes where the document itself begins. */
  public noteRoot(offset: number): void {
    this.#root = offset;
  }

  /** Notes where a field of a map, or an item of a list, stands. */
  public note(container: object, key: string | number, offset: number): void {
    const places = this.#places.get(container);
    if (places === undefined) this.#places.set(container, new Map([[key, offset]]));
    else places.set(key, offset);
  }

  /** Where a field of a map stands, if that is known. */
  public of(container: object, key: string | number): number | undefined {
    return this.#places.get(container)?.get(key);
  }

  /** Where a field of the document stands, or the nearest one above it that there is. */
  public find(document: unknown, path: Segments): number {
    let offset = this.#root;
    let at = document;
    for (const segment of path) {
      if (typeof at !== 'object' || at === null) break;
      const place = this.of(at, segment);
      if (place === undefined) break;
      offset = place;
      at = (at as Record<string | number, unknown>)[segment];
    }
    return offset;
  }
}
