import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { BasicAuthSecret, DockerConfigSecret, Secret, SecretBinding, SensitiveValue, TlsSecret } from '../../src';
import { CERTIFICATE, PRIVATE_KEY } from '../support/key-pairs';

const PASSWORD = SensitiveValue.fromLiteral('correct-horse-battery');
const literal = SensitiveValue.fromLiteral.bind(SensitiveValue);

function deployment(chart: Chart, name: string, image = `${name}:1.0`, variables: Record<string, string> = {}): kplus.Deployment {
  const envVariables = Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, kplus.EnvValue.fromValue(value)]));
  return new kplus.Deployment(chart, name, {
    metadata: { name },
    containers: [{ name, image, envVariables }],
  });
}

const opaque = (chart: Chart, data: Record<string, string>) => new Secret(chart, 'Secret', {
  data: { ...Object.fromEntries(Object.entries(data).map(([key, value]) => [key, literal(value)])), password: PASSWORD },
});
const config = (chart: Chart, data: Record<string, string>) => new kplus.ConfigMap(chart, 'Config', { data });

/** Programs as people write them: what is public of a secret stands elsewhere too. */
const PROGRAMS: Readonly<Record<string, (chart: Chart) => void>> = {
  'a user who is called like the Deployment': chart => {
    opaque(chart, { username: 'checkout-api' });
    deployment(chart, 'checkout-api');
  },
  'a user of BasicAuthSecret who is called like the Deployment': chart => {
    new BasicAuthSecret(chart, 'Secret', { username: literal('checkout-api'), password: PASSWORD });
    deployment(chart, 'checkout-api');
  },
  'a user who is a part of the name of an image': chart => {
    opaque(chart, { 'db-user': 'keycloak-x' });
    deployment(chart, 'auth', 'quay.io/keycloak-x/keycloak-x:26');
  },
  'a user of a registry who is a part of the names of images': chart => {
    new DockerConfigSecret(chart, 'Secret', { registries: [{ server: 'ghcr.io', username: literal('acme-inc'), password: PASSWORD, email: 'ops@acme-inc.example' }] });
    deployment(chart, 'shop', 'ghcr.io/acme-inc/shop:1', { CONTACT: 'ops@acme-inc.example' });
  },
  'a host in a Secret and in a variable': chart => {
    opaque(chart, { host: 'db.internal.example.com' });
    deployment(chart, 'shop', 'shop:1', { DB_HOST: 'db.internal.example.com' });
  },
  'a host in a Secret and in an Ingress': chart => {
    opaque(chart, { PUBLIC_HOSTNAME: 'shop.example.com' });
    new ApiObject(chart, 'Ingress', {
      apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', spec: { rules: [{ host: 'shop.example.com' }] },
    });
  },
  'a region': chart => {
    opaque(chart, { AWS_REGION: 'eu-central-1' });
    config(chart, { region: 'eu-central-1' });
  },
  'a bucket': chart => {
    opaque(chart, { bucket: 'acme-backups' });
    config(chart, { target: 's3://acme-backups/daily' });
  },
  'an e-mail address': chart => {
    opaque(chart, { email: 'ops@example.com' });
    new ApiObject(chart, 'Issuer', { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', spec: { acme: { email: 'ops@example.com' } } });
  },
  'the user of a mail server, an address': chart => {
    opaque(chart, { SMTP_USERNAME: 'mailer@example.com' });
    config(chart, { from: 'mailer@example.com' });
  },
  'the name of a database': chart => {
    opaque(chart, { database: 'orders_production' });
    config(chart, { query: 'select 1 from orders_production' });
  },
  'a port that a Service has': chart => {
    opaque(chart, { port: '543210' });
    config(chart, { port: '543210' });
  },
  'a certificate of a TLS secret in a ConfigMap': chart => {
    new TlsSecret(chart, 'Secret', { tlsCert: literal(CERTIFICATE), tlsKey: literal(PRIVATE_KEY) });
    config(chart, { 'ca.crt': CERTIFICATE });
  },
  'a certificate as caBundle': chart => {
    new TlsSecret(chart, 'Secret', { tlsCert: literal(CERTIFICATE), tlsKey: literal(PRIVATE_KEY) });
    new ApiObject(chart, 'Hook', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      webhooks: [{ name: 'a.example.com', clientConfig: { caBundle: Buffer.from(CERTIFICATE).toString('base64') } }],
    });
  },
  'a CA beside a password': chart => {
    opaque(chart, { 'ca-bundle.pem': CERTIFICATE });
    config(chart, { 'ca.pem': CERTIFICATE });
  },
  'the URL of a service': chart => {
    opaque(chart, { url: 'https://api.example.com/v1' });
    config(chart, { api: 'https://api.example.com/v1' });
  },
  'a client of OAuth': chart => {
    opaque(chart, { 'client-id': 'web-frontend', 'issuer': 'https://login.example.com' });
    config(chart, { client: 'web-frontend', issuer: 'https://login.example.com' });
  },
  'a value that is declared public': chart => {
    new Secret(chart, 'Secret', { data: { tenant: literal('acme-corporation').asPublic(), password: PASSWORD } });
    config(chart, { tenant: 'acme-corporation' });
  },
  'a user whose name is the namespace': chart => {
    opaque(chart, { username: 'storefront' });
    config(chart, { namespace: 'storefront' });
  },
  'a password that is bound, and its key\'s name elsewhere': chart => {
    const secret = opaque(chart, {});
    deployment(chart, 'shop', 'shop:1', { PASSWORD_KEY: 'password' }).with(SecretBinding.env('DB_PASSWORD', secret.key('password')));
  },
};

test('there are twenty of them', () => {
  expect(Object.keys(PROGRAMS)).toHaveLength(20);
});

test.each(Object.entries(PROGRAMS))('an ordinary program with %s is not refused for a leak', (_, build) => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'ordinary-')) });
  build(new Chart(app, 'storefront', { namespace: 'storefront' }));
  expect(leaks(app)).toEqual([]);
});

test.each(Object.entries(PROGRAMS))('its password is still looked for: %s', (title, build) => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'ordinary-')) });
  const chart = new Chart(app, 'storefront', { namespace: 'storefront' });
  build(chart);
  if (!title.includes('certificate')) {
    new kplus.ConfigMap(chart, 'Leak', { data: { a: 'x=correct-horse-battery' } });
  } else {
    new kplus.ConfigMap(chart, 'Leak', { data: { a: PRIVATE_KEY.split('\n').map(line => `    ${line}\r`).join('\n') } });
  }
  expect(leaks(app).join('\n')).toContain('LeakedValue');
});

function leaks(app: App): string[] {
  try {
    app.synth();
    expect(readFileSync(join(app.outdir, 'storefront.k8s.yaml'), 'utf8')).toContain('kind: Secret');
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').filter(line => line.includes('LeakedValue') || !line.includes('Warning'));
  }
}
