import { dns1123Label } from '../../kubernetes/names';
import { milliValueOf, readQuantity, valueOf, type GoQuantity } from '../../kubernetes/quantity';
import { hugePageSize, isHugePages, isNative, isOvercommitAllowed } from '../../kubernetes/resource-names';
import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { entryOf, keysOf, type StringMap } from '../model/string-map';
import { quote } from '../quote';

type Quantities = StringMap<string | number | bigint>;

const MICRO = 1_000_000n;
/** How many thousandths make one. */
const MILLIS = 1000n;
const NONE: Quantities = {};

/** What the resources of a container stand in. */
export interface ResourceContext {
  /** Whether limits stand for the requests that are not given: they do in a Pod, and not in a template. */
  readonly ofPod: boolean;
  /** The claims of the pod. */
  readonly claims: readonly Decoded<'PodResourceClaim'>[];
  /** What is wrong with the name of a resource. */
  readonly nameRule: (name: string) => string[];
}

/** validateResourceRequirements. */
export function validateResources(
  resources: Decoded<'ResourceRequirements'>, context: ResourceContext, path: FieldPath, out: FindingsOfObject,
): void {
  const { limits = NONE, requests: given = NONE, claims = [] } = resources;
  const requests = context.ofPod ? { ...limits, ...given } : given;
  const limitNames = keysOf(limits);
  const requestNames = keysOf(requests);
  for (const name of limitNames) validateQuantity(name, limits[name], context, path.child('limits'), out);
  for (const name of requestNames) {
    validateQuantity(name, requests[name], context, path.child('requests'), out);
    validateRequest(name, requests[name], entryOf(limits, name), path, out);
  }
  const names = new Set([...limitNames, ...requestNames]);
  if ([...names].some(isHugePages) && !names.has('cpu') && !names.has('memory')) {
    out.refuse('RequiredField', path, 'huge pages need cpu or memory beside them', 'request cpu or memory too');
  }
  if (claims.length > 0) validateClaims(claims, context.claims, path.child('claims'), out);
}

/** Rounded up to thousandths, as the API server does before it looks at a quantity. */
export function nanosOf(quantity: string | number | bigint): bigint {
  const { nanos } = readQuantity(quantity) as GoQuantity;
  const rest = nanos % MICRO;
  if (rest === 0n) return nanos;
  return nanos - rest + (nanos < 0n ? -MICRO : MICRO);
}

function validateQuantity(
  name: string, quantity: string | number | bigint, { nameRule }: ResourceContext, path: FieldPath, out: FindingsOfObject,
): void {
  const at = path.key(name);
  const wrong = nameRule(name);
  if (wrong.length > 0) {
    out.refuse('UnsupportedValue', at, `${quote(name)} can be no resource here: ${wrong.join(', ')}`, 'use cpu, memory or a resource of the nodes');
  }
  const read = { ...readQuantity(quantity) as GoQuantity, nanos: nanosOf(quantity) };
  if (read.nanos < 0n) out.refuse('OutOfRange', at, 'the quantity is negative', 'give a quantity from 0 on');
  if (!isNative(name) && milliValueOf(read) % MILLIS !== 0n) out.refuse('OutOfRange', at, `${quote(name)} is counted in whole numbers`, 'give a whole number');
  if (isHugePages(name)) {
    const size = hugePageSize(name);
    if (size === undefined || valueOf(read) % size !== 0n) {
      out.refuse('OutOfRange', at, `${quote(name)} comes in whole pages`, 'give a multiple of the size of the pages');
    }
  }
}

function validateRequest(
  name: string, request: string | number | bigint, limit: string | number | bigint | undefined, path: FieldPath, out: FindingsOfObject,
): void {
  const isExact = !isOvercommitAllowed(name);
  if (limit === undefined) {
    if (isExact) out.refuse('RequiredField', path.child('limits'), `${quote(name)} is requested and not limited`, 'give it a limit, the same as the request');
    return;
  }
  const at = path.child('requests').unprinted(name);
  if (isExact && nanosOf(request) !== nanosOf(limit)) {
    out.refuse('OutOfRange', at, `the request for ${quote(name)} is not the limit, which it must be`, 'make the two equal');
  } else if (nanosOf(request) > nanosOf(limit)) {
    out.refuse('OutOfRange', at, `more ${quote(name)} is requested than the limit allows`, 'request less, or raise the limit');
  }
}

/** validateResourceClaimNames. */
function validateClaims(claims: readonly Decoded<'ResourceClaim'>[], ofPod: readonly Decoded<'PodResourceClaim'>[], path: FieldPath, out: FindingsOfObject): void {
  const known = new Set(ofPod.map(({ name = '' }) => name));
  const whole = new Set<string>();
  const parts = new Map<string, Set<string>>();
  claims.forEach(({ name = '', request = '' }, index) => {
    const at = path.index(index);
    if (name === '') {
      out.refuse('RequiredField', at, 'no claim is named', 'name a claim of the pod');
      return;
    }
    const requests = parts.get(name) ?? new Set();
    const isKnown = whole.has(name) || (request === '' ? requests.size > 0 : requests.has(request));
    if (isKnown) out.refuse('AmbiguousSource', at, `the claim ${quote(name)} is used already`, 'leave one of them out');
    if (request === '') {
      whole.add(name);
    } else if (!whole.has(name)) {
      const wrong = dns1123Label(request);
      if (wrong.length > 0) out.refuse('InvalidName', at.child('request'), `${quote(request)} can be no request of a claim: ${wrong.join(', ')}`, 'correct it');
      parts.set(name, requests.add(request));
    }
    if (!known.has(name)) out.refuse('UnknownVolume', at, `the pod has no claim ${quote(name)}`, 'add it to the resourceClaims of the pod');
  });
}

