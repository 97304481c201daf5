import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import { MAX_DEPTH, MAX_SCALAR } from './parsed-document';
import { Unreadable } from './unreadable';

/** How many tokens one document may have; a `List` of 15,000 Deployments has fewer. The syntax tree takes some 300 bytes for each. */
const MAX_TOKENS = 3_000_000;

/** Sentences for what a text is most often refused for; the parser's own would quote the text. */
const SENTENCES: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation is wrong, or a closing bracket is missing',
  TAB_AS_INDENT: 'a tab is used for indentation',
  MISSING_CHAR: 'a character such as a colon, a closing quote or a closing bracket is missing',
  MULTILINE_IMPLICIT_KEY: 'a key runs over several lines, or a colon and a space stand in an unquoted text',
  BLOCK_AS_IMPLICIT_KEY: 'a map stands where only a text can, or a colon and a space stand in an unquoted text',
  BAD_SCALAR_START: 'an unquoted text begins with a character that must be quoted',
  BAD_DQ_ESCAPE: 'a text in double quotes has an escape that YAML does not have',
  MULTIPLE_ANCHORS: 'a value has more than one anchor',
  MULTIPLE_TAGS: 'a value has more than one tag',
};

const INVALID = 'this is not valid YAML';

/** Tags are judged where scalars are resolved. */
const IGNORED = new Set(['TAG_RESOLVE_FAILED']);

/**
 * The syntax tree of one YAML document, with every scalar as the text that it is; undefined where there is nothing but comments.
 *
 * @throws Unreadable
 */
export function yamlTree(text: string): Document | undefined {
  const composer = new Composer({ schema: 'failsafe', prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
  // The first error ends the reading: the parser would go on, and keep an error with its stack for every character.
  Object.assign(composer, { onError: stopAtFirstError() });
  const documents = [...composer.compose(tokens(text), true, text.length)];
  for (const { errors } of documents) {
    const error = errors.find(({ code }) => !IGNORED.has(code));
    if (error !== undefined) throw new Unreadable(SENTENCES[error.code] ?? INVALID, error.pos[0]);
  }
  const [document, ...others] = documents;
  const unread = others.find(({ contents }) => contents !== null && contents.range![1] > contents.range![0]);
  if (unread !== undefined) {
    throw new Unreadable("what follows the end marker '...' is not read by kubectl", unread.contents!.range![0], "begin the next document with '---'");
  }
  return document;
}

type ErrorSource = number | readonly [start: number, end: number] | { readonly offset: number };

/** What throws the first error, and throws that again where the parser caught it and says that its map could not be read. */
function stopAtFirstError(): (source: ErrorSource, code: string, message: string, isWarning?: boolean) => void {
  let first: Unreadable | undefined;
  return (source, code, _, isWarning) => {
    if (first !== undefined) throw first;
    if (isWarning === true || IGNORED.has(code)) return;
    first = new Unreadable(SENTENCES[code] ?? INVALID, typeof source === 'number' ? source : 'offset' in source ? source.offset : source[0]);
    throw first;
  };
}

/** The tokens of a text, as long as they nest and number no more than an object of Kubernetes could need. */
function* tokens(text: string): Generator<CST.Token, void> {
  const parser = new Parser();
  let count = 0;
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.length > MAX_SCALAR) {
      throw new Unreadable(`a value has more than ${MAX_SCALAR} characters; the API server takes no object of that size`, offset, 'take it out of the manifest');
    }
    if (++count > MAX_TOKENS) {
      throw new Unreadable(`the document has more than ${MAX_TOKENS} tokens`, offset, "split it, with '---' between the objects instead of one List, or write it as JSON");
    }
    for (const token of parser.next(lexeme)) yield sound(token);
    if (parser.stack.length > MAX_DEPTH) {
      throw new Unreadable(`nested more than ${MAX_DEPTH} deep`, offset, 'take it out of the manifest');
    }
    offset = parser.offset;
  }
  for (const token of parser.end()) yield sound(token);
}

function sound(token: CST.Token): CST.Token {
  if (token.type === 'error') throw new Unreadable(INVALID, token.offset);
  return token;
}
