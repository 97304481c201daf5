import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CertificateIssuer, CertificateKey, CertificateUsage, Inspection, Secret, SecretBinding, SecretDelivery, SecretRollout, SensitiveValue, TlsSecret,
  type CertificateDeliveryOptions, type TlsSecretProps,
} from '../../../src';
import { newChart } from '../../support/charts';
import { strictManifestOf } from '../../support/operator-objects';
import { codes, findings, refusal } from '../../support/refusal';

const issuer = CertificateIssuer.clusterIssuer('letsencrypt');
const certificate = (options: Partial<CertificateDeliveryOptions> = {}) => SecretDelivery.certificate({ issuer, dnsNames: ['shop.example.com'], ...options });

function declare(options: Partial<CertificateDeliveryOptions> = {}, props: Partial<TlsSecretProps> = {}, chart = newChart('shop')): TlsSecret {
  return new TlsSecret(chart, 'Tls', { metadata: { name: 'tls' }, delivery: certificate(options), ...props });
}

const refused = (options: Partial<CertificateDeliveryOptions>) => refusal(() => certificate(options));

test('the object is a Certificate of the name of the secret, and no value is read', () => {
  const unread = SensitiveValue.fromFile('no-such-file');
  expect(strictManifestOf(declare({}, { tlsCert: unread, tlsKey: unread }))).toEqual({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'tls', namespace: 'shop' },
    spec: {
      secretName: 'tls',
      issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer', group: 'cert-manager.io' },
      dnsNames: ['shop.example.com'],
      privateKey: { algorithm: 'RSA', size: 2048, encoding: 'PKCS1', rotationPolicy: 'Always' },
    },
  });
});

test('everything that it is given stands in it', () => {
  const manifest = strictManifestOf(declare({
    issuer: CertificateIssuer.issuer('ca'),
    dnsNames: ['shop.example.com', '*.shop.example.com'],
    commonName: 'shop',
    ipAddresses: ['10.0.0.1'],
    uris: ['spiffe://cluster.local/ns/shop'],
    emailAddresses: ['shop@example.com'],
    duration: Duration.days(30),
    renewBefore: Duration.minutes(90),
    privateKey: CertificateKey.ecdsa(384, { keep: true, pkcs8: true }),
    usages: [CertificateUsage.SERVER_AUTH, CertificateUsage.CLIENT_AUTH],
    givesAuthority: true,
  }, { metadata: { name: 'tls', labels: { app: 'shop' }, annotations: { note: 'n' } } }));
  expect(manifest.spec).toEqual({
    secretName: 'tls',
    secretTemplate: { labels: { app: 'shop' }, annotations: { note: 'n' } },
    issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' },
    commonName: 'shop',
    dnsNames: ['shop.example.com', '*.shop.example.com'],
    ipAddresses: ['10.0.0.1'],
    uris: ['spiffe://cluster.local/ns/shop'],
    emailAddresses: ['shop@example.com'],
    duration: '720h0m0s',
    renewBefore: '1h30m0s',
    privateKey: { algorithm: 'ECDSA', size: 384, encoding: 'PKCS8', rotationPolicy: 'Never' },
    usages: ['server auth', 'client auth'],
  });
});

test.each<[string, CertificateKey, object]>([
  ['RSA', CertificateKey.rsa(4096), { algorithm: 'RSA', size: 4096, encoding: 'PKCS1', rotationPolicy: 'Always' }],
  ['ECDSA', CertificateKey.ecdsa(), { algorithm: 'ECDSA', size: 256, encoding: 'PKCS1', rotationPolicy: 'Always' }],
  ['Ed25519', CertificateKey.ed25519({ keep: true }), { algorithm: 'Ed25519', encoding: 'PKCS8', rotationPolicy: 'Never' }],
])('a key of %s', (_, privateKey, expected) => {
  expect(strictManifestOf(declare({ privateKey })).spec.privateKey).toEqual(expected);
});

test('an issuer of another controller keeps its group and kind', () => {
  const other = CertificateIssuer.other({ group: 'awspca.cert-manager.io', kind: 'AWSPCAClusterIssuer', name: 'pca' });
  expect(strictManifestOf(declare({ issuer: other })).spec.issuerRef).toEqual({ group: 'awspca.cert-manager.io', kind: 'AWSPCAClusterIssuer', name: 'pca' });
});

