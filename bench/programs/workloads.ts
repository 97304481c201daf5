import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Secret } from '../../src';

/**
 * Synthesizes `process.argv[2]` workloads of cdk8s-plus, each with a secret of its own as a variable and as files, and with
 * a Service. Where `process.argv[3]` is `checked`, the app holds one construct of this library, so it is inspected.
 *
 * Prints the milliseconds of `app.synth()` alone.
 */
const count = Number(process.argv[2]);
const app = new App();
const chart = new Chart(app, 'workloads', { namespace: 'web' });
for (let i = 0; i < count; i++) {
  const secret = new kplus.Secret(chart, `secret-${i}`, { metadata: { name: `db-${i}` }, stringData: { username: 'app', password: `p-${i}` } });
  const deployment = new kplus.Deployment(chart, `deployment-${i}`, {
    containers: [{ image: 'api', portNumber: 8080, envVariables: { DB_USER: secret.envValue('username') } }],
  });
  deployment.containers[0].mount('/etc/db', kplus.Volume.fromSecret(chart, `volume-${i}`, secret, { name: 'db' }));
  deployment.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
}
if (process.argv[3] === 'checked') Secret.fromSecretName(chart, 'Existing', 'existing');

const start = performance.now();
app.synth();
console.log(JSON.stringify({ ms: performance.now() - start }));
