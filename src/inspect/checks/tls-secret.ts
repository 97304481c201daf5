import { requiredKeys, TLS } from '../../kubernetes/secret-types';
import type { FieldPath } from '../field-path';
import type { Cluster } from '../model/cluster';
import { reproachOfKeys } from '../model/known-here';
import type { KnownSecret } from '../model/known-secrets';
import type { Manifest } from '../model/manifest';
import { quote } from '../quote';

/** A Secret of which a certificate is wanted, and that has none. */
export function checkCertificate(secret: KnownSecret | undefined, manifest: Manifest, field: FieldPath, cluster: Cluster): void {
  if (secret?.keys === undefined || requiredKeys(TLS).every(key => secret.keys!.has(key))) return;
  const say = reproachOfKeys(secret, manifest, cluster);
  say('SecretTypeMismatch', field, `the Secret ${quote(secret.name)} has no certificate and key in tls.crt and tls.key`, `use a Secret of the type ${TLS}`);
}
