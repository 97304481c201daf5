import type { Segments } from '../document/segments';

/** The path of a field, printed as the API server prints it. */
export class FieldPath {
  /** The path of the whole object. */
  public static readonly ROOT = new FieldPath(undefined, '', false);

  /** The path that segments lead along; a text is taken as the name of a field. */
  public static of(segments: Segments): FieldPath {
    return segments.reduce<FieldPath>((path, segment) => typeof segment === 'number' ? path.index(segment) : path.child(segment), FieldPath.ROOT);
  }

  // Declared, not defined: many paths are made, and each definition is one more assignment.
  declare private readonly parent: FieldPath | undefined;
  declare private readonly segment: string | number;
  /** Whether it is printed in brackets, or what is printed in its place. */
  declare private readonly print: boolean | string;

  /** Most paths are never printed, so their text is made when it is asked for. */
  private constructor(parent: FieldPath | undefined, segment: string | number, print: boolean | string) {
    this.parent = parent;
    this.segment = segment;
    this.print = print;
  }

  /** A field of a struct: `spec.containers`. */
  public child(name: string): FieldPath {
    return new FieldPath(this, name, false);
  }

  /** A field that the API server prints by another name than it has: `hostPID`, of which it says `HostPID`. */
  public childPrintedAs(name: string, printed: string): FieldPath {
    return new FieldPath(this, name, `.${printed}`);
  }

  /** A field or an item that the API server leaves out where it prints what is below it. */
  public unprinted(segment: string | number): FieldPath {
    return new FieldPath(this, segment, '');
  }

  /** An item of a list: `containers[0]`. */
  public index(index: number): FieldPath {
    return new FieldPath(this, index, true);
  }

  /** An item of a list that the API server counts otherwise. */
  public indexPrintedAs(index: number, printed: number): FieldPath {
    return new FieldPath(this, index, `[${printed}]`);
  }

  /** An entry of a map: `data[tls.crt]`. */
  public key(key: string): FieldPath {
    return new FieldPath(this, key, true);
  }

  /** A field of a struct, or an entry of a map whose keys are no names of fields. */
  public named(key: string): FieldPath {
    return /^[\w-]+$/.test(key) ? this.child(key) : this.key(key);
  }

  /**
   * The path to what it leads to in an object of whose lists the API server kept only some items: `kept` says which, by the path of
   * the list as it is now. It prints as it did, because the API server does not know of the others any more.
   */
  public before(kept: ReadonlyMap<string, readonly number[]>): FieldPath {
    if (this.parent === undefined || kept.size === 0) return this;
    const parent = this.parent.before(kept);
    const index = typeof this.segment === 'number' ? kept.get(this.parent.toString())?.[this.segment] : undefined;
    if (index === undefined) return parent === this.parent ? this : new FieldPath(parent, this.segment, this.print);
    return new FieldPath(parent, index, this.printed);
  }

  /** The keys and indexes that lead to the field. */
  public get segments(): Segments {
    const segments: (string | number)[] = [];
    for (let at: FieldPath = this; at.parent !== undefined; at = at.parent) segments.push(at.segment);
    return segments.reverse();
  }

  /** Whether it is an entry of a map: its last segment is no name of a field, but a key that somebody chose. */
  public get isEntry(): boolean {
    return typeof this.segment === 'string' && this.print === true;
  }

  public toString(): string {
    let text = '';
    for (let at: FieldPath = this; at.parent !== undefined; at = at.parent) {
      text = at.printed + text;
    }
    return text.startsWith('.') ? text.slice(1) : text;
  }

  private get printed(): string {
    if (typeof this.print === 'string') return this.print;
    return this.print ? `[${this.segment}]` : `.${this.segment}`;
  }
}
