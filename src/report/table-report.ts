import { printable } from './printable';
import { byFile, countsOf, objectName, versionsText, type Report } from './report';
import { wrap } from './wrap';
import { Severity, type AcknowledgedFinding, type Finding } from '../inspect/finding';

/** How a table is printed. */
export interface TableStyle {
  /** How many characters a line may have; `Infinity` where no line is to be broken. */
  readonly width: number;
  /** Whether there are colours. */
  readonly colours: boolean;
  /** Only errors, and nothing at all where there are none. */
  readonly quiet?: boolean;
}

/** The narrowest text column that can still be read. */
const MIN_TEXT = 40;

const STYLES = { bold: 1, dim: 2, red: 31, yellow: 33, cyan: 36 } as const;
type Paint = (style: keyof typeof STYLES, text: string) => string;

/** One line of a table: where, how bad, which code, and then what there is to say about it. */
interface Row {
  readonly line: string;
  readonly severity: string;
  readonly code: string;
  readonly texts: readonly { readonly text: string; readonly style?: keyof typeof STYLES }[];
}

/**
 * A table for people: a group for each file, a row for each finding with its line, severity and code, and beside them the object
 * and the field, the sentence, and the next step.
 */
export function tableReport(report: Report, style: TableStyle): string {
  const paint: Paint = style.colours ? (name, text) => text === '' ? '' : `\x1b[${STYLES[name]}m${text}\x1b[0m` : (_, text) => text;
  const findings = style.quiet ? report.findings.filter(isError) : report.findings;
  const acknowledged = style.quiet ? [] : report.acknowledged;
  const sections: string[] = [];
  for (const [file, group] of byFile(report.files, findings, finding => finding)) {
    if (group.length > 0) sections.push(table(titleOf(file), group.map(finding => rowOf(finding, report)), style.width, paint));
  }
  for (const [file, group] of byFile(report.files, acknowledged, ({ finding }) => finding)) {
    if (group.length > 0) sections.push(table(`${titleOf(file)}, acknowledged`, group.map(item => acknowledgedRow(item, report)), style.width, paint));
  }
  if (!style.quiet || findings.length > 0) sections.push(`${summary(report)}\n`);
  return sections.join('\n');
}

function table(title: string, rows: readonly Row[], width: number, paint: Paint): string {
  const column = (head: string, cell: (row: Row) => string) => rows.reduce((widest, row) => Math.max(widest, cell(row).length), head.length);
  const widths = { line: column('LINE', row => row.line), severity: column('SEVERITY', row => row.severity), code: column('CODE', row => row.code) };
  const indent = widths.line + widths.severity + widths.code + 6;
  const textWidth = Math.max(MIN_TEXT, width - indent);

  const head = `${'LINE'.padStart(widths.line)}  ${'SEVERITY'.padEnd(widths.severity)}  ${'CODE'.padEnd(widths.code)}  FINDING`;
  const lines = [paint('bold', title), paint('dim', head)];
  for (const { line, severity, code, texts } of rows) {
    const colour = severity === Severity.ERROR ? 'red' : 'yellow';
    const left = `${line.padStart(widths.line)}  ${paint(colour, severity.padEnd(widths.severity))}  ${paint('bold', code.padEnd(widths.code))}  `;
    const texted = texts.flatMap(({ text, style }) => wrap(text, textWidth).map(part => style === undefined ? part : paint(style, part)));
    lines.push(...texted.map((text, index) => `${index === 0 ? left : ' '.repeat(indent)}${text}`));
  }
  return `${lines.join('\n')}\n`;
}

function rowOf(finding: Finding, report: Report): Row {
  const { location, severity, code, path, message, next, constructPath } = finding;
  const versions = versionsText(finding, report.versions);
  return {
    line: location?.line === undefined ? '' : String(location.line),
    severity,
    code,
    texts: [
      { text: printable([objectName(finding), ...path === '' ? [] : [path]].join('  ')), style: 'cyan' },
      ...constructPath === undefined ? [] : [{ text: printable(`construct ${constructPath}`), style: 'cyan' as const }],
      { text: printable(versions === '' ? message : `${message} (${versions})`) },
      { text: printable(`next: ${next}`), style: 'dim' },
    ],
  };
}

function acknowledgedRow({ finding, reason }: AcknowledgedFinding, report: Report): Row {
  const row = rowOf(finding, report);
  return { ...row, texts: [...row.texts.slice(0, -1), { text: printable(`reason: ${reason}`), style: 'dim' }] };
}

function summary(report: Report): string {
  const { errors, warnings, acknowledged } = countsOf(report);
  const found = [number(errors, 'error'), number(warnings, 'warning'), ...acknowledged === 0 ? [] : [`${acknowledged} acknowledged`]].join(', ');
  return `${found} in ${number(report.objectCount, 'object')} of ${number(report.files.length, 'file')}`;
}

function number(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function titleOf(file: string): string {
  return file === '-' ? 'standard input' : printable(file);
}

function isError(finding: Finding): boolean {
  return finding.severity === Severity.ERROR;
}
