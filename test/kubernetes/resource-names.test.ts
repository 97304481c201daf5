import { containerResource, hugePageSize, isHugePages, isNative, isOvercommitAllowed } from '../../src/kubernetes/resource-names';

const a = (length: number) => 'a'.repeat(length);

test.each(['cpu', 'memory', 'ephemeral-storage', 'hugepages-2Mi', 'example.com/gpu', 'kubernetes.io/x', 'x.kubernetes.io/y', `${a(244)}/x`])('a container may request %s', name => {
  expect(containerResource(name)).toEqual([]);
});

test.each<[string, string[]]>([
  ['pods', ['must be a standard resource for containers']],
  ['gpu', ['must be a standard resource for containers']],
  ['requests.example.com/gpu', ["doesn't follow the rules for extended resources"]],
  [`${a(245)}/x`, ["doesn't follow the rules for extended resources"]],
  ['requests.kubernetes.io/x', []],
  ['example.com/requests.', [expect.stringMatching(/^name part must consist of /), "doesn't follow the rules for extended resources"]],
])('the problems of %s', (name, problems) => {
  expect(containerResource(name)).toEqual(problems);
});

test.each<[string, bigint | undefined]>([
  ['hugepages-2Mi', 2097152n], ['hugepages-1Gi', 1073741824n], ['hugepages-1', 1n], ['hugepages-2000m', 2n], ['hugepages-0', undefined], ['hugepages--2Mi', undefined],
  ['hugepages-1500m', undefined], ['hugepages-x', undefined], ['hugepages-', undefined],
])('the pages of %s have %s bytes', (name, size) => {
  expect(hugePageSize(name)).toBe(size);
});

test.each<[string, boolean, boolean, boolean]>([
  ['cpu', false, true, true], ['hugepages-2Mi', true, true, false], ['example.com/gpu', false, false, false], ['x.kubernetes.io/y', false, true, true], ['example.com/hugepages-2Mi', false, false, false],
])('%s is huge pages: %p, of Kubernetes itself: %p, and may be promised twice: %p', (name, huge, native, overcommit) => {
  expect([isHugePages(name), isNative(name), isOvercommitAllowed(name)]).toEqual([huge, native, overcommit]);
});
