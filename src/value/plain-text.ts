/**
 * What no value is. The TypeScript compiler refuses every other text, and says this one. For jsii it is any text: so a text that is
 * given in another language gets as far as this library, which refuses it without showing it. The jsii runtime would show it.
 */
export type PlainText = 'a plain text is refused: give SensitiveValue.fromEnvironment, .fromFile, .fromBase64 or .fromLiteral';
