import type { IConstruct } from 'constructs';
import type { AcknowledgedOn, AppManifests } from './app-manifests';
import { type ConstructProblem, objectOf } from './render-hook';
import { isAtOrBelow } from '../inspect/construct-paths';
import { type Finding, type ObjectReference, Severity, Stage } from '../inspect/finding';
import { coveredBy, type Inspected } from '../inspect/inspect';

/** An inspection of manifests, with what is wrong with the app and shows in none of them. */
export function withAppFindings(inspected: Inspected, { problems, options, redact, acknowledged: acknowledging }: AppManifests): Inspected {
  const said = new Set(problems.map(({ construct, insteadOf }) => insteadOf === undefined ? '' : `${insteadOf} ${construct.node.path}`));
  const findings = inspected.findings.filter(({ code, constructPath }) => !said.has(`${code} ${constructPath}`));
  const acknowledged = [...inspected.acknowledged];
  for (const problem of problems) {
    const finding = findingOf(problem, inspected, redact);
    const acknowledgement = coveredBy(options.acknowledgements, finding);
    if (acknowledgement === undefined) findings.push(finding);
    else acknowledged.push({ finding, reason: acknowledgement.reason });
  }
  for (const entry of acknowledging) {
    if (!entry.used && !acknowledged.some(({ finding }) => isBelow(finding, entry))) findings.push(findingOf(staleness(entry), inspected, redact));
  }
  const hidden = (finding: Finding) => withoutPath(finding, redact);
  return {
    ...inspected,
    findings: findings.map(hidden),
    acknowledged: acknowledged.map(({ finding, reason }) => ({ finding: hidden(finding), reason })),
  };
}

/** The finding; said of the app where the path of its construct holds a value. */
function withoutPath(finding: Finding, redact: (text: string) => string): Finding {
  const { constructPath } = finding;
  if (constructPath === undefined) return finding;
  // a slash in an id stands in the path as two hyphens
  const isHarmless = [constructPath, constructPath.replaceAll('--', '/')].every(path => redact(path) === path);
  return isHarmless ? finding : { ...finding, constructPath: '' };
}

function isBelow({ code, constructPath = '' }: Finding, entry: AcknowledgedOn): boolean {
  return code === entry.code && isAtOrBelow(constructPath, entry.scope.node.path);
}

function staleness({ scope, code }: AcknowledgedOn): ConstructProblem {
  return {
    construct: scope,
    isWarning: true,
    problem: { code: 'StaleAcknowledgement', message: `${code} was acknowledged here, and there is no such finding`, next: 'remove the acknowledgement' },
  };
}

function findingOf({ construct, problem, isWarning }: ConstructProblem, { versions, cluster }: Inspected, redact: (text: string) => string): Finding {
  return {
    code: problem.code,
    severity: isWarning === true ? Severity.WARNING : Severity.ERROR,
    stage: Stage.RUNTIME,
    object: referenceTo(construct),
    path: '',
    message: redact(problem.message),
    next: redact(problem.next),
    versions: [...versions],
    document: cluster.manifests.length,
    constructPath: construct.node.path,
  };
}

/** How findings name the object of a construct; all empty where it has none. */
function referenceTo(construct: IConstruct): ObjectReference {
  const object = objectOf(construct);
  if (object === undefined) return { apiVersion: '', kind: '', name: '' };
  const { apiVersion, kind, name, metadata: { namespace } } = object;
  return { apiVersion, kind, name, ...namespace === undefined ? {} : { namespace } };
}
