import { printable } from './printable';
import { byFile, fileTitle, objectName, versionsText, type Report } from './report';
import { nextSteps, summary } from './summary';
import { Severity, type Finding } from '../inspect/finding';

/** How many findings are listed: comments of a forge have a limit. */
const MAX_FINDINGS = 200;

/** Markdown for a comment on a pull request: the summary, a table for each file, and what was skipped. */
export function markdownReport(report: Report): string {
  const shown = report.findings.slice(0, MAX_FINDINGS);
  const sections = [`**cdk8s-secrets**: ${escapeMarkdown(summary(report))}`];
  for (const [file, group] of byFile(report.files, shown, finding => finding)) {
    if (group.length === 0) continue;
    const rows = group.map(finding => row(finding, report));
    sections.push([`### ${escapeMarkdown(fileTitle(file))}`, '', '| line | severity | code | finding |', '|---:|---|---|---|', ...rows].join('\n'));
  }
  const more = report.findings.length - shown.length;
  if (more > 0) sections.push(`… and ${more} more`);
  const steps = nextSteps(report, false);
  if (steps.length > 0) sections.push(steps.map(step => `- ${escapeMarkdown(step)}`).join('\n'));
  return `${sections.join('\n\n')}\n`;
}

function row(finding: Finding, report: Report): string {
  const { location, severity, code, path, message, next, elsewhere = [] } = finding;
  const versions = versionsText(finding, report.versions);
  const texts = [
    `${objectName(finding)}${path === '' ? '' : ` ${path}`}`,
    versions === '' ? message : `${message} (${versions})`,
    ...elsewhere.length === 0 ? [] : [`also in ${elsewhere.length} other ${elsewhere.length === 1 ? 'place' : 'places'}`],
    `next: ${next}`,
  ];
  return `| ${location?.line ?? ''} | ${severity === Severity.ERROR ? '❌ error' : '⚠️ warning'} | ${code} | ${texts.map(escapeMarkdown).join('<br>')} |`;
}

/** Characters that Markdown and HTML act on, as they are. */
export function escapeMarkdown(text: string): string {
  return printable(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/[\\`*_{}[\]()#+!|~@]/g, character => `\\${character}`);
}
