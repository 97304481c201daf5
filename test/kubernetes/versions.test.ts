import { ALL_VERSIONS, coversEveryVersion, KubernetesVersion, minorOf, rangeWithout, versionsIn } from '../../src/kubernetes/versions';

test('versions are in their order', () => {
  expect(ALL_VERSIONS.map(minorOf)).toEqual([28, 29, 30, 31, 32, 33, 34, 35, 36, 37]);
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
  ['its middle, which stays', { since: 30, until: 33 }, { since: 31, until: 32 }, { since: 30, until: 33 }],
])('a range is left without %s', (_, range, taken, left) => {
  expect(rangeWithout(range, taken)).toEqual(left);
});
