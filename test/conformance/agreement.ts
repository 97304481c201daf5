import type { Case, Verdict } from './api-server-cases';
import { Inspection } from '../../src/app/inspection';
import { Stage, type Finding } from '../../src/inspect/finding';
import type { KubernetesVersion } from '../../src/kubernetes/versions';

/** What is to be the same in a verdict of the API server and in an inspection. */
export interface Outcome {
  readonly refused: boolean;
  /** Whether the manifest cannot be read; nothing more is asked then. */
  readonly undecodable: boolean;
  /** The fields that do not exist. */
  readonly unknownFields: readonly string[];
  /** The paths of the fields that the validation refuses, as the API server prints them. */
  readonly refusedFields: readonly string[];
}

/** A version in which an inspection says something else than the API server. */
export interface Difference {
  readonly version: KubernetesVersion;
  readonly server: Outcome;
  readonly inspection: Outcome;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/** Where the inspection does not say what the API server says of a manifest. */
export function differences(one: Case): Difference[] {
  return [...one.verdicts].flatMap(([version, verdict]) => {
    const findings = refusals(one, version);
    const server = outcomeOfServer(verdict);
    const inspection = outcomeOfInspection(findings);
    return JSON.stringify(server) === JSON.stringify(inspection) ? [] : [{ version, server, inspection, verdict, findings }];
  });
}

function refusals({ manifest, oldManifest }: Case, version: KubernetesVersion): Finding[] {
  const options = { versions: [version] };
  const inspection = oldManifest === undefined
    ? Inspection.fromManifests([manifest], options) : Inspection.fromUpdate([oldManifest], [manifest], options);
  return inspection.refusals;
}

const UNDECODABLE: Outcome = { refused: true, undecodable: true, unknownFields: [], refusedFields: [] };

const sortedSet = (paths: readonly string[]) => [...new Set(paths)].sort();
/** The servers of 1.28 and 1.33 ran without the admission that names a ServiceAccount where a pod names none; every cluster has it. */
const isOfAdmission = (error: string) => error.endsWith('must not be specified when serviceAccountName is not set');

function outcomeOfServer({ decode, strict = '', errors = [] }: Verdict): Outcome {
  if (decode !== undefined) return UNDECODABLE;
  const unknownFields = sortedSet([...strict.matchAll(/unknown field ("(?:[^"\\]|\\.)*")/g)].map(([, field]) => JSON.parse(field)));
  const refusedFields = sortedSet(errors.filter(error => !isOfAdmission(error)).map(pathOf));
  return { refused: strict !== '' || errors.length > 0, undecodable: false, unknownFields, refusedFields };
}

/** The field that an error of the API server is about. */
export const pathOf = (error: string) => error.slice(0, error.indexOf(': ')).replace(/^\[\]$/, WHOLE_OBJECT);
/** What the API server prints as `[]`. */
const WHOLE_OBJECT = '';

function outcomeOfInspection(findings: readonly Finding[]): Outcome {
  const at = (stage: Stage) => findings.filter(finding => finding.stage === stage);
  if (at(Stage.DECODING).length > 0) return UNDECODABLE;
  const unknownFields = sortedSet(at(Stage.STRICT_DECODING).map(finding => finding.path));
  const refusedFields = sortedSet(at(Stage.VALIDATION).map(serverPath));
  return { refused: findings.length > 0, undecodable: false, unknownFields, refusedFields };
}

/** The path of a finding as the API server prints it, where it leaves an index or a level out and we do not. */
function serverPath({ code, path }: Finding): string {
  switch (code) {
    case 'DuplicateFile': return path.replace(/\.projected\..*/, '.projected');
    case 'MissingSource':
    case 'AmbiguousSource': return path.replace(/\.envFrom\[\d+\]$/, '.envFrom');
    case 'AnnotationsTooLarge':
    case 'InvalidLabel': return path.replace(/(^|\.)template\.metadata\./, '$1template.');
    case 'InvalidName': return path.replace('.csi.nodePublishSecretRef.name', '.csi.name');
    case 'InvalidMountOption': return path.replace(/\.volumeMounts\[\d+\]\.(mountPropagation|recursiveReadOnly)$/, '.volumeMounts.$1');
    case 'InvalidPath': return path.replace(/\.volumeMounts\[\d+\]\.(subPath|subPathExpr)$/, '.volumeMounts.$1');
    default: return path.replace(/\.projected\.sources\[\d+\]\.serviceAccountToken\.path$/, '.projected.path');
  }
}
