import { byEffect, changeSummary, EFFECTS, exposureWords, secretName, secretWords, SIGNS, workloadWords, type ChangeReport } from './change-words';
import { printable } from '../report/printable';
import { objectName } from '../report/report';

/** How many lines a section has at most: a comment, or a screen, is for people. */
export const MAX_LINES = 50;

/** What differs between two states, for people. */
export function changeText(report: ChangeReport): string {
  const { before, after, secrets, workloads, refusals, exposure, newFindings, notes } = report;
  return [
    `${printable(before)} → ${printable(after)}: ${changeSummary(report)}\n`,
    section('Secrets (+ added, - removed, ~ changed, ? encrypted or made anew, perhaps with another value)',
      secrets.map(secret => [`${SIGNS[secret.change]} ${secretName(secret)}`, secretWords(secret).join(', ')])),
    section('Workloads', byEffect(workloads).map(workload => [`${workload.kind} ${secretName(workload)}`, [EFFECTS[workload.effect], workloadWords(workload).join(', ')].filter(word => word !== '').join(': ')])),
    section('Refused by the API server', refusals.map(finding => [objectName(finding), `${finding.path}: ${finding.message}; ${finding.next}`])),
    section('Exposure grew', exposureWords(exposure).map(({ what, who, why }) => [what, `${who}: ${why}`])),
    section('New findings', newFindings.map(finding => [`${finding.severity} ${finding.code}`, `${objectName(finding)}${finding.path === '' ? '' : ` ${finding.path}`}: ${finding.message}`])),
    ...notes.map(note => `\nnote: ${printable(note)}\n`),
  ].join('');
}

function section(title: string, lines: readonly (readonly [string, string])[]): string {
  if (lines.length === 0) return '';
  const shown = lines.slice(0, MAX_LINES).map(([head, rest]) => [printable(head), printable(rest)]);
  const width = Math.min(40, shown.reduce((most, [head]) => Math.max(most, head.length), 0));
  const more = lines.length - shown.length;
  return [`\n${title}`, ...shown.map(([head, rest]) => `  ${head.padEnd(width)}  ${rest}`.trimEnd()), ...more > 0 ? [`  … and ${more} more`] : [], ''].join('\n');
}
