import { labelValue, qualifiedName } from '../../kubernetes/names';
import type { VersionRange } from '../../kubernetes/versions';
import type { LabelSelector } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { entryOf, keysOf, type StringMap } from '../model/string-map';
import { quote } from '../quote';

/** Selects pods by labels of the pod that asks, besides a selector. */
interface LabelKeys {
  readonly labelSelector?: LabelSelector;
  readonly matchLabelKeys?: readonly string[];
  readonly mismatchLabelKeys?: readonly string[];
}

/**
 * ValidateMatchLabelKeysAndMismatchLabelKeys. The API server first adds the labels of a pod to its selector, so that it finds those that are there twice.
 *
 * @param labels the labels of the pod, where it is one and no template
 */
export function validateLabelKeys(keys: LabelKeys, labels: StringMap | undefined, path: FieldPath, out: FindingsOfObject, range: VersionRange): void {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = keys;
  for (const [field, list] of [['matchLabelKeys', matchLabelKeys], ['mismatchLabelKeys', mismatchLabelKeys]] as const) {
    if (list.length === 0) continue;
    const at = path.child(field);
    if (labelSelector === undefined) out.refuse('ForbiddenField', at, `${field} only go with a labelSelector`, 'add the selector', range);
    else list.forEach((key, index) => validateKey(key, at.index(index), out, range));
  }
  if (labelSelector !== undefined) validateAdded(keys, labels, path, out, range);
  if (matchLabelKeys.length === 0) return;
  if (labelSelector !== undefined) refuseRepeated(keys, labels, path, out, range);
  matchLabelKeys.forEach((key, index) => {
    if (!mismatchLabelKeys.includes(key)) return;
    out.refuse('AmbiguousSource', path.child('matchLabelKeys').index(index), `the key ${quote(key)} is among the mismatchLabelKeys too`, 'leave one of them out', range);
  });
}

/** The keys of which the API server adds the labels of the pod to the selector. */
function addedKeys({ matchLabelKeys = [], mismatchLabelKeys = [] }: LabelKeys, labels: StringMap | undefined): string[] {
  return [...matchLabelKeys, ...mismatchLabelKeys].filter(key => entryOf(labels, key) !== undefined);
}

/** What is added has to be right as well. */
function validateAdded(keys: LabelKeys, labels: StringMap | undefined, path: FieldPath, out: FindingsOfObject, range: VersionRange): void {
  const expressions = path.child('labelSelector').child('matchExpressions');
  const given = keys.labelSelector?.matchExpressions?.length ?? 0;
  addedKeys(keys, labels).forEach((key, index) => {
    const at = expressions.index(given + index);
    validateKey(key, at.child('key'), out, range);
    const wrong = labelValue(labels![key]);
    if (wrong.length > 0) {
      out.refuse('InvalidLabel', at.child('values').index(0), `the API server adds the label ${quote(key)} of the pod, whose value is none: ${wrong.join(', ')}`,
        'correct the label', range);
    }
  });
}

function refuseRepeated(keys: LabelKeys, labels: StringMap | undefined, path: FieldPath, out: FindingsOfObject, range: VersionRange): void {
  const { labelSelector, matchLabelKeys = [] } = keys;
  const added = addedKeys(keys, labels);
  const selected = new Set(keysOf(labelSelector!.matchLabels));
  for (const key of [...(labelSelector!.matchExpressions ?? []).map(requirement => requirement.key ?? ''), ...added]) {
    const index = matchLabelKeys.lastIndexOf(key);
    if (index >= 0 && selected.has(key)) {
      out.refuse('AmbiguousSource', path.unprinted('matchLabelKeys').index(index), `the labelSelector has the key ${quote(key)} too`,
        'leave one of them out', range);
    }
    selected.add(key);
  }
}

/** ValidateMatchLabelKeysInTopologySpread, which older versions have. */
export function validateOldLabelKeys(keys: LabelKeys, path: FieldPath, out: FindingsOfObject, range: VersionRange): void {
  const { labelSelector, matchLabelKeys = [] } = keys;
  if (matchLabelKeys.length === 0) return;
  const at = path.child('matchLabelKeys');
  if (labelSelector === undefined) out.refuse('ForbiddenField', at, 'matchLabelKeys only go with a labelSelector', 'add the selector', range);
  const selected = new Set([...keysOf(labelSelector?.matchLabels), ...(labelSelector?.matchExpressions ?? []).map(({ key = '' }) => key)]);
  matchLabelKeys.forEach((key, index) => {
    validateKey(key, at.index(index), out, range);
    if (selected.has(key)) {
      out.refuse('AmbiguousSource', at.index(index), `the labelSelector has the key ${quote(key)} too`, 'leave one of them out', range);
    }
  });
}

function validateKey(key: string, path: FieldPath, out: FindingsOfObject, range: VersionRange): void {
  const wrong = qualifiedName(key);
  if (wrong.length > 0) out.refuse('InvalidLabel', path, `${quote(key)} can be no key of a label: ${wrong.join(', ')}`, 'correct it', range);
}
