import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { DuplicateFields } from './duplicate-fields';
import { MAX_DEPTH, setField, type ParsedDocument } from './parsed-document';
import type { Places } from './places';
import { Unreadable } from './unreadable';
import { keyText, resolvePlain, type ScalarValue } from './yaml-scalars';
import { yamlTree } from './yaml-syntax';

/** What an anchor stands for. */
interface Anchored {
  readonly node: Node;
  /** Undefined while it is being read: an alias of it would contain itself. */
  value?: { readonly value: unknown; readonly key: string | undefined; readonly nodes: number; readonly height: number };
}

const TAG_PREFIX = 'tag:yaml.org,2002:';
const TYPES: readonly string[] = ['null', 'bool', 'int', 'float', 'timestamp'];

/**
 * Reads one YAML document as kubectl does, which turns it into JSON with go-yaml v2: the types of YAML 1.1, `<<` merges where
 * it stands, of two fields of one name the last counts, and what only multiplies through aliases is refused.
 *
 * @see https://github.com/kubernetes-sigs/yaml
 * @throws Unreadable
 */
export function parseYaml(text: string, places?: Places): ParsedDocument {
  const tree = yamlTree(text);
  if (tree === undefined || tree.contents === null) return { value: null, duplicateFields: [] };
  const reader = new TreeReader(places);
  places?.noteRoot(tree.contents.range![0]);
  const value = reader.read(tree.contents);
  return { value, duplicateFields: reader.duplicates.named, furtherDuplicates: reader.duplicates.further };
}

/** Makes plain values of a syntax tree. Values behind aliases are made once, and shared. */
class TreeReader {
  public readonly duplicates = new DuplicateFields();
  private readonly anchors = new Map<string, Anchored>();
  private readonly path: (string | number)[] = [];
  /** How deep the values are nested so far, aliases followed. */
  private deepest = 0;
  /** How many nodes there are, those behind aliases each time. */
  private nodes = 1;
  private aliasedNodes = 0;

  constructor(private readonly places: Places | undefined) {}

  public read(node: Node | null): unknown {
    return this.visit(node, () => this.valueOf(node!));
  }

  private valueOf(node: Node): unknown {
    if (isMap(node)) return this.readMap(node);
    return isSeq(node) ? this.readList(node) : toJson(scalarOf(node as Scalar), offsetOf(node));
  }

  private visit<T>(node: Node | null, make: () => T): T | null {
    this.nodes++;
    this.deepest = Math.max(this.deepest, this.path.length);
    if (node === null) return null;
    if (isAlias(node)) return this.follow(node).value as T;
    if (node.anchor === undefined) return make();

    const anchored: Anchored = { node };
    this.anchors.set(node.anchor, anchored);
    const { nodes, deepest } = this;
    this.deepest = this.path.length;
    const value = make();
    const key = isScalar(node) ? keyText(scalarOf(node)) : undefined;
    anchored.value = { value, key, nodes: this.nodes - nodes + 1, height: this.deepest - this.path.length };
    this.deepest = Math.max(this.deepest, deepest);
    return value;
  }

  private follow(alias: Alias): NonNullable<Anchored['value']> {
    const anchored = this.anchors.get(alias.source);
    if (anchored === undefined) throw new Unreadable('an alias names no anchor', offsetOf(alias));
    if (anchored.value === undefined) throw new Unreadable('an anchor contains itself', offsetOf(alias));
    const { nodes, height } = anchored.value;
    this.nodes += nodes;
    this.aliasedNodes += nodes;
    this.deepest = Math.max(this.deepest, this.path.length + height);
    if (this.aliasedNodes > 100 && this.nodes > 1000 && this.aliasedNodes / this.nodes > allowedRatio(this.nodes)) {
      throw new Unreadable('aliases multiply the document to many times its size', offsetOf(alias));
    }
    if (this.deepest > MAX_DEPTH) throw new Unreadable(`nested more than ${MAX_DEPTH} deep, aliases followed`, offsetOf(alias));
    return anchored.value;
  }

