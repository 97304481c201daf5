import { Severity, type Finding } from './finding';

/** How many findings of one code are listed. Whoever has more corrects the cause, not each of them. */
export const MAX_OF_ONE_CODE = 1000;

interface Counted<T> {
  count: number;
  /** The worst of those that are not listed. */
  omitted?: T;
}

/** Findings, of each code no more than can be read: a report stays in proportion to what people do with it, whatever the input is. */
export class BoundedFindings<T> {
  readonly #listed: T[] = [];
  readonly #byCode = new Map<string, Counted<T>>();

  /**
   * @param findingOf the finding in an entry
   * @param withFinding an entry like another one, with another finding
   */
  constructor(private readonly findingOf: (entry: T) => Finding, private readonly withFinding: (entry: T, finding: Finding) => T) {}

  /** What is listed, and a last entry for each code of which there are more. */
  public get all(): readonly T[] {
    const further: T[] = [];
    for (const { count, omitted } of this.#byCode.values()) {
      if (omitted === undefined) continue;
      const { location: _, constructPath: __, ...finding } = this.findingOf(omitted);
      further.push(this.withFinding(omitted, {
        ...finding,
        path: '',
        message: `… and ${count - MAX_OF_ONE_CODE} more of this code, of which this object has one`,
        next: 'correct what is listed, and inspect again',
      }));
    }
    return further.length === 0 ? this.#listed : [...this.#listed, ...further];
  }

  /** Whether another one of this code will be listed. */
  public isOpen(code: string): boolean {
    return (this.#byCode.get(code)?.count ?? 0) < MAX_OF_ONE_CODE;
  }

  /** Another entry, and its index where it is listed. */
  public add(entry: T): number | undefined {
    const { code, severity } = this.findingOf(entry);
    const counted = this.#byCode.get(code) ?? { count: 0 };
    this.#byCode.set(code, counted);
    if (++counted.count <= MAX_OF_ONE_CODE) return this.#listed.push(entry) - 1;
    if (counted.omitted === undefined || severity === Severity.ERROR) counted.omitted = entry;
    return undefined;
  }

  /** Another entry in the place of a listed one. */
  public replace(index: number, entry: T): void {
    this.#listed[index] = entry;
  }
}
