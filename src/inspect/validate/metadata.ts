import { byteLength, dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../../kubernetes/names';
import { MAX_ANNOTATIONS_SIZE } from '../../kubernetes/sizes';
import type { ObjectMeta } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { keysOf, type StringMap } from '../model/string-map';
import { quote } from '../quote';

/** A rule of `src/kubernetes/`: what the API server has against a text. */
export type NameRule = (name: string) => string[];

const FIX_NAME = "use lower-case letters, digits, '-' and '.', with a letter or digit at both ends";
const FIX_LABEL = "use letters, digits, '-', '_' and '.', at most 63 characters, with a letter or digit at both ends";

/** The name as the API server checks it where it is a prefix: a dash at its end is masked, with the byte before it. */
export function maskTrailingDash(name: string): string {
  const bytes = Buffer.from(name, 'utf8');
  return bytes.length > 1 && name.endsWith('-') ? bytes.subarray(0, -2).toString('latin1') + 'a' : name;
}

/** Name, namespace, labels and annotations: ValidateObjectMeta. */
export function validateMetadata(meta: ObjectMeta, path: FieldPath, out: FindingsOfObject, nameRule: NameRule = dns1123Subdomain): void {
  const { name = '', generateName = '' } = meta;
  if (generateName !== '') {
    refuseName(nameRule(maskTrailingDash(generateName)), generateName, 'start of a name', path.child('generateName'), out);
  }
  if (name !== '') {
    refuseName(nameRule(name), name, 'name', path.child('name'), out);
  } else if (generateName === '') {
    out.refuse('RequiredField', path.child('name'), 'the object has no name', 'give it a name or a generateName');
  }
  validateCommonMetadata(meta, path, out);
}

/** What every object must keep to; the rules of names differ from kind to kind. */
export function validateCommonMetadata({ namespace = '', labels, annotations }: ObjectMeta, path: FieldPath, out: FindingsOfObject): void {
  const wrong = namespace === '' ? [] : dns1123Label(namespace);
  if (wrong.length > 0) {
    out.refuse('InvalidNamespace', path.child('namespace'), `${quote(namespace)} can be no namespace: ${wrong.join(', ')}`,
      "use lower-case letters, digits and '-', at most 63 characters");
  }
  validateLabels(labels, path.child('labels'), out);
  validateAnnotations(annotations, path.child('annotations'), out);
}

function refuseName(wrong: string[], name: string, what: string, path: FieldPath, out: FindingsOfObject): void {
  if (wrong.length > 0) out.refuse('InvalidName', path, `${quote(name)} can be no ${what}: ${wrong.join(', ')}`, FIX_NAME);
}

/** Labels of an object, a template or a selector: ValidateLabels. */
export function validateLabels(labels: StringMap | undefined, path: FieldPath, out: FindingsOfObject): void {
  for (const key of keysOf(labels)) {
    const wrongKey = qualifiedName(key);
    if (wrongKey.length > 0) out.refuse('InvalidLabel', path, `${quote(key)} can be no key of a label: ${wrongKey.join(', ')}`, FIX_LABEL);
    const wrongValue = labelValue(labels![key]);
    if (wrongValue.length > 0) {
      out.refuse('InvalidLabel', path, `the label ${quote(key)} cannot have this value: ${wrongValue.join(', ')}`, FIX_LABEL);
    }
  }
}

/** Annotations of an object or a template: ValidateAnnotations. */
export function validateAnnotations(annotations: StringMap | undefined, path: FieldPath, out: FindingsOfObject): void {
  let size = 0;
  for (const key of keysOf(annotations)) {
    size += byteLength(key) + byteLength(annotations![key]);
    const wrong = qualifiedName(key.toLowerCase());
    if (wrong.length > 0) out.refuse('InvalidLabel', path, `${quote(key)} can be no key of an annotation: ${wrong.join(', ')}`, FIX_LABEL);
  }
  if (size > MAX_ANNOTATIONS_SIZE) {
    out.refuse('AnnotationsTooLarge', path, `the annotations have ${size} bytes together, ${MAX_ANNOTATIONS_SIZE} are allowed`,
      'keep large texts in a ConfigMap or a Secret');
  }
}
