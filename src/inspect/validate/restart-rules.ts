import type { Container } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';

/** The last version in which only init containers have a policy of their own; 1.34 empties the fields without a word. */
const STRICT_UNTIL = 33;
const RULES_SINCE = 35;
/** The first version that takes RestartAllContainers, and rules of sidecars. */
const ALL_CONTAINERS_SINCE = 36;
const POLICIES: readonly string[] = ['Always', 'Never', 'OnFailure'];
const OPERATORS: readonly string[] = ['In', 'NotIn'];
const MAX_RULES = 20;
const MAX_EXIT_CODES = 255;

/** ValidateContainerRestartPolicy, of regular and of init containers. */
export function validateRestartRules(container: Container, isInit: boolean, path: FieldPath, out: FindingsOfObject): void {
  const { restartPolicy, restartPolicyRules: rules = [] } = container;
  const isSidecar = isInit && restartPolicy === 'Always';
  const range = { since: RULES_SINCE };
  const at = path.child('restartPolicy');
  if (restartPolicy !== undefined) {
    if (!isInit) {
      out.refuse('ForbiddenField', at, 'only an init container has a restart policy of its own', 'leave it out', { until: STRICT_UNTIL });
    } else if (restartPolicy !== 'Always') {
      out.refuse('UnsupportedValue', at, `${quote(restartPolicy)} is no policy of an init container`, 'use Always', { until: STRICT_UNTIL });
    }
    if (!POLICIES.includes(restartPolicy)) {
      out.refuse('UnsupportedValue', at, `${quote(restartPolicy)} is no value of this field`, `use one of ${POLICIES.join(', ')}`, range);
    }
  }
  if (rules.length === 0) return;
  const list = path.child('restartPolicyRules');
  if (restartPolicy === undefined) out.refuse('RequiredField', at, 'there are rules and no policy', 'give the container a restartPolicy', range);
  // the rules of an init container without a policy are not looked at
  if (isInit && restartPolicy === undefined) return;
  if (isSidecar) {
    out.refuse('ForbiddenField', list, 'a sidecar has no rules', 'leave them out', { since: RULES_SINCE, until: ALL_CONTAINERS_SINCE - 1 });
  }
  validateRules(rules, list, isSidecar ? { since: ALL_CONTAINERS_SINCE } : range, out);
}

type Rule = NonNullable<Container['restartPolicyRules']>[number];

function validateRules(rules: readonly Rule[], list: FieldPath, range: { readonly since: number }, out: FindingsOfObject): void {
  if (rules.length > MAX_RULES) out.refuse('OutOfRange', list, `there are ${rules.length} rules`, `write at most ${MAX_RULES}`, range);
  rules.forEach(({ action = '', exitCodes }, index) => {
    const rule = list.index(index);
    if (action === 'RestartAllContainers' && range.since < ALL_CONTAINERS_SINCE) {
      out.refuse('UnsupportedValue', rule.child('action'), 'only single containers are restarted', 'use Restart',
        { since: RULES_SINCE, until: ALL_CONTAINERS_SINCE - 1 });
    } else if (action !== 'RestartAllContainers' && action !== 'Restart') {
      out.refuse('UnsupportedValue', rule.child('action'), `${quote(action)} is no action of a rule`, 'use Restart', range);
    }
    const codes = rule.child('exitCodes');
    if (exitCodes === undefined) {
      out.refuse('RequiredField', codes, 'the rule names no exit codes', 'name them', range);
      return;
    }
    const { operator = '', values = [] } = exitCodes;
    if (!OPERATORS.includes(operator)) {
      out.refuse('UnsupportedValue', codes.child('operator'), `${quote(operator)} is no operator`, `use one of ${OPERATORS.join(', ')}`, range);
    }
    if (values.length > MAX_EXIT_CODES) {
      out.refuse('OutOfRange', codes.child('values'), `there are ${values.length} exit codes`, `name at most ${MAX_EXIT_CODES}`, range);
    }
  });
}
