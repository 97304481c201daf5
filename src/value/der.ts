/** Tags of ASN.1. */
export const BOOLEAN = 0x01;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
export const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
export const SET = 0x31;

/** An element in DER: its tag, its length, its contents. */
export function element(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

export function sequence(...contents: Buffer[]): Buffer {
  return element(SEQUENCE, ...contents);
}

/** An element with a tag of its context. */
export function explicit(number: number, ...contents: Buffer[]): Buffer {
  return element(0xa0 + number, ...contents);
}

/** Bytes with a tag of their context. */
export function implicit(number: number, bytes: Buffer): Buffer {
  return element(0x80 + number, bytes);
}

/** An object identifier: `2.5.4.3`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first, second, ...others] = dotted.split('.').map(Number);
  return element(OBJECT_IDENTIFIER, Buffer.from([first * 40 + second, ...others.flatMap(base128)]));
}

/** Bits that end with a byte, or that many before. */
export function bitString(bytes: Buffer, unused = 0): Buffer {
  return element(BIT_STRING, Buffer.from([unused]), bytes);
}

/** A second, in the form that certificates have for its year. */
export function time(date: Date): Buffer {
  const text = `${date.toISOString().replace(/[-T:]/g, '').slice(0, 14)}Z`;
  const isShort = date.getUTCFullYear() >= 1950 && date.getUTCFullYear() < 2050;
  return element(isShort ? UTC_TIME : GENERALIZED_TIME, Buffer.from(isShort ? text.slice(2) : text, 'latin1'));
}

function lengthOf(count: number): Buffer {
  if (count < 0x80) return Buffer.from([count]);
  const bytes: number[] = [];
  for (let rest = count; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 + bytes.length, ...bytes]);
}

function base128(number: number): number[] {
  const digits = [number % 128];
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(0x80 + rest % 128);
  return digits;
}
