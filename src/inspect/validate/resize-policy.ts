import type { Container, PodSpec } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';

const RESOURCES: ReadonlySet<string> = new Set(['cpu', 'memory']);
const POLICIES: ReadonlySet<string> = new Set(['NotRequired', 'RestartContainer']);

/** The versions whose gate for resizing pods is on; those before drop the policy. */
const RESIZE = { since: 33 };
/** The first version that looks at the policy of init containers that run once. */
const INIT_SINCE = 36;

/** validateResizePolicy, of every container of a pod, of ephemeral ones too, though they can have none. The API server prints no index. */
export function validateResizePolicies(spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  for (const list of ['containers', 'initContainers', 'ephemeralContainers'] as const) {
    spec[list]?.forEach((container, index) => {
      if (container.resizePolicy !== undefined) validateResizePolicy(container, list === 'initContainers', spec, path.child(list).index(index), out);
    });
  }
}

function validateResizePolicy(container: Container, isInit: boolean, spec: PodSpec, path: FieldPath, out: FindingsOfObject): void {
  const list = path.child('resizePolicy');
  const taken = new Set<string>();
  container.resizePolicy!.forEach(({ resourceName = '', restartPolicy = '' }, index) => {
    const at = path.child('resizePolicy').unprinted(index);
    if (taken.has(resourceName)) {
      out.refuse('AmbiguousSource', list.index(index), `there already is a policy of ${quote(resourceName)}`, 'leave one of them out', RESIZE);
    }
    taken.add(resourceName);
    if (!RESOURCES.has(resourceName)) {
      const code = resourceName === '' ? 'RequiredField' : 'UnsupportedValue';
      out.refuse(code, at, `${quote(resourceName)} is no resource that is resized`, 'use one of cpu, memory', RESIZE);
    }
    if (!POLICIES.has(restartPolicy)) {
      const code = restartPolicy === '' ? 'RequiredField' : 'UnsupportedValue';
      out.refuse(code, at, `${quote(restartPolicy)} is no policy of resizing`, 'use one of NotRequired, RestartContainer', RESIZE);
    }
    if (spec.restartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      out.refuse('UnsupportedValue', at, 'containers of a pod that never restarts are not restarted', 'use NotRequired', RESIZE);
    }
    if (isInit && container.restartPolicy !== 'Always' && restartPolicy === 'RestartContainer') {
      out.refuse('UnsupportedValue', list.index(index).child('restartPolicy'), 'an init container that runs once is not restarted', 'use NotRequired',
        { since: INIT_SINCE });
    }
  });
}
