import { printable } from './printable';
import { objectName, versionsText, type Report } from './report';
import { summary } from './summary';
import { Severity, type Finding } from '../inspect/finding';

/**
 * Annotations for GitHub Actions: what a step prints of them stands at the lines of a pull request.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubReport(report: Report): string {
  const unreadable = (report.unreadable ?? []).map(({ file, line, message, next, named }) => {
    return command(named ? 'error' : 'notice', { file, line, title: 'UnreadableManifest' }, `${message}; ${next}`);
  });
  return [...report.findings.map(finding => annotation(finding, report)), ...unreadable, summary(report)].map(line => `${line}\n`).join('');
}

function annotation(finding: Finding, report: Report): string {
  const { severity, code, path, message, next, location } = finding;
  const file = location?.file === '-' ? undefined : location?.file;
  const versions = versionsText(finding, report.versions);
  const text = `${objectName(finding)}${path === '' ? '' : ` ${path}`}: ${message}${versions === '' ? '' : ` (${versions})`}; ${next}`;
  const place = file === undefined ? {} : { file, line: location?.line, col: location?.column };
  return command(severity === Severity.ERROR ? 'error' : 'warning', { ...place, title: code }, text);
}

function command(name: string, properties: Readonly<Record<string, string | number | undefined>>, message: string): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${given.join(',')}::${escapeData(printable(message))}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(printable(text)).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
