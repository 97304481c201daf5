import { Cursor } from './cursor';
import { Scanner, type TokenKind } from './scanner';
import type { Directive, Tag } from './tag';
import { controlCharacterOf } from '../control-character';
import { TextPool } from '../text-pool';
import { Unreadable } from '../unreadable';

/** What a document is made of; `end` ends a map or a list. */
export type EventKind = 'map' | 'list' | 'end' | 'scalar' | 'alias';

/** Which tag a handle stands for, where no directive says another one. */
const HANDLES: ReadonlyMap<string, string> = new Map([['!', '!'], ['!!', 'tag:yaml.org,2002:']]);
const NO_NODE = 'a value or a closing bracket is missing';

/** Where the reader is in the grammar. */
type State =
  | 'block map' | 'block map value' | 'block list' | 'list without indent'
  | 'flow map first' | 'flow map' | 'flow map value' | 'flow map no value' | 'flow list first' | 'flow list' | 'pair' | 'pair value' | 'pair end' | 'done';

/**
 * Reads the first document of a text as libyaml does: its maps, lists, scalars and aliases, in their order. Properties say what
 * belongs to the last one that was read.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/v1.4.0/goyaml.v2/parserc.go
 */
export class Events {
  /** Where it begins: the anchor or tag before it, if it has one. */
  public start = 0;
  /** The text of a scalar, or the name of an alias. */
  public text = '';
  /** Whether it is a scalar without quotes, whose type follows from its text if it has no tag. */
  public isPlain = false;
  public anchor: string | undefined;
  public tag: string | undefined;

  private readonly scanner: Scanner;
  private readonly states: State[] = [];
  private state: State = 'done';
  private handles = HANDLES;

  /**
   * @param ahead how many tokens the scanner looks ahead: go-yaml v2 none, v3 two, for its comments
   * @throws Unreadable for a control character: what reads on would take a 0 for the end of the text
   */
  constructor(text: string, start: number, end: number, pool = new TextPool(), ahead = 0) {
    const control = controlCharacterOf(text.slice(start, end));
    if (control !== undefined) throw new Unreadable('a control character stands in it', start + control, 'write it as an escape in double quotes, or keep the value in base64');
    this.scanner = new Scanner(new Cursor(text, text.charCodeAt(start) === 0xfeff ? start + 1 : start, end), pool, ahead);
  }

  /**
   * Begins the document, and reads its root; undefined where there is nothing but comments.
   *
   * @throws Unreadable
   */
  public root(): EventKind | undefined {
    const { scanner } = this;
    if (scanner.kind === 'end') return undefined;
    if (scanner.kind !== 'document start' && scanner.kind !== 'directive') return this.node(true, false);
    this.readDirectives();
    if ((scanner.kind as TokenKind) !== 'document start') throw new Unreadable("the line '---' is missing behind a directive", scanner.start);
    scanner.take();
    switch (scanner.kind as TokenKind) {
      case 'directive': case 'document start': case 'document end': case 'end': return this.empty(scanner.start);
      default: return this.node(true, false);
    }
  }

  /**
   * Where something stands behind the document that is not read; undefined where nothing does.
   *
   * @throws Unreadable where the document does not end
   */
  public behind(): number | undefined {
    const { scanner } = this;
    if (scanner.kind !== 'document end') return scanner.kind === 'end' ? undefined : scanner.start;
    try {
      while (scanner.kind === 'document end') scanner.take();
      return scanner.kind === 'end' ? undefined : scanner.start;
    } catch (error) {
      if (error instanceof Unreadable) return error.offset;
      throw error;
    }
  }

  /**
   * Reads on, in the map or list that began last and has not ended.
   *
   * @throws Unreadable
   */
  public next(): EventKind {
    switch (this.state) {
      case 'block map': return this.blockMap();
      case 'block map value': return this.blockMapValue();
      case 'block list': return this.blockList();
      case 'list without indent': return this.listWithoutIndent();
      case 'flow map first': return this.flowMap(true);
      case 'flow map': return this.flowMap(false);
      case 'flow map value': return this.flowMapValue();
      case 'flow map no value': return this.then('flow map', this.empty(this.scanner.start));
      case 'flow list first': return this.flowList(true);
      case 'flow list': return this.flowList(false);
      case 'pair': return this.pair();
      case 'pair value': return this.pairValue();
      case 'pair end': return this.then('flow list', this.end());
      case 'done': throw new Error('the document has ended');
    }
  }

