import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { validateTolerations } from './tolerations';
import { isRecord } from '../model/untyped';

type Toleration = Decoded<'Toleration'>;

/** Holds tolerations as JSON, from before pods had a field for them. The API server still reads it. */
export const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations';

/** ValidateTolerationsInPodAnnotations. */
export function validateTolerationAnnotation(text: string, path: FieldPath, out: FindingsOfObject): void {
  if (text === '') return;
  const tolerations = readTolerations(text);
  if (tolerations === undefined) {
    out.refuse('UnsupportedValue', path, `the annotation ${TOLERATIONS} is no list of tolerations in JSON`, 'give the pod tolerations instead');
  } else {
    validateTolerations(tolerations, path.child(TOLERATIONS), out);
  }
}

/** What Go's decoder makes of a text, or undefined where it is no list of tolerations. */
function readTolerations(text: string): Toleration[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (parsed === null) return [];
  if (!Array.isArray(parsed)) return undefined;
  const tolerations = parsed.map(tolerationOf);
  return tolerations.includes(undefined) ? undefined : tolerations as Toleration[];
}

const TEXTS = ['key', 'operator', 'value', 'effect'] as const;

/** Go takes the names of fields in upper and lower case, and passes over those that it does not know. */
function tolerationOf(item: unknown): Toleration | undefined {
  if (item === null) return {};
  if (!isRecord(item)) return undefined;
  const toleration: { -readonly [Field in keyof Toleration]: Toleration[Field] } = {};
  for (const [name, value] of Object.entries(item)) {
    if (value === null) continue;
    const lower = name.toLowerCase();
    const text = TEXTS.find(field => field === lower);
    if (text !== undefined) {
      if (typeof value !== 'string') return undefined;
      toleration[text] = value;
    } else if (lower === 'tolerationseconds') {
      if (!Number.isInteger(value)) return undefined;
      toleration.tolerationSeconds = value as number;
    }
  }
  return toleration;
}
