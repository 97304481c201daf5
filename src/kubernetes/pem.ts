import { decodeBase64 } from './base64';

/** A block of PEM. */
export interface PemBlock {
  readonly type: string;
  /** Whether it has headers (RFC 1421), as encrypted keys of old have them. */
  readonly hasHeaders: boolean;
  readonly der: Buffer;
}

const BEGIN = '-----BEGIN ';
const END = '\n-----END ';
const DASHES = '-----';

interface Line {
  readonly text: string;
  /** Where the next one begins. */
  readonly next: number;
}

/**
 * The blocks of a text as `pem.Decode` of Go finds them, in one pass: a block begins at the last `BEGIN` before an `END`, both at
 * the beginning of a line, and what is wrong with one does not hide the next.
 */
export function pemBlocks(bytes: Buffer): PemBlock[] {
  const text = bytes.toString('latin1');
  const blocks: PemBlock[] = [];
  let from = 0;
  for (let end = text.indexOf(END); end !== -1; end = text.indexOf(END, from)) {
    const begin = lastBegin(text, from, end);
    if (begin === undefined) {
      from = end + END.length;
      continue;
    }
    const read = blockOf(text, begin + BEGIN.length, end);
    if (read === undefined) return blocks;
    if (read.block !== undefined) blocks.push(read.block);
    from = read.next;
  }
  return blocks;
}

/** Where the block that ends there begins: undefined where nothing of it does so at the beginning of a line. */
function lastBegin(text: string, from: number, end: number): number | undefined {
  const begin = text.slice(from, end).lastIndexOf(BEGIN);
  if (begin === -1 || (begin > 0 && text[from + begin - 1] !== '\n')) return undefined;
  return from + begin;
}

/** What stands from the type of a block on, and where reading goes on; undefined where Go gives up the whole text. */
function blockOf(text: string, at: number, end: number): { readonly block?: PemBlock; readonly next: number } | undefined {
  const afterEnd = end + END.length;
  const typeLine = lineAt(text, at);
  if (!typeLine.text.endsWith(DASHES)) return { next: afterEnd };
  const type = typeLine.text.slice(0, -DASHES.length);
  let body = typeLine.next;
  let hasHeaders = false;
  for (;;) {
    if (body >= text.length) return undefined;
    const line = lineAt(text, body);
    if (!line.text.includes(':')) break;
    hasHeaders = true;
    body = line.next;
  }
  // An empty block shares one line break between its BEGIN and its END.
  if (hasHeaders && end < body) return afterEnd < body ? undefined : { next: afterEnd };
  const last = lineAt(text, afterEnd);
  const closes = last.text === `${type}${DASHES}`;
  const der = !closes ? undefined : end <= body ? Buffer.alloc(0) : decodeBase64(text.slice(body, end).replace(/[ \t]/g, ''));
  return der === undefined ? { next: afterEnd } : { block: { type, hasHeaders, der }, next: last.next };
}

/** The line that begins there, without the blanks and the line break at its end. */
function lineAt(text: string, at: number): Line {
  const newline = text.indexOf('\n', at);
  const next = newline === -1 ? text.length : newline + 1;
  let end = newline === -1 ? text.length : newline;
  if (newline > at && text[newline - 1] === '\r') end--;
  while (end > at && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return { text: text.slice(at, end), next };
}
