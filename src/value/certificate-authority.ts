import type { KeyObject } from 'node:crypto';
import { derivedBytes, keyedHash } from './derived-bytes';
import { checkedPairName, checkedRotation, type GeneratedValue } from './generated-value';
import { p256Key } from './p256';
import { SensitiveValue } from './sensitive-value';
import { checkedServerNames } from './server-names';
import { dayOf, daysBetween, type Validity, validityOf } from './validity';
import { generatedSource } from './value-source';
import { certificatePem, type CertificateSubject, type ServerNames } from './x509';
import { SecretsError } from '../errors/secrets-error';

/**
 * Options of `CertificateAuthority.generated`.
 */
export interface CertificateAuthorityOptions {
  /**
   * The first day that its certificate is valid, in UTC: `2026-01-01`. It stands in the program, as the day of a synth would make another certificate every day.
   */
  readonly notBefore: string;

  /**
   * How many days its certificate is valid.
   *
   * @default 3650
   */
  readonly days?: number;

  /**
   * What it is called where people see it: in the settings of a browser. At most 64 characters.
   *
   * @default - its name
   */
  readonly commonName?: string;

  /**
   * Which of the authorities that there have been: another generation has another key, and so have all of its certificates.
   *
   * @default 1
   */
  readonly generation?: number;
}

/**
 * Options of `CertificateAuthority.issue`. One of `dnsNames` and `ipAddresses` is needed.
 */
export interface IssuedCertificateOptions {
  /**
   * The names that a server is reached by: `shop.example.com`, `*.dev.example.com`, `db.shop.svc`, `localhost`.
   *
   * @default - none
   */
  readonly dnsNames?: string[];

  /**
   * The addresses that a server is reached by: `127.0.0.1`, `::1`.
   *
   * @default - none
   */
  readonly ipAddresses?: string[];

  /**
   * The first day that it is valid, in UTC: `2026-01-01`. A later day renews it, with the same key.
   *
   * @default - that of its authority
   */
  readonly notBefore?: string;

  /**
   * How many days it is valid. Apple's systems take no certificate of a server for more than 825.
   *
   * @default - 825, or as many as its authority is still valid
   */
  readonly days?: number;

  /**
   * Which of the certificates of this name that there have been: another generation has another key. Count up by one to rotate it.
   *
   * @default 1
   */
  readonly generation?: number;
}

/**
 * A certificate of a server, or of a client, that a `CertificateAuthority` of the program signed. Its parts are what a `TlsSecret` takes, by the same names.
 */
export class IssuedCertificate {
  /**
   * @internal
   */
  public static _of(tlsCert: SensitiveValue, tlsKey: SensitiveValue, certificateAuthority: SensitiveValue): IssuedCertificate {
    return new IssuedCertificate(tlsCert, tlsKey, certificateAuthority);
  }

  private constructor(
    /**
     * The certificate, in PEM. Everybody may know it.
     */
    public readonly tlsCert: SensitiveValue,
    /**
     * Its private key, in PEM (PKCS #8).
     */
    public readonly tlsKey: SensitiveValue,
    /**
     * The certificate of the authority, in PEM. Everybody may know it; who trusts it trusts the certificate.
     */
    public readonly certificateAuthority: SensitiveValue,
  ) {}
}

/**
 * An authority of the program that signs certificates, for laptops and tests: where a cluster has cert-manager, `SecretDelivery.certificate` makes them.
 *
 * Its keys, and those of its certificates, are made like `SensitiveValue.generated`: derived from the determinism key of the delivery, and stored nowhere. So the same program makes the same
 * certificates, to the last byte, on every machine that has that key. They belong to the secret in which the first of them was declared. All keys are ECDSA on P-256.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280
 */
export class CertificateAuthority {
  /**
   * @param name what it is called among the authorities of its secret; another name is another authority
   * @param options from when it is valid
   * @throws InvalidGeneratedValue; when the manifest is made MissingDeterminismKey, InvalidDeterminismKey
   */
  public static generated(name: string, options: CertificateAuthorityOptions): CertificateAuthority {
    return new CertificateAuthority(name, options);
  }

  /**
   * Its certificate, in PEM, for whoever is to trust what it signs. Everybody may know it.
   */
  public readonly certificate: SensitiveValue;

  readonly #root: GeneratedValue;
  readonly #commonName: string;
  readonly #validity: Validity;

