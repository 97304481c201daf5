import { UsageError } from './command';
import { didYouMean } from '../errors/suggest';
import { MissingSecrets } from '../inspect/inspection-options';
import { inOrder, minorOf, NEWEST_VERSION, SUPPORTED_VERSIONS, versionNamed, versionOf, type KubernetesVersion } from '../kubernetes/versions';
import { PACKS, type Pack } from '../policy/packs';
import { ALL_CODES, isCode } from '../report/all-codes';

/**
 * Each is a version (`1.36`, `v1.36.4`) or a range (`1.28-1.37`); they may be newer than those that are known.
 *
 * @throws UsageError
 */
export function parseVersions(texts: readonly string[]): readonly KubernetesVersion[] {
  return inOrder(texts.flatMap(text => {
    const [first, last = first, ...more] = text.split('-').map(parseVersion);
    if (more.length > 0 || first > last) throw new UsageError(`${JSON.stringify(text)} is no range of versions; ${VERSIONS_NEXT}`);
    return Array.from({ length: last - first + 1 }, (_, index) => versionOf(first + index));
  }));
}

const VERSIONS_NEXT = `write ${NEWEST_VERSION} or ${SUPPORTED_VERSIONS[0]}-${NEWEST_VERSION}`;

/** Which minor version it is. */
function parseVersion(text: string): number {
  const { version, problem } = versionNamed(text);
  if (version === undefined) throw new UsageError(`${problem}; ${VERSIONS_NEXT}`);
  return minorOf(version);
}

/** @throws UsageError */
export function parseCode(code: string): string {
  if (!isCode(code)) throw new UsageError(`there is no code ${JSON.stringify(code)}; ${didYouMean(code, Object.keys(ALL_CODES), 'codes')}`);
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

/**
 * Each is the name of a pack, or several with commas.
 *
 * @throws UsageError
 */
export function parsePolicies(texts: readonly string[]): readonly Pack[] {
  const names = PACKS.map(({ name }) => name);
  return texts.flatMap(text => text.split(',')).map(text => PACKS[names.indexOf(parseChoice(text.trim(), names, 'policy', 'policies'))]);
}

/** @throws UsageError */
export function parseChoice<T extends string>(text: string, choices: readonly T[], what: string, noun: string): T {
  const choice = choices.find(candidate => candidate === text);
  if (choice === undefined) throw new UsageError(`there is no ${what} ${JSON.stringify(text)}; ${didYouMean(text, choices, noun)}`);
  return choice;
}
