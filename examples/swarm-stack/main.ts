import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Secret, SecretBackedFunction, SensitiveValue, swarm } from 'cdk8s-secrets';

const app = new App();
const chart = new Chart(app, 'swarm-stack', { namespace: 'openfaas-fn' });

const apiKey = new Secret(chart, 'ApiKey', {
  metadata: { name: 'secret-api-key' },
  data: { 'secret-api-key': SensitiveValue.fromFile('secrets/secret-api-key') },
});
const databasePassword = new Secret(chart, 'OrdersDatabase', {
  metadata: { name: 'orders-db-password' },
  data: { 'orders-db-password': SensitiveValue.fromFile('secrets/orders-db-password') },
});

const protectedApi = new SecretBackedFunction(chart, 'ProtectedApi', {
  name: 'protectedapi',
  image: 'functions/api-key-protected:latest',
  secrets: [apiKey],
  portableSecrets: true,
});
const orders = new SecretBackedFunction(chart, 'Orders', {
  name: 'orders',
  image: 'functions/orders:1.4.0',
  secrets: [apiKey, databasePassword],
  portableSecrets: true,
  environment: { currency: 'US$' },
  labels: { 'com.openfaas.scale.min': '2' },
  constraints: ['disk=ssd'],
  limits: { memory: '128Mi', cpu: '200m' },
  readOnlyRootFilesystem: true,
});

app.synth();

// The same functions and secrets on Docker Swarm. The secrets are in the swarm: its file names them and holds no value.
const stack = new swarm.SwarmStack({ functions: [protectedApi] });
stack.addFunction(orders, { uid: '12000', gid: '12000', mode: '0400' });
writeFileSync(join(app.outdir, 'stack.yml'), stack.toYaml());
writeFileSync(join(app.outdir, 'create-secrets.sh'), `${stack.secretCommands().join('\n')}\n`);

// And on a laptop, where Compose takes them from files.
const laptop = new swarm.SwarmStack({ functions: [protectedApi, orders], secrets: swarm.SwarmSecretSource.files('secrets') });
writeFileSync(join(app.outdir, 'compose.yml'), laptop.toComposeYaml());
