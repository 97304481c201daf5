import { parseEnvFile } from './env-file';
import { fieldPath, invalidField, listIndex } from './field-path';
import { JsonDocument } from '../document/json-document';
import { wholeText } from '../document/parsed-document';
import { TextLines } from '../document/text-lines';
import { Unreadable } from '../document/unreadable';
import { YamlNode, YamlRefused } from '../document/yaml-node';
import { envName } from '../kubernetes/env-names';

/** How texts of one format are read. */
export interface FieldReader {
  /** How messages name it. */
  readonly noun: string;
  /**
   * What finds a field.
   *
   * @throws InvalidValueField where there can be no such field
   */
  finder(field: string): FieldFinder;
}

/**
 * The text of a field, or why it is none: without anything of the values.
 *
 * @param text what it is looked for in
 * @param source how messages name that
 */
export type FieldFinder = (text: string, source: string) => string | { readonly problem: string };

const HOLDS_OTHERS = { problem: 'holds other fields, and is no text' };
const IS_NULL = { problem: 'is null' };
const MISSING = { problem: 'is not there' };

export const JSON_FIELDS: FieldReader = {
  noun: 'JSON',
  finder: field => {
    const path = fieldPath(field);
    return (text, source) => {
      const { value, isTwice } = parsedJson(text, source, path);
      let at = value;
      for (const name of path) {
        const key = Array.isArray(at) ? listIndex(name) : name;
        if (typeof at !== 'object' || at === null || key === undefined || !Object.hasOwn(at, key)) return MISSING;
        at = (at as Record<string, unknown>)[key];
      }
      if (isTwice) return { problem: 'is there twice, or a field above it is' };
      if (at === null) return IS_NULL;
      return typeof at === 'object' ? HOLDS_OTHERS : String(at);
    };
  },
};

function parsedJson(text: string, source: string, path: readonly string[]): { readonly value: unknown; readonly isTwice: boolean } {
  try {
    const { value, duplicateFields, furtherDuplicates = 0 } = JsonDocument.readTexts(wholeText(text));
    const isTwice = furtherDuplicates > 0 || duplicateFields.some(twice => twice.every((name, index) => String(name) === path[index]));
    return { value, isTwice };
  } catch (error) {
    throw error instanceof Unreadable ? notOf('JSON', source, new TextLines(text).place(error.offset).line, error.reason) : error;
  }
}

export const YAML_FIELDS: FieldReader = {
  noun: 'YAML',
  finder: field => {
    const path = fieldPath(field);
    return (text, source) => {
      try {
        let at: YamlNode | undefined = YamlNode.parseOnly(text);
        for (const name of path) {
          const entry: YamlNode | undefined = at.entries?.find(({ key }) => key === name)?.value;
          at = entry ?? at.items?.[listIndex(name) ?? -1];
          if (at === undefined) return MISSING;
        }
        return at.isNull ? IS_NULL : at.text ?? HOLDS_OTHERS;
      } catch (error) {
        throw error instanceof YamlRefused ? notOf('YAML', source, error.line, error.message) : error;
      }
    };
  },
};

function notOf(format: string, source: string, line: number, reason: string): Error {
  return invalidField(`${source} is not read as ${format}, line ${line}: ${reason}`, 'correct the text there');
}

/** What programs that read `.env` files do not agree on: quotes, blanks at the ends, and comments behind a value. */
const AMBIGUOUS = /^["'`]|^\s|\s$|\s#/;

export const ENV_FIELDS: FieldReader = {
  noun: 'env file',
  finder: field => {
    if (envName(field).length > 0) throw invalidField('the field of an env file is none of its keys', 'give the key alone, as it stands before the "="');
    return (text, source) => {
      const bytes = parseEnvFile(Buffer.from(text, 'utf8'), source).get(field)?.();
      if (bytes === undefined) return MISSING;
      const value = bytes.toString('utf8');
      if (AMBIGUOUS.test(value)) return { problem: 'has quotes, blanks at its ends, or a comment, which kubectl takes for a part of the value and other programs do not' };
      return value;
    };
  },
};
