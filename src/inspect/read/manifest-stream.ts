import { LastPlaces, type DocumentText } from './last-places';
import type { ManifestSource } from './manifest-source';
import { JsonDocument } from '../../document/json-document';
import { MAX_OBJECTS, type ParsedDocument } from '../../document/parsed-document';
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
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]/;
const SEPARATOR = '---';

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
  for (const part of split(text, file)) {
    for (const { document, parsed: { value, duplicateFields, furtherDuplicates } } of readPart(part)) {
      if (value !== null) sources.push({ manifest: value, duplicateFields, furtherDuplicates, locate: path => places.find(document, path) });
    }
    if (sources.length > MAX_OBJECTS) throw unreadableManifest(`there are more than ${MAX_OBJECTS} documents`, 'split it', file, part.line);
    read += part.text.length;
    onProgress?.(read);
  }
  return sources;
}

/** What stands between the lines that begin with `---`. No text of YAML, quoted or not, can hold such a line. */
function* split(text: string, file?: string): Generator<DocumentText> {
  let line = 1;
  let start = 0;
  let firstLine = 1;
  for (let at = 0; at <= text.length; line++) {
    const next = text.indexOf('\n', at);
    const end = next === -1 ? text.length : next;
    if (text.startsWith(SEPARATOR, at)) {
      if (!/^-{3}\s*(?:#|$)/.test(text.slice(at, Math.min(end, at + 1024)))) {
        throw unreadableManifest("something stands on the line of a '---'; kubectl refuses it", 'put it on the next line', file, line);
      }
      yield documentText(text.slice(start, at), firstLine, file);
      start = Math.min(end + 1, text.length);
      firstLine = line + 1;
    }
    at = end + 1;
  }
  yield documentText(text.slice(start), firstLine, file);
}

function documentText(text: string, line: number, file?: string): DocumentText {
  const lines = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  return { text: lines.startsWith('\ufeff') ? lines.slice(1) : lines, line, file, parse: parseYaml };
}

interface Read {
  readonly document: DocumentText;
  readonly parsed: ParsedDocument;
}

function readPart(part: DocumentText): Read[] {
  try {
    return part.text.trimStart().startsWith('{') ? readBraces(part) : [readYaml(part)];
  } catch (error) {
    throw error instanceof Unreadable ? locate(error, part) : error;
  }
}

/** What begins with a brace: JSON objects one after the other, or else YAML. Where it is neither, what got further says why. */
function readBraces(part: DocumentText): Read[] {
  const { text, file } = part;
  try {
    let { line } = part;
    let at = 0;
    return JsonDocument.readAll(text).map(parsed => {
      line += countLines(text, at, parsed.start);
      at = parsed.start;
      return { document: { text: text.slice(parsed.start, parsed.end), line, file, parse: JsonDocument.read }, parsed };
    });
  } catch (jsonError) {
    try {
      return [readYaml(part)];
    } catch (yamlError) {
      if (!(jsonError instanceof Unreadable && yamlError instanceof Unreadable)) throw yamlError;
      throw jsonError.offset < yamlError.offset ? yamlError : jsonError;
    }
  }
}

function readYaml(document: DocumentText): Read {
  const control = CONTROL.exec(document.text);
  if (control !== null) {
    throw new Unreadable('a control character stands in it', control.index, 'write it as an escape in double quotes, or keep the value in base64');
  }
  return { document, parsed: parseYaml(document.text) };
}

/** The error, with its file and line. */
function locate(error: Unreadable, { text, line, file }: DocumentText): SecretsError {
  const next = text.includes('{{') ? 'render templates first (helm template), and quote what begins with a brace' : error.next;
  const unreadable = unreadableManifest(error.reason, next, file, line + countLines(text, 0, error.offset));
  unreadable.template = text.includes('{{');
  return unreadable;
}

function countLines(text: string, from: number, until: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < until; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
