import { GoLexer, TemplateError, TokenKind, type Token } from './go-lexer';

/** How many templates may stand in one another. */
const MAX_DEPTH = 200;

/** A key of what a template is given, that it uses. */
export interface KeyUse {
  readonly key: string;
  /** Whether a key that is not there stops the template (`.key`), or is empty (`index . "key"`). */
  readonly stops: boolean;
  /** Whether it depends on something whether the key is used at all. */
  readonly conditional: boolean;
}

/** What a template says. */
export interface GoTemplate {
  /** Why it is none, and where: no text of it is quoted but names of functions and variables. */
  readonly error?: { readonly line: number; readonly problem: string };
  /** The keys that it uses, as far as it can be parsed. */
  readonly uses: readonly KeyUse[];
}

/** Whether there is a function of a name. */
export type KnowsFunction = (name: string) => boolean;

/** Reads a text as Go's text/template does. */
export function parseGoTemplate(text: string, knowsFunction: KnowsFunction): GoTemplate {
  if (!text.includes('{{')) return { uses: [] };
  const uses: KeyUse[] = [];
  try {
    new Parser(new GoLexer(text).tokens(), knowsFunction, uses).parse();
    return { uses };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { line, problem } = error;
    return { uses, error: { line, problem } };
  }
}

const BUILT_IN: ReadonlySet<string> = new Set([
  'and', 'call', 'html', 'index', 'slice', 'js', 'len', 'not', 'or', 'print', 'printf', 'println', 'urlquery', 'eq', 'ge', 'gt', 'le', 'lt', 'ne',
]);
const KEYWORDS: ReadonlySet<string> = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with']);

/** What ends a list of actions. */
type End = 'end' | 'else' | 'text';

/** What is known where an action stands. */
interface Scope {
  /** Whether the dot is what the template is given. */
  readonly isRoot: boolean;
  /** Whether `$` is. */
  readonly hasRoot: boolean;
  readonly conditional: boolean;
  /** Keys that a condition around it asks for. */
  readonly guarded: ReadonlySet<string>;
  readonly inRange: boolean;
}

/** The first word of a command, and whether it can be called. */
interface Operand {
  readonly what: 'function' | 'field' | 'variable' | 'dot' | 'nil' | 'constant' | 'string' | 'parens';
  readonly text: string;
  readonly chained: boolean;
}

/** The variables that are declared where an action stands. */
class Variables {
  readonly #names = ['$'];
  readonly #counts = new Map([['$', 1]]);

  public get length(): number {
    return this.#names.length;
  }

