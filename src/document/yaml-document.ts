import { DuplicateFields } from './duplicate-fields';
import { MAX_DEPTH, setField, type ParsedDocument, type TextPart } from './parsed-document';
import type { Places } from './places';
import { TextPool } from './text-pool';
import { Unreadable } from './unreadable';
import { Events, type EventKind } from './yaml/events';
import { readSimpleDocument } from './yaml/simple-document';
import { keyText, mayHaveType, resolvePlain, resolveTagged, type ScalarValue } from './yaml-scalars';

/** What an anchor stands for. */
interface Anchored {
  /** Undefined while it is being read: an alias of it would contain itself. */
  value?: { readonly value: unknown; readonly key: string | undefined; readonly nodes: number; readonly height: number };
}

/**
 * Reads one YAML document as kubectl does, which turns it into JSON with go-yaml v2: the types of YAML 1.1, `<<` merges where
 * it stands, of two fields of one name the last counts, and what only multiplies through aliases is refused.
 *
 * @param pool remembers the texts of other documents of the same stream
 * @see https://github.com/kubernetes-sigs/yaml
 * @throws Unreadable
 */
export function parseYaml(part: TextPart, places?: Places, pool = new TextPool()): ParsedDocument {
  const simple = places === undefined ? readSimpleDocument(part, pool) : undefined;
  return simple === undefined ? readWhole(part, places, pool) : { value: simple, duplicateFields: [] };
}

function readWhole({ text, start, end }: TextPart, places: Places | undefined, pool: TextPool): ParsedDocument {
  const events = new Events(text, start, end, pool);
  const kind = events.root();
  if (kind === undefined) return { value: null, duplicateFields: [] };
  places?.noteRoot(events.start);
  const reader = new ValueReader(events, places);
  const value = reader.readRoot(kind);
  const behind = events.behind();
  if (behind !== undefined) throw new Unreadable('kubectl does not read what stands behind the end of the document', behind, "begin the next document with '---'");
  return { value, duplicateFields: reader.duplicates.named, furtherDuplicates: reader.duplicates.further };
}

/** Makes plain values. Values behind aliases are made once, and shared. */
class ValueReader {
  public readonly duplicates = new DuplicateFields();
  private readonly anchors = new Map<string, Anchored>();
  private readonly path: (string | number)[] = [];
  /** How deep the values are nested so far, aliases followed. */
  private deepest = 0;
  /** How many nodes there are, those behind aliases each time. */
  private nodes = 1;
  private aliasedNodes = 0;
  /** Where the first number stands that JSON does not have. */
  private infinite: number | undefined;

  constructor(private readonly events: Events, private readonly places: Places | undefined) {}

  /** The value of the document. */
  public readRoot(kind: EventKind): unknown {
    const value = this.read(kind, 0);
    if (this.infinite !== undefined && hasInfinite(value)) throw new Unreadable('a number is infinite or none, which JSON cannot say', this.infinite);
    return value;
  }

  /** The value that begins with what was just read, at a depth. */
  public read(kind: EventKind, depth: number): unknown {
    this.nodes++;
    if (depth > this.deepest) this.deepest = depth;
    if (kind === 'alias') return this.follow(depth).value;
    return this.events.anchor === undefined ? this.readContent(kind, depth) : this.readAnchored(kind, depth, this.events.anchor).value;
  }

  private readContent(kind: EventKind, depth: number): unknown {
    if (kind === 'scalar') return this.readScalar();
    if (depth > MAX_DEPTH) throw new Unreadable(`nested more than ${MAX_DEPTH} deep`, this.events.start, 'take it out of the manifest');
    return kind === 'map' ? this.readMap(depth) : this.readList(depth);
  }

  private readAnchored(kind: EventKind, depth: number, anchor: string): NonNullable<Anchored['value']> {
    const anchored: Anchored = {};
    this.anchors.set(anchor, anchored);
    const { nodes, deepest } = this;
    this.deepest = depth;
    const key = kind === 'scalar' ? keyText(this.scalar()) : undefined;
    const value = this.readContent(kind, depth);
    anchored.value = { value, key, nodes: this.nodes - nodes + 1, height: this.deepest - depth };
    this.deepest = Math.max(this.deepest, deepest);
    return anchored.value;
  }

