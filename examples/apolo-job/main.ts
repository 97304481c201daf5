import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Secret, SecretBinding, SensitiveValue } from 'cdk8s-secrets';

const app = new App();
const chart = new Chart(app, 'apolo-job');

// apolo secret add secret-password 'p@$$w0rd123'
const password = Secret.typed(chart, 'SecretPassword', {
  metadata: { name: 'secret-password' },
  data: { 'secret-password': SensitiveValue.fromLiteral('p@$$w0rd123') },
}).keys['secret-password']; // a misspelt key is an error of the compiler

new kplus.Job(chart, 'Job', {
  metadata: { name: 'secret-job' },
  containers: [{
    name: 'secret-job',
    image: 'ubuntu',
    command: ['sh', '-c', 'test "$(cat /var/secrets/secret-password.txt)" = "$mypass" && echo the file and the variable agree'],
    resources: {},
    securityContext: { ensureNonRoot: false }, // the image runs as root, see README.md
  }],
  securityContext: { ensureNonRoot: false },
}).with(
  // --volume secret:secret-password:/var/secrets/secret-password.txt
  SecretBinding.file('/var/secrets/secret-password.txt', password, { mode: '0400' }),
  // --env mypass=secret:secret-password
  SecretBinding.env('mypass', password),
);

app.synth();
