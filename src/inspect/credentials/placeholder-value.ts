/** The longest text of which the words are looked at. */
const MAX_LENGTH = 200;

/** `<what goes here>`, `${X}`, `$(X)`, `$X`, `%X%`, `@X@`, `__X__`, `[[ x ]]`, and nothing else. */
const WHOLE = /^(?:<[^<>]*>|\$\{[^{}]*\}|\$\([^()]*\)|\$[A-Za-z_]\w*|%{1,2}[A-Za-z_]\w*%{1,2}|@{1,2}[A-Za-z_]\w*@{1,2}|__[A-Za-z]\w*__|\[\[[^[\]]*\]\]|%[sdvq])$/;

/** Something in it is filled in when the manifest is rendered, or when the container starts. */
const FILLED_IN = /\{\{|\$\{[A-Za-z_.]|\$\([A-Za-z_]|<[A-Za-z][\w .:#/-]*>/;

/** It says where the value is read from, or is encrypted: SOPS, bank-vaults, vals, 1Password. */
const READ_ELSEWHERE = /^(?:ENC\[|vault:|ref\+|op:\/\/|arn:aws:secretsmanager:)/;

/** Words that say that this is no value. */
const WORDS: ReadonlySet<string> = new Set(['example', 'examples', 'sample', 'placeholder', 'redacted', 'removed', 'todo', 'tbd', 'fixme', 'dummy', 'fake']);

/** Texts that say that there is no value. */
const NOTHING: ReadonlySet<string> = new Set(['none', 'null', 'nil', 'unset', 'undefined', 'missing', 'empty', 'na', 'tba']);

/** How a request to replace it begins, without what is between the words. */
const REQUEST = /^(?:pleasechange|change(?:me|it|this)|replace(?:me|this|with)|your|insert|enteryour|putyour|fillin|setme|notasecret|notset)/;

/**
 * Whether a text stands where a value is to be filled in: nothing, `<password>`, `${PASSWORD}`, `$(PASSWORD)`, `{{ .Values.password }}`, `xxx`,
 * `example`, `changeme`, `your-password`. What is only weak, such as `password`, is a value.
 */
export function isPlaceholderValue(value: string): boolean {
  const text = value.trim();
  if (WHOLE.test(text) || READ_ELSEWHERE.test(text)) return true;
  if (text.length > MAX_LENGTH) return false;
  if (FILLED_IN.test(text)) return true;
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const letters = words.join('');
  if (new Set(letters).size <= 1) return true;
  if (!/^[\w\s.!*-]*$/.test(text)) return false;
  return NOTHING.has(letters) || REQUEST.test(letters) || letters.endsWith('goeshere') || /^x{3}|x{4}/.test(letters) || words.some(word => WORDS.has(word));
}
