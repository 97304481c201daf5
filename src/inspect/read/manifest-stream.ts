import { LastPlaces, type DocumentText } from './last-places';
import type { ManifestSource } from './manifest-source';
import { JsonDocument } from '../../document/json-document';
import { MAX_OBJECTS, type ParsedDocument, type TextPart } from '../../document/parsed-document';
import { TextLines } from '../../document/text-lines';
import { TextPool } from '../../document/text-pool';
import { Unreadable, unreadableManifest } from '../../document/unreadable';
import { parseYaml } from '../../document/yaml-document';
import type { SecretsError } from '../../errors/secrets-error';

/** What goes with a text that is read. */
export interface StreamOptions {
  /** The file that it came from. */
  readonly file?: string;
  /** Where fields of several files are found by; findings of one after the other then keep one document in memory. */
  readonly places?: LastPlaces;
  /** Called after every document, with how many characters of the text were read. */
  readonly onProgress?: (characters: number) => void;
}

const MAX_TEXT = 256 * 1024 * 1024;
const SEPARATOR = '---';
/** A blank as Go has it. */
const BLANK = /[\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
/** How far kubectl looks for the brace that JSON begins with. */
const LOOK_AHEAD = 4096;

/**
 * Reads the documents of a text as kubectl does: YAML with `---` lines between the documents, or JSON objects one after
 * the other. Documents without content are left out.
 *
 * One document is parsed at a time, so that the memory taken is that of the parsed manifests.
 *
 * @throws UnreadableManifest
 */
export function readManifestStream(text: string, options: StreamOptions = {}): ManifestSource[] {
  const { file, places = new LastPlaces(), onProgress } = options;
  if (text.length > MAX_TEXT) throw unreadableManifest(`it has more than ${MAX_TEXT} characters`, 'split it', file);
  const sources: ManifestSource[] = [];
  let read = 0;
  for (const { document, behindJson, parsed } of new ManifestStream(text, file).documents()) {
    const { value, duplicateFields, furtherDuplicates } = parsed;
    const locate: ManifestSource['locate'] = path => places.find(document, path);
    if (value !== null) sources.push({ manifest: value, duplicateFields, furtherDuplicates, behindJson, locate });
    if (sources.length > MAX_OBJECTS) {
      throw unreadableManifest(`there are more than ${MAX_OBJECTS} documents`, 'split it', file, document.lines.place(document.start).line);
    }
    read += document.end - document.start;
    onProgress?.(Math.min(read, text.length));
  }
  return sources;
}

interface Read {
  readonly document: DocumentText;
  readonly parsed: ParsedDocument;
  /** Whether it is the first one of YAML where the text begins as JSON. */
  readonly behindJson?: boolean;
}

/** One text, and how far it was read. */
class ManifestStream {
  private readonly text: string;
  /** Without the end of the last line that kubectl puts in. */
  private readonly length: number;
  private readonly lines: TextLines;
  private readonly pool = new TextPool();

  constructor(text: string, private readonly file: string | undefined) {
    const lines = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
    this.length = lines.length;
    // kubectl reads lines, and gives each its end, also the last one.
    this.text = lines.endsWith('\n') ? lines : `${lines}\n`;
    this.lines = new TextLines(this.text);
  }

  /** Its documents. What begins with a brace is JSON until it is none. */
  public documents(): Iterable<Read> {
    return this.text[this.skipBlanks(0, LOOK_AHEAD)] === '{' ? this.jsonThenYaml() : this.yaml(0);
  }

  private *jsonThenYaml(): Generator<Read> {
    let count = 0;
    let at = 0;
    for (;;) {
      let next: ReturnType<typeof JsonDocument.readNext>;
      try {
        next = JsonDocument.readNext({ text: this.text, start: at, end: this.text.length }, this.pool);
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        // Behind one object there may be YAML. Behind two of them kubectl is sure that it is all JSON.
        const start = count > 1 ? undefined : this.behindBlanks(at);
        if (start === undefined) throw this.located(this.behindJson(error), at);
        yield* this.yaml(start, error);
        return;
      }
      if (next === undefined) return;
      at = next.end;
      count++;
      yield { document: this.document(next.start, next.end, JsonDocument.read), parsed: next };
    }
  }

  private behindJson(error: Unreadable): Unreadable {
    if (!this.text.startsWith(SEPARATOR, error.offset)) return error;
    return new Unreadable("behind JSON objects without a '---' between them, none can follow; kubectl refuses it", error.offset, "put '---' between all of them");
  }

  /** Where the next line or something else than a blank begins; undefined where kubectl, which looks at four bytes at once, meets the end before. */
  private behindBlanks(from: number): number | undefined {
    for (let at = from; ; at++) {
      const bytes = Buffer.byteLength(this.text.slice(at, Math.min(at + 4, this.length)));
      if (bytes < 4) return undefined;
      if (this.text[at] === '\n') return at + 1;
      if (!BLANK.test(this.text[at])) return at;
    }
  }

  /**
   * The documents of YAML.
   *
   * @param jsonError why the text is no JSON; where its first document is no YAML either, what got further says why
   */
  private *yaml(from: number, jsonError?: Unreadable): Generator<Read> {
    let first = jsonError;
    for (const part of this.split(from)) {
      const document = this.document(part.start, part.end, parseYaml);
      try {
        yield { document, parsed: parseYaml(part, undefined, this.pool), behindJson: first !== undefined };
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        throw this.located(first !== undefined && first.offset >= error.offset ? first : error, part.start, part.end);
      }
      first = undefined;
    }
  }

  /** What stands between the lines that begin with `---`. No text of YAML, quoted or not, can hold such a line. */
  private *split(from: number): Generator<TextPart> {
    const { text } = this;
    let start = from;
    for (let at = text.startsWith(SEPARATOR, from) ? from : this.separator(from); at !== -1; at = this.separator(at)) {
      const end = text.indexOf('\n', at);
      const next = this.skipBlanks(at + SEPARATOR.length, end);
      if (next < end && text[next] !== '#') {
        throw this.located(new Unreadable("something stands on the line of a '---'; kubectl refuses it", at, 'put it on the next line'), at, end);
      }
      // The first line of a document may be its separator; kubectl then reads it with the document.
      if (at === start) continue;
      yield { text, start, end: at };
      start = end + 1;
    }
    yield { text, start, end: text.length };
  }

  private skipBlanks(from: number, end: number): number {
    let at = from;
    while (at < end && at < this.text.length && BLANK.test(this.text[at])) at++;
    return at;
  }

  /** Where the next line begins with `---`, or -1. */
  private separator(from: number): number {
    return this.text.indexOf(`\n${SEPARATOR}`, from) + 1 || -1;
  }

  private document(start: number, end: number, parse: DocumentText['parse']): DocumentText {
    return { text: this.text, start, end, lines: this.lines, file: this.file, parse };
  }

  /** The error, with its file and line. */
  private located(error: Unreadable, start: number, end = this.text.length): SecretsError {
    const open = this.text.indexOf('{{', start);
    const template = open !== -1 && open < end;
    const next = template ? 'render templates first (helm template), and quote what begins with a brace' : error.next;
    const unreadable = unreadableManifest(error.reason, next, this.file, this.lines.place(Math.min(error.offset, this.length)).line);
    unreadable.template = template;
    return unreadable;
  }
}
