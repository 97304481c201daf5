import { labelValue, qualifiedName } from '../../kubernetes/names';
import type { LabelSelector, LabelSelectorRequirement } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { entryOf, keysOf, type StringMap } from '../model/string-map';
import { quote } from '../quote';
import { validateLabels } from './metadata';

/** ValidateLabelSelector. */
export function validateSelector(selector: LabelSelector, path: FieldPath, out: FindingsOfObject): void {
  validateLabels(selector.matchLabels, path.child('matchLabels'), out);
  (selector.matchExpressions ?? []).forEach((requirement, index) => {
    validateRequirement(requirement, path.child('matchExpressions').index(index), out);
  });
}

function validateRequirement(requirement: LabelSelectorRequirement, path: FieldPath, out: FindingsOfObject): void {
  const { key = '', operator = '', values = [] } = requirement;
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) out.refuse('RequiredField', path.child('values'), `${operator} needs values`, 'give it values');
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) out.refuse('ForbiddenField', path.child('values'), `${operator} takes no values`, 'leave them out');
  } else {
    out.refuse('UnsupportedValue', path.child('operator'), `${quote(operator)} is no operator`, 'use one of In, NotIn, Exists, DoesNotExist');
  }
  const wrong = qualifiedName(key);
  if (wrong.length > 0) out.refuse('InvalidLabel', path.child('key'), `${quote(key)} can be no key of a label: ${wrong.join(', ')}`, 'correct it');
  values.forEach((value, index) => {
    const wrongValue = labelValue(value);
    if (wrongValue.length > 0) {
      out.refuse('InvalidLabel', path.child('values').index(index), `${quote(value)} can be no value of a label: ${wrongValue.join(', ')}`, 'correct it');
    }
  });
}

/** Whether a selector selects nothing in particular, which workloads are not allowed. */
export function isEmptySelector(selector: LabelSelector): boolean {
  return keysOf(selector.matchLabels).length === 0 && (selector.matchExpressions?.length ?? 0) === 0;
}

/** Whether a selector selects an object with these labels. */
export function selects(selector: LabelSelector, labels?: StringMap): boolean {
  return keysOf(selector.matchLabels).every(key => entryOf(labels, key) === selector.matchLabels![key])
    && (selector.matchExpressions ?? []).every(requirement => satisfies(requirement, labels));
}

function satisfies(requirement: LabelSelectorRequirement, labels: StringMap | undefined): boolean {
  const value = entryOf(labels, requirement.key ?? '');
  switch (requirement.operator) {
    case 'In': return value !== undefined && (requirement.values ?? []).includes(value);
    case 'NotIn': return value === undefined || !(requirement.values ?? []).includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: return false;
  }
}
