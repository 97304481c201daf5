import { readCases, type Case, type Verdict } from './api-server-cases';
import { Inspection } from '../../src/app/inspection';
import { Stage, type Finding } from '../../src/inspect/finding';
import { KubernetesVersion } from '../../src/kubernetes/versions';

const CASES = readCases();

function refusals({ manifest, oldManifest }: Case, version: KubernetesVersion): Finding[] {
  const options = { versions: [version] };
  const inspection = oldManifest === undefined
    ? Inspection.fromManifests([manifest], options) : Inspection.fromUpdate([oldManifest], [manifest], options);
  return inspection.refusals;
}

/** The path of a finding as the API server prints it, where it leaves an index or a level out and we do not. */
function serverPath({ code, path }: Finding): string {
  switch (code) {
    case 'DuplicateFile': return path.replace(/\.projected\..*/, '.projected');
    case 'MissingSource':
    case 'AmbiguousSource': return path.replace(/\.envFrom\[\d+\]$/, '.envFrom');
    case 'InvalidLabel': return path.replace('.template.metadata.', '.template.');
    case 'InvalidName': return path.replace('.csi.nodePublishSecretRef.name', '.csi.name');
    case 'InvalidMountOption': return path.replace(/\.volumeMounts\[\d+\]\.(mountPropagation|recursiveReadOnly)$/, '.volumeMounts.$1');
    case 'InvalidPath': return path.replace(/\.volumeMounts\[\d+\]\.(subPath|subPathExpr)$/, '.volumeMounts.$1');
    default: return path.replace(/\.projected\.sources\[\d+\]\.serviceAccountToken\.path$/, '.projected.path');
  }
}

const sortedSet = (paths: readonly string[]) => [...new Set(paths)].sort();
/** These servers ran without the admission that names a ServiceAccount where a pod names none; every cluster has it. */
const isOfAdmission = (error: string) => error.endsWith('must not be specified when serviceAccountName is not set');
const pathOf = (error: string) => error.slice(0, error.indexOf(': '));
const unknownField = (strict: string) => /unknown field "(.*)"$/.exec(strict)![1];

function isRefused(verdict: Verdict): boolean {
  return verdict.decode !== undefined || verdict.strict !== undefined || verdict.errors !== undefined;
}

describe.each([KubernetesVersion.V1_28, KubernetesVersion.V1_33])('the API server of %s', version => {
  test.each(CASES.map(one => [one.id, one] as const))('and the inspection agree on %s', (_, one) => {
    const verdict = one.verdicts.get(version)!;
    const found = refusals(one, version);
    const at = (stage: Stage) => found.filter(finding => finding.stage === stage);

    expect(found.length > 0).toBe(isRefused(verdict));
    expect(at(Stage.DECODING).length > 0).toBe(verdict.decode !== undefined);
    if (verdict.decode !== undefined) return;
    expect(at(Stage.STRICT_DECODING).map(finding => finding.path)).toEqual(verdict.strict === undefined ? [] : [unknownField(verdict.strict)]);
    const refused = (verdict.errors ?? []).filter(error => !isOfAdmission(error));
    expect(sortedSet(at(Stage.VALIDATION).map(serverPath))).toEqual(sortedSet(refused.map(pathOf)));
  });

  test.each(CASES.filter(one => one.verdicts.get(version)!.warnings !== undefined).map(one => [one.id, one] as const))(
    'warns of nothing in %s that the inspection does not find', (_, one) => {
      const { findings } = Inspection.fromManifests([one.manifest], { versions: [version], missingSecrets: false });
      for (const warning of one.verdicts.get(version)!.warnings!.filter(text => !isOfItself(text, one.manifest))) {
        expect([warning, findings.filter(finding => isAbout(finding, warning, one.manifest)).length > 0]).toEqual([warning, true]);
      }
    });
});

const volumesOf = (manifest: any): any[] => (manifest.spec.template ?? manifest).spec.volumes;

/** A projected volume with sources that list no items makes 1.32 and later compare other items with themselves. */
function isOfItself(warning: string, manifest: any): boolean {
  const match = /^volume "(.*?)" \(Projected\): overlapping paths: "(.*?)" .* with "(.*?)" /.exec(warning);
  if (match === null || match[2] !== match[3]) return false;
  const volumes = volumesOf(manifest).filter(volume => volume.name === match[1] && volume.projected !== undefined);
  const items = volumes.flatMap(volume => volume.projected.sources.flatMap(({ secret, downwardAPI }: any) => (secret ?? downwardAPI).items ?? []));
  return items.filter(item => item.path === match[2]).length === 1;
}

const OF_FILES: readonly string[] = ['DuplicateFile', 'ReplacedFile', 'InvalidPath', 'RequiredField'];

/** Whether a finding says what a warning says. Those of volumes name the volume, and no field. */
function isAbout({ code, path }: Finding, warning: string, manifest: any): boolean {
  const volume = /^volume "(.*?)" \(/.exec(warning);
  if (volume !== null) {
    const of = volumesOf(manifest).flatMap(({ name = '' }, index) => name === volume[1] ? [`.volumes[${index}].`] : []);
    const codes = warning.endsWith('has no sources provided') ? ['VolumeWithoutSource'] : OF_FILES;
    return codes.includes(code) && of.some(part => `${path}.`.includes(part));
  }
  if (warning.startsWith('tls: ')) return code === 'InvalidCertificate' || (code === 'MissingKey' && path.startsWith('data[tls.'));
  return path === pathOf(warning) && ['DuplicateEnvName', 'IneffectivePullSecret'].includes(code);
}
