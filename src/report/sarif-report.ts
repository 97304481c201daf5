import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ALL_CODES } from './all-codes';
import { fingerprint } from './fingerprint';
import { printableJson } from './printable';
import { objectName, versionsText, type Report } from './report';
import { TOOL } from './tool';
import { Severity, type Finding, type FindingPlace, type SourceLocation } from '../inspect/finding';
import type { UnreadableFile } from '../inspect/read/skipped';

/** How standard input is called where `--stdin-filename` gives it no name: a result must stand somewhere. */
const STANDARD_INPUT = 'stdin.yaml';

/**
 * SARIF for code scanning. Acknowledged findings are results that are suppressed, with the reason as justification.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(report: Report): string {
  const all = [...report.findings, ...report.acknowledged.map(({ finding }) => finding)];
  const codes = [...new Set(all.map(finding => finding.code))].sort();
  const result = (finding: Finding) => resultOf(finding, codes.indexOf(finding.code), report);
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: TOOL.name, version: TOOL.version, informationUri: TOOL.page, rules: codes.map(ruleOf) } },
      columnKind: 'utf16CodeUnits',
      artifacts: report.files.map(file => ({ location: { uri: uriOf(file) } })),
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: (report.unreadable ?? []).map(notification) }],
      results: [
        ...report.findings.map(result),
        ...report.acknowledged.map(({ finding, reason }) => ({ ...result(finding), suppressions: [{ kind: 'external', justification: reason }] })),
      ],
    }],
  };
  return printableJson(document);
}

function ruleOf(code: string): object {
  const { cause, example, fix, warns } = ALL_CODES[code];
  return {
    id: code,
    shortDescription: { text: code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase().replace(/^./, first => first.toUpperCase()) },
    fullDescription: { text: cause },
    helpUri: `${TOOL.help}#${code.toLowerCase()}`,
    defaultConfiguration: { level: warns === true ? 'warning' : 'error' },
    help: { text: `${cause}\n\nExample: ${example}\n\nFix: ${fix}`, markdown: `${cause}\n\n**Example**\n\n    ${example}\n\n**Fix**: ${fix}` },
  };
}

function resultOf(finding: Finding, ruleIndex: number, report: Report): object {
  const { code, severity, path, message, next, location, object, elsewhere = [] } = finding;
  const versions = versionsText(finding, report.versions);
  const field = path === '' ? '' : `${path}: `;
  // what is about no file stands at the first one, as GitHub refuses results without a place
  const file = location?.file ?? report.files[0] ?? '-';
  return {
    ruleId: code,
    ruleIndex,
    level: severity === Severity.ERROR ? 'error' : 'warning',
    message: { text: `${objectName(finding)}: ${field}${message}${versions === '' ? '' : ` (${versions})`}; ${next}` },
    locations: [{
      physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: regionOf(location) },
      logicalLocations: [{ name: object.name, fullyQualifiedName: [object.namespace, object.kind, object.name, path].filter(Boolean).join('/'), kind: 'resource' }],
    }],
    ...elsewhere.length === 0 ? {} : { relatedLocations: elsewhere.map(relatedLocation) },
    partialFingerprints: { 'finding/v1': fingerprint(finding) },
  };
}

/** GitHub refuses results without a line. */
function regionOf(location: SourceLocation | undefined): object {
  const { line = 1, column } = location ?? {};
  return { startLine: line, ...column === undefined ? {} : { startColumn: column } };
}

function relatedLocation({ object, path, location }: FindingPlace, index: number): object {
  return {
    id: index + 1,
    physicalLocation: { artifactLocation: { uri: uriOf(location?.file ?? '-') }, region: regionOf(location) },
    message: { text: `${objectName({ object })}${path === '' ? '' : `: ${path}`}` },
  };
}

function notification({ file, line, message, next, named }: UnreadableFile): object {
  return {
    level: named ? 'error' : 'warning',
    message: { text: `${message}; ${next}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: regionOf(line === undefined ? undefined : { line }) } }],
  };
}

function uriOf(file: string): string {
  if (file === '-') return STANDARD_INPUT;
  return isAbsolute(file) ? pathToFileURL(file).href : file.split(sep).map(encodeURIComponent).join('/');
}
