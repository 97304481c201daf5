import { isUtf8 } from 'node:buffer';
import { Encoding, type EncodingVariant } from './encoding';
import { goString, goTemplateText } from './go-template-text';
import type { SensitiveValue } from './sensitive-value';
import type { ValueSource } from './value-source';
import { SecretsError } from '../errors/secrets-error';
import { didYouMean, quoteList } from '../errors/suggest';
import { variantOf } from '../errors/sum-type';

/** A piece of a template: a text, or the name of a value. */
interface Piece {
  readonly text?: string;
  readonly name?: string;
}

const NAME = /^[A-Za-z_]\w*$/;

/** A value that is made of a text with the names of others in braces. */
export function templateSource(template: string, parts: Readonly<Record<string, SensitiveValue>>, encode: Encoding = Encoding.none()): ValueSource {
  const encoding = variantOf(encode, { code: 'InvalidValueTemplate', message: 'the encoding is none', next: 'use Encoding.none, .url, .base64 or .json' });
  const given = checkedParts(parts);
  const pieces = piecesOf(template);
  checkNames(pieces, given);
  if (encoding.name === 'json') checkQuotes(pieces);
  const names = [...new Set(pieces.flatMap(({ name }) => name ?? []))];
  return {
    description: `template of ${quoteList(names)}`,
    read: context => Buffer.concat(pieces.map(({ text, name }) => {
      return name === undefined ? Buffer.from(text!, 'utf8') : encoded(name, given[name]._read(context), encoding);
    })),
    recipe: {
      parts: given,
      template: operands => pieces.map(({ text, name }) => {
        return name === undefined ? goTemplateText(text!) : `{{ ${withoutParentheses(encoding.operand(operands[name]))} }}`;
      }).join(''),
      operand: operands => {
        const format = pieces.map(({ text }) => text === undefined ? '%s' : text.replaceAll('%', '%%')).join('');
        return `(printf ${[goString(format), ...pieces.flatMap(({ name }) => name === undefined ? [] : encoding.operand(operands[name]))].join(' ')})`;
      },
    },
  };
}

function encoded(name: string, bytes: Buffer, encoding: EncodingVariant): Buffer {
  if (!encoding.isText || isUtf8(bytes)) return encoding.encode(bytes);
  throw refusal(`the value ${JSON.stringify(name)} is not UTF-8, and no text of JSON can hold it`, 'encode it with Encoding.base64()');
}

function withoutParentheses(operand: string): string {
  return operand.startsWith('(') && operand.endsWith(')') ? operand.slice(1, -1) : operand;
}

/** The pieces of a template, in one pass: `{name}` is a value, `{{` and `}}` are braces. */
function piecesOf(template: string): Piece[] {
  if (typeof template !== 'string') throw refusal('the template is no text', "write one, as in 'postgres://{user}:{password}@db'");
  const pieces: Piece[] = [];
  let text = '';
  for (let at = 0; at < template.length; at++) {
    const character = template[at];
    if (character !== '{' && character !== '}') {
      text += character;
    } else if (template[at + 1] === character) {
      text += character;
      at++;
    } else {
      const end = character === '{' ? template.indexOf('}', at) : -1;
      const name = template.slice(at + 1, Math.max(end, at + 1));
      if (end < 0 || !NAME.test(name)) throw braceProblem(character, at);
      if (text !== '') pieces.push({ text });
      pieces.push({ name });
      text = '';
      at = end;
    }
  }
  return text === '' ? pieces : [...pieces, { text }];
}

function braceProblem(brace: string, at: number): SecretsError {
  return refusal(`the ${JSON.stringify(brace)} at character ${at + 1} of the template belongs to no name in braces`,
    "write {name}, with a name of letters, digits and '_', or '{{' and '}}' for braces");
}

function checkedParts(parts: Readonly<Record<string, SensitiveValue>>): Readonly<Record<string, SensitiveValue>> {
  const wrong = Object.keys(parts).find(name => !NAME.test(name));
  if (wrong !== undefined) throw refusal(`${JSON.stringify(wrong)} can be no name in a template`, "use letters, digits and '_', the first no digit");
  return Object.freeze({ ...parts });
}

function checkNames(pieces: readonly Piece[], parts: Readonly<Record<string, SensitiveValue>>): void {
  const used = new Set(pieces.flatMap(({ name }) => name ?? []));
  const unknown = [...used].find(name => !Object.hasOwn(parts, name));
  if (unknown !== undefined) {
    throw refusal(`the template names ${JSON.stringify(unknown)}, and there is no such value`, didYouMean(unknown, Object.keys(parts), 'values'));
  }
  const unused = Object.keys(parts).filter(name => !used.has(name));
  if (unused.length > 0) throw refusal(`the template does not name ${quoteList(unused)}`, `put {${unused[0]}} into it, or leave the value out`);
  if (used.size === 0) throw refusal('the template names no value', 'put one in braces, as in {password}; a text without any is SensitiveValue.fromLiteral');
}

/** The encoding has the quotes already. */
function checkQuotes(pieces: readonly Piece[]): void {
  const isQuote = (text: string | undefined, at: number) => text?.at(at) === '"';
  const quoted = pieces.find(({ name }, index) => name !== undefined && isQuote(pieces[index - 1]?.text, -1) && isQuote(pieces[index + 1]?.text, 0));
  if (quoted !== undefined) throw refusal(`the quotes around {${quoted.name}} are there twice: Encoding.json() writes them too`, 'leave them out of the template');
}

function refusal(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidValueTemplate', message, next });
}
