import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint } from './fingerprint';
import { printableJson } from './printable';
import { objectName, versionsText, type Report } from './report';
import { TOOL } from './tool';
import { CODES, type Code } from '../errors/codes';
import { Severity, type Finding } from '../inspect/finding';

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
      tool: { driver: { name: TOOL.name, version: TOOL.version, rules: codes.map(ruleOf) } },
      columnKind: 'utf16CodeUnits',
      artifacts: report.files.filter(file => file !== '-').map(file => ({ location: { uri: uriOf(file) } })),
      results: [
        ...report.findings.map(result),
        ...report.acknowledged.map(({ finding, reason }) => ({ ...result(finding), suppressions: [{ kind: 'external', justification: reason }] })),
      ],
    }],
  };
  return printableJson(document);
}

function ruleOf(code: string): object {
  const { cause, example, fix } = CODES[code as Code];
  return {
    id: code,
    name: code,
    shortDescription: { text: code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase().replace(/^./, first => first.toUpperCase()) },
    fullDescription: { text: cause },
    help: { text: `${cause}\n\nExample: ${example}\n\nFix: ${fix}`, markdown: `${cause}\n\n**Example**\n\n    ${example}\n\n**Fix**: ${fix}` },
  };
}

function resultOf(finding: Finding, ruleIndex: number, report: Report): object {
  const { code, severity, path, message, next, location, object } = finding;
  const versions = versionsText(finding, report.versions);
  const field = path === '' ? '' : `${path}: `;
  const file = location?.file === '-' ? undefined : location?.file;
  return {
    ruleId: code,
    ruleIndex,
    level: severity === Severity.ERROR ? 'error' : 'warning',
    message: { text: `${objectName(finding)}: ${field}${message}${versions === '' ? '' : ` (${versions})`}; ${next}` },
    locations: [{
      ...file === undefined ? {} : {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...location?.line === undefined ? {} : { region: { startLine: location.line } } },
      },
      logicalLocations: [{ name: object.name, fullyQualifiedName: [object.namespace, object.kind, object.name, path].filter(Boolean).join('/'), kind: 'resource' }],
    }],
    partialFingerprints: { 'finding/v1': fingerprint(finding) },
  };
}

function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : file.split(sep).map(encodeURIComponent).join('/');
}
