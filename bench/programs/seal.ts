import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Secret, SecretDelivery, SensitiveValue } from 'cdk8s-secrets';

/**
 * Seals `process.argv[2]` values, one in each of as many secrets, with RSA-4096 and synthesizes them.
 *
 * `process.argv[3]` is the certificate, `process.argv[4]` how: `random`, `deterministic`, or `manifest` for plain Secrets.
 */
const [, , count, certificate, way] = process.argv;
const determinismKey = way === 'deterministic' ? SensitiveValue.fromLiteral('k'.repeat(32)) : undefined;
const asOf = new Date('2027-01-01');

const start = performance.now();
const app = new App();
(way === 'manifest' ? SecretDelivery.manifest() : SecretDelivery.sealed({ certificate, determinismKey, asOf })).useFor(app);
const chart = new Chart(app, 'c', { namespace: 'shop' });
for (let i = 0; i < Number(count); i++) {
  new Secret(chart, `S${i}`, { metadata: { name: `s-${i}` }, data: { password: SensitiveValue.fromLiteral(`R^YqzKzSJw51K9zPpQ3R3N-${i}`) } });
}
app.synth();
const ms = performance.now() - start;

const file = join(app.outdir, 'c.k8s.yaml');
console.log(JSON.stringify({ ms, bytes: statSync(file).size, sealed: readFileSync(file, 'utf8').split('kind: SealedSecret').length - 1 }));
