const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/g;

/** Where the next character stands that Go's reader of YAML refuses, whatever is around it. */
export function nextControlCharacter(text: string, from = 0): number | undefined {
  CONTROL.lastIndex = from;
  return CONTROL.exec(text)?.index;
}
