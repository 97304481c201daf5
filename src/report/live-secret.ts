/** A secret of a cluster: never a value. */
export interface LiveSecret {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly immutable: boolean;
  readonly keys: readonly string[];
}