  private follow(depth: number): NonNullable<Anchored['value']> {
    const { text, start } = this.events;
    const anchored = this.anchors.get(text);
    if (anchored === undefined) throw new Unreadable('an alias names no anchor', start);
    if (anchored.value === undefined) throw new Unreadable('an anchor contains itself', start);
    const { nodes, height } = anchored.value;
    this.nodes += nodes;
    this.aliasedNodes += nodes + 1;
    this.deepest = Math.max(this.deepest, depth + height);
    if (this.aliasedNodes > 100 && this.nodes > 1000 && this.aliasedNodes / this.nodes > allowedRatio(this.nodes)) {
      throw new Unreadable('aliases multiply the document to many times its size', start);
    }
    if (this.deepest > MAX_DEPTH) throw new Unreadable(`nested more than ${MAX_DEPTH} deep, aliases followed`, start);
    return anchored.value;
  }

  private readScalar(): unknown {
    const { events } = this;
    if (events.tag === undefined && !(events.isPlain && mayHaveType(events.text))) return events.text;
    const scalar = this.scalar();
    if (scalar.type === 'null') return null;
    // A field of the same name may still take its place.
    if (scalar.type === 'float' && !Number.isFinite(scalar.value)) this.infinite ??= events.start;
    return scalar.value;
  }

  private scalar(): ScalarValue {
    const { events: { tag, text, isPlain, start } } = this;
    if (tag === undefined) return isPlain ? resolvePlain(text) : { type: 'str', value: text };
    const resolved = resolveTagged(tag, text);
    if (resolved === undefined) throw new Unreadable('a value does not have the type that its tag says', start);
    return resolved;
  }

  private readList(depth: number): unknown[] {
    const { events, path, places } = this;
    const values: unknown[] = [];
    for (let kind = events.next(); kind !== 'end'; kind = events.next()) {
      places?.note(values, values.length, events.start);
      path[depth] = values.length;
      values.push(this.read(kind, depth + 1));
    }
    return values;
  }

  private readMap(depth: number): object {
    const { events, path, places } = this;
    const object = {};
    /** The names of the fields that stand in the map itself, where others were merged into it. */
    let own: Set<string> | undefined;
    for (let kind = events.next(); kind !== 'end'; kind = events.next()) {
      const { start } = events;
      if (kind === 'scalar' && events.text === '<<' && isMerge(events)) {
        own ??= new Set(Object.keys(object));
        this.merge(object, start, depth);
        continue;
      }
      const name = this.readKey(kind, depth);
      path[depth] = name;
      if (own === undefined ? Object.hasOwn(object, name) : own.has(name)) this.duplicates.add(path.slice(0, depth + 1));
      own?.add(name);
      setField(object, name, this.read(events.next(), depth + 1));
      places?.note(object, name, start);
    }
    return object;
  }

  private readKey(kind: EventKind, depth: number): string {
    const { events } = this;
    const { start } = events;
    this.nodes++;
    if (kind === 'scalar' && events.anchor === undefined) {
      if (events.tag === undefined && !(events.isPlain && mayHaveType(events.text))) return events.text;
      return keyText(this.scalar()) ?? noKey(start);
    }
    if (kind === 'alias') return this.follow(depth).key ?? noKey(start);
    if (kind === 'scalar') return this.readAnchored(kind, depth, events.anchor!).key ?? noKey(start);
    throw new Unreadable('a key is a map or a list', start);
  }

  /** Copies the fields of other maps, over those that stand before the `<<`; of a list of maps the first wins. */
  private merge(target: object, start: number, depth: number): void {
    const kind = this.events.next();
    const value = this.read(kind, depth);
    const sources = Array.isArray(value) && kind === 'list' ? value.reverse() : [value];
    for (const source of sources) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) throw new Unreadable("'<<' takes a map or a list of maps", start);
      for (const [name, field] of Object.entries(source)) {
        setField(target, name, field);
        this.places?.note(target, name, this.places.of(source, name) ?? start);
      }
    }
  }
}

/** Whether a key `<<` merges. With the tag that says nothing it does even in quotes. */
function isMerge({ tag, isPlain }: Events): boolean {
  return tag === undefined ? isPlain : tag === '!' || tag === 'tag:yaml.org,2002:merge';
}

/** go-yaml's measure of a document that multiplies through aliases. */
function allowedRatio(nodes: number): number {
  return Math.min(0.99, Math.max(0.1, 0.99 - 0.89 * (nodes - 400_000) / 3_600_000));
}

/** Whether there is a number that JSON does not have. What stands behind several aliases is looked at once. */
function hasInfinite(root: unknown): boolean {
  const seen = new Set<unknown>();
  const left = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'number' && !Number.isFinite(value)) return true;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const child of Object.values(value)) left.push(child);
  }
  return false;
}

function noKey(start: number): never {
  throw new Unreadable('a key is null, or a number that is too large for one', start);
}
