import type { Manifest } from '../model/manifest';

/** The groups with kinds that are looked at: nothing is loaded for others. */
const GROUPS: ReadonlySet<string> = new Set([
  'external-secrets.io', 'generators.external-secrets.io', 'bitnami.com', 'secrets-store.csi.x-k8s.io', 'secret-sync.x-k8s.io', 'cert-manager.io',
  'onepassword.com', 'secrets.infisical.com', 'secrets.hashicorp.com',
]);

/** Whether an object is a custom resource that makes Secrets, or has to do with one that does. */
export function isResource({ decoded, apiVersion }: Manifest): boolean {
  const slash = apiVersion.indexOf('/');
  return decoded === undefined && slash > 0 && GROUPS.has(apiVersion.slice(0, slash));
}
