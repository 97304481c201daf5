import { MAX_LINES } from './change-text';
import { byEffect, changeSummary, EFFECTS, exposureWords, secretName, secretWords, SIGNS, workloadWords, type ChangeReport } from './change-words';
import { escapeMarkdown } from '../report/markdown-report';
import { objectName } from '../report/report';

/** What differs between two states, for a comment on a pull request. */
export function changeMarkdown(report: ChangeReport): string {
  const { before, after, secrets, workloads, refusals, exposure, newFindings, notes } = report;
  return [
    `**cdk8s-secrets**: ${escapeMarkdown(`${before} → ${after}: ${changeSummary(report)}`)}\n`,
    table(['', 'secret', 'what'], secrets.map(secret => [SIGNS[secret.change], secretName(secret), secretWords(secret).join(', ')])),
    table(['workload', 'effect', 'why'], byEffect(workloads).map(workload => [`${workload.kind} ${secretName(workload)}`, EFFECTS[workload.effect], workloadWords(workload).join(', ')])),
    table(['refused by the API server', 'field', 'why'], refusals.map(finding => [`❌ ${objectName(finding)}`, finding.path, `${finding.message}; ${finding.next}`])),
    table(['exposure grew', 'who', 'how'], exposureWords(exposure).map(({ what, who, why }) => [`👁 ${what}`, who, why])),
    table(['new finding', 'where', 'what'], newFindings.map(finding => [
      `${finding.severity === 'error' ? '❌' : '⚠️'} ${finding.code}`, `${objectName(finding)} ${finding.path}`, `${finding.message}; ${finding.next}`,
    ])),
    ...notes.map(note => `\n- ${escapeMarkdown(note)}\n`),
  ].join('');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const more = rows.length - MAX_LINES;
  return [
    '', line(head), `|${'---|'.repeat(head.length)}`, ...rows.slice(0, MAX_LINES).map(cells => line(cells.map(escapeMarkdown))), ...more > 0 ? ['', `… and ${more} more`] : [], '',
  ].join('\n');
}
