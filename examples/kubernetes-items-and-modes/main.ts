import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Secret, SecretBinding, SensitiveValue } from 'cdk8s-secrets';

const app = new App();
const chart = new Chart(app, 'kubernetes-items-and-modes');

const mySecret = new Secret(chart, 'MySecret', {
  metadata: { name: 'mysecret' },
  data: {
    username: SensitiveValue.fromLiteral('admin'),
    password: SensitiveValue.fromLiteral('1f2d1e2e67df'),
  },
});

/** The guide's Pod, which sees the secret as one binding says. */
function redis(name: string, binding: SecretBinding): void {
  new kplus.Pod(chart, name, {
    metadata: { name },
    containers: [{
      name: 'mypod',
      image: 'redis',
      resources: {},
      securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false }, // the image runs as root, see README.md
    }],
    securityContext: { ensureNonRoot: false },
  }).with(binding);
}

// The key `username` as /etc/foo/my-group/my-username. The key `password` is not listed, so it becomes no file.
redis('mypod', SecretBinding.files('/etc/foo', mySecret, {
  volumeName: 'foo',
  items: { username: 'my-group/my-username' },
}));

// Every key, in files that only their owner can read.
redis('mypod-volume-mode', SecretBinding.files('/etc/foo', mySecret, {
  volumeName: 'foo',
  mode: '0400',
}));

// One key, in a file with a mode of its own.
redis('mypod-key-mode', SecretBinding.files('/etc/foo', mySecret, {
  volumeName: 'foo',
  items: { username: 'my-group/my-username' },
  modes: { username: '0777' },
}));

app.synth();
