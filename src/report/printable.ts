/** Control characters, and those that turn the direction of what follows: a name from a manifest could forge a report with them. */
const UNPRINTABLE = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]/gu;

/** A text on one line that a terminal, and XML, can show as it is; every other character becomes `\u{…}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, character => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** JSON in which no character is one that a terminal acts on. */
export function printableJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2).replace(/[\x7f-\x9f]/g, character => `\\u00${character.charCodeAt(0).toString(16)}`)}\n`;
}
