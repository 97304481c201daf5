/** Writes documents as YAML, one after the other. */
export type WriteYaml = (...documents: unknown[]) => string;

/** How many are remembered, beside those of one document. */
const MAX_KNOWN = 20_000;

/** A document of some values, a line for each; in the order that cdk8s meets them. */
interface Lines<T> {
  readonly values: readonly T[];
  readonly document: object;
  readonly before: string;
  readonly after: string;
}

/**
 * How cdk8s writes keys, or texts and numbers, each of which takes one line wherever it stands.
 *
 * What is not known yet is noted, and asked for together: to have cdk8s write one text costs more than ten of them in a document do.
 */
export class WrittenTexts<T> {
  public static ofKeys(peer: WriteYaml): WrittenTexts<string> {
    return new WrittenTexts(peer, names => {
      const document = Object.fromEntries(names.map(name => [name, 0]));
      return { values: Object.keys(document), document, before: '', after: ': 0' };
    });
  }

  public static ofItems(peer: WriteYaml): WrittenTexts<unknown> {
    return new WrittenTexts<unknown>(peer, values => ({ values, document: values, before: '- ', after: '' }));
  }

  readonly #known = new Map<T, string | undefined>();
  readonly #missing = new Set<T>();

  private constructor(private readonly peer: WriteYaml, private readonly linesOf: (values: readonly T[]) => Lines<T>) {}

  /** How it is written: undefined if not in one line, and anything while it has not been asked for. */
  public of(value: T): string | undefined {
    const text = this.#known.get(value);
    if (text !== undefined || this.#known.has(value)) return text;
    this.#missing.add(value);
    return '';
  }

  /** Whether all that was looked up since is known. */
  public get isComplete(): boolean {
    return this.#missing.size === 0;
  }

  /** Begins with a document: what an earlier one missed is not asked for. */
  public begin(): void {
    this.#missing.clear();
    if (this.#known.size > MAX_KNOWN) this.#known.clear();
  }

  /** Asks for all that is missing. */
  public ask(): void {
    const missing = [...this.#missing];
    this.#missing.clear();
    if (missing.length > 0) this.learn(missing);
  }

  private learn(asked: readonly T[]): void {
    const { values, document, before, after } = this.linesOf(asked);
    const lines = this.peer(document).split('\n').slice(0, -1);
    if (lines.length !== values.length && values.length > 1) {
      for (const value of values) this.learn([value]);
      return;
    }
    values.forEach((value, index) => this.#known.set(value, lines.length === values.length ? between(lines[index], before, after) : undefined));
  }
}

function between(line: string, before: string, after: string): string | undefined {
  const fits = line.startsWith(before) && line.endsWith(after) && !line.startsWith('? ');
  return fits ? line.slice(before.length, line.length - after.length) : undefined;
}
