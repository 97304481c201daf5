import { execFileSync } from 'node:child_process';

/** A typical program that uses the library: what it evaluates at its start stands together. */
export interface Start {
  /** A word, for the name of a file. */
  readonly name: string;
  /** A program for Node.js in CommonJS, which runs in the folder of the library. It writes nothing to standard output. */
  readonly program: string;
}

/** What most users do: synthesize an app with a secret, a workload and a function, and check a manifest with an error. */
export const STARTS: readonly Start[] = [
  {
    name: 'app',
    program: `
      const { ApiObject, App, Chart } = require('cdk8s');
      const { Secret, SecretBackedFunction, SecretBinding, SensitiveValue } = require('./index.js');

      const outdir = require('node:fs').mkdtempSync(require('node:path').join(require('node:os').tmpdir(), 'cdk8s-secrets-start-'));
      const app = new App({ outdir });
      const chart = new Chart(app, 'start', { namespace: 'start' });
      const secret = new Secret(chart, 'Secret', { metadata: { name: 'key' }, data: { key: SensitiveValue.fromLiteral('a value of some length') } });
      SecretBinding.all(SecretBinding.env('KEY', secret.key('key')), SecretBinding.files('/etc/key', secret)).bind(new ApiObject(chart, 'Deployment', {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { labels: { app: 'start' } },
        spec: {
          selector: { matchLabels: { app: 'start' } },
          template: { metadata: { labels: { app: 'start' } }, spec: { containers: [{ name: 'main', image: 'nginx:1.29', ports: [{ containerPort: 80 }] }] } },
        },
      }));
      new SecretBackedFunction(chart, 'Function', { name: 'function', image: 'functions/alpine:latest', secrets: [secret] });
      app.synth();
      require('node:fs').rmSync(outdir, { recursive: true });
    `,
  },
  {
    name: 'check',
    program: `
      const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
      const folder = mkdtempSync(require('node:path').join(require('node:os').tmpdir(), 'cdk8s-secrets-start-'));
      const file = require('node:path').join(folder, 'manifests.yaml');
      const deployment = (name, key) => [
        '---', 'apiVersion: apps/v1', 'kind: Deployment', 'metadata:', '  name: ' + name, '  namespace: start', '  labels:', '    app: ' + name,
        'spec:', '  replicas: 2', '  selector:', '    matchLabels:', '      app: ' + name, '  template:', '    metadata:', '      labels:', '        app: ' + name,
        '    spec:', '      containers:', '        - name: main', '          image: nginx:1.29', '          ports:', '            - containerPort: 80', '          env:',
        '            - name: KEY', '              valueFrom:', '                secretKeyRef:', '                  name: key', '                  key: ' + key,
        '          volumeMounts:', '            - name: key', '              mountPath: /etc/key', '              readOnly: true', '      volumes:', '        - name: key',
        '          secret:', '            secretName: key', '            defaultMode: 0400', '',
      ];
      const secret = ['apiVersion: v1', 'kind: Secret', 'metadata:', '  name: key', '  namespace: start', 'type: Opaque', 'data:', '  key: dmFsdWU=', ''];
      writeFileSync(file, [...secret, ...deployment('right', 'key'), ...deployment('wrong', 'kez')].join('\\n'));
      process.on('exit', code => {
        rmSync(folder, { recursive: true });
        process.exitCode = code === 1 ? 0 : 2;
      });
      process.stdout.write = () => true;
      process.argv.splice(1, Infinity, 'cdk8s-secrets', 'check', file);
      require('./modules.js').load('cli/main');
    `,
  },
];

/**
 * Which modules a program evaluates.
 *
 * @param lib the folder of the bundled library
 * @param files the files of the layers, each of which exports functions by the names of its modules
 * @throws Error where the program fails, or evaluates nothing
 */
export function evaluatedModules(lib: string, files: ReadonlyMap<string, string>, { name, program }: Start): ReadonlySet<string> {
  const recorder = `
    const evaluated = [];
    for (const [layer, file] of ${JSON.stringify([...files])}) {
      const functions = require('./' + file);
      for (const [name, evaluate] of Object.entries(functions)) {
        functions[name] = (...args) => { evaluated.push(layer + '/' + name); return evaluate(...args); };
      }
    }
    process.on('exit', () => require('node:fs').writeSync(1, JSON.stringify(evaluated)));
  `;
  const evaluated = JSON.parse(execFileSync(process.execPath, ['-e', `{${recorder}}\n${program}`], { cwd: lib, encoding: 'utf8' })) as string[];
  if (evaluated.length === 0) throw new Error(`the start ${name} evaluates no module`);
  return new Set(evaluated);
}