  private readDirectives(): void {
    const { scanner } = this;
    const own = new Map<string, string>();
    let hasVersion = false;
    for (; scanner.kind === 'directive'; scanner.take()) {
      const directive = scanner.content as Directive;
      if (directive.name === 'YAML') {
        if (hasVersion) throw new Unreadable('there are two %YAML directives', scanner.start);
        if (directive.version !== '1.1') throw new Unreadable('a %YAML directive names another version than 1.1', scanner.start);
        hasVersion = true;
      } else {
        if (own.has(directive.handle)) throw new Unreadable('two %TAG directives have the same handle', scanner.start);
        own.set(directive.handle, directive.prefix);
      }
    }
    this.handles = new Map([...HANDLES, ...own]);
  }

  private node(isBlock: boolean, mayLackIndent: boolean): EventKind {
    const { scanner } = this;
    const kind = scanner.kind;
    this.start = scanner.start;
    this.anchor = undefined;
    this.tag = undefined;
    this.isPlain = false;
    if (kind === 'plain' || kind === 'quoted') {
      this.text = scanner.content as string;
      this.isPlain = kind === 'plain';
      scanner.take();
      return 'scalar';
    }
    if (kind === 'alias') {
      this.text = scanner.content as string;
      scanner.take();
      return 'alias';
    }
    if (kind === 'anchor' || kind === 'tag') this.properties();
    return this.content(isBlock, mayLackIndent);
  }

  /** An anchor, a tag, or one behind the other. */
  private properties(): void {
    const { scanner } = this;
    const first = scanner.kind;
    this.property();
    if ((scanner.kind === 'anchor' || scanner.kind === 'tag') && scanner.kind !== first) this.property();
  }

  private property(): void {
    const { scanner } = this;
    if (scanner.kind === 'anchor') this.anchor = scanner.content as string;
    else this.tag = this.resolve(scanner.content as Tag);
    scanner.take();
  }

  private resolve({ handle, suffix }: Tag): string {
    if (handle === '') return suffix;
    const prefix = this.handles.get(handle);
    if (prefix === undefined) throw new Unreadable('no %TAG directive explains the handle of a tag', this.scanner.start);
    return prefix + suffix;
  }

  private content(isBlock: boolean, mayLackIndent: boolean): EventKind {
    const { scanner } = this;
    switch (scanner.kind) {
      case 'plain': case 'quoted': case 'block text':
        this.text = scanner.content as string;
        this.isPlain = scanner.kind === 'plain';
        scanner.take();
        return 'scalar';
      case 'flow list': return this.begin('list', 'flow list first');
      case 'flow map': return this.begin('map', 'flow map first');
      case 'item':
        if (!mayLackIndent) break;
        // Its items stand at the column of the key that it belongs to, so no token begins it.
        this.states.push(this.state);
        this.state = 'list without indent';
        return 'list';
      case 'block list': if (isBlock) return this.begin('list', 'block list'); break;
      case 'block map': if (isBlock) return this.begin('map', 'block map'); break;
    }
    if (this.anchor === undefined && this.tag === undefined) throw new Unreadable(NO_NODE, scanner.start);
    this.text = '';
    this.isPlain = true;
    return 'scalar';
  }

  private begin(kind: 'map' | 'list', state: State): EventKind {
    this.scanner.take();
    this.states.push(this.state);
    this.state = state;
    return kind;
  }

  private end(): EventKind {
    this.state = this.states.pop()!;
    return 'end';
  }

  /** Goes on in a state behind what was read. */
  private then(state: State, kind: EventKind): EventKind {
    this.state = state;
    return kind;
  }

  private empty(start: number): EventKind {
    this.start = start;
    this.text = '';
    this.isPlain = true;
    this.anchor = undefined;
    this.tag = undefined;
    return 'scalar';
  }

  private blockMap(): EventKind {
    const { scanner } = this;
    const kind = scanner.kind;
    if (kind === 'block end') {
      scanner.take();
      return this.end();
    }
    if (kind !== 'key') throw new Unreadable(notInBlock(kind), scanner.start);
    return this.blockMapNode('block map value');
  }

