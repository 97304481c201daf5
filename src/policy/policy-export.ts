import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { Admission } from './admission/admission-rule';
import type { PolicyTarget } from './policy-target';
import { AppEntry } from '../app/app-record';
import { SecretsError } from '../errors/secrets-error';

/** A policy that a cluster cannot enforce. */
export interface UnexportedPolicy {
  /** Its code. */
  readonly code: string;

  /** Why it cannot. */
  readonly reason: string;
}

/** What became of policies that were exported. */
export interface PolicyExport {
  /** The codes of those that the cluster enforces. */
  readonly exported: string[];

  /** Those that hold at synth only. */
  readonly notExported: UnexportedPolicy[];
}

/** A policy, and the construct that it was demanded of. */
interface Demand {
  readonly scope: IConstruct;
  readonly code: string;
  readonly admission: Admission;
}

const DEMANDS = new AppEntry<Demand[]>('exportable-policies', () => []);

/** Remembers what a policy would be for a cluster. */
export function rememberPolicy(scope: IConstruct, code: string, admission: Admission): void {
  DEMANDS.of(scope).push({ scope, code, admission });
}

/**
 * Makes objects of the policies that hold for a construct.
 *
 * @throws NothingToExport
 */
export function exportPolicies(scope: IConstruct, chart: Construct, target: PolicyTarget): PolicyExport {
  const scopes = scope.node.scopes;
  const demands = DEMANDS.of(scope).filter(demand => scopes.includes(demand.scope));
  const rules = demands.flatMap(({ admission }) => typeof admission === 'string' ? [] : admission);
  const notExported = new Map(demands.flatMap(({ code, admission }) => typeof admission === 'string' ? [[code, admission] as const] : []));
  if (rules.length === 0) {
    throw new SecretsError({
      code: 'NothingToExport',
      message: demands.length === 0 ? 'there is no policy yet' : `a cluster can enforce none of the policies (${[...notExported.keys()].join(', ')})`,
      next: 'export policies after they are demanded: filesOnly, maxMode, requireImmutable, PolicyPack.RBAC',
    }, scope.node.path);
  }
  const holder = new Construct(chart, `secret-policies-${target._name}`);
  // demanded of a chart and of its app, a rule is one
  const objects = new Map(rules.flatMap(rule => Object.entries(target._objects(rule))));
  for (const [id, { apiVersion, kind, name, annotations, spec }] of objects) {
    const metadata = { name, ...annotations === undefined ? {} : { annotations: { ...annotations } } };
    const object = new ApiObject(holder, id, { apiVersion, kind, metadata, spec });
    if (Chart.of(holder).namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
  return {
    exported: [...new Set(rules.map(({ code }) => code))].sort(),
    notExported: [...notExported].sort(([a], [b]) => a < b ? -1 : 1).map(([code, reason]) => ({ code, reason })),
  };
}
