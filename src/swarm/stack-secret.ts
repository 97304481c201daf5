import { readFileBytes } from '../value/value-source';

/** Where one secret of a stack file comes from. */
export interface StackSecret {
  /** The entry under `secrets:`. */
  readonly entry: Readonly<Record<string, unknown>>;
  /** The file that it names, as the stack file sees it. */
  readonly file?: string;
}

/** How many bytes a file of a secret has. */
export function secretFileSize(path: string): number {
  return readFileBytes(path, 'the file of a secret').length;
}
