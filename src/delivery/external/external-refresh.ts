import type { Duration } from 'cdk8s';
import { SecretsError } from '../../errors/secrets-error';
import { variantOf } from '../../errors/sum-type';
import { printGoDuration } from '../../kubernetes/go-duration';

/**
 * When an ExternalSecret fetches its values.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/#update-behavior
 */
export class ExternalRefresh {
  /**
   * Again and again. What changed in the store is in the cluster after at most this time.
   *
   * @param interval the time between two fetches, at least one second
   * @throws InvalidExternalSecret
   */
  public static every(interval: Duration): ExternalRefresh {
    const seconds = interval.toSeconds({ integral: false });
    if (seconds < 1) {
      throw new SecretsError({
        code: 'InvalidExternalSecret',
        message: 'an ExternalSecret can not be refreshed more often than once in a second; zero would mean never',
        next: 'give a longer interval, or ExternalRefresh.once()',
      });
    }
    return new ExternalRefresh({ policy: 'Periodic', seconds });
  }

  /**
   * Once, when the ExternalSecret is created. Where it is created anew, the Secret is written anew.
   */
  public static once(): ExternalRefresh {
    return new ExternalRefresh({ policy: 'CreatedOnce' });
  }

  /**
   * Whenever the labels, annotations or spec of the ExternalSecret change.
   */
  public static onChange(): ExternalRefresh {
    return new ExternalRefresh({ policy: 'OnChange' });
  }

  /** @internal */
  public readonly _variant: RefreshVariant;

  private constructor(variant: RefreshVariant) {
    this._variant = variant;
  }
}

/** When values are fetched. */
export interface RefreshVariant {
  readonly policy: 'Periodic' | 'CreatedOnce' | 'OnChange';
  /** The time between two fetches of `Periodic`. */
  readonly seconds?: number;
}

/** What is in an ExternalRefresh. */
export function refreshVariant(refresh: ExternalRefresh): RefreshVariant {
  return variantOf(refresh, {
    code: 'InvalidExternalSecret', message: 'the refresh is none', next: 'use ExternalRefresh.every, .once or .onChange',
  });
}

/** What every version of the CRD writes where nothing is given; written out, no version writes another. */
const HOUR = 3600;

/** The fields of the spec. */
export function refreshFields({ policy, seconds }: RefreshVariant): object {
  return { refreshPolicy: policy, refreshInterval: printGoDuration(seconds ?? HOUR) };
}
