import { qualifiedName } from './names';
import { milliValueOf, readQuantity, valueOf } from './quantity';

/** What `kubernetes.io/` names besides what has no prefix at all. */
const NATIVE_PREFIX = 'kubernetes.io/';
const HUGE_PAGES = 'hugepages-';
/** What a quota calls the requests for a resource. */
const QUOTA_PREFIX = 'requests.';

const OF_CONTAINERS: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

export function isHugePages(name: string): boolean {
  return name.startsWith(HUGE_PAGES);
}

/** Whether a resource is one of Kubernetes itself, not one that an extension offers. */
export function isNative(name: string): boolean {
  return !name.includes('/') || name.includes(NATIVE_PREFIX);
}

/** Whether a node may promise more of a resource than it has. */
export function isOvercommitAllowed(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** The size of the pages of a `hugepages-…` resource in bytes, or undefined where it is none. */
export function hugePageSize(name: string): bigint | undefined {
  const size = readQuantity(name.slice(HUGE_PAGES.length));
  if (size === undefined || size.nanos <= 0n || milliValueOf(size) % 1000n !== 0n) return undefined;
  return valueOf(size);
}

/** A resource that a container may request. */
export function containerResource(name: string): string[] {
  const problems = qualifiedName(name);
  if (!name.includes('/')) {
    return OF_CONTAINERS.has(name) || isHugePages(name) ? problems : [...problems, 'must be a standard resource for containers'];
  }
  if (isNative(name)) return problems;
  const isExtended = !name.startsWith(QUOTA_PREFIX) && qualifiedName(`${QUOTA_PREFIX}${name}`).length === 0;
  return isExtended ? problems : [...problems, "doesn't follow the rules for extended resources"];
}
