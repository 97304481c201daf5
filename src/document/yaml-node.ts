import { isUtf8 } from 'node:buffer';
import { TextLines } from './text-lines';
import { Unreadable } from './unreadable';
import { readOnlyTree, readTree, type Mention, type Written } from './yaml/tree';
import { binaryBytes } from './yaml-scalars';

/** Why a text is no YAML, or not the YAML that was expected, and where; the reason quotes none of it. */
export class YamlRefused extends Error {
  constructor(reason: string, public readonly line: number) {
    super(reason);
  }
}

/** An entry of a mapping; its line is that of the key. */
export interface YamlEntry {
  readonly key: string;
  readonly line: number;
  readonly value: YamlNode;
}

/** How many nodes may be read of one document, those behind aliases each time. */
const MAX_VISITS = 100_000;
/** Deepest nesting of nodes, aliases followed. */
const DEEPEST = 100;

/** What YAML 1.1 calls a null, unquoted. */
const NULLS: readonly string[] = ['', '~', 'null', 'Null', 'NULL'];
const TRUES: readonly string[] = ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'];
const FALSES: readonly string[] = ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'];

const TAG_PREFIX = 'tag:yaml.org,2002:';

/**
 * A value of a YAML document as Go's yaml.v3 decodes it into strings: a scalar keeps its literal text, so that `1.50`,
 * `0x10` and `yes` are what they look like; `<<` merges; of several documents only the first is read.
 */
export class YamlNode {
  /** @throws YamlRefused */
  public static parse(text: string): YamlNode {
    return YamlNode.read(text, readTree);
  }

  /**
   * The one document of a text: what stands behind it is refused.
   *
   * @throws YamlRefused
   */
  public static parseOnly(text: string): YamlNode {
    return YamlNode.read(text, readOnlyTree);
  }

  private static read(text: string, treeOf: typeof readTree): YamlNode {
    const reading = { lines: new TextLines(text), visits: 0 };
    try {
      return new YamlNode(treeOf(text), reading, 0, 1);
    } catch (error) {
      throw error instanceof Unreadable ? new YamlRefused(error.reason, reading.lines.place(error.offset).line) : error;
    }
  }

  /** Where the value stands, counted from 1. */
  public readonly line: number;
  private readonly node: Written | undefined;
  private readonly depth: number;

  private constructor(mention: Mention | undefined, private readonly reading: Reading, depth: number, line: number) {
    if (++reading.visits > MAX_VISITS) throw new YamlRefused(`more than ${MAX_VISITS} nodes, those behind aliases counted each time`, line);
    if (depth > DEEPEST) throw new YamlRefused(`nested more than ${DEEPEST} deep, or an anchor contains itself`, line);
    this.line = mention === undefined ? line : reading.lines.place(mention.start).line;
    this.depth = depth + 1;
    this.node = mention?.value;
  }

  /** Whether there is no value: nothing, `~` or `null`, unquoted. */
  public get isNull(): boolean {
    if (this.node === undefined) return true;
    if (this.node.kind !== 'scalar') return false;
    return this.node.tag === `${TAG_PREFIX}null` || (this.isPlain && NULLS.includes(this.node.text));
  }

  /**
   * The literal text of a scalar, undefined for a list or a mapping; a null's is empty.
   *
   * @throws YamlRefused for a `!!binary` that is no text
   */
  public get text(): string | undefined {
    return this.isNull ? '' : this.scalar;
  }

  /** What the value says as yes or no, undefined where it says neither; nothing means no. */
  public get flag(): boolean | undefined {
    if (this.isNull) return false;
    const text = this.scalar ?? '';
    if (TRUES.includes(text) || (this.isPlain && /^(true|True|TRUE)$/.test(text))) return true;
    return FALSES.includes(text) || (this.isPlain && /^(false|False|FALSE)$/.test(text)) ? false : undefined;
  }

  /** The values of a list, undefined for anything else; nothing is an empty list. */
  public get items(): YamlNode[] | undefined {
    if (this.isNull) return [];
    return this.node?.kind === 'list' ? this.node.children.map(item => this.child(item, this.line)) : undefined;
  }

  /**
   * The entries of a mapping in the order of the text, those merged by `<<` last, undefined for anything else.
   *
   * @throws YamlRefused for a key that occurs twice, or is no text
   */
  public get entries(): YamlEntry[] | undefined {
    if (this.isNull) return [];
    if (this.node?.kind !== 'map') return undefined;
    const entries = new Map<string, YamlEntry>();
    const seen = new Map<string, number>();
    const merged: YamlNode[] = [];
    const { children } = this.node;
    for (let index = 0; index < children.length; index += 2) {
      const key = this.child(children[index], this.line);
      const value = this.child(children[index + 1], key.line);
      if (key.text === undefined) throw new YamlRefused('a key is no text', key.line);
      const same = written(children[index]);
      const before = seen.get(same);
      if (before !== undefined) throw new YamlRefused(`the key stands here a second time, first on line ${before}`, key.line);
      seen.set(same, key.line);
      if (key.isPlain && key.scalar === '<<') merged.push(...value.mergeSources());
      else if (!key.isNull) entries.set(key.text, { key: key.text, line: key.line, value });
    }
    // A key given here wins over a merged one even where its value is null, and of the merged ones the first wins.
    for (const entry of merged.flatMap(source => source.entries!)) {
      if (!entries.has(entry.key)) entries.set(entry.key, entry);
    }
    return [...entries.values()];
  }

  private get scalar(): string | undefined {
    if (this.node?.kind !== 'scalar') return undefined;
    const { tag, text } = this.node;
    if (tag !== `${TAG_PREFIX}binary`) return text;
    const bytes = binaryBytes(text);
    if (bytes === undefined || !isUtf8(bytes)) throw new YamlRefused('a !!binary is no base64 of a text', this.line);
    return bytes.toString('utf8');
  }

  /** Whether it is a scalar whose type follows from its text. */
  private get isPlain(): boolean {
    return this.node !== undefined && this.node.isPlain && (this.node.tag === undefined || this.node.tag === '!');
  }

  private mergeSources(): YamlNode[] {
    const sources = this.node?.kind === 'list' ? this.items! : [this];
    if (sources.some(source => source.node?.kind !== 'map')) throw new YamlRefused("'<<' takes a mapping or a list of mappings", this.line);
    return sources;
  }

  private child(mention: Mention, line: number): YamlNode {
    return new YamlNode(mention, this.reading, this.depth, line);
  }
}

/** What two keys have in common that are the same one: aliases are compared by their names, and not by what they stand for. */
function written({ alias, value }: Mention): string {
  return alias === undefined ? `=${value.text}` : `*${alias}`;
}

/** What the nodes of one document share. */
interface Reading {
  readonly lines: TextLines;
  visits: number;
}
