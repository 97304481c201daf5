import type { Problem } from '../../errors/problem';
import { annotationKeyProblem, labelKeyProblem, labelValueProblem, nameProblem, namespaceProblem } from '../../kubernetes/metadata';
import { byteLength, dns1123Subdomain, qualifiedName } from '../../kubernetes/names';
import { MAX_ANNOTATIONS_SIZE } from '../../kubernetes/sizes';
import type { VersionRange } from '../../kubernetes/versions';
import type { ObjectMeta } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { keysOf, type StringMap } from '../model/string-map';
import { quote } from '../quote';
import { validateManagedFields } from './managed-fields';
import { validateOwnerReferences } from './owner-references';
import type { Codes } from '../../errors/codes';

/** The code of this rule. */
export const METADATA_CODES = {
  AnnotationsTooLarge: {
    cause: 'The annotations of an object have more than 262,144 bytes together.',
    example: 'a certificate bundle in an annotation',
    fix: 'Keep large texts in a ConfigMap or a Secret.',
  },
} as const satisfies Codes;

/** A rule of `src/kubernetes/`: what the API server has against a text. */
export type NameRule = (name: string) => string[];

/** The name as the API server checks it where it is a prefix: a dash at its end is masked, with the byte before it. */
export function maskTrailingDash(name: string): string {
  const bytes = Buffer.from(name, 'utf8');
  return bytes.length > 1 && name.endsWith('-') ? bytes.subarray(0, -2).toString('latin1') + 'a' : name;
}

/** What the API server appends to a generated name, whose characters are letters and digits. */
const SUFFIX = 'xxxxx';
/** How much of generateName the API server takes, in bytes, so that the name can be a label. */
const MAX_GENERATED_BASE = 63 - SUFFIX.length;

/** The name of an object, or one of those that the API server would give it; empty where there is neither. */
export function nameOf({ name = '', generateName = '' }: ObjectMeta): string {
  if (name !== '' || generateName === '') return name;
  return `${Buffer.from(generateName).subarray(0, MAX_GENERATED_BASE).toString('utf8')}${SUFFIX}`;
}

/** How the metadata of a kind differs from that of others. */
export interface MetadataRules {
  /**
   * What is wrong with a name, and with the start of one.
   *
   * @default dns1123Subdomain
   */
  readonly nameRule?: NameRule;
  /**
   * The versions that look at `generateName` itself, not only at the name that it makes.
   *
   * @default - all
   */
  readonly generateNameRange?: VersionRange;
  /**
   * The versions that take the generation as it is given; others set their own.
   *
   * @default - none
   */
  readonly generationRange?: VersionRange;
}

/** The rules of what has no generation of its own: the API server takes the one that is given. */
export const WITHOUT_GENERATION: MetadataRules = { generationRange: {} };

/** ValidateObjectMeta. */
export function validateMetadata(meta: ObjectMeta, path: FieldPath, out: FindingsOfObject, rules: MetadataRules = {}): void {
  const { nameRule = dns1123Subdomain, generateNameRange, generationRange } = rules;
  const { generateName = '', finalizers = [], managedFields } = meta;
  if (generateName !== '') {
    refuse(nameProblem(generateName, 'start of a name', quote, start => nameRule(maskTrailingDash(start))), path.child('generateName'), out, generateNameRange);
  }
  const name = nameOf(meta);
  if (name !== '') {
    refuse(nameProblem(name, 'name', quote, nameRule), path.child('name'), out);
  } else {
    out.refuse('RequiredField', path.child('name'), 'the object has no name', 'give it a name or a generateName');
  }
  if (generationRange !== undefined && meta.generation !== undefined && meta.generation < 0) {
    out.refuse('OutOfRange', path.child('generation'), `${meta.generation} is negative`, 'leave it out: the API server keeps it', generationRange);
  }
  validateCommonMetadata(meta, path, out);
  finalizers.forEach((finalizer, index) => {
    if (finalizer.includes('/') || STANDARD_FINALIZERS.has(finalizer)) return;
    out.refuse('InvalidName', path.child('finalizers').index(index), `${quote(finalizer)} can be no finalizer: it has no domain`, 'write DOMAIN/NAME');
  });
  if (managedFields !== undefined) validateManagedFields(managedFields, path.child('managedFields'), out);
}

/** The two finalizers that exclude each other: what the object owns is orphaned, or deleted first. */
const EXCLUSIVE_FINALIZERS = ['orphan', 'foregroundDeletion'];
const STANDARD_FINALIZERS: ReadonlySet<string> = new Set(['kubernetes', ...EXCLUSIVE_FINALIZERS]);

/** What every object must keep to; the rules of names differ from kind to kind. */
export function validateCommonMetadata(meta: ObjectMeta, path: FieldPath, out: FindingsOfObject): void {
  const { namespace = '', labels, annotations, ownerReferences, finalizers } = meta;
  if (namespace !== '') refuse(namespaceProblem(namespace, quote), path.child('namespace'), out);
  validateLabels(labels, path.child('labels'), out);
  validateAnnotations(annotations, path.child('annotations'), out);
  if (ownerReferences !== undefined) validateOwnerReferences(ownerReferences, path.child('ownerReferences'), out);
  if (finalizers !== undefined) validateFinalizers(finalizers, path.child('finalizers'), out);
}

/** ValidateFinalizers. The API server says of none of them which one it means. */
function validateFinalizers(finalizers: readonly string[], path: FieldPath, out: FindingsOfObject): void {
  finalizers.forEach((finalizer, index) => {
    refuse(nameProblem(finalizer, 'finalizer', quote, qualifiedName, 'write DOMAIN/NAME'), path.unprinted(index), out);
  });
  if (EXCLUSIVE_FINALIZERS.every(finalizer => finalizers.includes(finalizer))) {
    out.refuse('AmbiguousSource', path, `the finalizers ${EXCLUSIVE_FINALIZERS.join(' and ')} exclude each other`, 'leave one of them out');
  }
}

function refuse(problem: Problem | undefined, path: FieldPath, out: FindingsOfObject, range?: VersionRange): void {
  if (problem !== undefined) out.refuse(problem.code, path, problem.message, problem.next, range);
}

/** Labels of an object, a template or a selector: ValidateLabels. */
export function validateLabels(labels: StringMap | undefined, path: FieldPath, out: FindingsOfObject): void {
  for (const key of keysOf(labels)) {
    refuse(labelKeyProblem(key, quote), path, out);
    refuse(labelValueProblem(key, labels![key], quote), path, out);
  }
}

/** Annotations of an object or a template: ValidateAnnotations. */
export function validateAnnotations(annotations: StringMap | undefined, path: FieldPath, out: FindingsOfObject): void {
  let size = 0;
  for (const key of keysOf(annotations)) {
    size += byteLength(key) + byteLength(annotations![key]);
    refuse(annotationKeyProblem(key, quote), path, out);
  }
  if (size > MAX_ANNOTATIONS_SIZE) {
    out.refuse('AnnotationsTooLarge', path, `the annotations have ${size} bytes together, ${MAX_ANNOTATIONS_SIZE} are allowed`,
      'keep large texts in a ConfigMap or a Secret');
  }
}
