import { printable } from './printable';
import { byFile, fileTitle, number, objectName, versionsText, type Report } from './report';
import { nextSteps, summary } from './summary';
import { wrap } from './wrap';
import { Severity, type Finding } from '../inspect/finding';

/** How a table is printed. */
export interface TableStyle {
  /** How many characters a line may have; `Infinity` where no line is to be broken. */
  readonly width: number;
  /** Whether there are colours. */
  readonly colours: boolean;
  /** Only errors, and nothing at all where there are none. */
  readonly quiet?: boolean;
  /** Whether everything that was skipped is listed. */
  readonly verbose?: boolean;
}

/** The narrowest column of text that can still be read. */
const MIN_TEXT = 20;

/** How many further places of a finding are named. */
const MAX_PLACES = 3;

const STYLES = { bold: 1, dim: 2, red: 31, yellow: 33, cyan: 36 } as const;
type Style = keyof typeof STYLES;
type Paint = (style: Style | undefined, text: string) => string;

/** A finding, with the reason where it is acknowledged. */
interface Item {
  readonly finding: Finding;
  readonly reason?: string;
}

/**
 * A report for people: a group for each file, in it one for each object, and of each finding its line, severity and code, the field, the
 * sentence and the next step. No line is longer than the width. The summary says what was skipped, and what to do next.
 */
export function tableReport(report: Report, style: TableStyle): string {
  const paint: Paint = style.colours
    ? (name, text) => name === undefined || text === '' ? text : `\x1b[${STYLES[name]}m${text}\x1b[0m`
    : (_, text) => text;
  const findings = style.quiet ? report.findings.filter(({ severity }) => severity === Severity.ERROR) : report.findings;
  const sections: string[] = [];
  const add = (items: readonly Item[], suffix: string) => {
    for (const [file, group] of byFile(report.files, items, ({ finding }) => finding)) {
      if (group.length > 0) sections.push(fileSection(`${fileTitle(file)}${suffix}`, group, report, style.width, paint));
    }
  };
  add(findings.map(finding => ({ finding })), '');
  if (!style.quiet) add(report.acknowledged, ', acknowledged');
  if (!style.quiet || findings.length > 0) sections.push(foot(report, style, paint));
  return sections.join('\n');
}

function fileSection(title: string, items: readonly Item[], report: Report, width: number, paint: Paint): string {
  const lines = wrap(title, width).map(line => paint('bold', line));
  const numbers = Math.max(...items.map(({ finding: { location } }) => String(location?.line ?? '').length), 4);
  let last = '';
  for (const item of items) {
    const object = objectLine(item.finding);
    if (object !== last) lines.push(...wrap(object, width - 2).map(line => `  ${paint('cyan', line)}`));
    last = object;
    lines.push(...findingLines(item, numbers, report, width, paint));
  }
  return `${lines.join('\n')}\n`;
}

function objectLine(finding: Finding): string {
  const { constructPath } = finding;
  return printable(`${objectName(finding)}${constructPath === undefined ? '' : ` (construct ${constructPath})`}`);
}

function findingLines({ finding, reason }: Item, numbers: number, report: Report, width: number, paint: Paint): string[] {
  const { location, severity, code, path, message, next } = finding;
  const colour = severity === Severity.ERROR ? 'red' : 'yellow';
  const indent = numbers + 4;
  const textWidth = Math.max(MIN_TEXT, width - indent);
  const versions = versionsText(finding, report.versions);
  const head = `  ${String(location?.line ?? '').padStart(numbers)}  `;
  const first = `${severity.padEnd('warning'.length)}  ${code}`;
  const fits = first.length + 2 + path.length <= textWidth;
  const texts: readonly (readonly [string, Style?])[] = [
    ...path === '' || fits ? [] : [[path, 'dim'] as const],
    [versions === '' ? message : `${message} (${versions})`],
    ...placesOf(finding).map(place => [place] as const),
    reason === undefined ? [`next: ${next}`, 'dim'] : [`reason: ${reason}`, 'dim'],
  ];
  return [
    `${head}${paint(colour, severity.padEnd('warning'.length))}  ${paint('bold', code)}${fits && path !== '' ? `  ${paint('dim', printable(path))}` : ''}`,
    ...texts.flatMap(([text, style]) => wrap(printable(text), textWidth).map(line => `${' '.repeat(indent)}${paint(style, line)}`)),
  ];
}

/** Where else the same is found. */
function placesOf({ elsewhere = [] }: Finding): string[] {
  if (elsewhere.length === 0) return [];
  const shown = elsewhere.slice(0, MAX_PLACES).map(place => {
    const { location } = place;
    const at = location?.line === undefined ? '' : ` (${location.file === undefined || location.file === '-' ? 'line ' : `${location.file}:`}${location.line})`;
    return `${objectName(place)}${at}`;
  });
  const more = elsewhere.length - shown.length;
  return [`also in ${shown.join(', ')}${more === 0 ? '' : ` and ${number(more, 'more place')}`}`];
}

function foot(report: Report, { width, verbose = false, quiet = false }: TableStyle, paint: Paint): string {
  const lines = wrap(summary(report), width).map(line => paint('bold', line));
  if (!quiet) lines.push(...nextSteps(report, verbose).flatMap(text => indented(printable(text), width)));
  return `${lines.join('\n')}\n`;
}

/** The lines of a text that may begin with blanks, which each of them then does. */
function indented(text: string, width: number): string[] {
  const inner = text.trimStart();
  const blanks = text.slice(0, text.length - inner.length);
  return wrap(inner, Math.max(1, width - blanks.length)).map(line => blanks + line);
}