  private readList(list: YAMLSeq): unknown[] {
    const values: unknown[] = [];
    for (const [index, item] of (list.items as (Node | null)[]).entries()) {
      this.places?.note(values, index, item?.range?.[0] ?? offsetOf(list));
      this.path.push(index);
      values.push(this.read(item));
      this.path.pop();
    }
    return values;
  }

  private readMap(map: YAMLMap): object {
    const object = {};
    const own = new Set<string>();
    for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
      if (isMergeKey(key)) {
        this.merge(value, object, offsetOf(key));
        continue;
      }
      const name = this.readKey(key);
      this.path.push(name);
      if (own.has(name)) this.duplicates.add(this.path);
      own.add(name);
      setField(object, name, this.read(value));
      this.path.pop();
      this.places?.note(object, name, offsetOf(key));
    }
    return object;
  }

  private readKey(key: Node): string {
    let name: string | null | undefined;
    if (isAlias(key)) {
      this.nodes++;
      name = this.follow(key).key;
    } else if (isScalar(key)) {
      name = this.visit(key, () => keyText(scalarOf(key)));
    }
    if (name === null || name === undefined) throw new Unreadable('a key is no text, no number and no boolean', offsetOf(key));
    return name;
  }

  /** Copies the fields of other maps, over those that stand before the `<<`; of a list of maps the first wins. */
  private merge(value: Node | null, target: object, offset: number): void {
    const sources = isSeq(value) ? [...value.items as Node[]].reverse() : [value];
    for (const source of sources) {
      const fields = isAlias(source) ? this.anchors.get(source.source)?.node ?? source : source;
      if (!isMap(fields) && !isAlias(fields)) throw new Unreadable("'<<' takes a map or a list of maps", offset);
      const merged = this.read(source) as object;
      for (const [name, field] of Object.entries(merged)) {
        setField(target, name, field);
        this.places?.note(target, name, this.places.of(merged, name) ?? offset);
      }
    }
  }
}

/** go-yaml's measure of a document that multiplies through aliases. */
function allowedRatio(nodes: number): number {
  return Math.min(0.99, Math.max(0.1, 0.99 - 0.89 * (nodes - 400_000) / 3_600_000));
}

function isMergeKey(key: Node): boolean {
  if (!isScalar(key) || key.source !== '<<') return false;
  return key.tag === undefined ? key.type === Scalar.PLAIN : key.tag === `${TAG_PREFIX}merge` || key.tag === '!';
}

function scalarOf(node: Scalar): ScalarValue {
  const text = node.source ?? '';
  if (node.tag === undefined) return node.type === Scalar.PLAIN ? resolvePlain(text) : { type: 'str', value: text };
  const tag = node.tag.startsWith(TAG_PREFIX) ? node.tag.slice(TAG_PREFIX.length) : '';
  if (tag === 'binary') return { type: 'str', value: binary(text, offsetOf(node)) };
  if (!TYPES.includes(tag)) return { type: 'str', value: text };
  const resolved = resolvePlain(text);
  if (resolved.type === tag) return resolved;
  if (tag === 'float' && resolved.type === 'int') return { type: 'float', value: Number(resolved.value) };
  if (tag === 'timestamp' && resolved.type === 'str') return resolved;
  throw new Unreadable('a value does not have the type that its tag says', offsetOf(node));
}

function binary(text: string, offset: number): string {
  const packed = text.replace(/[\r\n]/g, '');
  const bytes = Buffer.from(packed, 'base64');
  if (bytes.toString('base64') !== packed) throw new Unreadable('a !!binary is no base64', offset);
  return bytes.toString('utf8');
}

function toJson(scalar: ScalarValue, offset: number): unknown {
  if (scalar.type === 'null') return null;
  if (scalar.type === 'float' && !Number.isFinite(scalar.value)) throw new Unreadable('a number is infinite or none, which JSON cannot say', offset);
  return scalar.value;
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
