import type { KubernetesVersion } from '../kubernetes/versions';

/** How bad a finding is. */
export enum Severity {
  /** It cannot work: the API server refuses it, or the pod never starts, or never sees what it should. */
  ERROR = 'error',
  /** It works, but not as it reads, or not for ever. */
  WARNING = 'warning',
}

/** Who says so, and when. */
export enum Stage {
  /** The API server, when it reads the manifest: a field holds a value of another type. */
  DECODING = 'decoding',
  /** The API server, when it reads the manifest with strict field validation, as kubectl asks it to: there is no such field. */
  STRICT_DECODING = 'strict-decoding',
  /** The API server, when it validates what it read. */
  VALIDATION = 'validation',
  /** Nobody: the API server accepts it, and it shows when a pod starts, when a secret changes, or never. */
  RUNTIME = 'runtime',
}

/** Which object a finding is about. */
export interface ObjectReference {
  /**
   * Group and version, for example `v1` or `apps/v1`; empty where the manifest has none.
   */
  readonly apiVersion: string;

  /**
   * For example `Deployment`; empty where the manifest has none.
   */
  readonly kind: string;

  /**
   * The namespace that the manifest names.
   *
   * @default - none: the namespace is chosen when the manifest is applied
   */
  readonly namespace?: string;

  /**
   * `metadata.name`, or `metadata.generateName` where there is no name; empty where the manifest has neither.
   */
  readonly name: string;
}

/** Where in a text a finding is. */
export interface SourceLocation {
  /**
   * The file, as it was given.
   *
   * @default - the text came from no file
   */
  readonly file?: string;

  /**
   * The line, counted from 1.
   *
   * @default - unknown
   */
  readonly line?: number;

  /**
   * The column in the line, counted from 1 in characters (UTF-16 code units).
   *
   * @default - unknown
   */
  readonly column?: number;
}

/**
 * One thing that a cluster would refuse, or silently do wrong. Nothing in it ever holds text of a secret's value.
 */
export interface Finding {
  /**
   * Stable code, see docs/errors.md.
   */
  readonly code: string;

  /**
   * Whether it cannot work, or works otherwise than it reads.
   */
  readonly severity: Severity;

  /**
   * Who says so, and when.
   */
  readonly stage: Stage;

  /**
   * The object that it is about.
   */
  readonly object: ObjectReference;

  /**
   * The field, as the API server prints it (`spec.containers[0].env[1].name`), or empty where the whole object is meant.
   *
   * Where the API server's own path lacks an index or a level, this one has it.
   */
  readonly path: string;

  /**
   * One sentence: lower case, no full stop, the bad thing quoted.
   */
  readonly message: string;

  /**
   * What to do about it, in the same form.
   */
  readonly next: string;

  /**
   * The versions of Kubernetes, of those that were asked for, that it holds in; oldest first.
   */
  readonly versions: KubernetesVersion[];

  /**
   * Which object it was in the order of the input, counted from 0; the items of a `List` count as objects.
   */
  readonly document: number;

  /**
   * The path of the construct that made the object.
   *
   * @default - the object was made by no construct
   */
  readonly constructPath?: string;

  /**
   * Where in a text the field, or else the object, stands.
   *
   * @default - the object was read from no text
   */
  readonly location?: SourceLocation;

  /**
   * Where else the same is found: of a Secret that is not there, all other places that use it.
   *
   * @default - nowhere
   */
  readonly elsewhere?: FindingPlace[];
}

/** One more place of a finding. */
export interface FindingPlace {
  /**
   * The object.
   */
  readonly object: ObjectReference;

  /**
   * The field, as in a finding.
   */
  readonly path: string;

  /**
   * Where it stands in a text.
   *
   * @default - the object was read from no text
   */
  readonly location?: SourceLocation;
}

/** A finding that was acknowledged, and why. */
export interface AcknowledgedFinding {
  /** What was found. */
  readonly finding: Finding;

  /** Why it may stay, in the words of who acknowledged it. */
  readonly reason: string;
}