  public declare(name: string): void {
    this.#names.push(name);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  public has(name: string): boolean {
    return (this.#counts.get(name) ?? 0) > 0;
  }

  /** Forgets all but the first so many. */
  public cut(length: number): void {
    for (const name of this.#names.splice(length)) this.#counts.set(name, this.#counts.get(name)! - 1);
  }
}

class Parser {
  #at = 0;
  #variables = new Variables();
  #depth = 0;
  /** The names that the pipeline at hand asks for. */
  #asked = new Set<string>();
  readonly #calls: Token[] = [];
  readonly #names = new Set<string>();

  constructor(private readonly tokens: readonly Token[], private readonly knowsFunction: KnowsFunction, private readonly uses: KeyUse[]) {}

  public parse(): void {
    const end = this.#list({ isRoot: true, hasRoot: true, conditional: false, guarded: new Set(), inRange: false });
    if (end !== 'text') throw this.#error(`there is an {{${end}}} too many`);
    const lost = this.#calls.find(({ text }) => !this.#names.has(text));
    if (lost !== undefined) throw new TemplateError(lost.line, `there is no template ${JSON.stringify(lost.text)}`);
  }

  /** Actions and texts, up to what ends them; that is read, but for the pipeline of an `else if`. */
  #list(scope: Scope): End {
    if (++this.#depth > MAX_DEPTH) throw this.#error('it is nested too deep');
    for (;;) {
      const token = this.#next();
      if (token.kind === TokenKind.END_OF_TEXT) {
        this.#depth--;
        return 'text';
      }
      if (token.kind !== TokenKind.OPEN) continue;
      this.#skipSpace();
      const word = this.#peek();
      if (word.kind !== TokenKind.WORD || !KEYWORDS.has(word.text)) {
        this.#action(scope);
        continue;
      }
      this.#next();
      if (word.text === 'end' || word.text === 'else') {
        if (word.text === 'end') this.#close('end');
        this.#depth--;
        return word.text;
      }
      this.#control(word.text, scope);
    }
  }

  /** `{{ pipeline }}`, whose variables live on. */
  #action(scope: Scope): void {
    this.#pipeline('an action', scope, false);
    this.#close('an action');
  }

  #control(keyword: string, scope: Scope): void {
    switch (keyword) {
      case 'if':
      case 'with':
      case 'range': return this.#branch(keyword, scope);
      case 'define': return this.#define();
      case 'block': {
        this.#names.add(this.#string('block').text);
        this.#pipeline('block', scope, false);
        this.#close('block');
        return this.#body({ ...scope, isRoot: false, hasRoot: false, conditional: true });
      }
      case 'template': {
        this.#calls.push(this.#string('template'));
        this.#skipSpace();
        if (this.#peek().kind !== TokenKind.CLOSE) this.#pipeline('template', scope, false);
        return this.#close('template');
      }
      default: {
        if (!scope.inRange) throw this.#error(`{{${keyword}}} stands outside of {{range}}`);
        return this.#close(keyword);
      }
    }
  }

  #branch(keyword: string, scope: Scope): void {
    if (++this.#depth > MAX_DEPTH) throw this.#error('it is nested too deep');
    const variables = this.#variables.length;
    const asked = this.#pipeline(keyword, scope, keyword === 'range');
    this.#close(keyword);
    const changesDot = keyword !== 'if';
    const guarded = new Set([...scope.guarded, ...asked]);
    const inside = { ...scope, conditional: true, guarded, isRoot: scope.isRoot && !changesDot, inRange: scope.inRange || keyword === 'range' };
    let end = this.#list(inside);
    if (end === 'else') {
      this.#skipSpace();
      const next = this.#peek();
      const otherwise = { ...scope, conditional: true, guarded };
      if (next.kind === TokenKind.WORD && next.text === keyword && keyword !== 'range') {
        this.#next();
        this.#branch(next.text, otherwise);
        this.#variables.cut(variables);
        this.#depth--;
        return;
      }
      this.#close('else');
      end = this.#list(otherwise);
      if (end === 'else') throw this.#error('there is an {{else}} too many');
    }
    if (end === 'text') throw this.#error(`{{${keyword}}} has no {{end}}`);
    this.#variables.cut(variables);
    this.#depth--;
  }

  #define(): void {
    this.#names.add(this.#string('define').text);
    this.#close('define');
    this.#body({ isRoot: false, hasRoot: false, conditional: true, guarded: new Set(), inRange: false });
  }

