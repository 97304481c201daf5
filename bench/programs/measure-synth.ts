import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';

/**
 * Builds `process.argv[2]` functions in one chart and synthesizes them.
 *
 * Prints the milliseconds from the first construct to the last byte, those from the start of the program, which is when its modules
 * begin to load, and how many objects and bytes were written.
 */
export function measureSynth(build: (chart: Chart, name: string, key: string, value: string) => void): void {
  const count = Number(process.argv[2]);

  const start = performance.now();
  const app = new App();
  const chart = new Chart(app, 'functions', { namespace: 'openfaas-fn' });
  for (let i = 0; i < count; i++) build(chart, `function-${i}`, `secret-api-key-${i}`, `R^YqzKzSJw51K9zPpQ3R3N-${i}`);
  app.synth();
  const end = performance.now();

  const bytes = readdirSync(app.outdir).reduce((sum, file) => sum + statSync(join(app.outdir, file)).size, 0);
  console.log(JSON.stringify({
    ms: end - start,
    wholeMs: end - performance.nodeTiming.bootstrapComplete,
    objects: chart.node.findAll().filter(ApiObject.isApiObject).length,
    bytes,
  }));
}
