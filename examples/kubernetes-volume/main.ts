import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Secret, SecretBinding, SensitiveValue } from 'cdk8s-secrets';

const app = new App();
const chart = new Chart(app, 'kubernetes-volume');

// kubectl create secret generic test-secret --from-literal='username=my-app' --from-literal='password=39528$vdg7Jb'
const testSecret = new Secret(chart, 'TestSecret', {
  metadata: { name: 'test-secret' },
  data: {
    username: SensitiveValue.fromLiteral('my-app'),
    password: SensitiveValue.fromLiteral('39528$vdg7Jb'),
  },
});

new kplus.Pod(chart, 'Pod', {
  metadata: { name: 'secret-test-pod' },
  containers: [{
    name: 'test-container',
    image: 'nginx',
    resources: {},
    securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false }, // the image runs as root, see README.md
  }],
  securityContext: { ensureNonRoot: false },
}).with(SecretBinding.files('/etc/secret-volume', testSecret, { volumeName: 'secret-volume' }));

app.synth();
