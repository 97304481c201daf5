import type { App } from 'cdk8s';
import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { BasicAuthSecret, SecretBinding, SecretRollout, Secret, SensitiveValue, type ISecret } from 'cdk8s-secrets';

/** What others need of the shop. */
export interface Shop {
  readonly api: kplus.Deployment;
  readonly database: ISecret;
}

/**
 * The program that every environment has in common: what the secrets are, and who sees them. How they reach the cluster,
 * and where their values come from there, is said nowhere in it.
 */
export function shop(app: App, environment: string, rollout: SecretRollout): Shop {
  const chart = new Chart(app, environment, { namespace: 'shop' });

  const database = new BasicAuthSecret(chart, 'Database', {
    metadata: { name: 'database' },
    username: SensitiveValue.fromEnvironment('SHOP_DB_USER'),
    password: SensitiveValue.fromEnvironment('SHOP_DB_PASSWORD'),
  });
  const payment = new Secret(chart, 'Payment', {
    metadata: { name: 'payment' },
    data: { 'api-key': SensitiveValue.fromEnvironment('SHOP_PAYMENT_KEY') },
  });

  const api = new kplus.Deployment(chart, 'Api', {
    metadata: { name: 'api' },
    replicas: 2,
    containers: [{ name: 'api', image: 'registry.example.com/shop/api:1.4.2', portNumber: 8080, resources: {} }],
    securityContext: { fsGroup: 2000 },
    serviceAccount: new kplus.ServiceAccount(chart, 'Account', { metadata: { name: 'api' } }),
  });
  api.with(
    SecretBinding.env('DB_USER', database.usernameKey),
    SecretBinding.files('/etc/shop/database', database, { mode: '0440' }),
    SecretBinding.file('/etc/shop/payment-key', payment.key('api-key'), { mode: '0440' }),
    rollout,
  );
  return { api, database };
}
