import { requiredKeys, TLS } from '../../kubernetes/secret-types';
import type { FieldPath } from '../field-path';
import type { KnownSecret } from '../model/known-secrets';
import type { Manifest } from '../model/manifest';
import { keysOf } from '../model/string-map';
import { quote } from '../quote';

/** Controllers that make the certificate of an Ingress or a Gateway say so in an annotation. */
const ISSUED = /^(?:cert-manager\.io\/(?:cluster-)?issuer|kubernetes\.io\/tls-acme)$/;

/** Whether something makes the certificates that the object names. */
export function isIssued({ metadata }: Manifest): boolean {
  return keysOf(metadata.annotations).some(key => ISSUED.test(key));
}

/** A Secret of which a certificate is wanted, and that has none. */
export function checkCertificate(secret: KnownSecret | undefined, { findings: out }: Manifest, field: FieldPath): void {
  if (secret?.keys === undefined || requiredKeys(TLS).every(key => secret.keys!.has(key))) return;
  out.fails('SecretTypeMismatch', field, `the Secret ${quote(secret.name)} has no certificate and key in tls.crt and tls.key`, `use a Secret of the type ${TLS}`);
}
