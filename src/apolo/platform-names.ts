import { createHash } from 'node:crypto';

/** What stands for the organization of a project that has none. */
const NO_ORG = 'NO_ORG';

/** What is left of 63 characters beside `platform--`, two more `--` and the hash. */
const FREE_LENGTH = 25;
const HASH_LENGTH = 24;

/**
 * The Secret in which the platform keeps all secrets of a project.
 *
 * @param projectPath `org/project`, or the project alone
 */
export function platformSecretName(projectPath: string): string {
  return `project--${projectPath.replaceAll('/', '--')}--secrets`;
}

/** The namespace of a project: as much of both names as fits, and a hash of all of them. */
export function platformNamespace(org: string | undefined, project: string): string {
  const [first, second] = [org ?? NO_ORG, project].map(normalized);
  const hash = createHash('sha256').update(`${first}--${second}`).digest('hex').slice(0, HASH_LENGTH);
  if (`${first}--${second}`.length <= FREE_LENGTH) return `platform--${first}--${second}--${hash}`;
  const length = first.length + second.length;
  const tooMany = length - FREE_LENGTH;
  const fromFirst = roundHalfToEven((first.length / length) * tooMany);
  return `platform--${cut(first, fromFirst)}--${cut(second, tooMany - fromFirst)}--${hash}`;
}

function normalized(name: string): string {
  return name.replace(/[\s_:/\\]+/g, '-').toLowerCase();
}

function cut(name: string, count: number): string {
  return name.slice(0, Math.max(1, name.length - count));
}

/** As Python rounds. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
