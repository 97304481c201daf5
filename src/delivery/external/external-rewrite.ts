import { variantOf } from '../../errors/sum-type';

/** What happens where two entries bring the same key. */
export enum ExternalMergeConflictPolicy {
  /** It is an error. */
  ERROR = 'Error',
  /** The later one counts. */
  IGNORE = 'Ignore',
}

/**
 * Options of `ExternalRewrite.merge`.
 */
export interface ExternalMergeOptions {
  /**
   * The key that holds all values as one JSON text.
   *
   * @default - none: the values are taken apart, each property becomes a key
   */
  readonly into?: string;

  /**
   * The entries that count where two bring the same key, the most important one first.
   *
   * @default - none
   */
  readonly priority?: string[];

  /**
   * What happens where two entries bring the same key and the priority does not decide.
   *
   * @default ExternalMergeConflictPolicy.ERROR
   */
  readonly conflictPolicy?: ExternalMergeConflictPolicy;
}

/**
 * One step that renames the keys that an `ExternalSource` brings.
 *
 * @see https://external-secrets.io/latest/guides/datafrom-rewrite/
 */
export class ExternalRewrite {
  /**
   * Replaces what a regular expression matches in each key.
   *
   * @param source the regular expression, in Go's syntax
   * @param target what stands for it; `$1` is the first group
   */
  public static regexp(source: string, target: string): ExternalRewrite {
    return new ExternalRewrite({ regexp: { source, target } });
  }

  /**
   * Makes each key by a template, in which `.value` is the key.
   *
   * @param template a Go template
   */
  public static transform(template: string): ExternalRewrite {
    return new ExternalRewrite({ transform: { template } });
  }

  /**
   * Takes the JSON texts of several entries together.
   *
   * @param options how
   */
  public static merge(options: ExternalMergeOptions = {}): ExternalRewrite {
    const { into, priority, conflictPolicy } = options;
    return new ExternalRewrite({
      merge: {
        strategy: into === undefined ? 'Extract' : 'JSON',
        into: into ?? '',
        priority: priority && [...priority],
        priorityPolicy: 'Strict',
        conflictPolicy: conflictPolicy ?? ExternalMergeConflictPolicy.ERROR,
      },
    });
  }

  /** @internal */
  public readonly _variant: object;

  private constructor(variant: object) {
    this._variant = variant;
  }
}

/** What a manifest holds of a step. */
export function rewriteStep(step: ExternalRewrite): object {
  return variantOf(step, {
    code: 'InvalidExternalSecret', message: 'a step that renames keys is none', next: 'use ExternalRewrite.regexp, .transform or .merge',
  });
}
