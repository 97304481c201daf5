import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { FunctionForm, openfaas, Secret } from 'cdk8s-secrets';

const app = new App();
const environment = {}; // what ${NAME} stands for; leave it out for the environment of the process

// As Deployments and Services, with the secrets declared from the files of a folder.
const production = openfaas.OpenFaasStack.fromFile(new Chart(app, 'deployments', { namespace: 'openfaas-fn' }), 'Stack', {
  path: 'stack.yaml',
  environment,
  secretsFolder: 'secrets',
  portableSecrets: true,
});

// The same stack as Function resources for the operator; there the secrets come from `faas-cli secret create`. A secret that is named
// in the stack file, and not here, would be a warning.
const staging = new Chart(app, 'functions', { namespace: 'staging-fn' });
const existing = ['secret-api-key', 'orders-db-password', 'smtp-password'];
openfaas.OpenFaasStack.fromFile(staging, 'Stack', {
  secrets: existing.map(name => Secret.fromSecretName(staging, name, name, { keys: [name] })),
  path: 'stack.yaml',
  environment,
  form: FunctionForm.customResource(),
  overrides: { environment: { stage: 'staging' }, labels: { canary: 'true' } },
});

app.synth();

// And the way back, everything substituted: a stack file for `faas-cli deploy -f`.
mkdirSync(app.outdir, { recursive: true });
writeFileSync(join(app.outdir, 'stack.yml'), production.toStackYaml());
