import { CERTIFICATE_RULES, ISSUER_RULES } from './certificate';
import { externalSecretRules } from './external-secret';
import { CLUSTER_GENERATOR_RULES, CREDENTIAL_RULES, PASSWORD_RULES } from './generator';
import { INFISICAL_RULES } from './infisical';
import { ONE_PASSWORD_RULES } from './one-password';
import { pushSecretRules } from './push-secret';
import type { ResourceRules } from './rules-of-resource';
import { SEALED_SECRET_RULES } from './sealed-secret';
import { PROVIDER_CLASS_RULES } from './secret-provider-class';
import { CLUSTER_SECRET_STORE_RULES, SECRET_STORE_RULES } from './secret-store';
import { SECRET_SYNC_RULES } from './secret-sync';
import { vaultRules } from './vault';

/** The rules of a kind, where there are any. */
export function resourceRules(group: string, kind: string): ResourceRules | undefined {
  const id = `${group}/${kind}`;
  return Object.hasOwn(RULES, id) ? RULES[id] : undefined;
}

const RULES: Readonly<Record<string, ResourceRules>> = {
  'bitnami.com/SealedSecret': SEALED_SECRET_RULES,
  'cert-manager.io/Certificate': CERTIFICATE_RULES,
  'cert-manager.io/Issuer': ISSUER_RULES,
  'external-secrets.io/ClusterExternalSecret': externalSecretRules('externalSecretSpec'),
  'external-secrets.io/ClusterPushSecret': pushSecretRules('pushSecretSpec'),
  'external-secrets.io/ClusterSecretStore': CLUSTER_SECRET_STORE_RULES,
  'external-secrets.io/ExternalSecret': externalSecretRules(),
  'external-secrets.io/PushSecret': pushSecretRules(),
  'external-secrets.io/SecretStore': SECRET_STORE_RULES,
  'generators.external-secrets.io/ACRAccessToken': CREDENTIAL_RULES,
  'generators.external-secrets.io/ClusterGenerator': CLUSTER_GENERATOR_RULES,
  'generators.external-secrets.io/ECRAuthorizationToken': CREDENTIAL_RULES,
  'generators.external-secrets.io/GCRAccessToken': CREDENTIAL_RULES,
  'generators.external-secrets.io/GithubAccessToken': CREDENTIAL_RULES,
  'generators.external-secrets.io/GitlabDeployToken': CREDENTIAL_RULES,
  'generators.external-secrets.io/Grafana': CREDENTIAL_RULES,
  'generators.external-secrets.io/MFA': CREDENTIAL_RULES,
  'generators.external-secrets.io/Password': PASSWORD_RULES,
  'generators.external-secrets.io/STSSessionToken': CREDENTIAL_RULES,
  'generators.external-secrets.io/VaultDynamicSecret': CREDENTIAL_RULES,
  'generators.external-secrets.io/Webhook': CREDENTIAL_RULES,
  'onepassword.com/OnePasswordItem': ONE_PASSWORD_RULES,
  'secret-sync.x-k8s.io/SecretSync': SECRET_SYNC_RULES,
  'secrets-store.csi.x-k8s.io/SecretProviderClass': PROVIDER_CLASS_RULES,
  'secrets.hashicorp.com/VaultAuth': vaultRules('VaultAuth'),
  'secrets.hashicorp.com/VaultDynamicSecret': vaultRules('VaultDynamicSecret'),
  'secrets.hashicorp.com/VaultPKISecret': vaultRules('VaultPKISecret'),
  'secrets.hashicorp.com/VaultStaticSecret': vaultRules('VaultStaticSecret'),
  'secrets.infisical.com/InfisicalStaticSecret': INFISICAL_RULES,
};
