import type { ChangedSecret } from './changed-secrets';
import type { Finding } from '../inspect/finding';
import { withoutBaseline } from '../report/baseline';
import { fingerprint } from '../report/fingerprint';

/**
 * The findings of a state that the state before did not have.
 *
 * @param changed the secrets that changed: where a hash in a name is another one, findings of the former name are the same
 */
export function newFindings(before: readonly Finding[], after: readonly Finding[], changed: readonly ChangedSecret[]): Finding[] {
  const names = new Map(changed.flatMap(({ name, formerName }) => formerName === undefined ? [] : [[formerName, name] as const]));
  const known = new Map<string, number>();
  for (const finding of before) {
    const key = fingerprint(withNewNames(finding, names));
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return withoutBaseline(after, known).findings;
}

/** Any name that a hash may end. */
const NAME = /[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/g;

function withNewNames(finding: Finding, names: ReadonlyMap<string, string>): Finding {
  if (names.size === 0) return finding;
  const replace = (text: string) => text.replace(NAME, name => names.get(name) ?? name);
  const { object, path, message } = finding;
  return { ...finding, object: { ...object, name: replace(object.name) }, path: replace(path), message: replace(message) };
}
