import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { SecretsError } from '../../errors/secrets-error';
import { pemBlocks } from '../../kubernetes/pem';
import { readFileBytes } from '../../value/value-source';

/** Go refuses to encrypt with smaller RSA keys. */
const MIN_MODULUS_BITS = 1024;

/**
 * The public half of a sealed-secrets controller's key: the certificate that `kubeseal --fetch-cert` prints.
 *
 * The rules are those of kubeseal: the first `CERTIFICATE` block counts, its key must be RSA, it must not have expired;
 * issuer and signature are not looked at. A bare public key is refused.
 */
export class SealingCertificate {
  /**
   * Reads a certificate file.
   *
   * @param path the file, PEM
   * @param asOf the date at which it must not have expired
   */
  public static fromFile(path: string, asOf: Date = new Date()): SealingCertificate {
    const description = `certificate ${JSON.stringify(path)}`;
    return SealingCertificate.parse(readFileBytes(path, 'certificate').toString('utf8'), asOf, description);
  }

  /**
   * Reads a certificate.
   *
   * @param pem its text
   * @param asOf the date at which it must not have expired
   * @param description what it is, for messages
   */
  public static parse(pem: string, asOf: Date, description = 'the certificate'): SealingCertificate {
    const blocks = pemBlocks(Buffer.from(pem, 'utf8'));
    // With headers (RFC 1421) it is no certificate for client-go.
    const certificates = blocks.filter(({ type, hasHeaders }) => type === 'CERTIFICATE' && !hasHeaders).map(({ der }) => der);
    if (certificates.length === 0) throw refusal(`${description} holds no PEM certificate${found(blocks.map(({ type }) => type))}`);
    const [first] = certificates.map((der, index) => parseDer(der, `${description}, block ${index + 1}`));

    const { publicKey } = first;
    if (publicKey.asymmetricKeyType !== 'rsa') {
      throw refusal(`${description} has a key of type ${JSON.stringify(publicKey.asymmetricKeyType ?? 'unknown')}; only RSA can be sealed with`);
    }
    if (publicKey.asymmetricKeyDetails!.modulusLength! < MIN_MODULUS_BITS) {
      throw refusal(`${description} has an RSA key of ${publicKey.asymmetricKeyDetails!.modulusLength} bits; at least ${MIN_MODULUS_BITS} are needed`);
    }
    if (!(asOf.getTime() <= Date.parse(first.validTo))) {
      throw refusal(`${description} expired on ${new Date(first.validTo).toISOString().slice(0, 10)}`);
    }
    return new SealingCertificate(publicKey, createHash('sha256').update(first.raw).digest());
  }

  private constructor(
    public readonly publicKey: KeyObject,
    /** SHA-256 of the certificate. */
    public readonly fingerprint: Buffer,
  ) {}

  /** The length of a ciphertext of the key. */
  public get modulusBytes(): number {
    return Math.ceil(this.publicKey.asymmetricKeyDetails!.modulusLength! / 8);
  }
}

function parseDer(der: Buffer, description: string): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch {
    throw refusal(`${description} is no X.509 certificate`);
  }
}

function found(labels: string[]): string {
  if (labels.length === 0) return '';
  return labels.some(label => label.endsWith('PUBLIC KEY')) ? '; a bare public key is not enough' : `; it holds ${labels.length} PEM block(s) of other kinds`;
}

function refusal(message: string): SecretsError {
  return new SecretsError({
    code: 'InvalidSealingCertificate',
    message,
    next: 'fetch the certificate of the controller: kubeseal --fetch-cert > pub-cert.pem',
  });
}
