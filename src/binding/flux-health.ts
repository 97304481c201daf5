import type { ApiObject } from 'cdk8s';

const READY = 'Ready';

/**
 * The condition by which kinds say that they have done their work, by `GROUP/KIND`.
 *
 * Flux asks kstatus, for which an object without a status is done (an ExternalSecret in its first second), and so is one whose condition is called
 * otherwise than `Ready` (a SealedSecret that nobody can open).
 */
const CONDITIONS: Readonly<Record<string, string>> = {
  'bitnami.com/SealedSecret': 'Synced',
  'external-secrets.io/ExternalSecret': READY,
  'external-secrets.io/ClusterExternalSecret': READY,
  'external-secrets.io/PushSecret': READY,
  'external-secrets.io/SecretStore': READY,
  'external-secrets.io/ClusterSecretStore': READY,
  'cert-manager.io/Certificate': READY,
  'cert-manager.io/Issuer': READY,
  'cert-manager.io/ClusterIssuer': READY,
  'onepassword.com/OnePasswordItem': READY,
};

/** What Flux evaluates of an object to know whether it is ready. It waits while that is false, or cannot be evaluated. */
interface HealthCheck {
  readonly apiVersion: string;
  readonly kind: string;
  readonly current: string;
}

/** How Flux is to know that objects are ready, for each of their kinds that needs to be told, sorted. */
export function healthChecks(objects: Iterable<ApiObject>): HealthCheck[] {
  const checks = new Map<string, HealthCheck>();
  for (const { apiVersion, kind } of objects) {
    const id = `${apiVersion.slice(0, apiVersion.indexOf('/'))}/${kind}`;
    const condition = CONDITIONS[id];
    if (condition !== undefined) checks.set(id, { apiVersion, kind, current: `status.conditions.exists(c, c.type == '${condition}' && c.status == 'True')` });
  }
  return [...checks].sort(([a], [b]) => a < b ? -1 : 1).map(([, check]) => check);
}
