import type { KubernetesVersion } from '../kubernetes/versions';

/** A Secret that exists in the cluster although no manifest makes it. */
export interface ExistingSecret {
  /**
   * Its name; `*` in it stands for any text.
   */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - it exists in every namespace that is asked for
   */
  readonly namespace?: string;

  /**
   * Its type, for example `kubernetes.io/tls`.
   *
   * @default - unknown, and not checked
   */
  readonly type?: string;

  /**
   * Its keys.
   *
   * @default - unknown: every key is taken to exist
   */
  readonly keys?: string[];
}

/**
 * Why findings of one code may stay. Every field that is given narrows what is acknowledged; the finding is then kept in
 * `Inspection.acknowledged`, with the reason.
 */
export interface Acknowledgement {
  /**
   * The code, for example `SubPathNeverUpdates`.
   */
  readonly code: string;

  /**
   * Why it may stay. It is kept in the report.
   */
  readonly reason: string;

  /**
   * Only findings on objects made by this construct or by one below it.
   *
   * @default - whatever construct made the object
   */
  readonly constructPath?: string;

  /**
   * Only findings on objects of this kind.
   *
   * @default - every kind
   */
  readonly kind?: string;

  /**
   * Only findings on objects in this namespace.
   *
   * @default - every namespace
   */
  readonly namespace?: string;

  /**
   * Only findings on objects of this name; `*` in it stands for any text.
   *
   * @default - every name
   */
  readonly name?: string;

  /**
   * Only findings on this field or one below it, as findings show it (`spec.containers[0]`).
   *
   * @default - every field
   */
  readonly path?: string;

  /**
   * Only findings in files that match this pattern (`charts/**`, `*.test.yaml`).
   *
   * @default - every file, and what came from none
   */
  readonly file?: string;
}

/** What manifests are inspected against. */
export interface InspectionOptions {
  /**
   * The versions of Kubernetes that the manifests are for.
   *
   * A version that is newer than those that are known is taken, with the warning `UnknownVersion`: what it brings is not known, and the rules are
   * those of the newest one.
   *
   * @default - the versions in support, 1.35 to 1.37, so that what passes passes in all of them (an empty list means the same)
   */
  readonly versions?: KubernetesVersion[];

  /**
   * The day on which certificates and tokens must still be valid, as an ISO 8601 date (`2030-01-31`) or time.
   *
   * The clock is never read, so that one input has one outcome. Anything else than a date fails with `InvalidDate`.
   *
   * @default - expiry is not checked
   */
  readonly today?: string;

  /**
   * The namespace that objects without one are applied to, as in `kubectl apply --namespace`.
   *
   * @default - unknown: they are taken to share one namespace, and where one of them meets a named one, that is a warning
   */
  readonly namespace?: string;

  /**
   * Secrets that exist although no manifest makes them.
   *
   * @default - none
   */
  readonly existingSecrets?: ExistingSecret[];

  /**
   * Whether a reference to a Secret that no manifest makes, and that is not among `existingSecrets`, is a finding.
   *
   * @default true
   */
  readonly missingSecrets?: boolean;

  /**
   * Findings that may stay, each with a reason.
   *
   * @default - none
   */
  readonly acknowledgements?: Acknowledgement[];
}

/** What is said of a Secret that is used, and that nothing in the input makes. */
export enum MissingSecrets {
  /** It is an error, at each place that uses it. */
  ERROR = 'error',
  /** It is one warning for each Secret. */
  WARN = 'warn',
  /** Nothing. */
  IGNORE = 'ignore',
}

/** What files are inspected against: in a repository much is filled in, made or added later. */
export interface RepositoryOptions extends InspectionOptions {
  readonly unknownSecrets?: MissingSecrets;
  /** Secrets that functions name and nothing declares: they are taken to exist, with a warning. */
  readonly assumedSecrets?: readonly ExistingSecret[];
  /** Whether the manifests are as they lie in a repository: something may fill in placeholders, and add to them, before they run. */
  readonly repository?: boolean;
  /** How many bytes the key of the Sealed Secrets controller has, where its certificate was given. */
  readonly sealingKeyBytes?: number;
}

/** What is said of Secrets that nothing makes. */
export function missingSecretsOf({ missingSecrets, unknownSecrets }: RepositoryOptions): MissingSecrets {
  return missingSecrets === false ? MissingSecrets.IGNORE : unknownSecrets ?? MissingSecrets.ERROR;
}
