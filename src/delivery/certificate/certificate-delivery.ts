import type { ApiObject, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { type CertificateIssuer, issuerVariant } from './certificate-issuer';
import { CertificateKey, keyVariant } from './certificate-key';
import type { Problem } from '../../errors/problem';
import { SecretsError } from '../../errors/secrets-error';
import { printGoDuration } from '../../kubernetes/go-duration';
import { byteLength } from '../../kubernetes/names';
import { requiredKeys, TLS } from '../../kubernetes/secret-types';
import { DeliveredByOperator, metadataOf } from '../operator-object';
import { type DeliveredSecret, type DeliveryVariant, type SecretDeclaration, valuesNotKnown } from '../secret-declaration';

const MAX_COMMON_NAME = 64;
const MIN_SECONDS = 3600;
const MIN_RENEWAL_SECONDS = 300;
const DEFAULT_SECONDS = 2160 * 3600;
const AUTHORITY = 'ca.crt';

/**
 * What a certificate may be used for, as cert-manager names it.
 */
export enum CertificateUsage {
  /** To sign. */
  DIGITAL_SIGNATURE = 'digital signature',
  /** To encipher keys, with RSA. */
  KEY_ENCIPHERMENT = 'key encipherment',
  /** To be a server of TLS. */
  SERVER_AUTH = 'server auth',
  /** To be a client of TLS. */
  CLIENT_AUTH = 'client auth',
  /** To sign programs. */
  CODE_SIGNING = 'code signing',
  /** To sign and encipher mail. */
  EMAIL_PROTECTION = 'email protection',
}

/**
 * Options of `SecretDelivery.certificate`. One of `dnsNames`, `commonName`, `ipAddresses`, `uris` and `emailAddresses` is needed.
 */
export interface CertificateDeliveryOptions {
  /**
   * Who signs: `CertificateIssuer.clusterIssuer('letsencrypt')`.
   */
  readonly issuer: CertificateIssuer;

  /**
   * The host names that the certificate is for; `*.example.com` stands for all of one level.
   *
   * @default - none
   */
  readonly dnsNames?: string[];

  /**
   * The common name, at most 64 bytes. Clients look at `dnsNames`.
   *
   * @default - none
   */
  readonly commonName?: string;

  /**
   * The addresses that the certificate is for.
   *
   * @default - none
   */
  readonly ipAddresses?: string[];

  /**
   * The URIs that the certificate is for, such as a SPIFFE id.
   *
   * @default - none
   */
  readonly uris?: string[];

  /**
   * The mail addresses that the certificate is for.
   *
   * @default - none
   */
  readonly emailAddresses?: string[];

  /**
   * How long a certificate lives, at least an hour. An issuer may give it less: Let's Encrypt always 90 days.
   *
   * @default Duration.days(90)
   */
  readonly duration?: Duration;

  /**
   * How long before its end it is renewed: at least five minutes, and less than it lives.
   *
   * @default - a third of its life
   */
  readonly renewBefore?: Duration;

  /**
   * The private key.
   *
   * @default CertificateKey.rsa(2048)
   */
  readonly privateKey?: CertificateKey;

  /**
   * What the certificate may be used for.
   *
   * @default - to sign and to encipher keys
   */
  readonly usages?: CertificateUsage[];

  /**
   * Whether the issuer gives the certificate of its authority too, so that a secret may declare the key `ca.crt`. Issuers of the kinds CA, Vault and
   * self-signed do; those of ACME, like Let's Encrypt, never do.
   *
   * @default false
   */
  readonly givesAuthority?: boolean;
}

/** A Certificate: cert-manager makes a key pair, has it signed, and renews it. No value is read here. */
export class CertificateDelivery implements DeliveryVariant {
  public readonly name = 'certificate';
  readonly #fields: object;
  readonly #givesAuthority: boolean;

  constructor(options: CertificateDeliveryOptions) {
    const problem = optionsProblem(options);
    if (problem !== undefined) throw new SecretsError(problem);
    this.#fields = fieldsOf(options);
    this.#givesAuthority = options.givesAuthority === true;
  }

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    if (declaration.type !== TLS) {
      throw unsupported(`cert-manager makes secrets of type ${JSON.stringify(TLS)} only, and this one is of type ${JSON.stringify(declaration.type)}`,
        'declare it as a TlsSecret, or give it another delivery');
    }
    return new DeliveredByOperator(scope, declaration, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      operator: 'cert-manager',
      spec: object => this.spec(object, declaration),
    });
  }

  public nameHash(): string {
    throw valuesNotKnown(this.name);
  }

  private spec(object: ApiObject, declaration: SecretDeclaration): object {
    const known = [...requiredKeys(TLS), ...this.#givesAuthority ? [AUTHORITY] : []];
    const other = [...declaration.values().keys()].find(key => !known.includes(key));
    if (other === AUTHORITY) {
      throw unsupported(`whether an issuer gives its authority's certificate, the key ${JSON.stringify(AUTHORITY)}, is its own affair; those of ACME never do`,
        'say givesAuthority: true where it does, or leave certificateAuthority out');
    }
    if (other !== undefined) {
      throw unsupported(`cert-manager makes the keys ${known.join(' and ')}, and not ${JSON.stringify(other)}`, 'leave the key out, or put it into a secret of its own');
    }
    const metadata = metadataOf(object);
    return { secretName: object.name, ...Object.keys(metadata).length === 0 ? {} : { secretTemplate: metadata }, ...this.#fields };
  }
}

function fieldsOf(options: CertificateDeliveryOptions): object {
  const { issuer, commonName, duration, renewBefore, privateKey = CertificateKey.rsa() } = options;
  const list = (entries: readonly string[] | undefined) => entries === undefined || entries.length === 0 ? undefined : [...entries];
  return {
    issuerRef: issuerVariant(issuer),
    commonName,
    dnsNames: list(options.dnsNames),
    ipAddresses: list(options.ipAddresses),
    uris: list(options.uris),
    emailAddresses: list(options.emailAddresses),
    duration: duration && printGoDuration(duration.toSeconds()),
    renewBefore: renewBefore && printGoDuration(renewBefore.toSeconds()),
    privateKey: keyVariant(privateKey),
    usages: list(options.usages),
  };
}

/** What cert-manager's webhook has against options. */
function optionsProblem(options: CertificateDeliveryOptions): Problem | undefined {
  const problem = (message: string, next: string): Problem => ({ code: 'InvalidDelivery', message, next });
  issuerVariant(options.issuer);
  const { dnsNames = [], ipAddresses = [], uris = [], emailAddresses = [], commonName, duration, renewBefore } = options;
  const subjects = [...dnsNames, ...ipAddresses, ...uris, ...emailAddresses];
  if (subjects.some(subject => typeof subject !== 'string' || subject === '')) return problem('a name that a certificate is for is empty', 'leave it out, or write it down');
  if (subjects.length === 0 && (commonName ?? '') === '') return problem('the certificate is for nothing', "give dnsNames: ['shop.example.com'], or another name that it is for");
  if (byteLength(commonName ?? '') > MAX_COMMON_NAME) return problem(`a common name has at most ${MAX_COMMON_NAME} bytes`, 'leave it out: clients look at dnsNames');
  const lives = duration?.toSeconds() ?? DEFAULT_SECONDS;
  if (lives < MIN_SECONDS) return problem('a certificate lives for at least one hour', 'give a longer duration');
  const before = renewBefore?.toSeconds();
  if (before !== undefined && before < MIN_RENEWAL_SECONDS) return problem('a certificate is renewed at least five minutes before it ends', 'give a longer renewBefore, or leave it out');
  if (before !== undefined && before >= lives) return problem('the certificate would be renewed before it is made: renewBefore is not less than its duration', 'give a shorter renewBefore, or leave it out');
  return undefined;
}

function unsupported(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'UnsupportedByDelivery', message, next });
}
