import type { ChangeReport } from './change-words';
import type { Finding } from '../inspect/finding';
import { fingerprint } from '../report/fingerprint';
import { printableJson } from '../report/printable';
import { TOOL } from '../report/tool';

/** What differs between two states, for programs: all of it. */
export function changeJson({ before, after, secrets, workloads, refusals, exposure, newFindings, notes }: ChangeReport): string {
  const withFingerprint = (finding: Finding) => ({ ...finding, fingerprint: fingerprint(finding) });
  return printableJson({
    schemaVersion: 1,
    tool: { name: TOOL.name, version: TOOL.version },
    before,
    after,
    secrets,
    workloads,
    refusals: refusals.map(withFingerprint),
    exposure,
    newFindings: newFindings.map(withFingerprint),
    notes,
  });
}
