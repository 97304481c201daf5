import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { appProgram } from './app-program';
import { pathWithProgram } from './program';
import { COMMANDS } from '../../src/cli/commands';
import { pathToCluster } from '../support/fake-kubectl';
import { tempFolder } from '../support/temp-folder';

const MANIFESTS = `apiVersion: v1
kind: Secret
metadata: { name: db, namespace: shop }
data: { password: eA== }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop }
spec:
  containers:
    - name: api
      image: example.com/api:1
      env: [{ name: PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password } } }]
`;

const APP = `
  const db = new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { password: SensitiveValue.fromLiteral('x') } });
  new Secret(chart, 'Key', { metadata: { name: 'key' }, data: { key: SensitiveValue.fromEnvironment('KEY') }, delivery: SecretDelivery.existing() });
  new kplus.Deployment(chart, 'Api', { containers: [{ image: 'x' }] }).with(SecretBinding.env('PASSWORD', db.key('password')));
  app.synth();`;

const SECRETS = ['db', 'key'].map(name => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'shop' }, data: { password: 'eA==', key: 'eA==' } }));
const PATH = [pathToCluster({ objects: SECRETS }).path, pathWithProgram()].join(delimiter);

test.each(COMMANDS.map(({ name, examples: [{ call }] }) => [call, name] as const))('the example of the help works: %s', call => {
  const folder = tempFolder({ 'cdk8s.yaml': `app: ${appProgram(APP)}\n` });
  mkdirSync(join(folder, 'deploy'));
  writeFileSync(join(folder, 'deploy/all.yaml'), MANIFESTS);
  const { status, stderr } = spawnSync('bash', ['-c', call], { cwd: folder, encoding: 'utf8', env: { PATH, HOME: tmpdir() } });

  // what a command needs it says there, and what is wrong with its name before it
  expect([status, stderr.split('\n').filter(line => line.startsWith('cdk8s-secrets:'))]).toEqual([0, []]);
}, 60_000);
