import { fingerprint } from './fingerprint';
import { printableJson } from './printable';
import { countsOf, type Report } from './report';
import { TOOL } from './tool';

/**
 * JSON for programs. The shape is stable: fields may be added, none changes its meaning while `schemaVersion` stays. docs/check.md
 * describes it.
 */
export function jsonReport(report: Report): string {
  const { files, objectCount, versions, findings, acknowledged, skipped = [], unreadable = [], notes = [] } = report;
  const document = {
    schemaVersion: 1,
    tool: { name: TOOL.name, version: TOOL.version },
    kubernetesVersions: versions,
    summary: { files: files.length, objects: objectCount, ...countsOf(report), skipped: skipped.length, unreadable: unreadable.length },
    files,
    findings: findings.map(finding => ({ ...finding, fingerprint: fingerprint(finding) })),
    acknowledged: acknowledged.map(({ finding, reason }) => ({ ...finding, fingerprint: fingerprint(finding), reason })),
    skipped,
    unreadable,
    notes,
  };
  return printableJson(document);
}
