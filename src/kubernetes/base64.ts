const PADDING = '='.charCodeAt(0);
const NEWLINE = '\n'.charCodeAt(0);
const RETURN = '\r'.charCodeAt(0);

/**
 * What most base64 looks like, where its length is that of whole groups: no line breaks. The expression has no group that
 * repeats, for which a text of 50 MB would take more stack than there is.
 */
const CANONICAL = /^[A-Za-z0-9+/]*={0,2}$/;

const ALPHABET = new Set(Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'));

/**
 * The offset of the first byte that makes a text no base64, or undefined where it is base64.
 *
 * The rules are those of Go's `base64.StdEncoding`, which the API server decodes `data` with: the standard alphabet,
 * padding required, line breaks ignored, unused bits of the last character not looked at. The offset is the one that
 * it prints: `illegal base64 data at input byte N`.
 */
export function illegalBase64Byte(text: string): number | undefined {
  if (text.length % 4 === 0 && CANONICAL.test(text)) return undefined;
  const bytes = Buffer.from(text, 'utf8');
  let at = 0;
  const skipLineBreaks = () => {
    while (at < bytes.length && (bytes[at] === NEWLINE || bytes[at] === RETURN)) at++;
  };
  for (;;) {
    for (let inGroup = 0; inGroup < 4;) {
      if (at === bytes.length) return inGroup === 0 ? undefined : at - inGroup;
      const byte = bytes[at++];
      if (ALPHABET.has(byte)) {
        inGroup++;
      } else if (byte === PADDING) {
        if (inGroup < 2) return at - 1;
        if (inGroup === 2) {
          skipLineBreaks();
          if (at === bytes.length) return at;
          if (bytes[at] !== PADDING) return at - 1;
          at++;
        }
        skipLineBreaks();
        return at < bytes.length ? at : undefined;
      } else if (byte !== NEWLINE && byte !== RETURN) {
        return at - 1;
      }
    }
  }
}

/** The bytes of a text in base64, or undefined where it is none; see `illegalBase64Byte`. */
export function decodeBase64(text: string): Buffer | undefined {
  return illegalBase64Byte(text) === undefined ? Buffer.from(text, 'base64') : undefined;
}
