import type { Segments } from './manifest-source';

/** The path of a field, printed as the API server prints it. */
export class FieldPath {
  /** The path of the whole object. */
  public static readonly ROOT = new FieldPath(undefined, '', '');

  /** The path that segments lead along; a text is taken as the name of a field. */
  public static of(segments: Segments): FieldPath {
    return segments.reduce<FieldPath>((path, segment) => typeof segment === 'number' ? path.index(segment) : path.child(segment), FieldPath.ROOT);
  }

  private constructor(
    private readonly parent: FieldPath | undefined,
    private readonly segment: string | number,
    private readonly text: string,
  ) {}

  /** A field of a struct: `spec.containers`. Several names go several levels down. */
  public child(...names: string[]): FieldPath {
    let path: FieldPath = this;
    for (const name of names) path = new FieldPath(path, name, path.parent === undefined ? name : `.${name}`);
    return path;
  }

  /** An item of a list: `containers[0]`. */
  public index(index: number): FieldPath {
    return new FieldPath(this, index, `[${index}]`);
  }

  /** An entry of a map: `data[tls.crt]`. */
  public key(key: string): FieldPath {
    return new FieldPath(this, key, `[${key}]`);
  }

  /** The keys and indexes that lead to the field. */
  public get segments(): Segments {
    const segments: (string | number)[] = [];
    for (let at: FieldPath = this; at.parent !== undefined; at = at.parent) segments.push(at.segment);
    return segments.reverse();
  }

  public toString(): string {
    let text = '';
    for (let at: FieldPath | undefined = this; at !== undefined; at = at.parent) text = at.text + text;
    return text;
  }
}
