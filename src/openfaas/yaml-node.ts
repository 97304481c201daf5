import { isUtf8 } from 'node:buffer';
import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, Scalar, visit } from 'yaml';

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
const MAX_DEPTH = 100;

/** What YAML 1.1 calls a null, unquoted. */
const NULLS: readonly string[] = ['', '~', 'null', 'Null', 'NULL'];
const TRUES: readonly string[] = ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'];
const FALSES: readonly string[] = ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'];

const TAG_PREFIX = 'tag:yaml.org,2002:';

/** Sentences for what a stack file is most often refused for; all other errors of syntax have one sentence together. */
const SYNTAX: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation is wrong',
  TAB_AS_INDENT: 'a tab is used for indentation',
  MISSING_CHAR: 'a character such as a closing quote or bracket is missing',
  BAD_ALIAS: 'an alias names no anchor',
  MULTILINE_IMPLICIT_KEY: 'a key runs over several lines, or a colon and a space stand in an unquoted text',
  BLOCK_AS_IMPLICIT_KEY: 'a mapping stands where only a text can',
};

/**
 * A value of a YAML document as Go's yaml.v3 decodes it into strings: a scalar keeps its literal text, so that `1.50`,
 * `0x10` and `yes` are what they look like; `<<` merges; of several documents only the first is read.
 */
export class YamlNode {
  /** @throws YamlRefused */
  public static parse(text: string): YamlNode {
    const control = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.exec(text);
    if (control !== null) throw new YamlRefused('a control character is not allowed', lineAt(text, control.index));
    const lines = new LineCounter();
    const document = parse(text, lines);
    const error = document.errors.find(({ code }) => code !== 'MULTIPLE_DOCS');
    if (error !== undefined) throw new YamlRefused(SYNTAX[error.code] ?? 'this is not valid YAML', lines.linePos(error.pos[0]).line || 1);
    return new YamlNode(document.contents, { anchored: anchoredNodes(document, lines), lines, visits: 0 }, 0, 1);
  }

  /** Where the value stands, counted from 1. */
  public readonly line: number;
  private readonly node: Node | null;
  private readonly depth: number;

  private constructor(node: Node | null, private readonly reading: Reading, depth: number, line: number) {
    if (++reading.visits > MAX_VISITS) throw new YamlRefused(`more than ${MAX_VISITS} nodes, those behind aliases counted each time`, line);
    if (depth > MAX_DEPTH) throw new YamlRefused(`nested more than ${MAX_DEPTH} deep, or an anchor contains itself`, line);
    this.line = node?.range ? reading.lines.linePos(node.range[0]).line : line;
    this.depth = depth + 1;
    this.node = isAlias(node) ? reading.anchored.get(node)! : node;
  }

  /** Whether there is no value: nothing, `~` or `null`, unquoted. */
  public get isNull(): boolean {
    if (this.node === null) return true;
    if (!isScalar(this.node)) return false;
    return this.node.tag === `${TAG_PREFIX}null` || (this.isPlain && NULLS.includes(this.scalar!));
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
    return isSeq(this.node) ? this.node.items.map(item => this.child(item as Node | null, this.line)) : undefined;
  }

  /**
   * The entries of a mapping in the order of the text, those merged by `<<` last, undefined for anything else.
   *
   * @throws YamlRefused for a key that occurs twice, or is no text
   */
  public get entries(): YamlEntry[] | undefined {
    if (this.isNull) return [];
    if (!isMap(this.node)) return undefined;
    const entries = new Map<string, YamlEntry>();
    const seen = new Map<string, number>();
    const merged: YamlNode[] = [];
    for (const pair of this.node.items) {
      const key = this.child(pair.key as Node | null, this.line);
      const value = this.child(pair.value as Node | null, key.line);
      if (key.text === undefined) throw new YamlRefused('a key is no text', key.line);
      const before = seen.get(key.scalar ?? '');
      if (before !== undefined) throw new YamlRefused(`the key stands here a second time, first on line ${before}`, key.line);
      seen.set(key.scalar ?? '', key.line);
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
    if (!isScalar(this.node)) return undefined;
    const text = this.node.source ?? '';
    if (this.node.tag !== `${TAG_PREFIX}binary`) return text;
    const decoded = fromBase64(text);
    if (decoded === undefined) throw new YamlRefused('a !!binary is no base64 of a text', this.line);
    return decoded;
  }

  private get isPlain(): boolean {
    return isScalar(this.node) && this.node.type === Scalar.PLAIN && this.node.tag === undefined;
  }

  private mergeSources(): YamlNode[] {
    const sources = isSeq(this.node) ? this.items! : [this];
    if (sources.some(source => !isMap(source.node))) throw new YamlRefused("'<<' takes a mapping or a list of mappings", this.line);
    return sources;
  }

  private child(node: Node | null, line: number): YamlNode {
    return new YamlNode(node, this.reading, this.depth, line);
  }
}

/** What the nodes of one document share. */
interface Reading {
  readonly anchored: ReadonlyMap<Alias, Node>;
  readonly lines: LineCounter;
  visits: number;
}

function parse(text: string, lineCounter: LineCounter): Document {
  try {
    // Aliases are resolved one at a time, within MAX_VISITS; keys are checked here, in linear time.
    return parseDocument(text, { schema: 'failsafe', lineCounter, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
  } catch (error) {
    // The parser calls itself for every level of nesting.
    if (error instanceof RangeError) throw new YamlRefused('nested too deeply', 1);
    throw error;
  }
}

/** What every alias stands for: the last node before it that has its anchor. */
function anchoredNodes(document: Document, lines: LineCounter): Map<Alias, Node> {
  const anchors = new Map<string, Node>();
  const anchored = new Map<Alias, Node>();
  visit(document, {
    Value: (_, node) => { if (node.anchor !== undefined) anchors.set(node.anchor, node); },
    Alias: (_, alias) => {
      const node = anchors.get(alias.source);
      if (node === undefined) throw new YamlRefused('an alias names no anchor', lines.linePos(alias.range![0]).line);
      anchored.set(alias, node);
    },
  });
  return anchored;
}

/** The text whose base64 this is; line breaks in it do not count. */
function fromBase64(text: string): string | undefined {
  const packed = text.replace(/[\r\n]/g, '');
  const bytes = Buffer.from(packed, 'base64');
  if (bytes.toString('base64') !== packed || !isUtf8(bytes)) return undefined;
  return bytes.toString('utf8');
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
