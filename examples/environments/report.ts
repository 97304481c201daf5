import type { App } from 'cdk8s';
import { Chart, Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { SecretBinding, type ISecret } from 'cdk8s-secrets';

/** A report of every night, in a chart of its own: it reads the database of the shop, so that has to be there before. */
export function report(app: App, id: string, database: ISecret): void {
  const chart = new Chart(app, id, { namespace: database.namespace });
  new kplus.CronJob(chart, 'Report', {
    metadata: { name: 'report' },
    schedule: Cron.daily(),
    containers: [{ name: 'report', image: 'registry.example.com/shop/report:1.0.3', resources: {} }],
    securityContext: { user: 1000 },
  }).with(SecretBinding.envFrom(database, { prefix: 'DB_' }));
}
