import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Secret, SecretBinding, SensitiveValue } from 'cdk8s-secrets';

const app = new App();
const chart = new Chart(app, 'kubernetes-env');

const backendUser = new Secret(chart, 'BackendUser', {
  metadata: { name: 'backend-user' },
  data: { 'backend-username': SensitiveValue.fromLiteral('backend-admin') },
});
const dbUser = new Secret(chart, 'DbUser', {
  metadata: { name: 'db-user' },
  data: { 'db-username': SensitiveValue.fromLiteral('db-admin') },
});
const testSecret = new Secret(chart, 'TestSecret', {
  metadata: { name: 'test-secret' },
  data: {
    username: SensitiveValue.fromLiteral('my-app'),
    password: SensitiveValue.fromLiteral('39528$vdg7Jb'),
  },
});

/** The guide's Pod, with these variables. */
function nginx(name: string, ...bindings: SecretBinding[]): void {
  new kplus.Pod(chart, name, {
    metadata: { name },
    containers: [{
      name: 'envars-test-container',
      image: 'nginx',
      resources: {},
      securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false }, // the image runs as root, see README.md
    }],
    securityContext: { ensureNonRoot: false },
  }).with(...bindings);
}

// One variable from one key.
nginx('env-single-secret', SecretBinding.env('SECRET_USERNAME', backendUser.key('backend-username')));

// Variables from two secrets. A misspelt key, `dbUser.key('db-user')`, would end the synth here.
nginx('envvars-multiple-secrets',
  SecretBinding.env('BACKEND_USERNAME', backendUser.key('backend-username')),
  SecretBinding.env('DB_USERNAME', dbUser.key('db-username')),
);

// Every key of a secret, as a variable of its name.
nginx('envfrom-secret', SecretBinding.envFrom(testSecret));

app.synth();
