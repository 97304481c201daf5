import type { ParseDocument } from '../../document/parsed-document';
import { Places } from '../../document/places';
import type { Segments } from '../../document/segments';
import type { SourceLocation } from '../finding';

/** The text of one document, and where it came from. */
export interface DocumentText {
  readonly text: string;
  /** The line that it begins on, counted from 1. */
  readonly line: number;
  readonly file?: string;
  readonly parse: ParseDocument;
}

/**
 * Finds the lines of fields by parsing their document once more.
 *
 * Only the document that was asked for last is kept: findings come in the order of the documents, and most documents have none.
 */
export class LastPlaces {
  #document: DocumentText | undefined;
  #places = new Places();
  #value: unknown;
  #lineStarts: readonly number[] = [];

  /** Where a field stands, or the nearest one above it that there is. */
  public find(document: DocumentText, path: Segments): SourceLocation {
    if (this.#document !== document) {
      this.#places = new Places();
      this.#value = document.parse(document.text, this.#places).value;
      this.#lineStarts = lineStartsOf(document.text);
      this.#document = document;
    }
    const offset = this.#places.find(this.#value, path);
    const index = lineAt(this.#lineStarts, offset);
    const place = { line: document.line + index, column: offset - this.#lineStarts[index] + 1 };
    return document.file === undefined ? place : { file: document.file, ...place };
  }
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The last line that begins at or before the offset, counted from 0. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
