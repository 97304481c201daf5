import type { Segments } from './segments';

/** What a text holds, before anybody looks at whether it is a manifest. */
export interface ParsedDocument {
  readonly value: unknown;
  /** Fields that the text has twice; the last one is in the value. */
  readonly duplicateFields: readonly Segments[];
  /** How many more there are than those. */
  readonly furtherDuplicates?: number;
}

/** A part of a text. */
export interface TextPart {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A whole text as a part. */
export function wholeText(text: string): TextPart {
  return { text, start: 0, end: text.length };
}

/** How deep maps and lists may be nested. No object of Kubernetes comes near. */
export const MAX_DEPTH = 500;

/** How many characters one scalar may have. The API server takes no request of more than 3 MiB. */
export const MAX_SCALAR = 8 * 1024 * 1024;

/** How many objects one input may have. A cluster of 5,000 nodes has no more Secrets. */
export const MAX_OBJECTS = 200_000;

/** Sets a field, whatever its name is. */
export function setField(object: object, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
  else (object as Record<string, unknown>)[name] = value;
}
