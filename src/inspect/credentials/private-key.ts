const BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,2}PRIVATE KEY(?: BLOCK)?-----/g;

/** How much of a key is looked at. */
const HEAD = 400;

/** The shortest key, an Ed25519 one in PKCS #8, has 64 characters; what is left open has `...`. */
const FEWEST_CHARACTERS = 60;

/** Whether a text holds a private key in PEM: with line breaks, indented, or on one line as JSON writes it. */
export function holdsPrivateKey(text: string): boolean {
  for (const { 0: begin, index } of text.matchAll(BEGIN)) {
    const head = text.slice(index + begin.length, index + begin.length + HEAD).split('-----')[0];
    const body = head.replace(/\\[rnt]|\s|^[A-Za-z-]+: .*$/gm, '');
    const key = /^[A-Za-z0-9+/=]*/.exec(body)![0];
    if (key.length >= FEWEST_CHARACTERS && new Set(key).size > 10) return true;
  }
  return false;
}
