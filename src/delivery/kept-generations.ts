import { SecretsError } from '../errors/secrets-error';

const DEFAULT_GENERATIONS = 3;
const MAX_GENERATIONS = 100;

/**
 * How many Secrets with hashed names stay in the manifests, and where those that were made before are written down.
 */
export interface KeptGenerations {
  /**
   * The file that says which Secrets were made before: one line for each, the newest last. A relative path starts at the working directory of the process.
   *
   * `app.synth()` reads and writes it. It belongs to the program, so commit it with the program; each app, and each environment of it, has one of its own. It holds no value that is secret: of an
   * encrypted Secret the manifest as it is in the repository, of a plain one which generations its values had, and ConfigMaps beside them. Where it is missing, the manifests start again with the newest Secret.
   */
  readonly journal: string;

  /**
   * How many there are of each secret, with the newest: a whole number from 1 to 100.
   *
   * @default 3
   */
  readonly generations?: number;
}

/** Which generations a delivery keeps, checked. */
export interface CheckedGenerations {
  readonly journal: string;
  readonly generations: number;
}

/**
 * The options, checked.
 *
 * @param keep as they were given
 * @param isKeyed whether the delivery has a determinism key
 * @throws InvalidDelivery
 */
export function checkedGenerations(keep: KeptGenerations | undefined, isKeyed: boolean): CheckedGenerations | undefined {
  if (keep === undefined) return undefined;
  const { journal, generations = DEFAULT_GENERATIONS } = keep;
  if (typeof journal !== 'string' || journal === '' || journal.includes('\0')) {
    throw invalid('the journal of the generations is no path', "name a file that is committed with the program: keep: { journal: 'prod.generations.jsonl' }");
  }
  if (!Number.isInteger(generations) || generations < 1 || generations > MAX_GENERATIONS) {
    throw invalid(`the generations to keep are no whole number from 1 to ${MAX_GENERATIONS}`, `leave them out for ${DEFAULT_GENERATIONS}, the newest and the two before`);
  }
  if (!isKeyed) {
    throw invalid('generations are kept of secrets with hashed names, and there is no determinism key to make these or their values with',
      "give the delivery one: determinismKey: SensitiveValue.fromEnvironment('DETERMINISM_KEY')");
  }
  return { journal, generations };
}

function invalid(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidDelivery', message, next });
}
