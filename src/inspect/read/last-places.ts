import type { ParsedDocument, TextPart } from '../../document/parsed-document';
import { Places } from '../../document/places';
import type { Segments } from '../../document/segments';
import type { TextLines } from '../../document/text-lines';
import type { SourceLocation } from '../finding';

/** The text of one document, and where it came from. */
export interface DocumentText extends TextPart {
  readonly lines: TextLines;
  readonly file?: string;
  /** Reads it; `places` is told where everything stands, which takes time and memory and is asked for only when something was found. */
  readonly parse: (part: TextPart, places: Places) => ParsedDocument;
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

  /** Where a field stands, or the nearest one above it that there is. */
  public find(document: DocumentText, path: Segments): SourceLocation {
    if (this.#document !== document) {
      this.#places = new Places();
      this.#value = document.parse(document, this.#places).value;
      this.#document = document;
    }
    const place = document.lines.place(this.#places.find(this.#value, path));
    return document.file === undefined ? place : { file: document.file, ...place };
  }
}
