const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** Where the first character of a text stands that Go's reader of YAML refuses, whatever is around it. */
export function controlCharacterOf(text: string): number | undefined {
  return CONTROL.exec(text)?.index;
}
