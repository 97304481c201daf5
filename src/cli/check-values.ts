import { UsageError } from './command';
import { CODES } from '../errors/codes';
import { didYouMean } from '../errors/suggest';
import { MissingSecrets } from '../inspect/inspection-options';
import { ALL_VERSIONS, type KubernetesVersion } from '../kubernetes/versions';

/**
 * Each is a version (`1.30`, `v1.30.4`) or a range (`1.29-1.31`).
 *
 * @throws UsageError
 */
export function parseVersions(texts: readonly string[]): readonly KubernetesVersion[] {
  const asked = new Set<KubernetesVersion>();
  for (const text of texts) {
    const [first, last = first, ...more] = text.split('-').map(parseVersion);
    if (more.length > 0 || first > last) throw new UsageError(`${JSON.stringify(text)} is no range of versions; write 1.29-1.31`);
    ALL_VERSIONS.slice(first, last + 1).forEach(version => asked.add(version));
  }
  return ALL_VERSIONS.filter(version => asked.has(version));
}

/** Which of all versions it is. */
function parseVersion(text: string): number {
  const minor = /^v?(\d+\.\d+)(?:\.\d+)?$/.exec(text.trim())?.[1];
  const index = ALL_VERSIONS.findIndex(version => version === minor);
  if (index === -1) throw new UsageError(`${JSON.stringify(text)} is no version of Kubernetes that is known; versions: ${ALL_VERSIONS.join(', ')}`);
  return index;
}

/** @throws UsageError */
export function parseCode(code: string): string {
  if (!Object.hasOwn(CODES, code)) throw new UsageError(`there is no code ${JSON.stringify(code)}; ${didYouMean(code, Object.keys(CODES), 'codes')}`);
  return code;
}

/** @throws UsageError */
export function parseDate(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}(?:T.*)?$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new UsageError(`${JSON.stringify(text)} is no date; write 2030-01-31`);
  }
  return text;
}

/** @throws UsageError */
export function parseMissingSecrets(text: string): MissingSecrets {
  return parseChoice(text, Object.values(MissingSecrets), 'way to treat missing secrets', 'choices');
}

/** @throws UsageError */
export function parseChoice<T extends string>(text: string, choices: readonly T[], what: string, noun: string): T {
  const choice = choices.find(candidate => candidate === text);
  if (choice === undefined) throw new UsageError(`there is no ${what} ${JSON.stringify(text)}; ${didYouMean(text, choices, noun)}`);
  return choice;
}
