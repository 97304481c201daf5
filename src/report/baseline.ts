import { fingerprint } from './fingerprint';
import type { Finding } from '../inspect/finding';

/**
 * How often an earlier report in JSON has each finding.
 *
 * @throws SyntaxError, TypeError
 */
export function baselineOf(text: string): Map<string, number> {
  const { findings } = JSON.parse(text) as { findings: { fingerprint: string }[] };
  const counts = new Map<string, number>();
  for (const { fingerprint: key } of findings) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** The findings that an earlier report does not have, and how many it has. */
export function withoutBaseline(findings: readonly Finding[], baseline: ReadonlyMap<string, number>): { findings: Finding[]; known: number } {
  const left = new Map(baseline);
  const fresh = findings.filter(finding => {
    const key = fingerprint(finding);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count === 0;
  });
  return { findings: fresh, known: findings.length - fresh.length };
}