  private constructor(name: string, options: CertificateAuthorityOptions) {
    this.#root = {
      ...checkedRotation(options ?? {}),
      noun: 'authority',
      pairName: checkedPairName(name, 'a certificate authority', "CertificateAuthority.generated('dev', …)"),
      shape: 'certificate authority',
      otherwise: "let cert-manager make certificates, with SecretDelivery.certificate, or keep it in the store: .orRemote({ key: '…' }) behind it",
      make: () => Buffer.alloc(0),
    };
    this.#commonName = checkedCommonName(options?.commonName ?? name);
    this.#validity = validityOf(options?.notBefore, options?.days ?? AUTHORITY_DAYS);
    this.certificate = this.#part('certificate of an authority', true, seed => certificatePem(this.#subject(seed)));
  }

  /**
   * Signs a certificate for servers and clients.
   *
   * @param name what it is called among the certificates of its authority; another name has another key
   * @param options whom it is for
   * @throws InvalidGeneratedValue where it is for nobody, its names are none, or it would be valid when its authority is not
   */
  public issue(name: string, options: IssuedCertificateOptions): IssuedCertificate {
    const { generation } = checkedRotation(options ?? {});
    const leaf: Leaf = {
      name: checkedPairName(name, 'a certificate', "authority.issue('web', …)"),
      generation,
      names: checkedServerNames(options ?? {}),
      validity: this.#validityOf(options ?? {}),
    };
    const cert = this.#part('certificate', true, seed => certificatePem(subjectOf(seed, leaf), this.#subject(seed)));
    const key = this.#part('private key of a certificate', false, seed => leafKey(seed, leaf).export({ type: 'pkcs8', format: 'pem' }) as string);
    return IssuedCertificate._of(cert, key, this.certificate);
  }

  #part(noun: string, isPublic: boolean, make: (seed: Buffer) => string): SensitiveValue {
    const root = this.#root;
    return SensitiveValue._derived(generatedSource({ ...root, noun, root, make: bytes => Buffer.from(make(bytes.take(SEED_BYTES)), 'utf8') }), isPublic);
  }

  #subject(seed: Buffer): CertificateSubject {
    const validity = this.#validity;
    const serial = serialOf(seed, ['authority', this.#commonName, ...wordsOf(validity)]);
    return { commonName: this.#commonName, key: p256Key(derivedBytes(seed, ['authority'])), serial, validity };
  }

  #validityOf({ notBefore, days }: IssuedCertificateOptions): Validity {
    const { notBefore: first, notAfter: last } = this.#validity;
    const start = validityOf(notBefore ?? dayOf(first), 1).notBefore;
    const validity = validityOf(dayOf(start), days ?? Math.max(1, Math.min(LEAF_DAYS, daysBetween(start, last))));
    if (start >= first && validity.notAfter <= last) return validity;
    throw new SecretsError({
      code: 'InvalidGeneratedValue',
      message: `the certificate would be valid from ${wordsOf(validity).join(' to ')}, and its authority is from ${wordsOf(this.#validity).join(' to ')}`,
      next: 'give it days within those, or its authority more days; that leaves the keys as they are',
    });
  }
}

/** A certificate that is signed. */
interface Leaf {
  readonly name: string;
  readonly generation: number;
  readonly names: ServerNames;
  readonly validity: Validity;
}

const AUTHORITY_DAYS = 3650;
const LEAF_DAYS = 825;
const SEED_BYTES = 32;
const SERIAL_BYTES = 16;
/** What a certificate can hold (RFC 5280, ub-common-name). */
const MAX_COMMON_NAME = 64;

function subjectOf(seed: Buffer, leaf: Leaf): CertificateSubject {
  const { name, generation, names, validity } = leaf;
  const serial = serialOf(seed, ['certificate', name, String(generation), ...wordsOf(validity), 'names', ...names.dnsNames, 'addresses', ...names.ipAddresses]);
  return { commonName: name, key: leafKey(seed, leaf), serial, validity, names };
}

function leafKey(seed: Buffer, { name, generation }: Leaf): KeyObject {
  return p256Key(derivedBytes(seed, ['certificate', name, String(generation)]));
}

/** A number that no other certificate of the authority has. */
function serialOf(seed: Buffer, words: readonly string[]): Buffer {
  return keyedHash('sha256', seed, ['serial', ...words]).subarray(0, SERIAL_BYTES);
}

function wordsOf({ notBefore, notAfter }: Validity): string[] {
  return [dayOf(notBefore), dayOf(notAfter)];
}

function checkedCommonName(commonName: string): string {
  if (typeof commonName === 'string' && commonName.length <= MAX_COMMON_NAME && /^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$/u.test(commonName)) return commonName;
  throw new SecretsError({
    code: 'InvalidGeneratedValue',
    message: `the common name of an authority is none: it is a text of 1 to ${MAX_COMMON_NAME} characters in one line`,
    next: "write it like commonName: 'Development of the shop', or leave it out",
  });
}
