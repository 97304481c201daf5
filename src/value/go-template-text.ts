import { isUtf8 } from 'node:buffer';

/** A text as a Go template holds it outside of actions: every brace that could begin one is in an action of its own. */
export function goTemplateText(text: string): string {
  return text.replace(/\{+/g, braces => `{{ ${goString(braces)} }}`);
}

/** A text in quotes, as Go reads it. */
export function goString(text: string): string {
  return JSON.stringify(text);
}

/** An operand that is these bytes. */
export function goOperand(bytes: Buffer): string {
  return isUtf8(bytes) ? goString(bytes.toString('utf8')) : `(${goString(bytes.toString('base64'))} | b64dec)`;
}

/** An operand that is a value by its name: names with other characters than variables have are looked up. */
export function goField(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `(index . ${goString(name)})`;
}
