import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import { invalidField } from './field-path';
import { ENV_FIELDS, type FieldReader, JSON_FIELDS, YAML_FIELDS } from './field-reader';
import { type ValueSource, withoutFinalNewline } from './value-source';
import { shownName } from '../errors/shown-name';

/**
 * How a text that holds several values is written.
 */
export enum FieldFormat {
  /**
   * One value of JSON.
   */
  JSON = 'JSON',

  /**
   * One document of YAML.
   */
  YAML = 'YAML',

  /**
   * Lines `KEY=value`, as `kubectl create secret generic --from-env-file` reads them.
   */
  ENV = 'ENV',
}

const READERS: Readonly<Record<FieldFormat, FieldReader>> = { JSON: JSON_FIELDS, YAML: YAML_FIELDS, ENV: ENV_FIELDS };
const NO_FORMAT = 'give the format: FieldFormat.JSON, .YAML or .ENV';

/** Which field of a text is the value. */
export interface FieldChoice {
  readonly field?: string;
  readonly format?: FieldFormat;
  readonly trimNewline?: boolean;
  /** Undefined where nothing offers it. */
  readonly allowEmpty?: boolean;
}

/** The format that the name of a file says. */
export function formatOfFile(path: unknown): FieldFormat | undefined {
  if (typeof path !== 'string') return undefined;
  const name = basename(path).toLowerCase();
  if (name.endsWith('.json')) return FieldFormat.JSON;
  if (/\.ya?ml$/.test(name)) return FieldFormat.YAML;
  return name.endsWith('.env') || name.startsWith('.env.') ? FieldFormat.ENV : undefined;
}

/**
 * One field of what a source holds; the source itself where no field is chosen.
 *
 * @param source what holds the text, to the last byte
 * @param choice which field of it
 * @param otherwise the format where the choice has none
 */
export function fieldSource(source: ValueSource, choice: FieldChoice, otherwise?: FieldFormat): ValueSource {
  const { field, format, trimNewline = false, allowEmpty } = choice;
  if (field === undefined) {
    if (format !== undefined) throw invalidField(`${source.description} has a format, and no field is named`, 'name the field, or leave the format out');
    return source;
  }
  if (typeof field !== 'string' || field === '') throw invalidField('a field must be a text that is not empty', "name it, as in { field: 'db.password' }");
  const chosen = format ?? otherwise;
  if (chosen === undefined) throw invalidField(`the name of ${source.description} does not say how it is written`, NO_FORMAT);
  if (!Object.hasOwn(READERS, chosen)) throw invalidField('the format of a field is none', NO_FORMAT);
  const { noun, finder } = READERS[chosen];
  const find = finder(field);
  const description = `field ${shownName(field)} of ${source.description}`;
  return {
    description,
    runsProgram: source.runsProgram,
    read: context => {
      const bytes = source.read(context);
      if (!isUtf8(bytes)) throw invalidField(`${source.description} is not UTF-8, and so no ${noun}`, NO_FORMAT);
      const text = bytes.toString('utf8');
      const found = find(text.startsWith('\uFEFF') ? text.slice(1) : text, source.description);
      if (typeof found !== 'string') throw invalidField(`${description} ${found.problem}`, nextStep(chosen));
      const value = trimNewline ? withoutFinalNewline(Buffer.from(found, 'utf8')) : Buffer.from(found, 'utf8');
      if (value.length > 0 || allowEmpty === true) return value;
      throw invalidField(`${description} is empty`, `give it a value${allowEmpty === undefined ? '' : ', or say allowEmpty where an empty one is meant'}`);
    },
  };
}

function nextStep(format: FieldFormat): string {
  return format === FieldFormat.ENV ? 'write KEY=value without quotes, or keep the value in a file of its own'
    : "name a field that holds a text, a number or a boolean; a name with a dot takes a JSON pointer, as in '/tls.crt/data'";
}
