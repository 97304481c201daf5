import { LeakGuard } from '../../src/inspect/leaks/leak-guard';

/** Searches `process.argv[3]` Deployments for `process.argv[2]` values. Prints the ms, and how many leaks of the one that there is were found. */
const [values, objects] = process.argv.slice(2).map(Number);
const declared = Array.from({ length: values }, (_, index) => ({
  name: `s-${index}`, namespace: 'shop', key: 'password', bytes: Buffer.from(`R^YqzKzSJw51K9zPpQ3R3N-${index}`),
}));
const manifests: any[] = Array.from({ length: objects }, (_, index) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: `api-${index}`, namespace: 'shop', labels: { 'app.kubernetes.io/name': `api-${index}` } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { 'app.kubernetes.io/name': `api-${index}` } },
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': `api-${index}` } },
      spec: {
        containers: [{
          name: 'api',
          image: `registry.example.com/shop/api-${index}:1.4.2`,
          args: ['--listen=:8080', `--upstream=https://api-${index}.example.com/v1`],
          env: Array.from({ length: 5 }, (__, variable) => ({ name: `SETTING_${variable}`, value: `a setting of ${index}` })),
          volumeMounts: [{ name: 'secret-db', mountPath: '/etc/db', readOnly: true }],
        }],
        volumes: [{ name: 'secret-db', secret: { secretName: `s-${index}`, defaultMode: 288 } }],
      },
    },
  },
}));
manifests[objects - 1].spec.template.spec.containers[0].args.push(`--password=${declared[0].bytes.toString('base64')}`);

const start = performance.now();
const guard = new LeakGuard(declared);
const leaks = manifests.flatMap(manifest => guard.inManifest(manifest));
console.log(JSON.stringify({ ms: performance.now() - start, leaks: leaks.length, megabytes: process.memoryUsage().rss / 1e6 }));
