import {
  ALL_VERSIONS, coversEveryVersion, inOrder, intersection, isNewer, KubernetesVersion, minorOf, NEWEST_VERSION, rangeWithout, SUPPORTED_VERSIONS,
  textOfVersions, versionNamed, versionOf, versionsIn,
} from '../../src/kubernetes/versions';

test('versions are in their order', () => {
  expect(ALL_VERSIONS.map(minorOf)).toEqual([28, 29, 30, 31, 32, 33, 34, 35, 36, 37]);
  expect(SUPPORTED_VERSIONS.map(minorOf)).toEqual([35, 36, 37]);
});

test.each([
  [{}, ['1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37']],
  [{ since: 36 }, ['1.36', '1.37']],
  [{ until: 29 }, ['1.28', '1.29']],
  [{ since: 30, until: 30 }, ['1.30']],
  [{ since: 38 }, []],
])('the range %j holds in %j', (range, versions) => {
  expect(versionsIn(range, ALL_VERSIONS)).toEqual(versions);
  expect(coversEveryVersion(range)).toBe(versions.length === ALL_VERSIONS.length);
});

test('a range is looked up in the versions that are asked for, in their order', () => {
  expect(versionsIn({ since: 30 }, [KubernetesVersion.V1_33, KubernetesVersion.V1_28])).toEqual(['1.33']);
});

test.each([
  ['all of it', {}, {}, undefined],
  ['more than it', { since: 30, until: 31 }, { since: 29, until: 32 }, undefined],
  ['its end', {}, { since: 35 }, { until: 34 }],
  ['its beginning', {}, { until: 34 }, { since: 35 }],
  ['its last version', { since: 30, until: 33 }, { since: 33 }, { since: 30, until: 32 }],
  ['its first version', { since: 30, until: 33 }, { until: 30 }, { since: 31, until: 33 }],
  ['what comes before it', { since: 35 }, { until: 34 }, { since: 35 }],
  ['what comes after it', { until: 34 }, { since: 35 }, { until: 34 }],
  ['what comes long before it', { since: 35 }, { until: 30 }, { since: 35 }],
  ['what comes long after it', { until: 30 }, { since: 35 }, { until: 30 }],
  ['its middle, which stays', { since: 30, until: 33 }, { since: 31, until: 32 }, { since: 30, until: 33 }],
])('a range is left without %s', (_, range, taken, left) => {
  expect(rangeWithout(range, taken)).toEqual(left);
});

test.each([
  [{}, {}, {}],
  [{ since: 30 }, { until: 33 }, { since: 30, until: 33 }],
  [{ since: 30, until: 35 }, { since: 33 }, { since: 33, until: 35 }],
  [{ until: 30 }, { since: 30 }, { since: 30, until: 30 }],
  [{ until: 29 }, { since: 30 }, undefined],
])('the ranges %j and %j share %j', (one, other, shared) => {
  expect(intersection(one, other)).toEqual(shared);
  expect(intersection(other, one)).toEqual(shared);
});

test.each([
  ['1.28', '1.28'], ['1.37', '1.37'], ['v1.35', '1.35'], ['1.35.4', '1.35'], [' v1.35.10 ', '1.35'], ['1.38', '1.38'], ['1.100', '1.100'],
])('%j names %s', (text, version) => {
  expect(versionNamed(text)).toEqual({ version });
});

test.each([
  ['', '"" is no version of Kubernetes'],
  ['1', '"1" is no version of Kubernetes'],
  ['1.x', '"1.x" is no version of Kubernetes'],
  ['11.35', '"11.35" is no version of Kubernetes'],
  ['2.0', '"2.0" is no version of Kubernetes'],
  ['1.035', '"1.035" is no version of Kubernetes'],
  ['1.1000', '"1.1000" is no version of Kubernetes'],
  ['1.35.x', '"1.35.x" is no version of Kubernetes'],
  ['1.27', 'Kubernetes 1.27 is older than 1.28, the oldest version that is known'],
  ['1.0', 'Kubernetes 1.0 is older than 1.28, the oldest version that is known'],
])('%j names none', (text, problem) => {
  expect(versionNamed(text)).toEqual({ problem });
});

test('versions beyond the newest one are newer, and stand in the order of their numbers', () => {
  const next = versionOf(minorOf(NEWEST_VERSION) + 1);
  expect([isNewer(NEWEST_VERSION), isNewer(next)]).toEqual([false, true]);
  expect(inOrder([versionOf(100), next, NEWEST_VERSION, next])).toEqual([NEWEST_VERSION, next, '1.100']);
});

test.each([
  [[35], 'Kubernetes 1.35'], [[35, 36], 'Kubernetes 1.35, 1.36'], [[35, 36, 37], 'Kubernetes 1.35 to 1.37'], [[28, 36, 37], 'Kubernetes 1.28, 1.36, 1.37'],
])('%j are called %s', (minors, text) => {
  expect(textOfVersions(minors.map(versionOf))).toBe(text);
});
