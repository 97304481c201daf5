import type { ApoloContext } from './apolo-context';
import { ApoloSecretUri } from './apolo-secret-uri';
import { parseResourceUri, refused, SECRET_PREFIX, withoutValue } from './resource-uri';

/**
 * What an Apolo volume is made of.
 */
export enum ApoloVolumeKind {
  /** One secret as a file. */
  SECRET = 'secret',
  /** A folder of the platform's storage. */
  STORAGE = 'storage',
  /** A persistent disk. */
  DISK = 'disk',
}

/**
 * One `--volume` of an Apolo job.
 */
export class ApoloVolume {
  /**
   * Reads a volume as the Apolo client does: `secret:KEY:/path/of/file`, `disk:…:/path[:ro|:rw]`, and everything else as
   * storage, `storage:…:/path[:ro|:rw]`. The prefix counts in lower case only.
   *
   * What the platform refuses only when the job starts passes here: a relative path, a `..`, two volumes at one path.
   *
   * @param text the volume
   * @param context where the client stands
   * @throws InvalidApoloReference in the words of the client
   */
  public static parse(text: string, context: ApoloContext): ApoloVolume {
    return withoutValue(text, () => ApoloVolume.#parse(text, context));
  }

  /**
   * What it is made of.
   */
  public readonly kind: ApoloVolumeKind;

  /**
   * The full URI, quoted.
   */
  public readonly uri: string;

  /**
   * Where it is mounted, as given.
   */
  public readonly containerPath: string;

  /**
   * Whether it is read-only; a secret always is.
   */
  public readonly readOnly: boolean;

  /**
   * The secret.
   *
   * @default - none: it is a folder or a disk
   */
  public readonly secret?: ApoloSecretUri;

  private constructor(kind: ApoloVolumeKind, uri: string, containerPath: string, readOnly: boolean, secret?: ApoloSecretUri) {
    this.kind = kind;
    this.uri = uri;
    this.containerPath = containerPath;
    this.readOnly = readOnly;
    this.secret = secret;
  }

  /**
   * The volume in full, as `apolo job generate-run-command` prints it.
   */
  public toString(): string {
    const mode = this.readOnly && this.kind !== ApoloVolumeKind.SECRET ? ':ro' : '';
    return `${this.uri}:${this.containerPath}${mode}`;
  }

  static #parse(text: string, context: ApoloContext): ApoloVolume {
    if (text === 'HOME' || text === 'ALL') throw refused(`--volume=${text} no longer supported`, 'name each volume');
    const kind = kindOf(text);
    const parts = text.split(':');
    const readOnly = kind !== ApoloVolumeKind.SECRET && parts.length === 4 ? modeOf(parts.pop()!, text) : kind === ApoloVolumeKind.SECRET;
    if (parts.length !== 3) throw refused(`Invalid ${NOUNS[kind]} specification '${text}'`, USAGE[kind]);
    const uri = parts.slice(0, 2).join(':');
    if (kind === ApoloVolumeKind.SECRET) {
      const secret = ApoloSecretUri.parse(uri, context);
      return new ApoloVolume(kind, secret.toString(), parts[2], readOnly, secret);
    }
    const { cluster, path } = parseResourceUri(uri, kind, context);
    return new ApoloVolume(kind, `${kind}://${cluster}${path}`, parts[2], readOnly);
  }
}

const NOUNS: Readonly<Record<ApoloVolumeKind, string>> = { secret: 'secret file', storage: 'volume', disk: 'disk volume' };

const USAGE: Readonly<Record<ApoloVolumeKind, string>> = {
  secret: 'write secret:KEY:/path/of/file, without :ro or :rw',
  storage: 'write storage:PATH:/path, with :ro or :rw after it if wanted',
  disk: 'write disk:NAME:/path, with :ro or :rw after it if wanted',
};

function kindOf(text: string): ApoloVolumeKind {
  if (text.startsWith(SECRET_PREFIX)) return ApoloVolumeKind.SECRET;
  return text.startsWith('disk:') ? ApoloVolumeKind.DISK : ApoloVolumeKind.STORAGE;
}

/** Whether the mode makes the volume read-only. */
function modeOf(mode: string, text: string): boolean {
  if (mode !== 'ro' && mode !== 'rw') throw refused(`Wrong ReadWrite/ReadOnly mode spec for '${text}'`, 'write :ro, :rw or nothing');
  return mode === 'ro';
}
