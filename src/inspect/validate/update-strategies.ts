import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { between } from './fields';

type Amount = number | string;

const PERCENT = /^\d+%$/;

function isPercent(amount: Amount): amount is string {
  return typeof amount === 'string' && PERCENT.test(amount) && !amount.endsWith('\n');
}

/** What an amount comes to, of pods or of a hundred; texts that are no percentage come to what Go's Atoi makes of them. */
function valueOf(amount: Amount): number {
  if (typeof amount === 'number') return amount;
  return isPercent(amount) ? Number(amount.slice(0, -1)) : /^[+-]?\d+$/.test(amount) ? Number(amount) : 0;
}

/** ValidatePositiveIntOrPercent, and where `isPart` is given, IsNotMoreThan100Percent. */
function validateAmount(amount: Amount, isPart: boolean, path: FieldPath, out: FindingsOfObject): void {
  if (typeof amount === 'number') {
    between(amount, 0, Infinity, path, out);
  } else if (!isPercent(amount)) {
    out.refuse('UnsupportedValue', path, `${quote(amount)} is no number of pods and no percentage`, 'write a number without quotes, or a percentage such as "25%"');
  } else if (isPart && valueOf(amount) > 100) {
    out.refuse('OutOfRange', path, `${amount} is more than all`, 'give at most 100%');
  }
}

/** ValidateDeploymentStrategy. */
export function validateDeploymentStrategy(strategy: Decoded<'DeploymentStrategy'>, path: FieldPath, out: FindingsOfObject): void {
  const { type = '', rollingUpdate } = strategy;
  const at = path.child('rollingUpdate');
  if (type === 'Recreate') {
    if (rollingUpdate !== undefined) out.refuse('ForbiddenField', at, 'Recreate takes no rollingUpdate', 'leave one of them out');
    return;
  }
  if (type !== '' && type !== 'RollingUpdate') {
    out.refuse('UnsupportedValue', path, `${quote(type)} is no strategy of a Deployment`, 'use one of Recreate, RollingUpdate');
    return;
  }
  const { maxUnavailable = '25%', maxSurge = '25%' } = rollingUpdate ?? {};
  validateAmount(maxUnavailable, true, at.child('maxUnavailable'), out);
  validateAmount(maxSurge, false, at.child('maxSurge'), out);
  if (valueOf(maxUnavailable) === 0 && valueOf(maxSurge) === 0) {
    out.refuse('OutOfRange', at.child('maxUnavailable'), 'with no pod more and no pod less nothing can be updated', 'raise it, or maxSurge');
  }
}

/** ValidateDaemonSetUpdateStrategy. */
export function validateDaemonSetStrategy(strategy: Decoded<'DaemonSetUpdateStrategy'>, path: FieldPath, out: FindingsOfObject): void {
  const { type = '', rollingUpdate } = strategy;
  if (type === 'OnDelete') return;
  if (type !== '' && type !== 'RollingUpdate') {
    out.refuse('UnsupportedValue', path, `${quote(type)} is no strategy of a DaemonSet`, 'use one of OnDelete, RollingUpdate');
    return;
  }
  const { maxUnavailable = 1, maxSurge = 0 } = rollingUpdate ?? {};
  const at = path.child('rollingUpdate');
  validateAmount(maxUnavailable, true, at.child('maxUnavailable'), out);
  validateAmount(maxSurge, true, at.child('maxSurge'), out);
  const isLess = valueOf(maxUnavailable) !== 0;
  const isMore = valueOf(maxSurge) !== 0;
  if (isLess && isMore) {
    out.refuse('AmbiguousSource', at.child('maxSurge'), 'a DaemonSet has a maxSurge or a maxUnavailable, not both', 'set maxUnavailable: 0, or leave maxSurge out');
  } else if (!isLess && !isMore) {
    out.refuse('RequiredField', at.child('maxUnavailable'), 'with no pod more and no pod less nothing can be updated', 'raise it, or maxSurge');
  }
}

/** The part of ValidateStatefulSetSpec that is about updates. */
export function validateStatefulSetStrategy(strategy: Decoded<'StatefulSetUpdateStrategy'>, path: FieldPath, out: FindingsOfObject): void {
  const { type = '', rollingUpdate } = strategy;
  const at = path.child('rollingUpdate');
  if (type === 'OnDelete') {
    if (rollingUpdate !== undefined) out.refuse('ForbiddenField', at, 'OnDelete takes no rollingUpdate', 'leave one of them out');
  } else if (type !== '' && type !== 'RollingUpdate') {
    out.refuse('UnsupportedValue', path, `${quote(type)} is no strategy of a StatefulSet`, 'use one of OnDelete, RollingUpdate');
  } else if (rollingUpdate !== undefined) {
    const { partition, maxUnavailable } = rollingUpdate;
    between(partition, 0, Infinity, at.child('partition'), out);
    if (maxUnavailable === undefined) return;
    validateAmount(maxUnavailable, true, at.child('maxUnavailable'), out);
    if (valueOf(maxUnavailable) === 0) out.refuse('OutOfRange', at.child('maxUnavailable'), 'with no pod less nothing can be updated', 'raise it');
  }
}
