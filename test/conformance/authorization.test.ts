import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowedVerbs, namesIn, type RoleRule } from '../../src/inspect/model/rbac/role-rule';

/** What the authorizer of Kubernetes 1.35.4 said of a user who has a Role with one rule, for each of the requests: `VERB GROUP/RESOURCE NAME`. */
interface Case {
  readonly rule: RoleRule;
  readonly allowed: readonly string[];
}

const [{ requests }, ...cases] = readFileSync(join(__dirname, 'authorization-cases.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line)) as [{ requests: string[] }, ...Case[]];

function allows(rule: RoleRule, request: string): boolean {
  const [verb, path, name] = request.split(' ');
  const slash = path.indexOf('/');
  const names = namesIn(rule);
  return allowedVerbs({ verbs: [verb], group: path.slice(0, slash), resource: path.slice(slash + 1) }, rule).length > 0 && (names === undefined || names.includes(name ?? ''));
}

test('a rule allows what the authorizer of Kubernetes allows', () => {
  expect(cases.map(({ rule }) => ({ rule, allowed: requests.filter(request => allows(rule, request)) }))).toEqual(cases);
});

test('the recorded rules allow and refuse', () => {
  expect(cases.filter(({ allowed }) => allowed.length > 0).length).toBeGreaterThan(30);
  expect(cases.filter(({ allowed }) => allowed.length === 0).length).toBeGreaterThan(30);
});
