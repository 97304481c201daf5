import { SecretsError } from '../errors/secrets-error';

/**
 * How names from a store become keys of a Secret.
 *
 * @see https://external-secrets.io/latest/guides/getallsecrets/
 */
export enum RemoteConversionStrategy {
  /** Every character that no key may have becomes `_`. */
  DEFAULT = 'Default',
  /** Every character that no key may have becomes its code, `_U0020_`. */
  UNICODE = 'Unicode',
}

/** How values from a store are decoded. */
export enum RemoteDecodingStrategy {
  /** They are taken as they are. */
  NONE = 'None',
  /** They are base64. */
  BASE64 = 'Base64',
  /** They are base64 in the alphabet for URLs. */
  BASE64_URL = 'Base64URL',
  /** They are decoded where they look like base64. A value that happens to look so is spoilt. */
  AUTO = 'Auto',
}

/** Whether the value or its tags are fetched. */
export enum RemoteMetadataPolicy {
  /** The value. */
  NONE = 'None',
  /** The tags or labels of the entry. */
  FETCH = 'Fetch',
}

/** What is done with a value that holds NUL bytes. */
export enum RemoteNullBytePolicy {
  /** It is taken as it is. */
  IGNORE = 'Ignore',
  /** It is an error. */
  FAIL = 'Fail',
}

/**
 * One entry of a store of secrets, or one property of an entry.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export interface RemoteRef {
  /**
   * The name of the entry in the store: a path in Vault, the name of a secret in the managers of clouds.
   */
  readonly key: string;

  /**
   * The property of an entry that holds several: a field in Vault, a field of the JSON text elsewhere.
   *
   * @default - the entry as a whole
   */
  readonly property?: string;

  /**
   * The version of the entry.
   *
   * @default - the latest
   */
  readonly version?: string;

  /**
   * Whether the value or its tags are fetched.
   *
   * @default RemoteMetadataPolicy.NONE
   */
  readonly metadataPolicy?: RemoteMetadataPolicy;

  /**
   * How names from the store become keys.
   *
   * @default RemoteConversionStrategy.DEFAULT
   */
  readonly conversionStrategy?: RemoteConversionStrategy;

  /**
   * How the value is decoded.
   *
   * @default RemoteDecodingStrategy.NONE
   */
  readonly decodingStrategy?: RemoteDecodingStrategy;

  /**
   * What is done with NUL bytes in the value. Needs External Secrets 2.3 or later.
   *
   * @default - not written: NUL bytes are taken as they are
   */
  readonly nullBytePolicy?: RemoteNullBytePolicy;
}

/** A copy of a reference, checked. */
export function checkedRemoteRef(ref: RemoteRef): RemoteRef {
  for (const field of ['key', 'property', 'version'] as const) {
    const text: unknown = ref?.[field];
    if ((text === undefined && field !== 'key') || (typeof text === 'string' && text !== '')) continue;
    throw new SecretsError({
      code: 'InvalidExternalSecret',
      message: `the ${field} of a remote value must be a text that is not empty`,
      next: field === 'key' ? 'name the entry of the store' : `leave ${field} out where none is meant`,
    });
  }
  return Object.freeze({ ...ref });
}
