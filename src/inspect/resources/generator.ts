import type { ResourceRules } from './rules-of-resource';
import { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { list, record, text } from '../model/untyped';
import { quote } from '../quote';

type Fields = Readonly<Record<string, unknown>>;

const SPEC = FieldPath.ROOT.child('spec');
const DEFAULT_LENGTH = 24;
const DEFAULT_SHARE = 0.25;
const LETTERS = 26;
const DIGITS = 10;
const DEFAULT_SYMBOLS = '~!@#$%^&*()_+`-={}|[]\\:"<>?,./'.length;

/** A Password: what its generator cannot make. */
export const PASSWORD_RULES: ResourceRules = {
  check: ({ findings }, spec) => checkPassword(spec, SPEC, findings),
};

/** A ClusterGenerator: the settings must be those of the kind that it names. */
export const CLUSTER_GENERATOR_RULES: ResourceRules = {
  check: ({ findings: out }, spec) => {
    const kind = text(spec.kind);
    const settings = record(spec.generator);
    const wanted = `${kind}Spec`.toLowerCase();
    const [given] = Object.keys(settings);
    if (kind === '' || given === undefined) return;
    const field = SPEC.child('generator').child(given);
    if (given.toLowerCase() !== wanted) {
      out.fails('ConflictingFields', field, `the kind is ${quote(kind)}, and these are the settings of another generator`, `write the settings under ${quote(settingsOf(kind))}`);
    } else if (kind === 'Password') {
      checkPassword(record(settings[given]), field, out);
    }
  },
};

/** The field that holds the settings of a kind: `passwordSpec`, `ecrAuthorizationTokenSpec`. */
function settingsOf(kind: string): string {
  return `${kind.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/, start => start.toLowerCase())}Spec`;
}

/** Without repetition no character is used twice, so each sort has an end. */
function checkPassword(spec: Fields, path: FieldPath, out: FindingsOfObject): void {
  const number = (value: unknown, otherwise: number) => typeof value === 'number' ? value : otherwise;
  const length = number(spec.length, DEFAULT_LENGTH);
  const share = Math.floor(length * DEFAULT_SHARE);
  const digits = number(spec.digits, share);
  const symbols = number(spec.symbols, share);
  const letters = length - digits - symbols;
  const seen = new Set<string>();
  list(spec.secretKeys).map(text).forEach((key, index) => {
    if (seen.has(key)) out.fails('ConflictingFields', path.child('secretKeys').index(index), `the key ${quote(key)} stands twice`, 'leave one of them out');
    seen.add(key);
  });
  if (letters < 0) {
    out.fails('OutOfRange', path.child('length'), `${digits} digits and ${symbols} symbols are more than the ${length} characters of the password`, 'make it longer, or ask for fewer');
    return;
  }
  if (spec.allowRepeat === true) return;
  const alphabet = spec.noUpper === true ? LETTERS : 2 * LETTERS;
  const characters = typeof spec.symbolCharacters === 'string' ? new Set(spec.symbolCharacters).size : DEFAULT_SYMBOLS;
  const too = digits > DIGITS ? `${digits} digits` : symbols > characters ? `${symbols} symbols` : letters > alphabet ? `${letters} letters` : undefined;
  if (too === undefined) return;
  out.fails('OutOfRange', path.child('length'), `a password with ${too} cannot be made without using one of them twice`, 'write allowRepeat: true, or make it shorter');
}
