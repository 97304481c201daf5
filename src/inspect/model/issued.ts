import type { Manifest } from './manifest';
import { keysOf } from './string-map';

/** Controllers that make the certificate of an Ingress or a Gateway say so in an annotation. */
const ISSUED = /^(?:cert-manager\.io\/(?:cluster-)?issuer|kubernetes\.io\/tls-acme)$/;

/** Whether something makes the certificates that the object names. */
export function isIssued({ metadata }: Manifest): boolean {
  return keysOf(metadata.annotations).some(key => ISSUED.test(key));
}
