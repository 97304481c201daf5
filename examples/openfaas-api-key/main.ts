import { App, Chart } from 'cdk8s';
import { Secret, SecretBackedFunction, SensitiveValue } from 'cdk8s-secrets';

const app = new App();
const chart = new Chart(app, 'openfaas-api-key', { namespace: 'openfaas-fn' });

// faas-cli secret create secret-api-key --from-file=secret-api-key.txt
const apiKey = new Secret(chart, 'ApiKey', {
  metadata: { name: 'secret-api-key' },
  data: { 'secret-api-key': SensitiveValue.fromFile('secret-api-key.txt') },
});

// The function reads /var/openfaas/secrets/secret-api-key.
new SecretBackedFunction(chart, 'ProtectedApi', {
  name: 'protectedapi',
  image: 'functions/api-key-protected:latest',
  secrets: [apiKey],
});

// A second function that shares the key, and has a secret of its own beside it in the same folder.
const databasePassword = new Secret(chart, 'OrdersDatabase', {
  metadata: { name: 'orders-db-password' },
  data: { 'orders-db-password': SensitiveValue.fromLiteral('o7-Xw2_kq') },
});

new SecretBackedFunction(chart, 'Orders', {
  name: 'orders',
  image: 'functions/orders:latest',
  secrets: [apiKey, databasePassword],
});

app.synth();
