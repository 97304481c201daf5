import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Secret, SensitiveValue, apolo } from 'cdk8s-secrets';

const app = new App();
const context = { cluster: 'default', org: 'myorg', project: 'myproj' };

// The jobs of live.yaml: what its defaults give and what each job has, the job's own winning.
const defaults = { env: { WANDB_KEY: 'secret:wandb-token' } };
const jobs: Record<string, apolo.ApoloJobProps> = {
  train: {
    image: 'registry.example.com/train:2.3',
    context,
    command: ['python', 'train.py', '--data', '/data'],
    volumes: ['secret:secret-password:/var/secrets/secret-password.txt'],
    env: { ...defaults.env, mypass: 'secret:secret-password' },
  },
  report: {
    image: 'registry.example.com/report:1.0',
    context,
    env: { ...defaults.env, SMTP_PASSWORD: 'secret:/mail/smtp-password' },
  },
};

// What the platform makes of them: Pods, on the one Secret in which it keeps all secrets of a project.
const platform = new Chart(app, 'platform');
const started = Object.entries(jobs).map(([name, props]) => new apolo.ApoloJob(platform, name, {
  ...props,
  metadata: { name },
  form: apolo.ApoloJobForm.platform({ owner: 'alice' }),
}));

// The same jobs after the platform: plain secrets, one a key, so that each can be shared alone.
const cluster = new Chart(app, 'cluster', { namespace: 'training' });
const secrets = Object.entries({
  'secret-password': SensitiveValue.fromLiteral('p@$$w0rd123'),
  'wandb-token': SensitiveValue.fromLiteral('wb-4f1e77'),
  'smtp-password': SensitiveValue.fromLiteral('smtp-Yq3.8d'),
}).map(([name, value]) => new Secret(cluster, name, { metadata: { name }, data: { [name]: value } }));

for (const [name, props] of Object.entries(jobs)) {
  new apolo.ApoloJob(cluster, `${name}-job`, {
    ...props,
    metadata: { name },
    form: apolo.ApoloJobForm.kubernetes(secrets),
    user: 1000, // not root: its files get the group 1000
  });
}

// apolo share secret:secret-password bob read
const share = apolo.ApoloGrant.share('secret:secret-password', 'bob', apolo.ApoloPermission.READ, context);
share.roleFor(cluster, 'Bob', secrets[0]);

app.synth();

writeFileSync(join(app.outdir, 'apolo.sh'), [...started.map(job => job.runCommand()), share.grantCommand, ''].join('\n'));
