import type { KeyReference } from './apolo-pod';
import type { ApoloSecretUri } from './apolo-secret-uri';
import { platformSecretName } from './platform-names';
import { SecretsError } from '../errors/secrets-error';
import { didYouMean, quoteList } from '../errors/suggest';
import type { ISecret } from '../secret/secret-reference';

/**
 * Options of `ApoloJobForm.platform`.
 */
export interface ApoloPlatformOptions {
  /**
   * The user who starts the job; the platform pulls images with the Secret `neurouser-OWNER`.
   *
   * @default - images are pulled without credentials
   */
  readonly owner?: string;

  /**
   * The keys that the project has. With them a job that uses any other is refused, as the platform refuses it.
   *
   * @default - not known
   */
  readonly keys?: string[];
}

/** How a form finds secrets, and what it makes. */
interface JobVariant {
  /** Whether the objects are those of the platform: a Pod in the namespace of the project. */
  readonly isPlatform: boolean;
  readonly pullSecrets: readonly string[];
  readonly secrets: readonly ISecret[];
  /** The keys of the job's own project, where they are known. */
  readonly keys?: ReadonlySet<string>;
  find(uri: ApoloSecretUri): KeyReference;
}

/**
 * As what objects a job of Apolo reaches a cluster.
 */
export class ApoloJobForm {
  /**
   * The Pod that the platform makes, on the Secret in which it keeps all secrets of a project.
   *
   * @param options who starts the job, and what is known of the project
   */
  public static platform(options: ApoloPlatformOptions = {}): ApoloJobForm {
    return new ApoloJobForm({
      isPlatform: true,
      pullSecrets: options.owner === undefined ? [] : [`neurouser-${options.owner}`],
      secrets: [],
      keys: options.keys && new Set(options.keys),
      find: uri => ({ secretName: platformSecretName(uri.projectPath), key: uri.key }),
    });
  }

  /**
   * A Job on plain secrets, for who leaves the platform: `secret:KEY` is the key of that name, in whichever of the secrets
   * has it; where several do, in the one that is named like it.
   *
   * @param secrets the secrets, in the namespace of the job
   */
  public static kubernetes(secrets: ISecret[]): ApoloJobForm {
    const own = [...secrets];
    return new ApoloJobForm({
      isPlatform: false,
      pullSecrets: [],
      secrets: own,
      find: ({ key }) => ({ secretName: secretWithKey(own, key).name, key }),
    });
  }

  /** @internal */
  public readonly _variant: JobVariant;

  private constructor(variant: JobVariant) {
    this._variant = variant;
  }
}

function secretWithKey(secrets: readonly ISecret[], key: string): ISecret {
  const having = secrets.filter(({ keyNames }) => keyNames?.includes(key));
  const candidates = having.length > 0 ? having : secrets.filter(({ keyNames }) => keyNames === undefined);
  const named = candidates.find(({ name }) => name === key);
  if (named !== undefined || candidates.length === 1) return named ?? candidates[0];
  throw new SecretsError({
    code: 'UnknownKey',
    message: candidates.length === 0 ? `none of the secrets has the key ${JSON.stringify(key)}`
      : `the key ${JSON.stringify(key)} is in several secrets: ${quoteList(candidates.map(({ name }) => name))}`,
    next: candidates.length === 0 ? didYouMean(key, secrets.flatMap(({ keyNames }) => keyNames ?? []), 'keys') : 'pass only the one that is meant',
  });
}