  /** What stands in a template of its own, with variables of its own. */
  #body(scope: Scope): void {
    const variables = this.#variables;
    this.#variables = new Variables();
    const end = this.#list(scope);
    if (end !== 'end') throw this.#error(end === 'text' ? 'a template in it has no {{end}}' : 'there is an {{else}} too many');
    this.#variables = variables;
  }

  /** @returns the names that it asks for */
  #pipeline(context: string, scope: Scope, isRange: boolean): ReadonlySet<string> {
    const outer = this.#asked;
    this.#asked = new Set();
    this.#declarations(isRange);
    let stage = 0;
    for (;;) {
      const first = this.#command(context, scope);
      if (stage > 0 && !['function', 'field', 'variable', 'parens'].includes(first.what) && !first.chained) {
        throw this.#error('what stands after | cannot be called');
      }
      stage++;
      this.#skipSpace();
      if (this.#peek().kind !== TokenKind.PIPE) break;
      this.#next();
      this.#skipSpace();
      // Go takes a last | without anything behind it
      if (this.#peek().kind === TokenKind.CLOSE || this.#peek().kind === TokenKind.RIGHT_PAREN) break;
    }
    const asked = this.#asked;
    for (const name of asked) outer.add(name);
    this.#asked = outer;
    return asked;
  }

  /** `$x := `, `$x = ` and, in a range, `$i, $x := `. */
  #declarations(isRange: boolean): void {
    this.#skipSpace();
    const from = this.#at;
    const names: string[] = [];
    while (this.#peek().kind === TokenKind.VARIABLE && names.length < 2) {
      names.push(this.#next().text);
      this.#skipSpace();
      const { kind } = this.#peek();
      if (kind === TokenKind.DECLARE) {
        this.#next();
        for (const name of names) this.#variables.declare(`$${name}`);
        return;
      }
      if (kind === TokenKind.ASSIGN) {
        this.#next();
        for (const name of names) this.#known(`$${name}`);
        return;
      }
      if (kind !== TokenKind.COMMA) break;
      if (!isRange || names.length === 2) throw this.#error('there are too many variables before :=');
      this.#next();
      this.#skipSpace();
    }
    this.#at = from;
  }

  #command(context: string, scope: Scope): Operand {
    const operands: Operand[] = [];
    for (;;) {
      this.#skipSpace();
      const { kind } = this.#peek();
      if (kind === TokenKind.CLOSE || kind === TokenKind.RIGHT_PAREN || kind === TokenKind.PIPE) break;
      // what an `and` or an `or` has after its first argument is only looked at where the first does not decide
      const isLazy = operands.length > 1 && operands[0].what === 'function' && (operands[0].text === 'and' || operands[0].text === 'or');
      operands.push(this.#operand(isLazy ? { ...scope, conditional: true } : scope));
      const after = this.#peek();
      if (![TokenKind.SPACE, TokenKind.CLOSE, TokenKind.RIGHT_PAREN, TokenKind.PIPE].includes(after.kind)) {
        throw this.#error('there is no space between two values');
      }
    }
    if (operands.length === 0) throw this.#error(`a value is missing in ${context === 'an action' ? context : `{{${context}}}`}`);
    const [first] = operands;
    if (operands.length === 1 && first.what === 'nil' && !first.chained) throw this.#error('nil is no command');
    this.#noteIndex(operands, scope);
    return first;
  }

  /** `index . "key"` takes a key that `.key` cannot name. */
  #noteIndex([first, of, key]: readonly Operand[], scope: Scope): void {
    if (first.what !== 'function' || key?.what !== 'string') return;
    this.#asked.add(key.text);
    const isGiven = (of.what === 'dot' && scope.isRoot) || (of.what === 'variable' && of.text === '$' && scope.hasRoot);
    if (first.text === 'index' && isGiven && !of.chained) this.#use(key.text, false, scope);
  }

  #operand(scope: Scope): Operand {
    const term = this.#term(scope);
    let chained = false;
    while (this.#peek().kind === TokenKind.FIELD) {
      const { text } = this.#next();
      if (term.what === 'constant' || term.what === 'string' || term.what === 'nil' || term.what === 'dot') {
        throw this.#error('a field is asked of something that has none');
      }
      if (!chained && term.what === 'variable' && term.text === '$' && scope.hasRoot) this.#use(text, true, scope);
      chained = true;
    }
    return { ...term, chained };
  }

  #term(scope: Scope): Omit<Operand, 'chained'> {
    const token = this.#next();
    const { text } = token;
    switch (token.kind) {
      case TokenKind.WORD: {
        if (text === 'true' || text === 'false') return { what: 'constant', text };
        if (text === 'nil') return { what: 'nil', text };
        if (KEYWORDS.has(text)) throw this.#error(`{{${text}}} stands within another action`);
        if (!BUILT_IN.has(text) && !this.knowsFunction(text)) throw new TemplateError(token.line, `there is no function ${JSON.stringify(text)}`);
        return { what: 'function', text };
      }
      case TokenKind.DOT: return { what: 'dot', text };
      case TokenKind.VARIABLE: {
        this.#known(`$${text}`);
        return { what: 'variable', text: `$${text}` };
      }
      case TokenKind.FIELD: {
        if (scope.isRoot) this.#use(text, true, scope);
        return { what: 'field', text };
      }
      case TokenKind.NUMBER:
      case TokenKind.CHARACTER: return { what: 'constant', text };
      case TokenKind.STRING: return { what: 'string', text };
      case TokenKind.LEFT_PAREN: {
        if (++this.#depth > MAX_DEPTH) throw this.#error('it is nested too deep');
        this.#pipeline('an action', scope, false);
        this.#depth--;
        this.#skipSpace();
        if (this.#next().kind !== TokenKind.RIGHT_PAREN) throw this.#error('a parenthesis is not closed');
        return { what: 'parens', text: '' };
      }
      default: throw this.#error('something stands where a value is needed');
    }
  }

  #use(key: string, stops: boolean, { conditional, guarded }: Scope): void {
    this.#asked.add(key);
    if (!guarded.has(key)) this.uses.push({ key, stops, conditional });
  }

  #known(variable: string): void {
    if (!this.#variables.has(variable)) throw this.#error(`the variable ${variable} is not declared`);
  }

  #string(keyword: string): Token {
    this.#skipSpace();
    const token = this.#next();
    if (token.kind !== TokenKind.STRING) throw this.#error(`{{${keyword}}} needs a name in quotes`);
    return token;
  }

  #close(context: string): void {
    this.#skipSpace();
    if (this.#next().kind !== TokenKind.CLOSE) throw this.#error(`there is too much in ${context === 'an action' ? context : `{{${context}}}`}`);
  }

  #skipSpace(): void {
    if (this.#peek().kind === TokenKind.SPACE) this.#at++;
  }

  #peek(): Token {
    return this.tokens[this.#at];
  }

  #next(): Token {
    const token = this.tokens[this.#at];
    if (token.kind !== TokenKind.END_OF_TEXT) this.#at++;
    return token;
  }

  #error(problem: string): TemplateError {
    return new TemplateError(this.tokens[Math.max(0, this.#at - 1)].line, problem);
  }
}
