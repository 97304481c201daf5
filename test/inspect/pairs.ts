import { Inspection } from '../../src/app/inspection';
import { Severity } from '../../src/inspect/finding';
import type { InspectionOptions } from '../../src/inspect/inspection-options';
import type { KubernetesVersion } from '../../src/kubernetes/versions';

/** A thing that goes wrong, and its corrected twin. */
export interface Pair {
  readonly wrong: any[];
  readonly right: any[];
  readonly code: string;
  readonly severity: Severity;
  /** The field that is found. */
  readonly path: string;
  /** Texts that the message has. */
  readonly says?: string[];
  readonly versions?: KubernetesVersion[];
  readonly options?: InspectionOptions;
}

export const { ERROR, WARNING } = Severity;

/** What was found: the code, the severity and the field of each. */
export function brief({ findings }: Inspection): [string, Severity, string][] {
  return findings.map(({ code, severity, path }) => [code, severity, path]);
}

/** Each pair becomes a test: the wrong manifests have the one finding, the right ones have none at all. */
export function testPairs(pairs: Readonly<Record<string, Pair>>): void {
  test.each(Object.keys(pairs))('%s', title => {
    const { wrong, right, code, severity, path, says = [], versions, options } = pairs[title];
    const inspection = Inspection.fromManifests(wrong, options);
    const { findings } = inspection;
    expect(brief(inspection)).toEqual([[code, severity, path]]);
    for (const text of says) expect(findings[0].message).toContain(text);
    if (versions !== undefined) expect(findings[0].versions).toEqual(versions);
    expect(Inspection.fromManifests(right, options).findings).toEqual([]);
  });
}
