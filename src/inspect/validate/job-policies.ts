import { byteLength, qualifiedName } from '../../kubernetes/names';
import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { between, named, oneOfOrAbsent } from './fields';

type JobSpec = Decoded<'JobSpec'>;

const MAX_RULES = 20;
const MAX_PATTERNS = 20;
const MAX_EXIT_CODES = 255;
const ACTIONS: ReadonlySet<string> = new Set(['Count', 'FailIndex', 'FailJob', 'Ignore']);
const OPERATORS: ReadonlySet<string> = new Set(['In', 'NotIn']);
/** Up to this version a condition of a CronJob's template has no status by default. */
const STATUS_REQUIRED_UNTIL = 33;
const STATUSES: ReadonlySet<string> = new Set(['False', 'True', 'Unknown']);

function atMost(count: number, most: number, path: FieldPath, out: FindingsOfObject): void {
  if (count > most) out.refuse('OutOfRange', path, `there are ${count} of them`, `write at most ${most}`);
}

function oneOfRequired(value: string | undefined, supported: ReadonlySet<string>, path: FieldPath, out: FindingsOfObject): void {
  if (value === undefined || value === '') out.refuse('RequiredField', path, 'no value is given', `use one of ${[...supported].join(', ')}`);
  else oneOfOrAbsent(value, supported, path, out);
}

/**
 * validatePodFailurePolicy.
 *
 * @param isTemplate whether the Job is what a CronJob makes: old versions give it no defaults then
 */
export function validateFailurePolicy(spec: JobSpec, isTemplate: boolean, path: FieldPath, out: FindingsOfObject): void {
  const { rules = [] } = spec.podFailurePolicy!;
  const list = path.child('rules');
  atMost(rules.length, MAX_RULES, list, out);
  const pod = spec.template?.spec ?? {};
  const containers = new Set([...pod.containers ?? [], ...pod.initContainers ?? []].map(({ name = '' }) => name));
  rules.forEach(({ action, onExitCodes, onPodConditions = [] }, index) => {
    const at = list.index(index);
    oneOfRequired(action, ACTIONS, at.child('action'), out);
    if (action === 'FailIndex' && spec.backoffLimitPerIndex === undefined) {
      out.refuse('UnsupportedValue', at.child('action'), 'FailIndex needs a backoffLimitPerIndex', 'give the Job one, or use another action');
    }
    if (onExitCodes !== undefined) validateExitCodes(onExitCodes, containers, at.child('onExitCodes'), out);
    validateConditions(onPodConditions, isTemplate, at.child('onPodConditions'), out);
    if ((onExitCodes === undefined) === (onPodConditions.length === 0)) {
      const code = onExitCodes === undefined ? 'MissingSource' : 'AmbiguousSource';
      out.refuse(code, at, 'a rule is about exit codes or about conditions of the pod', 'give it one of onExitCodes, onPodConditions');
    }
  });
}

function validateExitCodes(
  codes: Decoded<'PodFailurePolicyOnExitCodesRequirement'>, containers: ReadonlySet<string>, path: FieldPath, out: FindingsOfObject,
): void {
  const { containerName, operator, values = [] } = codes;
  oneOfRequired(operator, OPERATORS, path.child('operator'), out);
  if (containerName !== undefined && !containers.has(containerName)) {
    out.refuse('UnsupportedValue', path.child('containerName'), `the template has no container ${quote(containerName)}`, 'name one that it has');
  }
  const list = path.child('values');
  if (values.length === 0) out.refuse('RequiredField', list, 'no exit code is named', 'name one');
  atMost(values.length, MAX_EXIT_CODES, list, out);
  const taken = new Set<number>();
  values.forEach((value, index) => {
    if (operator === 'In' && value === 0) out.refuse('OutOfRange', list.index(index), 'who exits with 0 has not failed', 'leave it out');
    if (taken.has(value)) out.refuse('AmbiguousSource', list.index(index), `${value} is named already`, 'leave one of them out');
    taken.add(value);
  });
  if (values.some((value, index) => index > 0 && values[index - 1] > value)) {
    out.refuse('UnsupportedValue', list, 'exit codes are named in their order', 'sort them');
  }
}

function validateConditions(
  patterns: readonly Decoded<'PodFailurePolicyOnPodConditionsPattern'>[], isTemplate: boolean, path: FieldPath, out: FindingsOfObject,
): void {
  atMost(patterns.length, MAX_PATTERNS, path, out);
  patterns.forEach(({ type = '', status }, index) => {
    named(type, qualifiedName, 'condition', path.index(index).child('type'), out);
    const at = path.index(index).child('status');
    if (status === undefined || status === '') {
      if (isTemplate) out.refuse('RequiredField', at, 'no status is given', `use one of ${[...STATUSES].join(', ')}`, { until: STATUS_REQUIRED_UNTIL });
    } else {
      oneOfOrAbsent(status, STATUSES, at, out);
    }
  });
}

const MAX_INDEXES_TEXT = 64 * 1024;

/** validateSuccessPolicy, of a Job with indexes. */
export function validateSuccessPolicy(spec: JobSpec, path: FieldPath, out: FindingsOfObject): void {
  const { rules = [] } = spec.successPolicy!;
  const { completions } = spec;
  const list = path.child('rules');
  if (rules.length === 0) out.refuse('RequiredField', list, 'the policy has no rule', 'add one');
  atMost(rules.length, MAX_RULES, list, out);
  rules.forEach(({ succeededCount, succeededIndexes }, index) => {
    const at = list.index(index);
    if (succeededCount === undefined && succeededIndexes === undefined) {
      out.refuse('RequiredField', at, 'the rule says nothing', 'give it a succeededCount or succeededIndexes');
    }
    if (completions === undefined) return;
    const total = succeededIndexes === undefined ? completions : countIndexes(succeededIndexes, completions);
    if (total === undefined || byteLength(succeededIndexes ?? '') > MAX_INDEXES_TEXT) {
      out.refuse('UnsupportedValue', at.child('succeededIndexes'), 'this is no list of indexes of the Job', `write numbers below ${completions} in their order, such as "0,2-4"`);
    }
    between(succeededCount, 0, Math.min(completions, total ?? 0), at.child('succeededCount'), out);
  });
}

/** How many indexes a list like `0,2-4` has, or undefined where it is none. */
function countIndexes(text: string, completions: number): number | undefined {
  if (text === '') return 0;
  let total = 0;
  let last = -Infinity;
  for (const interval of text.split(',')) {
    const limits = interval.split('-');
    if (limits.length > 2 || !limits.every(limit => /^\+?\d+$/.test(limit))) return undefined;
    const from = Number(limits[0]);
    const to = limits.length === 1 ? from : Number(limits[1]);
    if (from >= completions || to >= completions || last >= from || (limits.length === 2 && from >= to)) return undefined;
    total += to - from + 1;
    last = to;
  }
  return total;
}
