import { ApiObject, App, Chart, type YamlOutputType } from 'cdk8s';
import { Secret, SensitiveValue } from '../../src';

/** How many charts an app has. */
export const CHARTS = 4;
/** What stands at the end of every manifest. */
export const END = 'zz-end';

/**
 * An app whose every manifest names one version, and is of some size.
 *
 * @param bytes how large each manifest is
 */
export function writingApp(outdir: string, version: number, bytes: number, yamlOutputType?: YamlOutputType): App {
  const app = new App({ outdir, yamlOutputType, recordConstructMetadata: true });
  for (let index = 0; index < CHARTS; index++) {
    const chart = new Chart(app, `chart-${index}`, { namespace: 'shop' });
    new Secret(chart, 'Db', { metadata: { name: 'db' + index }, data: { password: SensitiveValue.fromLiteral(`hunter-2-hunter-${index}`) } });
    new ApiObject(chart, 'Config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `config-${index}`, namespace: 'shop' },
      data: { version: String(version), filling: 'x '.repeat(bytes / 2), [END]: String(version) },
    });
  }
  return app;
}

/** Synthesizes one version after the other until somebody ends the process. */
function main([outdir, bytes]: string[]): void {
  for (let version = 0; ; version++) {
    writingApp(outdir, version, Number(bytes)).synth();
    if (version === 0) process.stdout.write('ready\n');
  }
}

if (require.main === module) main(process.argv.slice(2));
