import { hexDigit, isNameCharacter, type Cursor } from './cursor';

/** The characters of a URI that are no letters and digits; a `%` begins an escape. */
const URI = ';/?:@&=+$,.!~*\'()[]%';
const EXCLAMATION = 0x21;
const PERCENT = 0x25;

/** A tag as it is written: the handle that a directive explains, empty where the suffix is the whole, and what follows it. */
export interface Tag {
  readonly handle: string;
  readonly suffix: string;
}

/** A line that begins with `%`. */
export type Directive = { readonly name: 'YAML'; readonly version: string } | { readonly name: 'TAG'; readonly handle: string; readonly prefix: string };

/**
 * Reads a tag; the cursor stands on its `!`.
 *
 * @throws Unreadable
 */
export function readTag(cursor: Cursor): Tag {
  const tag = cursor.text[cursor.at + 1] === '<' ? verbatim(cursor) : shorthand(cursor);
  if (!cursor.isBlankOrEnd()) throw cursor.error('something follows a tag without a space');
  return tag;
}

function verbatim(cursor: Cursor): Tag {
  cursor.at += 2;
  const suffix = readUri(cursor, '');
  if (suffix === undefined || cursor.code() !== 0x3e) throw cursor.error("a tag that begins with '!<' does not end with '>'");
  cursor.at++;
  return { handle: '', suffix };
}

function shorthand(cursor: Cursor): Tag {
  const head = readHandle(cursor);
  const hasHandle = head.length > 1 && head.endsWith('!');
  const suffix = readUri(cursor, hasHandle ? '' : head.slice(1));
  if (hasHandle) {
    if (suffix === undefined) throw cursor.error('a tag has no name');
    return { handle: head, suffix };
  }
  return suffix === undefined ? { handle: '', suffix: '!' } : { handle: '!', suffix };
}

/** `!`, `!!`, `!name!`, or the beginning of a tag without a handle. */
function readHandle(cursor: Cursor): string {
  const start = cursor.at++;
  while (isNameCharacter(cursor.code())) cursor.at++;
  if (cursor.code() === EXCLAMATION) cursor.at++;
  return cursor.text.slice(start, cursor.at);
}

/** What can stand in a URI; undefined where there is nothing. */
function readUri(cursor: Cursor, head: string): string | undefined {
  let uri = head;
  for (;;) {
    const code = cursor.code();
    if (code === PERCENT) {
      uri += readOctets(cursor);
    } else if (isNameCharacter(code) || (code !== 0 && URI.includes(String.fromCharCode(code)))) {
      uri += cursor.text[cursor.at++];
    } else {
      return uri === '' ? undefined : uri;
    }
  }
}

/** The character whose octets in UTF-8 are written `%XX`. */
function readOctets(cursor: Cursor): string {
  const octets: number[] = [];
  let width = 1;
  for (; octets.length < width; cursor.at += 3) {
    const high = hexDigit(cursor.code(1));
    const low = hexDigit(cursor.code(2));
    if (cursor.code() !== PERCENT || high < 0 || low < 0) throw cursor.error("a '%' in a tag begins no escape");
    const octet = high * 16 + low;
    if (octets.length === 0) width = octet < 0x80 ? 1 : octet >= 0xf8 ? 0 : octet >= 0xf0 ? 4 : octet >= 0xe0 ? 3 : octet >= 0xc0 ? 2 : 0;
    else if (octet < 0x80 || octet > 0xbf) width = 0;
    if (width === 0) throw cursor.error('an escape in a tag is no UTF-8');
    octets.push(octet);
  }
  return Buffer.from(octets).toString('utf8');
}

/**
 * Reads a line that begins with `%`; the cursor stands on it.
 *
 * @throws Unreadable
 */
export function readDirective(cursor: Cursor): Directive {
  const start = cursor.at++;
  while (isNameCharacter(cursor.code())) cursor.at++;
  const name = cursor.text.slice(start + 1, cursor.at);
  if ((name !== 'YAML' && name !== 'TAG') || !cursor.isBlankOrEnd()) throw cursor.error("a line begins with '%', and is neither %YAML nor %TAG", start);
  cursor.skipBlanks();
  const directive = name === 'YAML' ? readVersion(cursor) : readTagDirective(cursor);
  if (!cursor.skipRestOfLine()) throw cursor.error('something follows a directive that is no comment');
  return directive;
}

function readVersion(cursor: Cursor): Directive {
  const match = /^(\d{1,2})\.(\d{1,2})(?!\d)/.exec(cursor.text.slice(cursor.at, Math.min(cursor.end, cursor.at + 6)));
  if (match === null) throw cursor.error('a %YAML directive has no version');
  cursor.at += match[0].length;
  return { name: 'YAML', version: `${Number(match[1])}.${Number(match[2])}` };
}

function readTagDirective(cursor: Cursor): Directive {
  const handle = cursor.code() === EXCLAMATION ? readHandle(cursor) : '';
  if (handle !== '!' && !(handle.length > 1 && handle.endsWith('!'))) throw cursor.error("a %TAG directive has no handle such as '!a!'");
  if (!cursor.isBlank()) throw cursor.error('a %TAG directive has no prefix');
  cursor.skipBlanks();
  const prefix = readUri(cursor, '');
  if (prefix === undefined || !cursor.isBlankOrEnd()) throw cursor.error('a %TAG directive has no prefix');
  return { name: 'TAG', handle, prefix };
}
