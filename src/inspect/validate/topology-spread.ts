import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { between, oneOfOrAbsent, required } from './fields';
import { validateLabelKeys, validateOldLabelKeys } from './label-keys';
import { validateSelector } from './selectors';
import type { StringMap } from '../model/string-map';

const ACTIONS: ReadonlySet<string> = new Set(['DoNotSchedule', 'ScheduleAnyway']);
const INCLUSION: ReadonlySet<string> = new Set(['Honor', 'Ignore']);

/** The first version that adds the matchLabelKeys to the selector. */
const MERGED_SINCE = 34;

/** validateTopologySpreadConstraints. */
export function validateTopologySpread(
  constraints: readonly Decoded<'TopologySpreadConstraint'>[], labels: StringMap | undefined, path: FieldPath, out: FindingsOfObject,
): void {
  const kinds = constraints.map(({ topologyKey = '', whenUnsatisfiable = '' }) => `${topologyKey}\0${whenUnsatisfiable}`);
  constraints.forEach((constraint, index) => {
    const at = path.index(index);
    const { maxSkew = 0, topologyKey, whenUnsatisfiable = '', minDomains, nodeAffinityPolicy, nodeTaintsPolicy, labelSelector } = constraint;
    between(maxSkew, 1, Infinity, at.child('maxSkew'), out);
    required(topologyKey, at.child('topologyKey'), 'the constraint has no topologyKey', 'name a label of the nodes', out);
    oneOfOrAbsent(whenUnsatisfiable, ACTIONS, at.child('whenUnsatisfiable'), out);
    if (kinds.indexOf(kinds[index], index + 1) >= 0) {
      out.refuse('AmbiguousSource', at.child('{topologyKey, whenUnsatisfiable}'), 'a later constraint has the same topologyKey and whenUnsatisfiable', 'leave one of them out');
    }
    between(minDomains, 1, Infinity, at.child('minDomains'), out);
    if (minDomains !== undefined && whenUnsatisfiable !== 'DoNotSchedule') {
      out.refuse('ForbiddenField', at.child('minDomains'), 'minDomains only go with whenUnsatisfiable: DoNotSchedule', 'leave one of them out');
    }
    oneOfOrAbsent(nodeAffinityPolicy, INCLUSION, at.child('nodeAffinityPolicy'), out);
    oneOfOrAbsent(nodeTaintsPolicy, INCLUSION, at.child('nodeTaintsPolicy'), out);
    validateOldLabelKeys(constraint, at, out, { until: MERGED_SINCE - 1 });
    validateLabelKeys(constraint, labels, at, out, { since: MERGED_SINCE });
    if (labelSelector !== undefined) validateSelector(labelSelector, at.child('labelSelector'), out);
  });
}
