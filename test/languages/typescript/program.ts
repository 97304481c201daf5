// The program that every language has: what it writes is what the others must write. Run in the folder with the files; the argument is the output.
import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as kplus33 from 'cdk8s-plus-33';
import {
  DockerConfigSecret, Secret, SecretBackedFunction, SecretBinding, SecretDelivery, SecretRollout, SensitiveValue, StoreReference,
} from 'cdk8s-secrets';

const app = new App({ outdir: process.argv[2] });

// ---- plain: a literal, a variable and a file; variables, files and pull credentials; who may read it
const plain = new Chart(app, 'plain', { namespace: 'shop' });
const db = new Secret(plain, 'Db', {
  metadata: { name: 'db' },
  data: {
    'username': SensitiveValue.fromLiteral('app'),
    'password': SensitiveValue.fromEnvironment('DB_PASSWORD'),
    'settings.txt': SensitiveValue.fromFile('settings.txt', { trimNewline: true }),
  },
});
const registry = new DockerConfigSecret(plain, 'Registry', {
  metadata: { name: 'registry' },
  registries: [{
    server: 'registry.example.com',
    username: SensitiveValue.fromLiteral('puller'),
    password: SensitiveValue.fromEnvironment('REGISTRY_PASSWORD'),
  }],
});
const account = new kplus.ServiceAccount(plain, 'Account', { metadata: { name: 'api' } });
const api = new kplus.Deployment(plain, 'Api', {
  metadata: { name: 'api' },
  serviceAccount: account,
  securityContext: { fsGroup: 2000 },
  containers: [{ name: 'api', image: 'registry.example.com/api:1', portNumber: 8080 }],
});
SecretBinding.all(
  SecretBinding.env('DB_USER', db.key('username')),
  SecretBinding.envFrom(db, { prefix: 'DB_' }),
  SecretBinding.files('/etc/db', db, { items: { password: 'deep/password' }, mode: '0440' }),
  SecretBinding.imagePull(registry),
).applyTo(api);
SecretRollout.checksum().applyTo(api);
db.grants.read(account);

// ---- a workload of another cdk8s-plus
const worker = new kplus33.StatefulSet(plain, 'Worker', {
  metadata: { name: 'worker' },
  service: new kplus33.Service(plain, 'Workers', { metadata: { name: 'workers' }, ports: [{ port: 80 }] }),
  securityContext: { fsGroup: 2000 },
  containers: [{ name: 'worker', image: 'registry.example.com/worker:1', portNumber: 80 }],
});
SecretBinding.env('DB_PASSWORD', db.key('password')).applyTo(worker);
SecretRollout.checksum().applyTo(worker);

// ---- a function of OpenFaaS
const functions = new Chart(app, 'functions', { namespace: 'openfaas-fn' });
const apiKey = new Secret(functions, 'ApiKey', {
  metadata: { name: 'secret-api-key' },
  data: { 'secret-api-key': SensitiveValue.fromLiteral('R^YqzKzSJw51K9zP') },
});
new SecretBackedFunction(functions, 'ProtectedApi', {
  name: 'protectedapi',
  image: 'functions/api-key-protected:latest',
  environment: { write_debug: 'true' },
  secrets: [apiKey],
});

// ---- fetched by the cluster
const external = new Chart(app, 'external', { namespace: 'shop' });
SecretDelivery.external({ store: StoreReference.clusterSecretStore('vault') }).useFor(external);
const payment = new Secret(external, 'Payment', {
  metadata: { name: 'payment' },
  data: { 'api-key': SensitiveValue.fromRemote({ key: 'shop/payment', property: 'key' }) },
});
const pay = new kplus.Deployment(external, 'Pay', {
  metadata: { name: 'pay' },
  containers: [{ name: 'pay', image: 'registry.example.com/pay:1', portNumber: 8080 }],
});
SecretBinding.env('API_KEY', payment.key('api-key')).applyTo(pay);
SecretRollout.reloader().applyTo(pay);

// ---- sealed for the repository
const sealed = new Chart(app, 'sealed', { namespace: 'shop' });
SecretDelivery.sealed({ certificate: 'sealed-secrets.pem', determinismKey: SensitiveValue.fromEnvironment('SEALING_KEY') }).useFor(sealed);
new Secret(sealed, 'Mail', { metadata: { name: 'mail' }, data: { password: SensitiveValue.fromEnvironment('MAIL_PASSWORD') } });

app.synth();
