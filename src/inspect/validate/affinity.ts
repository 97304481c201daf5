import { dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../../kubernetes/names';
import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import type { StringMap } from '../model/string-map';
import { quote } from '../quote';
import { between, named } from './fields';
import { validateLabelKeys } from './label-keys';
import { validateSelector } from './selectors';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const MAX_WEIGHT = 100;

/** The first version that looks at the values that a node must have. */
const NODE_VALUES_SINCE = 33;
/** The first version whose gate for matchLabelKeys of pod affinity is on. */
const LABEL_KEYS_SINCE = 31;

/**
 * validateAffinity.
 *
 * @param labels the labels of the pod, where it is one and no template
 */
export function validateAffinity(affinity: Decoded<'Affinity'>, labels: StringMap | undefined, path: FieldPath, out: FindingsOfObject): void {
  if (affinity.nodeAffinity !== undefined) validateNodeAffinity(affinity.nodeAffinity, path.child('nodeAffinity'), out);
  for (const kind of ['podAffinity', 'podAntiAffinity'] as const) {
    const terms = affinity[kind];
    if (terms === undefined) continue;
    const at = path.child(kind);
    terms[REQUIRED]?.forEach((term, index) => validatePodTerm(term, labels, at.child(REQUIRED).index(index), out));
    terms[PREFERRED]?.forEach(({ weight = 0, podAffinityTerm = {} }, index) => {
      const place = at.child(PREFERRED).index(index);
      between(weight, 1, MAX_WEIGHT, place.child('weight'), out);
      validatePodTerm(podAffinityTerm, labels, place.child('podAffinityTerm'), out);
    });
  }
}

function validateNodeAffinity(affinity: Decoded<'NodeAffinity'>, path: FieldPath, out: FindingsOfObject): void {
  const needed = affinity[REQUIRED];
  if (needed !== undefined) {
    const terms = path.child(REQUIRED).child('nodeSelectorTerms');
    const { nodeSelectorTerms = [] } = needed;
    if (nodeSelectorTerms.length === 0) out.refuse('RequiredField', terms, 'there is no term', 'add one, or leave the field out');
    nodeSelectorTerms.forEach((term, index) => validateNodeTerm(term, true, terms.index(index), out));
  }
  affinity[PREFERRED]?.forEach(({ weight = 0, preference = {} }, index) => {
    const place = path.child(PREFERRED).index(index);
    between(weight, 1, MAX_WEIGHT, place.child('weight'), out);
    validateNodeTerm(preference, false, place.child('preference'), out);
  });
}

type Requirement = Decoded<'NodeSelectorRequirement'>;

function validateNodeTerm(term: Decoded<'NodeSelectorTerm'>, isRequired: boolean, path: FieldPath, out: FindingsOfObject): void {
  term.matchExpressions?.forEach((requirement, index) => validateExpression(requirement, isRequired, path.child('matchExpressions').index(index), out));
  term.matchFields?.forEach((requirement, index) => validateField(requirement, path.child('matchFields').index(index), out));
}

/** ValidateNodeSelectorRequirement. */
function validateExpression({ key = '', operator = '', values = [] }: Requirement, isRequired: boolean, path: FieldPath, out: FindingsOfObject): void {
  switch (operator) {
    case 'In':
    case 'NotIn': {
      if (values.length === 0) out.refuse('RequiredField', path.child('values'), `${operator} needs values`, 'give it values');
      break;
    }
    case 'Exists':
    case 'DoesNotExist': {
      if (values.length > 0) out.refuse('ForbiddenField', path.child('values'), `${operator} takes no values`, 'leave them out');
      break;
    }
    case 'Gt':
    case 'Lt': {
      if (values.length !== 1) out.refuse('RequiredField', path.child('values'), `${operator} needs one value`, 'give it one');
      break;
    }
    default: {
      out.refuse('UnsupportedValue', path.child('operator'), `${quote(operator)} is no operator`, 'use one of In, NotIn, Exists, DoesNotExist, Gt, Lt');
    }
  }
  validateKey(key, path.child('key'), out);
  if (!isRequired) return;
  values.forEach((value, index) => {
    const wrong = labelValue(value);
    if (wrong.length > 0) {
      out.refuse('InvalidLabel', path.child('values').index(index), `${quote(value)} can be no value of a label: ${wrong.join(', ')}`, 'correct it',
        { since: NODE_VALUES_SINCE });
    }
  });
}

/** ValidateNodeFieldSelectorRequirement. */
function validateField({ key = '', operator = '', values = [] }: Requirement, path: FieldPath, out: FindingsOfObject): void {
  if (operator !== 'In' && operator !== 'NotIn') {
    out.refuse('UnsupportedValue', path.child('operator'), `${quote(operator)} is no operator here`, 'use one of In, NotIn');
  } else if (values.length !== 1) {
    out.refuse('RequiredField', path.child('values'), `${operator} needs one value`, 'give it one');
  }
  if (key !== 'metadata.name') {
    out.refuse('UnsupportedValue', path.child('key'), `${quote(key)} is no field that nodes are selected by`, 'use metadata.name');
    return;
  }
  values.forEach((value, index) => named(value, dns1123Subdomain, 'name of a node', path.child('values').index(index), out));
}

/** validatePodAffinityTerm. Of namespaces the API server neither prints the index nor the plural. */
function validatePodTerm(term: Decoded<'PodAffinityTerm'>, labels: StringMap | undefined, path: FieldPath, out: FindingsOfObject): void {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey = '' } = term;
  if (labelSelector !== undefined) validateSelector(labelSelector, path.child('labelSelector'), out);
  if (namespaceSelector !== undefined) validateSelector(namespaceSelector, path.child('namespaceSelector'), out);
  namespaces.forEach((namespace, index) => {
    named(namespace, dns1123Label, 'namespace', path.childPrintedAs('namespaces', 'namespace').unprinted(index), out);
  });
  validateLabelKeys(term, labels, path, out, { since: LABEL_KEYS_SINCE });
  if (topologyKey === '') out.refuse('RequiredField', path.child('topologyKey'), 'the term has no topologyKey', 'name a label of the nodes');
  else validateKey(topologyKey, path.child('topologyKey'), out);
}

function validateKey(key: string, path: FieldPath, out: FindingsOfObject): void {
  const wrong = qualifiedName(key);
  if (wrong.length > 0) out.refuse('InvalidLabel', path, `${quote(key)} can be no key of a label: ${wrong.join(', ')}`, 'correct it');
}
