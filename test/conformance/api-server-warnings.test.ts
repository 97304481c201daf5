import { pathOf } from './agreement';
import { readCases } from './api-server-cases';
import { Inspection } from '../../src/app/inspection';
import type { Finding } from '../../src/inspect/finding';
import { KubernetesVersion } from '../../src/kubernetes/versions';

const CASES = readCases().filter(({ topics }) => topics.includes('secrets'));

describe.each([KubernetesVersion.V1_28, KubernetesVersion.V1_33])('the API server of %s', version => {
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
