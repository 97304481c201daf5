import { qualifiedName } from '../../kubernetes/names';
import { isHugePages } from '../../kubernetes/resource-names';
import type { Container, Decoded, PodSpec } from '../decode/decoded';
import type { ServerView } from '../decode/server-view';
import type { FieldPath } from '../field-path';
import { FindingsOfObject } from '../findings-of-object';
import { entryOf, keysOf, type StringMap } from '../model/string-map';
import { quote } from '../quote';
import { FindingsOfViews } from './findings-of-views';
import { nanosOf, validateResources } from './resources';

/** Quantities of resources, as they are written. */
type Quantities = StringMap<string | number | bigint>;
/** Amounts of resources in billionths. */
type Amounts = Map<string, bigint>;

/** What the containers request together, and what they are limited to. */
interface Sums {
  readonly requested: Amounts;
  readonly limited: Amounts;
}

/** The resources of a pod. */
interface Resources {
  readonly limits: Quantities;
  readonly requests: Quantities;
}

/** The first version that adds limits too, and requests where only others are given. */
const MORE_DEFAULTS_SINCE = 37;

/** validatePodResources: what all containers of a pod have together. */
export function validatePodResources(spec: PodSpec, ofPod: boolean, path: FieldPath, out: FindingsOfObject): void {
  const resources = spec.resources!;
  if (spec.os?.name === 'windows') {
    out.refuse('ForbiddenField', path, 'a pod of Windows has no resources of its own', 'give them to its containers');
    return;
  }
  if (resources.claims !== undefined) out.refuse('ForbiddenField', path.child('claims'), 'only containers use claims', 'leave them out');
  const requested = sumOf(spec, container => requestsOf(container, ofPod));
  const limited = sumOf(spec, ({ resources: own }) => own?.limits);
  const validate = (defaulted: Decoded<'ResourceRequirements'>, found: FindingsOfObject) => {
    validateResources({ ...resources, ...defaulted }, { ofPod: false, claims: spec.resourceClaims ?? [], nameRule: podResource }, path, found);
    validateSums(spec, defaulted, { requested, limited }, path, found);
  };
  if (!ofPod) {
    validate(resources, out);
    return;
  }
  const requests = withRequests(resources, requested, limited);
  // before, they were only added where there is a limit
  const before = keysOf(requests.limits).length === 0 ? resources : requests;
  const found = new FindingsOfViews();
  const views = [[{ until: MORE_DEFAULTS_SINCE - 1 }, before], [{ since: MORE_DEFAULTS_SINCE }, withLimits(requests, spec, limited)]] as const;
  for (const [range, object] of views) {
    const ofView = new FindingsOfObject();
    validate(object, ofView);
    found.add({ range, object, kept: NOTHING_LEFT_OUT }, ofView.drafts);
  }
  out.addDrafts(found.drafts);
}

const NOTHING_LEFT_OUT: ServerView['kept'] = new Map();

/** What the resources of the containers have to do with those of the pod. */
function validateSums(
  spec: PodSpec, { limits = {}, requests = {} }: Decoded<'ResourceRequirements'>, sums: Sums, path: FieldPath, out: FindingsOfObject,
): void {
  for (const [name, sum] of sums.requested) refuseLess(name, sum, requests, path.child('requests'), out);
  for (const [name, sum] of sums.limited) if (isHugePages(name)) refuseLess(name, sum, limits, path.child('limits'), out);
  spec.containers?.forEach(({ resources: own }, index) => {
    for (const name of keysOf(own?.limits)) {
      const limit = entryOf(limits, name);
      if (limit === undefined || nanosOf(own!.limits![name]) <= nanosOf(limit)) continue;
      out.refuse('OutOfRange', path.child('containers').index(index).key(name).child('limits'), `the container may have more ${quote(name)} than the pod`,
        'lower its limit, or raise that of the pod');
    }
  });
}

