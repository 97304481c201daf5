import { SecretsError } from '../../errors/secrets-error';
import type { RemoteRef } from '../../value/remote-ref';

/** One file that the driver mounts. */
export interface CsiFile {
  /** Its path in the volume. */
  readonly path: string;
  readonly ref: RemoteRef;
  /** Its mode, or undefined for that of the provider. */
  readonly mode?: number;
}

/** A provider of the Secrets Store CSI driver. */
export interface CsiProviderVariant {
  /** The name that it is installed under. */
  readonly name: string;
  /** The parameters that mount these files. */
  parameters(files: readonly CsiFile[]): Record<string, string>;
}

type Parameters = Readonly<Record<string, string | undefined>>;

/**
 * A provider whose parameters we know.
 *
 * @param objects the parameters that name the files
 */
export function knownProvider(name: string, parameters: Parameters, objects: (files: readonly CsiFile[]) => Parameters): CsiProviderVariant {
  return {
    name,
    parameters: files => {
      const given = Object.entries({ ...parameters, ...objects(files) });
      return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
    },
  };
}

export function invalidClass(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidProviderClass', message, next });
}
