import { printable } from './printable';
import { byFile, fileTitle, objectName, versionsText, type Report } from './report';
import { TOOL } from './tool';
import { Severity, type Finding } from '../inspect/finding';

/** A finding, with the reason where it is acknowledged. */
interface Item {
  readonly finding: Finding;
  readonly reason?: string;
}

/**
 * JUnit XML for test reports: a suite for each file, a test for each finding. Errors fail, and warnings where they count as errors;
 * other warnings pass with their text; acknowledged findings are skipped with their reason. A file without findings is one test
 * that passes.
 */
export function junitReport(report: Report, options: { readonly warningsFail?: boolean } = {}): string {
  const fails = ({ finding, reason }: Item) => reason === undefined && (finding.severity === Severity.ERROR || options.warningsFail === true);
  const items: Item[] = [...report.findings.map(finding => ({ finding })), ...report.acknowledged];
  const suites = [...byFile(report.files, items, item => item.finding)].map(([file, group]) => suite(file, group, fails, report));
  const total = (count: (one: Suite) => number) => suites.reduce((sum, one) => sum + count(one), 0);
  const counts = attributes({ tests: total(one => one.tests), failures: total(one => one.failures), skipped: total(one => one.skipped) });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${TOOL.name}" ${counts}>\n${suites.map(one => one.xml).join('')}</testsuites>\n`;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
}

interface Suite extends Counts {
  readonly xml: string;
}

function suite(file: string, items: readonly Item[], fails: (item: Item) => boolean, report: Report): Suite {
  const name = fileTitle(file);
  const cases = items.length === 0
    ? [`    <testcase name="no findings" classname="${escape(name)}"/>`]
    : items.map(item => testCase(item, name, fails(item), report));
  const counts = { tests: cases.length, failures: items.filter(fails).length, skipped: items.filter(item => item.reason !== undefined).length };
  return { ...counts, xml: `  <testsuite name="${escape(name)}" ${attributes(counts)}>\n${cases.join('\n')}\n  </testsuite>\n` };
}

function attributes({ tests, failures, skipped }: Counts): string {
  return `tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}"`;
}

function testCase({ finding, reason }: Item, file: string, fails: boolean, report: Report): string {
  const { code, path, message, next, location, severity } = finding;
  const versions = versionsText(finding, report.versions);
  const name = [code, objectName(finding), ...path === '' ? [] : [path]].join(' ');
  const where = location?.line === undefined ? file : `${file}:${location.line}`;
  const text = [where, message, ...versions === '' ? [] : [versions], `next: ${next}`].map(escape).join('\n');
  const inside = reason !== undefined
    ? `<skipped message="${escape(reason)}"/>`
    : fails ? `<failure type="${code}" message="${escape(message)}">${text}</failure>` : `<system-out>${severity}: ${text}</system-out>`;
  const line = location?.line === undefined ? '' : ` line="${location.line}"`;
  return `    <testcase name="${escape(name)}" classname="${escape(file)}" file="${escape(file)}"${line}>${inside}</testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

function escape(text: string): string {
  return printable(text).replace(/[&<>"']/g, character => ENTITIES[character]);
}