/** A resource that a pod may have besides its containers. */
function podResource(name: string): string[] {
  const problems = qualifiedName(name);
  return isOfPods(name) ? problems : [...problems, 'a pod only has cpu, memory and huge pages'];
}

function isOfPods(name: string): boolean {
  return name === 'cpu' || name === 'memory' || isHugePages(name);
}

function refuseLess(name: string, sum: bigint, quantities: Quantities, path: FieldPath, out: FindingsOfObject): void {
  const own = entryOf(quantities, name);
  if (own !== undefined && sum > nanosOf(own)) {
    out.refuse('OutOfRange', path.key(name), `the containers have more ${quote(name)} together than the pod`, 'raise it');
  }
}

/** What a container requests: in a Pod, its limits where it says nothing else. */
function requestsOf({ resources }: Container, ofPod: boolean): Quantities | undefined {
  return ofPod ? { ...resources?.limits, ...resources?.requests } : resources?.requests;
}

/** What the containers need together: those that run at the same time, or an init container with the sidecars before it. */
function sumOf(spec: PodSpec, quantitiesOf: (container: Container) => Quantities | undefined): Amounts {
  const total: Amounts = new Map();
  for (const container of spec.containers ?? []) add(total, quantitiesOf(container));
  const sidecars: Amounts = new Map();
  const most: Amounts = new Map();
  for (const container of spec.initContainers ?? []) {
    const isSidecar = container.restartPolicy === 'Always';
    if (isSidecar) add(total, quantitiesOf(container));
    const meanwhile = isSidecar ? sidecars : new Map(sidecars);
    add(meanwhile, quantitiesOf(container));
    raise(most, meanwhile);
  }
  raise(total, most);
  return total;
}

function add(amounts: Amounts, quantities: Quantities | undefined): void {
  for (const name of keysOf(quantities)) amounts.set(name, (amounts.get(name) ?? 0n) + nanosOf(quantities![name]));
}

function raise(amounts: Amounts, others: Amounts): void {
  for (const [name, amount] of others) if (amount > (amounts.get(name) ?? -1n)) amounts.set(name, amount);
}

/** The requests, and limits of huge pages, that the API server adds to the resources of a Pod that has some. */
function withRequests({ limits = {}, requests = {} }: Decoded<'ResourceRequirements'>, requested: Amounts, limited: Amounts): Resources {
  if (keysOf(limits).length === 0 && keysOf(requests).length === 0) return { limits, requests };
  const isMissing = (name: string) => isHugePages(name) && entryOf(requests, name) === undefined;
  const pages = [...limited].filter(([name]) => isMissing(name)).map(([name, amount]) => [name, nanos(amount)]);
  const allLimits: Quantities = { ...Object.fromEntries(pages), ...limits };
  const sums = [...requested].filter(([name]) => name === 'cpu' || name === 'memory').map(([name, amount]) => [name, nanos(amount)]);
  const supported = Object.fromEntries(Object.entries(allLimits).filter(([name]) => isOfPods(name)));
  return { limits: allLimits, requests: { ...supported, ...Object.fromEntries(sums), ...requests } };
}

/** The limits that the API server adds: of what every container has limited. */
function withLimits({ limits, requests }: Resources, spec: PodSpec, limited: Amounts): Resources {
  const containers: readonly Container[] = [...spec.containers ?? [], ...spec.initContainers ?? [], ...spec.ephemeralContainers ?? []];
  const isLimited = (name: string) => containers.every(({ resources }) => entryOf(resources?.limits, name) !== undefined);
  const added = keysOf(requests).filter(name => isOfPods(name) && entryOf(limits, name) === undefined && limited.has(name) && isLimited(name))
    .map(name => {
      const [request, sum] = [nanosOf(requests[name]), limited.get(name)!];
      return [name, nanos(request > sum ? request : sum)];
    });
  return { limits: { ...limits, ...Object.fromEntries(added) }, requests };
}

/** An amount as a quantity. */
function nanos(amount: bigint): string {
  return `${amount}n`;
}
