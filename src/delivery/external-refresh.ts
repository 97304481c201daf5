import type { Duration } from 'cdk8s';
import { SecretsError } from '../errors/secrets-error';

/**
 * When an ExternalSecret fetches its values.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/#update-behavior
 */
export abstract class ExternalRefresh {
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
    return new FixedRefresh('Periodic', goDuration(seconds));
  }

  /**
   * Once, when the ExternalSecret is created. Where it is created anew, the Secret is written anew.
   */
  public static once(): ExternalRefresh {
    return new FixedRefresh('CreatedOnce', DEFAULT_INTERVAL);
  }

  /**
   * Whenever the labels, annotations or spec of the ExternalSecret change.
   */
  public static onChange(): ExternalRefresh {
    return new FixedRefresh('OnChange', DEFAULT_INTERVAL);
  }

  /**
   * The fields of the spec.
   *
   * @internal
   */
  public abstract get _fields(): object;
}

/** What every version of the CRD writes where nothing is given; written out, no version writes another. */
const DEFAULT_INTERVAL = '1h0m0s';

class FixedRefresh extends ExternalRefresh {
  constructor(private readonly policy: string, private readonly interval: string) {
    super();
  }

  public get _fields(): object {
    return { refreshPolicy: this.policy, refreshInterval: this.interval };
  }
}

/** A duration as Go prints it, so that the server has nothing to rewrite: `1h0m0s`, `1m30s`, `30s`. */
export function goDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${Math.round((seconds % 60) * 1000) / 1000}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
