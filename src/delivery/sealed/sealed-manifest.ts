/** What the spec of a SealedSecret is made of. */
export interface SealedSecretParts {
  /** The metadata of the SealedSecret itself. */
  readonly metadata: any;
  readonly type: string;
  readonly immutable?: boolean;
  /** The ciphertexts, by key. */
  readonly encryptedData: Readonly<Record<string, string>>;
}

export const SEALED_SECRET = { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret' } as const;

/**
 * The spec of a SealedSecret.
 *
 * The Secret gets the metadata of the SealedSecret, labels and annotations included. They stand in both places, because
 * the controller, when it encrypts anew, replaces those of the template by those of the SealedSecret.
 */
export function sealedSpec({ metadata, type, immutable, encryptedData }: SealedSecretParts): object {
  const { name, namespace, labels, annotations } = metadata;
  return {
    encryptedData: { ...encryptedData },
    template: { metadata: { name, namespace, labels, annotations }, type, immutable },
  };
}
