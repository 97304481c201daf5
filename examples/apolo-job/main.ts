import { App, Chart } from 'cdk8s';
import { Secret, SecretBackedJob, SecretBinding, SensitiveValue } from 'cdk8s-secrets';

const app = new App();
const chart = new Chart(app, 'apolo-job');

// apolo secret add secret-password 'p@$$w0rd123'
const password = Secret.typed(chart, 'SecretPassword', {
  metadata: { name: 'secret-password' },
  data: { 'secret-password': SensitiveValue.fromLiteral('p@$$w0rd123') },
}).keys['secret-password']; // a misspelt key is an error of the compiler

new SecretBackedJob(chart, 'Job', {
  metadata: { name: 'secret-job' },
  containers: [{
    name: 'secret-job',
    image: 'ubuntu',
    command: ['sh', '-c', 'test "$(cat /var/secrets/secret-password.txt)" = "$mypass" && echo the file and the variable agree'],
    resources: {},
    securityContext: { ensureNonRoot: false }, // the image runs as root, see README.md
  }],
  securityContext: { ensureNonRoot: false },
  bindings: [
    // --volume secret:secret-password:/var/secrets/secret-password.txt
    SecretBinding.file('/var/secrets/secret-password.txt', password, { mode: '0400' }),
    // --env mypass=secret:secret-password
    SecretBinding.env('mypass', password),
  ],
});

app.synth();
