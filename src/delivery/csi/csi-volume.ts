import type { CsiProviderVariant } from './csi-variant';
import type { Problem } from '../../errors/problem';
import type { RemoteRef } from '../../value/remote-ref';

/** How pods see a secret that the Secrets Store CSI driver brings. */
export interface CsiVolume {
  readonly provider: CsiProviderVariant;
  /** The `csi` source of a volume with a file for every key, named as the key. */
  readonly source: object;
  /** The entry of the store that holds a key. Throws where there is none. */
  entryOf(key: string): RemoteRef;
  /** The `csi` source of a volume that uses another class of this name. */
  sourceOf(className: string): object;
  /** Has the driver make a Secret as well, for variables; or says why it cannot. */
  requireSecret(): Problem | undefined;
}

/** One secret in a volume, with the files that are wanted of it: by key, their paths and modes. */
export interface CsiSelection {
  readonly volume: CsiVolume;
  files(): readonly { readonly key: string; readonly path: string; readonly mode?: number }[];
}
