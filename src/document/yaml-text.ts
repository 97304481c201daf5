import { Document, Scalar, visit } from 'yaml';

/** A key that would merge, and an octal number of YAML 1.2, a plain text in 1.1. */
const MISREAD = /^<<$|^[-+]?0o[0-7]+$/;
/** What some reader of YAML takes for the end of a line or for nothing. */
const INVISIBLE = /[\x7f-\x9f\u2028\u2029\ufeff]/g;
/** Several lines that a block would lose something of: spaces at an end, tabs, other ends of lines. */
const NO_BLOCK = /(^|\n)[ \t]|[ \t](\n|$)|[\t\r]|^\n/;

function needsQuotes(text: string): boolean {
  return MISREAD.test(text) || text.search(INVISIBLE) >= 0 || (text.includes('\n') && NO_BLOCK.test(text));
}

/**
 * One YAML document, as Go's yaml.v3 prints it with an indentation of two: lists indented, no line folded, and every text
 * quoted that some version of YAML would read as something else (`y`, `0123`, `0o17`, `1:30`).
 */
export function yamlText(value: object): string {
  const document = new Document(value, {
    version: '1.1',
    aliasDuplicateObjects: false,
    // Without the tag of merge keys, whose `<<` could not be quoted.
    customTags: tags => tags.filter(tag => typeof tag === 'string' || tag.default !== 'key'),
  });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && needsQuotes(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Infinity, directives: false })
    .replace(INVISIBLE, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
