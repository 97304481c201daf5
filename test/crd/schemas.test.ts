import { CEL_RULES } from '../../src/crd/cel-rules';
import type { SchemaNode } from '../../src/crd/custom-kind';
import { customKind } from '../../src/crd/kinds';
import { PATTERNS } from '../../src/crd/patterns';
import { KINDS, NODES } from '../../src/crd/schemas';

const nodes = NODES.map(text => JSON.parse(text) as SchemaNode);
const distinct = (texts: readonly string[]) => [...new Set(texts)].sort();

test('there is a pattern for every one of the schemas, and no other', () => {
  expect(Object.keys(PATTERNS).sort()).toEqual(distinct(nodes.flatMap(({ pattern }) => pattern ?? [])));
});

test('there is a rule for every one of the schemas in CEL, and no other', () => {
  expect(Object.keys(CEL_RULES).sort()).toEqual(distinct(nodes.flatMap(({ rules = [] }) => rules.map(([rule]) => rule))));
});

test('every schema that is named is there', () => {
  const named = nodes.flatMap(({ fields = {}, items, values }) => [...Object.values(fields), items, values].filter(number => number !== undefined));
  const roots = Object.values(KINDS).flatMap(({ versions }) => Object.values(versions).filter(number => number !== undefined));
  expect([...named, ...roots].filter(number => nodes[number] === undefined)).toEqual([]);
  expect(new Set(nodes.map(node => JSON.stringify(node))).size).toBe(nodes.length);
});

test.each<[string, string, boolean]>([
  ['external-secrets.io', 'ExternalSecret', true],
  ['external-secrets.io', 'constructor', false],
  ['bitnami.com', 'ExternalSecret', false],
])('%s/%s is known: %s', (group, kind, known) => {
  expect(customKind(group, kind) !== undefined).toBe(known);
});

test.each<[string, string, boolean]>([
  ['^([0-9]+(\\.[0-9]+)?(s|m|h))+$', '1h30m', true],
  ['^([0-9]+(\\.[0-9]+)?(s|m|h))+$', '1d', false],
  ['^([0-9]+(\\.[0-9]+)?(s|m|h))+$', '1h\n', false],
  ['^[A-Za-z0-9]([-A-Za-z0-9]+([-._a-zA-Z0-9]?[A-Za-z0-9])*)?$', 'a', true],
  ['^[A-Za-z0-9]([-A-Za-z0-9]+([-._a-zA-Z0-9]?[A-Za-z0-9])*)?$', 'ab.c-d_e', true],
  ['^[A-Za-z0-9]([-A-Za-z0-9]+([-._a-zA-Z0-9]?[A-Za-z0-9])*)?$', 'a.b', false],
  ['^[A-Za-z0-9]([-A-Za-z0-9]+([-._a-zA-Z0-9]?[A-Za-z0-9])*)?$', 'ab..c', false],
  ['^[A-Za-z0-9]([-A-Za-z0-9]+([-._a-zA-Z0-9]?[A-Za-z0-9])*)?$', 'ab.-c', false],
  ['^[A-Za-z0-9]([-A-Za-z0-9]+([-._a-zA-Z0-9]?[A-Za-z0-9])*)?$', 'ab.', false],
  ['^[A-Za-z0-9]([-A-Za-z0-9]+([-._a-zA-Z0-9]?[A-Za-z0-9])*)?$', 'a--', true],
  ['^.*@.*\\.iam\\.gserviceaccount\\.com$', 'a@b.iam.gserviceaccount.com', true],
  ['^.*@.*\\.iam\\.gserviceaccount\\.com$', 'a.iam.gserviceaccount.com', false],
])('%s on %j: %s', (pattern, text, expected) => {
  expect(PATTERNS[pattern].matches(text)).toBe(expected);
  expect(new RegExp(pattern).test(text)).toBe(expected);
});
