import { Severity, Stage } from './finding';
import type { Draft } from './findings-of-object';
import type { Codes } from '../errors/codes';
import type { Manifest } from './model/manifest';
import { isRecord, text, valueAt } from './model/untyped';
import { POLICY_CODES } from '../errors/policy-codes';

/** The code of this rule. */
export const PLACEHOLDER_CODES = {
  UnrenderedTemplate: {
    cause: 'A field holds a placeholder (`{{ }}`, `${X}`, `<name>`) in place of a value: a program or a person fills it in before the manifest is applied. Reported once for a file; nothing more is said of those fields.',
    example: 'nodeSelector: { kubernetes.io/os: $OS }',
    fix: 'Check what is rendered: `helm template … | cdk8s-secrets check -`, `envsubst < file | cdk8s-secrets check -`.',
    warns: true,
  },
} as const satisfies Codes;

/** How much is looked at of what stands below a field. */
const MAX_TEXTS = 1_000;

/** How many lines of a text are looked at. */
const MAX_LINES = 200;

/** `${X}`, `$X`, `<what goes here>`, `%X%`, `@X@`, `__X__` and the like, with nothing around them. */
const WHOLE = /^(?:\$\{[^{}\n]{1,120}\}|\$[A-Z_][A-Z0-9_]{0,80}|<[^<>\n]{1,120}>|%{1,2}[A-Za-z_]\w{0,80}%{1,2}|@[A-Za-z_]\w{0,80}@|__[A-Za-z]\w{0,80}__|\[\[[^\n]{1,120}\]\])$/;

/** Whether a text is something that is filled in before it is applied. */
function isPlaceholder(value: string): boolean {
  return value.includes('{{') || value.split('\n', MAX_LINES).some(line => WHOLE.test(line.trim()));
}

/** Whether a text that can be no password, such as a name, holds something that is filled in. */
function holdsPlaceholder(value: string): boolean {
  return isPlaceholder(value) || value.includes('${') || value.includes('[[') || /\$[A-Za-z_(]|<[A-Za-z][^<>\n]{0,120}>/.test(value);
}

/** Codes that say of a field that it is not there, or of a field that it is not known: no value in it is to blame. Policies know placeholders themselves. */
const NOT_OF_VALUES: ReadonlySet<string> = new Set([
  ...Object.keys(POLICY_CODES), 'PlaintextForbidden', 'VariablesForbidden', 'DuplicateField', 'DuplicateObject', 'UnknownVolume', 'StringDataUsed',
]);

/** Codes that are about what stands in `{{ }}`, where an operator reads it. */
const OF_TEMPLATES: ReadonlySet<string> = new Set(['InvalidTemplate', 'UnknownTemplateKey']);

/** Whether a sealed value is only hinted at, as in documentation: `AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq…`. */
function isElided(value: unknown): boolean {
  return typeof value === 'string' && (/(?:\.\.\.|…)\s?$/.test(value) || isPlaceholder(value));
}

/** What only Helm has, or whoever renders files before they are applied. */
const HELM = /\.(?:Values|Release|Chart|Capabilities|Files)\b|\b(?:include|tpl|lookup|required)\b|\{%|<%/;

/** Codes of warnings that say of a name that it is wrong. */
const REFERENCES: ReadonlySet<string> = new Set(['UnknownSecret', 'UnknownKey', 'InvalidName', 'NamespaceMismatch']);

/** Whether what a finding is about is a placeholder; of a Secret, also a key that is left open. */
export function isAboutPlaceholder({ code, path, stage, severity }: Draft, { raw }: Manifest): boolean {
  if (code === 'NullValue') return true;
  if (code === 'InvalidSealedValue') return isElided(valueAt(raw, path.segments));
  if (OF_TEMPLATES.has(code)) return HELM.test(text(valueAt(raw, path.segments)));
  if (NOT_OF_VALUES.has(code) || (severity === Severity.WARNING && !REFERENCES.has(code))) return false;
  const { segments } = path;
  // there the name is wrong, whatever the value is
  if (stage === Stage.STRICT_DECODING || (code === 'InvalidKey' && path.isEntry)) return holdsPlaceholder(String(segments[segments.length - 1] ?? ''));
  const value = inBrackets(valueAt(raw, segments)) ?? (segments[0] === 'data' ? valueAt(raw, ['stringData', ...segments.slice(1)]) : undefined);
  const holds = segments[0] === 'data' || segments[0] === 'stringData' ? isPlaceholder : holdsPlaceholder;
  if (holdsPlaceholders(value, holds, { left: MAX_TEXTS })) return segments.length > 0 && (typeof value === 'string' || IN_MAPS.has(code));
  // The finding on a reference stands at the key, and is about the name beside it.
  const parent = segments[segments.length - 1] === 'key' ? valueAt(raw, segments.slice(0, -1)) : undefined;
  return isRecord(parent) && typeof parent.name === 'string' && holdsPlaceholder(parent.name);
}

/** `[PROJECT_ID]`, which is a list in YAML where it was meant for what goes there. */
function inBrackets(value: unknown): unknown {
  const [name] = Array.isArray(value) && value.length === 1 ? value : [];
  return typeof name === 'string' && /^[A-Z][A-Z0-9_]{1,80}$/.test(name) ? `<${name}>` : value;
}

/** Codes that are reported at a map, and are about an entry of it. */
const IN_MAPS: ReadonlySet<string> = new Set(['InvalidLabel', 'InvalidKey', 'SelectorMismatch', 'WrongFieldType', 'InvalidCertificate', 'InvalidDockerConfig']);

function holdsPlaceholders(value: unknown, holds: (text: string) => boolean, budget: { left: number }): boolean {
  if (typeof value === 'string') return holds(value);
  if (typeof value !== 'object' || value === null || budget.left-- <= 0) return false;
  if (Array.isArray(value)) return value.some(entry => holdsPlaceholders(entry, holds, budget));
  return Object.entries(value).some(([key, child]) => holds(key) || holdsPlaceholders(child, holds, budget));
}
