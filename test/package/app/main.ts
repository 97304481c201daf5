import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Secret, SecretBackedFunction, SecretBinding, SensitiveValue } from 'cdk8s-secrets';

const app = new App();
const chart = new Chart(app, 'fresh', { namespace: 'fresh', disableResourceNameHashes: true });

const credentials = new Secret(chart, 'credentials', {
  data: {
    username: SensitiveValue.fromLiteral('my-app'),
    password: SensitiveValue.fromBase64('Mzk1MjgkdmRnN0pi'),
  },
});

new kplus.Deployment(chart, 'web', { containers: [{ name: 'web', image: 'nginx' }], securityContext: { fsGroup: 1000 } }).with(
  SecretBinding.env('PASSWORD', credentials.key('password')),
  SecretBinding.files('/etc/credentials', credentials, { mode: '0400' }),
);

new SecretBackedFunction(chart, 'function', { name: 'protectedapi', image: 'functions/api-key-protected:latest', secrets: [credentials] });

app.synth();
