import { SecretsError } from '../../errors/secrets-error';
import { variantOf } from '../../errors/sum-type';

/**
 * Options of every `CertificateKey`.
 */
export interface CertificateKeyOptions {
  /**
   * Whether the key stays when the certificate is renewed. Then whoever once had the key can go on using it.
   *
   * @default false - each renewal makes a new one
   */
  readonly keep?: boolean;

  /**
   * Whether the file is PKCS#8 (`BEGIN PRIVATE KEY`), as Java reads it. A key of Ed25519 always is.
   *
   * @default false - `BEGIN RSA PRIVATE KEY` or `BEGIN EC PRIVATE KEY`
   */
  readonly pkcs8?: boolean;
}

/** The sizes of elliptic curves, in bits. */
const CURVES = [256, 384, 521];
const MIN_RSA = 2048;
const MAX_RSA = 8192;

/**
 * The private key of a certificate that cert-manager asks for.
 */
export class CertificateKey {
  /**
   * RSA.
   *
   * @param bits its size, 2048 to 8192
   * @param options whether it stays, and its form
   * @throws InvalidDelivery
   */
  public static rsa(bits: number = MIN_RSA, options: CertificateKeyOptions = {}): CertificateKey {
    if (!Number.isInteger(bits) || bits < MIN_RSA || bits > MAX_RSA) throw refusal(`a key of RSA has ${MIN_RSA} to ${MAX_RSA} bits`, 'give 2048, 3072 or 4096');
    return new CertificateKey(fieldsOf('RSA', bits, options));
  }

  /**
   * ECDSA on a curve of NIST.
   *
   * @param bits its size: 256, 384 or 521
   * @param options whether it stays, and its form
   * @throws InvalidDelivery
   */
  public static ecdsa(bits: number = 256, options: CertificateKeyOptions = {}): CertificateKey {
    if (!CURVES.includes(bits)) throw refusal('a key of ECDSA has 256, 384 or 521 bits', 'give one of these');
    return new CertificateKey(fieldsOf('ECDSA', bits, options));
  }

  /**
   * Ed25519, which no public authority signs today.
   *
   * @param options whether it stays
   */
  public static ed25519(options: CertificateKeyOptions = {}): CertificateKey {
    return new CertificateKey(fieldsOf('Ed25519', undefined, { ...options, pkcs8: true }));
  }

  /**
   * The fields of the spec.
   *
   * @internal
   */
  public readonly _variant: object;

  private constructor(variant: object) {
    this._variant = variant;
  }
}

/** What a Certificate holds of a key. */
export function keyVariant(key: CertificateKey): object {
  return variantOf(key, { code: 'InvalidDelivery', message: 'the private key is none', next: 'give CertificateKey.rsa(), .ecdsa() or .ed25519(), or leave privateKey out' });
}

/** What stays is written out: older versions of cert-manager keep the key where nothing is said. */
function fieldsOf(algorithm: string, size: number | undefined, { keep, pkcs8 }: CertificateKeyOptions): object {
  return { algorithm, ...size === undefined ? {} : { size }, encoding: pkcs8 === true ? 'PKCS8' : 'PKCS1', rotationPolicy: keep === true ? 'Never' : 'Always' };
}

function refusal(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidDelivery', message, next });
}
