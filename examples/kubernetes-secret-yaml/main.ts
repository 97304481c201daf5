import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DockerConfigSecret, Secret, SecretBinding, SensitiveValue } from 'cdk8s-secrets';

const app = new App();
const chart = new Chart(app, 'kubernetes-secret-yaml');

// The values as they stand in the guide's secret.yaml. What is no base64 would be refused here, not by the cluster.
const mySecret = new Secret(chart, 'MySecret', {
  metadata: { name: 'mysecret' },
  data: {
    username: SensitiveValue.fromBase64('YWRtaW4='),
    password: SensitiveValue.fromBase64('MWYyZDFlMmU2N2Rm'),
  },
});

// The whole secret as files: /etc/secret/username and /etc/secret/password.
new kplus.Pod(chart, 'Pod', {
  metadata: { name: 'mypod' },
  containers: [{
    name: 'mypod',
    image: 'redis',
    resources: {},
    securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false }, // the image runs as root, see README.md
  }],
  securityContext: { ensureNonRoot: false },
}).with(SecretBinding.files('/etc/secret', mySecret, { volumeName: 'secret' }));

// After files and variables, the third way: the kubelet uses a secret to pull the image.
// kubectl create secret docker-registry regcred --docker-server=registry.example.com --docker-username=puller --docker-password=pull-token
const regcred = new DockerConfigSecret(chart, 'RegistryCredentials', {
  metadata: { name: 'regcred' },
  registries: [{
    server: 'registry.example.com',
    username: SensitiveValue.fromLiteral('puller'),
    password: SensitiveValue.fromLiteral('pull-token'),
  }],
});

new kplus.Pod(chart, 'PrivatePod', {
  metadata: { name: 'private-reg' },
  containers: [{ name: 'private-reg-container', image: 'registry.example.com/private-image:1.0', resources: {} }],
}).with(SecretBinding.imagePull(regcred));

app.synth();