describe('its keys', () => {
  test('are tls.crt and tls.key, without any value', () => {
    const secret = declare();
    expect(secret.keyNames).toEqual(['tls.crt', 'tls.key']);
    expect(secret.certificateKey.name).toBe('tls.crt');
    expect(refusal(() => secret.key('ca.crt')).code).toBe('UnknownKey');
  });

  test('have ca.crt where the issuer gives it', () => {
    const secret = declare({ givesAuthority: true }, { certificateAuthority: SensitiveValue.fromDelivery() });
    expect(strictManifestOf(secret).spec.secretName).toBe('tls');
    expect(secret.certificateAuthorityKey!.name).toBe('ca.crt');
  });

  test('have no ca.crt where it may not be there', () => {
    expect(findings(declare({}, { certificateAuthority: SensitiveValue.fromDelivery() }))).toEqual([
      '[c/Tls] UnsupportedByDelivery: whether an issuer gives its authority\'s certificate, the key "ca.crt", is its own affair; those of ACME never do; '
      + 'say givesAuthority: true where it does, or leave certificateAuthority out',
    ]);
  });

  test('are no others', () => {
    const secret = new Secret(newChart('shop'), 'Tls', { type: 'kubernetes.io/tls', delivery: certificate() });
    for (const key of ['tls.crt', 'tls.key', 'dhparam.pem']) secret.addData(key, SensitiveValue.fromDelivery());
    expect(codes(secret)).toEqual(['[c/Tls] UnsupportedByDelivery']);
  });

  test('are bound like those of any secret, and pods that Reloader restarts are warned of nothing', () => {
    const chart = newChart('shop');
    const secret = declare({}, {}, chart);
    new kplus.Deployment(chart, 'Api', { containers: [{ image: 'api' }] }).with(SecretBinding.files('/etc/tls', secret), SecretRollout.reloader());
    const inspection = Inspection.fromApp(App.of(chart));
    expect([...inspection.errors, ...inspection.warnings].filter(({ code }) => code.startsWith('Rollout') || code.startsWith('Unknown'))).toEqual([]);
  });
});

test('a checksum sees nothing of it, and says so', () => {
  const chart = newChart('shop');
  const deployment = new kplus.Deployment(chart, 'Api', { containers: [{ image: 'api' }] });
  deployment.with(SecretBinding.files('/etc/tls', declare({}, {}, chart)), SecretRollout.checksum());
  expect(Inspection.fromApp(App.of(chart)).warnings.map(({ code }) => code)).toContain('RolloutIneffective');
});

test('a secret of another type has no place in it', () => {
  expect(refusal(() => new Secret(newChart(), 'Db', { data: { password: SensitiveValue.fromLiteral('x') }, delivery: certificate() }))).toEqual({
    code: 'UnsupportedByDelivery',
    path: 'c/Db',
    problem: 'cert-manager makes secrets of type "kubernetes.io/tls" only, and this one is of type "Opaque"',
    next: 'declare it as a TlsSecret, or give it another delivery',
  });
});

test.each<[string, Partial<TlsSecretProps>]>([['immutable', { immutable: true }], ['named by a hash of its values', { hashedName: true }]])('a secret is never %s', (_, props) => {
  expect(refusal(() => declare({}, props)).code).toBe('UnsupportedByDelivery');
});

test('without a delivery that makes them, the values are missing', () => {
  expect(findings(declare({}, { delivery: SecretDelivery.manifest() }))).toEqual([
    '[c/Tls] RemoteValue: keys "tls.crt", "tls.key": this program says no value: the delivery is to make it, or to find it; '
    + 'choose a delivery that does, like SecretDelivery.certificate or .external, or give this environment a value of its own',
  ]);
});

test('two Certificates for one Secret are refused', () => {
  const chart = newChart('shop');
  declare({}, {}, chart);
  new TlsSecret(chart, 'Other', { metadata: { name: 'tls' }, delivery: certificate() });
  expect(codes(chart)).toContain('[c/Other] DuplicateSecret');
});

test('it can be chosen for a scope', () => {
  const app = new App();
  certificate().useFor(app);
  expect(strictManifestOf(new TlsSecret(new Chart(app, 'c'), 'Tls')).kind).toBe('Certificate');
});

const HOUR = Duration.hours(1);
test.each<[string, Partial<CertificateDeliveryOptions>]>([
  ['no name', { dnsNames: [] }],
  ['an empty name', { dnsNames: [''] }],
  ['an empty common name alone', { dnsNames: [], commonName: '' }],
  ['a common name of 65 bytes', { commonName: 'é'.repeat(32) + 'x' }],
  ['a life of less than an hour', { duration: Duration.minutes(59) }],
  ['a renewal less than five minutes before its end', { duration: HOUR, renewBefore: Duration.minutes(4) }],
  ['a renewal before it is made', { duration: HOUR, renewBefore: HOUR }],
  ['a renewal before it is made, with the life that it has by default', { renewBefore: Duration.days(90) }],
  ['no issuer', { issuer: undefined as any }],
])('fails with %s', (_, options) => {
  expect(refused(options).code).toBe('InvalidDelivery');
});

test.each<[string, Partial<CertificateDeliveryOptions>]>([
  ['a common name of 64 bytes', { commonName: 'é'.repeat(32) }],
  ['a life of an hour', { duration: HOUR, renewBefore: Duration.minutes(5) }],
  ['a renewal just before its half', { duration: HOUR, renewBefore: Duration.minutes(59) }],
])('takes %s, and so do the rules of the webhook', (_, options) => {
  strictManifestOf(declare(options));
});

test.each([2047, 8193, 2048.5, NaN])('a key of RSA has no %p bits', bits => {
  expect(refusal(() => CertificateKey.rsa(bits)).code).toBe('InvalidDelivery');
});

test.each([255, 512])('a key of ECDSA has no %p bits', bits => {
  expect(refusal(() => CertificateKey.ecdsa(bits)).code).toBe('InvalidDelivery');
});

test.each(['', 'My Issuer', undefined])('%p is no name of an issuer', name => {
  expect(refusal(() => CertificateIssuer.issuer(name as string)).code).toBe('InvalidDelivery');
});
