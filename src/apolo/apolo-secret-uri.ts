import type { ApoloContext } from './apolo-context';
import { parseResourceUri, refused, type ResourceUri, withoutValue } from './resource-uri';
import { unquotePath } from './uri-text';

/**
 * The address of one secret of the Apolo platform: `secret://cluster/org/project/key`.
 *
 * @see https://docs.apolo.us
 */
export class ApoloSecretUri {
  /**
   * Reads a URI as the Apolo client does, and completes a short one from the context:
   * `secret:KEY` is one of the current project, `secret:/PROJECT/KEY` of another one, `secret://CLUSTER/…` stays as it is.
   *
   * What the platform refuses only when a job starts (another cluster, too few parts) passes here, as it does there;
   * an empty key does not.
   *
   * @param text the URI, short or full
   * @param context where the client stands
   * @throws InvalidApoloReference in the words of the client
   */
  public static parse(text: string, context: ApoloContext): ApoloSecretUri {
    return withoutValue(text, () => ApoloSecretUri._parse(text, context));
  }

  /**
   * Reads a URI that may not be shown in messages.
   *
   * @internal
   */
  public static _parse(text: string, context: ApoloContext, shown?: string): ApoloSecretUri {
    const uri = parseResourceUri(text, 'secret', context, shown);
    if (uri.path === '' || uri.path.endsWith('/') || isProjectOnly(text)) throw refused(`the key is empty in '${shown ?? text}'`);
    return new ApoloSecretUri(uri);
  }

  /**
   * The cluster.
   */
  public readonly cluster: string;

  /**
   * The organization and the project, like `myorg/myproj`, or the project alone; not quoted.
   */
  public readonly projectPath: string;

  /**
   * The key within the project; not quoted.
   */
  public readonly key: string;

  readonly #uri: ResourceUri;

  private constructor(uri: ResourceUri) {
    this.#uri = uri;
    this.cluster = uri.cluster;
    const path = unquotePath(uri.path).slice(1);
    this.projectPath = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    this.key = path.slice(path.lastIndexOf('/') + 1);
  }

  /**
   * The full URI, quoted.
   */
  public toString(): string {
    return `${this.#uri.scheme}://${this.#uri.cluster}${this.#uri.path}`;
  }
}

/** Whether the text names no key: the client completes `secret:` to the project itself. */
function isProjectOnly(text: string): boolean {
  return /^\s*secret:\/*\s*$/i.test(text);
}