  private blockMapValue(): EventKind {
    if (this.scanner.kind !== 'value') return this.then('block map', this.empty(this.scanner.start));
    return this.blockMapNode('block map');
  }

  /** What stands behind a `?` or `:`. */
  private blockMapNode(state: State): EventKind {
    const { scanner } = this;
    const { start } = scanner;
    scanner.take();
    const kind = scanner.kind;
    this.state = state;
    return kind === 'key' || kind === 'value' || kind === 'block end' ? this.empty(start) : this.node(true, true);
  }

  private blockList(): EventKind {
    const { scanner } = this;
    const kind = scanner.kind;
    if (kind === 'block end') {
      scanner.take();
      return this.end();
    }
    if (kind !== 'item') throw new Unreadable(notInBlock(kind), scanner.start);
    const { start } = scanner;
    scanner.take();
    const next = scanner.kind;
    return next === 'item' || next === 'block end' ? this.empty(start) : this.node(true, false);
  }

  private listWithoutIndent(): EventKind {
    const { scanner } = this;
    if (scanner.kind !== 'item') return this.end();
    const { start } = scanner;
    scanner.take();
    const next: TokenKind = scanner.kind;
    return next === 'item' || next === 'key' || next === 'value' || next === 'block end' ? this.empty(start) : this.node(true, false);
  }

  private flowMap(isFirst: boolean): EventKind {
    const { scanner } = this;
    this.separator(isFirst, 'flow map end', '}');
    this.state = 'flow map value';
    if (scanner.kind === 'key') {
      scanner.take();
      return this.isFlowEnd('flow map end', true) ? this.empty(scanner.start) : this.node(false, false);
    }
    if (scanner.kind === 'flow map end') {
      scanner.take();
      return this.end();
    }
    this.state = 'flow map no value';
    return this.node(false, false);
  }

  private flowMapValue(): EventKind {
    const { scanner } = this;
    this.state = 'flow map';
    if (scanner.kind !== 'value') return this.empty(scanner.start);
    scanner.take();
    return this.isFlowEnd('flow map end', false) ? this.empty(scanner.start) : this.node(false, false);
  }

  private flowList(isFirst: boolean): EventKind {
    const { scanner } = this;
    this.separator(isFirst, 'flow list end', ']');
    this.state = 'flow list';
    if (scanner.kind === 'key') {
      this.start = scanner.start;
      this.anchor = undefined;
      this.tag = undefined;
      return this.begin('map', 'pair');
    }
    if (scanner.kind === 'flow list end') {
      scanner.take();
      return this.end();
    }
    return this.node(false, false);
  }

  /** A map of one entry, `[a: b]`. */
  private pair(): EventKind {
    this.state = 'pair value';
    if (!this.isFlowEnd('flow list end', true)) return this.node(false, false);
    // libyaml takes the token that it finds in place of the key.
    const { start } = this.scanner;
    this.scanner.take();
    return this.empty(start);
  }

  private pairValue(): EventKind {
    const { scanner } = this;
    this.state = 'pair end';
    if (scanner.kind !== 'value') return this.empty(scanner.start);
    scanner.take();
    return this.isFlowEnd('flow list end', false) ? this.empty(scanner.start) : this.node(false, false);
  }

  /** Takes the comma before all entries but the first. */
  private separator(isFirst: boolean, close: TokenKind, bracket: string): void {
    const { scanner } = this;
    if (isFirst || scanner.kind === close) return;
    if (scanner.kind !== 'comma') throw new Unreadable(`a comma or a closing '${bracket}' is missing`, scanner.start);
    scanner.take();
  }

  private isFlowEnd(close: TokenKind, orValue: boolean): boolean {
    const { kind } = this.scanner;
    return kind === 'comma' || kind === close || (orValue && kind === 'value');
  }
}

/** Why something is no entry of a map or list whose entries stand below each other. */
function notInBlock(kind: TokenKind): string {
  switch (kind) {
    case 'block map': case 'block list': case 'item': case 'key': case 'value': return 'the indentation is wrong';
    default: return 'something stands behind a value that does not belong to it; quote it, or begin a new line';
  }
}
