import { SecretsError } from '../../errors/secrets-error';
import { variantOf } from '../../errors/sum-type';
import { dns1123Subdomain } from '../../kubernetes/names';

/**
 * An issuer of another controller, as `CertificateIssuer.other` takes it.
 */
export interface OtherIssuer {
  /**
   * The API group of its kind: `awspca.cert-manager.io`.
   */
  readonly group: string;

  /**
   * Its kind: `AWSPCAClusterIssuer`.
   */
  readonly kind: string;

  /**
   * Its name.
   */
  readonly name: string;
}

/**
 * Who signs the certificates that cert-manager asks for.
 *
 * @see https://cert-manager.io/docs/configuration/issuers/
 */
export class CertificateIssuer {
  /**
   * An Issuer of cert-manager, in the namespace of the secret.
   *
   * @param name its name
   * @throws InvalidDelivery
   */
  public static issuer(name: string): CertificateIssuer {
    return new CertificateIssuer(issuerRef({ group: 'cert-manager.io', kind: 'Issuer', name }));
  }

  /**
   * A ClusterIssuer of cert-manager.
   *
   * @param name its name
   * @throws InvalidDelivery
   */
  public static clusterIssuer(name: string): CertificateIssuer {
    return new CertificateIssuer(issuerRef({ group: 'cert-manager.io', kind: 'ClusterIssuer', name }));
  }

  /**
   * An issuer of another controller: of AWS Private CA, Google CAS, step, …
   *
   * @param issuer its group, kind and name
   * @throws InvalidDelivery
   */
  public static other(issuer: OtherIssuer): CertificateIssuer {
    return new CertificateIssuer(issuerRef(issuer));
  }

  /**
   * What a Certificate holds of it.
   *
   * @internal
   */
  public readonly _variant: object;

  private constructor(variant: object) {
    this._variant = variant;
  }
}

/** What a Certificate holds of an issuer. */
export function issuerVariant(issuer: CertificateIssuer): object {
  return variantOf(issuer, { code: 'InvalidDelivery', message: 'the issuer is none', next: "give CertificateIssuer.issuer('…'), .clusterIssuer('…') or .other" });
}

function issuerRef({ group, kind, name }: OtherIssuer): object {
  const wrong = [
    typeof name === 'string' ? dns1123Subdomain(name) : ['must be a text'], group === '' ? ['must have a group'] : [], kind === '' ? ['must have a kind'] : [],
  ].flat();
  if (wrong.length === 0) return { name, kind, group };
  throw new SecretsError({
    code: 'InvalidDelivery',
    message: `${JSON.stringify(name)} can be no name of an issuer: ${wrong.join(', ')}`,
    next: 'use the name that kubectl get issuers,clusterissuers shows',
  });
}
