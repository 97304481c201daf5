const HTML = /[<>&\u2028\u2029]/g;

/**
 * JSON as Go's `json.Marshal` writes a struct: without blanks, the fields in their order, and with `<`, `>`, `&` and the
 * two line separators escaped.
 */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(HTML, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** JSON as Go's `json.Marshal` writes a map: sorted by the bytes of its keys. An object would put `9` before `10`. */
export function goJsonMap(map: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(map).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `{${keys.map(key => `${goJson(key)}:${goJson(map[key])}`).join(',')}}`;
}
