import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import * as fc from 'fast-check';
import {
  CertificateAuthority, CertificateIssuer, Secret, SecretDelivery, SensitiveValue, StoreReference, TlsSecret,
  type CertificateAuthorityOptions, type IssuedCertificateOptions,
} from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { codes, findings, refusal } from '../support/refusal';
import { tempFile } from '../support/temp-folder';

const delivery = SecretDelivery.manifest({ determinismKey: SensitiveValue.fromLiteral('a determinism key of 32 bytes ...') });
const FROM = { notBefore: '2026-01-01', days: 20_000 };
const LONG = { dnsNames: ['shop.example.com', '*.dev.example.com', 'localhost'], ipAddresses: ['127.0.0.1', '::1', '2001:db8::1:0:2'], days: 20_000 };

const HAS_OPENSSL = spawnSync('openssl', ['version']).error === undefined;

interface Files {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

interface Wanted {
  readonly name?: string;
  readonly namespace?: string;
  readonly authority?: CertificateAuthority;
  readonly leaf?: string;
  readonly options?: IssuedCertificateOptions;
}

function filesOf({ name = 'tls', namespace = 'web', authority = CertificateAuthority.generated('dev', FROM), leaf = 'shop', options = LONG }: Wanted = {}): Files {
  const secret = new TlsSecret(newChart(namespace), 'Tls', { metadata: { name }, ...authority.issue(leaf, options), delivery });
  const { data } = manifestOf(secret);
  const [cert, key, ca] = ['tls.crt', 'tls.key', 'ca.crt'].map(each => Buffer.from(data[each], 'base64').toString());
  return { cert, key, ca };
}

describe('a certificate of an authority of the program', () => {
  test('is what a TLS secret takes, with nothing to complain of', () => {
    const secret = new TlsSecret(newChart('web'), 'Tls', { ...CertificateAuthority.generated('dev', FROM).issue('shop', LONG), delivery });
    expect(findings(secret)).toEqual([]);
  });

  test('is signed by the authority, for its key and its names and no others', () => {
    const { cert, key, ca } = filesOf();
    const [leaf, authority] = [cert, ca].map(pem => new X509Certificate(pem));
    expect(leaf.verify(authority.publicKey)).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect(leaf.checkIssued(authority)).toBe(true);
    expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect([leaf.ca, authority.ca]).toEqual([false, true]);
    expect(['shop.example.com', 'a.dev.example.com', 'localhost', 'other.example.com', 'dev.example.com'].filter(host => leaf.checkHost(host) !== undefined))
      .toEqual(['shop.example.com', 'a.dev.example.com', 'localhost']);
    expect(['127.0.0.1', '::1', '2001:db8::1:0:2', '127.0.0.2'].filter(address => leaf.checkIP(address) !== undefined)).toEqual(['127.0.0.1', '::1', '2001:db8::1:0:2']);
    expect([leaf.subject, leaf.issuer, authority.subject, authority.issuer]).toEqual(['CN=shop', 'CN=dev', 'CN=dev', 'CN=dev']);
  });

  test('is one that a client trusts which trusts the authority, and no other client', async () => {
    const { cert, key, ca } = filesOf();
    const server = createServer({ cert, key }, socket => socket.end('hello')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const said = async (trusted: string, servername: string) => {
      const socket = connect({ port, host: '127.0.0.1', ca: trusted, servername });
      try {
        const [data] = await once(socket, 'data');
        return String(data);
      } catch (error) {
        return (error as NodeJS.ErrnoException).code;
      } finally {
        socket.destroy();
      }
    };
    try {
      expect(await said(ca, 'shop.example.com')).toBe('hello');
      expect(await said(ca, 'other.example.com')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
      expect(await said(filesOf({ name: 'another' }).ca, 'shop.example.com')).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    } finally {
      server.close();
    }
  });

  (HAS_OPENSSL ? test : test.skip)('is one that openssl takes at its strictest', () => {
    const { cert, ca } = filesOf();
    const { stdout, stderr } = spawnSync('openssl', [
      'verify', '-x509_strict', '-check_ss_sig', '-purpose', 'sslserver', '-verify_hostname', 'shop.example.com', '-attime', '1780000000',
      '-CAfile', tempFile(ca, 'ca.crt'), tempFile(cert, 'tls.crt'),
    ], { encoding: 'utf8' });
    expect([stdout.replace(/^.*: /, ''), stderr]).toEqual(['OK\n', '']);
  });

  test('is the same to the last byte wherever and whenever it is made, and another one in another place', () => {
    const same = filesOf();
    expect(filesOf()).toEqual(same);
    const others = [
      filesOf({ name: 'other' }), filesOf({ namespace: 'other' }), filesOf({ leaf: 'other' }), filesOf({ options: { ...LONG, generation: 2 } }),
      filesOf({ authority: CertificateAuthority.generated('other', FROM) }), filesOf({ authority: CertificateAuthority.generated('dev', { ...FROM, generation: 2 }) }),
    ];
    expect(new Set([same, ...others].map(({ key }) => key)).size).toBe(7);
    expect([same, ...others].filter(({ ca }) => ca === same.ca)).toHaveLength(3);
  });

  test('is renewed by a later day, for other names and for longer, with the same key and under the same authority', () => {
    const before = filesOf();
    const { serialNumber, validFrom } = new X509Certificate(before.cert);
    const later = filesOf({ options: { ...LONG, notBefore: '2027-01-01', days: 825 } });
    const renamed = filesOf({ options: { dnsNames: ['a'], days: 20_000 } });
    const longer = filesOf({ authority: CertificateAuthority.generated('dev', { ...FROM, days: 30_000, commonName: 'dev' }) });
    expect([later, renamed, longer].map(({ key }) => key)).toEqual([before.key, before.key, before.key]);
    expect(new X509Certificate(longer.cert).verify(new X509Certificate(before.ca).publicKey)).toBe(true);
    const renewed = new X509Certificate(later.cert);
    expect([validFrom, renewed.validFrom, renewed.validTo]).toEqual(['Jan  1 00:00:00 2026 GMT', 'Jan  1 00:00:00 2027 GMT', 'Apr  5 00:00:00 2029 GMT']);
    expect(new Set([serialNumber, renewed.serialNumber, new X509Certificate(renamed.cert).serialNumber]).size).toBe(3);
  });

  test.each<[string, CertificateAuthorityOptions, IssuedCertificateOptions, string]>([
    ['825 days', { notBefore: '2026-01-01' }, {}, 'Apr  5 00:00:00 2028 GMT'],
    ['as long as its authority', { notBefore: '2026-01-01', days: 90 }, {}, 'Apr  1 00:00:00 2026 GMT'],
    ['as long as its authority, from its own day', { notBefore: '2026-01-01', days: 90 }, { notBefore: '2026-03-31' }, 'Apr  1 00:00:00 2026 GMT'],
    ['into years that certificates write with four digits', { notBefore: '2049-12-31', days: 1 }, {}, 'Jan  1 00:00:00 2050 GMT'],
    ['in days that are long gone', { notBefore: '1949-12-31', days: 2 }, {}, 'Jan  2 00:00:00 1950 GMT'],
  ])('is valid %s', (_, options, leaf, expected) => {
    const { cert } = filesOf({ authority: CertificateAuthority.generated('dev', options), options: { dnsNames: ['a'], ...leaf } });
    expect(new X509Certificate(cert).validTo).toBe(expected);
  });

  test('is one of many of its authority, which belong to the secret that was declared first', () => {
    const chart = newChart('web');
    const authority = CertificateAuthority.generated('dev', FROM);
    const [first, second] = ['a', 'b'].map(name => new TlsSecret(chart, name, { ...authority.issue(name, LONG), delivery }));
    const trust = new Secret(chart, 'Trust', { data: { 'ca.crt': authority.certificate }, delivery });
    const [a, b, c] = [first, second, trust].map(secret => manifestOf(secret).data['ca.crt']);
    expect([b, c]).toEqual([a, a]);
  });

  test('has public parts that everybody may know, and a key that nobody may', () => {
    const { tlsCert, tlsKey, certificateAuthority } = CertificateAuthority.generated('dev', FROM).issue('a', LONG);
    expect([tlsCert, certificateAuthority, tlsKey].map(part => part._isPublic)).toEqual([true, true, false]);
    expect(refusal(() => tlsKey.asPublic()).code).toBe('InvalidValue');
  });

  test('has any address', () => {
    fc.assert(fc.property(fc.ipV6().filter(address => !/^(0*:)*:?0*ffff:/i.test(address)), address => {
      const { cert } = filesOf({ options: { ipAddresses: [address], days: 20_000 } });
      expect(new X509Certificate(cert).checkIP(address)).toBe(address);
    }), { numRuns: 40 });
  });

  test('has as many names as anybody wants', () => {
    const dnsNames = Array.from({ length: 3000 }, (_, index) => `host-${index}.example.com`);
    expect(new X509Certificate(filesOf({ options: { dnsNames, days: 20_000 } }).cert).checkHost('host-2999.example.com')).toBe('host-2999.example.com');
  });

  test('does not change with a version of this library', () => {
    const { cert, ca } = filesOf();
    expect([cert, ca].map(pem => new X509Certificate(pem).fingerprint256)).toEqual([
      '35:8A:A6:88:6F:CA:4A:D0:41:38:11:76:79:27:89:AD:12:1F:01:B1:66:1F:83:BC:75:E7:5B:36:54:3F:AA:1E',
      'EA:10:88:25:C7:4D:EF:B7:7A:F0:82:76:F2:A1:11:D5:EB:C3:75:32:02:FF:7B:65:76:4E:AD:8F:C5:5E:15:8C',
    ]);
  });
});

describe('in other deliveries', () => {
  const parts = () => CertificateAuthority.generated('dev', FROM).issue('shop', LONG);

  test('cert-manager makes a certificate of its own instead', () => {
    const options = { issuer: CertificateIssuer.clusterIssuer('ca'), dnsNames: ['shop.example.com'], givesAuthority: true };
    expect(codes(new TlsSecret(newChart('web'), 'Tls', { ...parts(), delivery: SecretDelivery.certificate(options) }))).toEqual([]);
  });

  test('external makes none, and says who does', () => {
    const store = StoreReference.secretStore('s');
    const [finding] = findings(new TlsSecret(newChart('web'), 'Tls', { ...parts(), delivery: SecretDelivery.external({ store }) }));
    expect(finding).toMatch(/UnsupportedByDelivery: "ca.crt" is a generated certificate of an authority, and .* no generator of such; let cert-manager make .* SecretDelivery\.certificate/);
  });

  test('it needs a determinism key', () => {
    expect(new Set(codes(new TlsSecret(newChart('web'), 'Tls', parts())))).toEqual(new Set(['[c/Tls] MissingDeterminismKey']));
  });
});

describe('fails', () => {
  const issue = (options: unknown) => () => CertificateAuthority.generated('dev', { notBefore: '2026-01-01', days: 100 }).issue('shop', options as never);
  const authority = (options: unknown, name: unknown = 'dev') => () => CertificateAuthority.generated(name as never, options as never);

  test.each<[string, () => unknown, RegExp]>([
    ['for nobody', issue({}), /for nothing/],
    ['for empty lists', issue({ dnsNames: [], ipAddresses: [] }), /for nothing/],
    ['without options', issue(undefined), /for nothing/],
    ['for a name that is none', issue({ dnsNames: ['a', 'https://a'] }), /dnsNames\[1\] is no name/],
    ['for capitals', issue({ dnsNames: ['A'] }), /dnsNames\[0\] is no name/],
    ['for a star inside', issue({ dnsNames: ['a.*.b'] }), /dnsNames\[0\] is no name/],
    ['for a star alone', issue({ dnsNames: ['*'] }), /dnsNames\[0\] is no name/],
    ['for a label of 64 characters', issue({ dnsNames: [`${'a'.repeat(64)}.b`] }), /dnsNames\[0\] is no name/],
    ['for an address among names', issue({ dnsNames: ['127.0.0.1'] }), /dnsNames\[0\] is an address/],
    ['for a name among addresses', issue({ ipAddresses: ['localhost'] }), /ipAddresses\[0\] is no address/],
    ['for a network', issue({ ipAddresses: ['10.0.0.0/8'] }), /ipAddresses\[0\] is no address/],
    ['for what is no text', issue({ dnsNames: [SensitiveValue.fromLiteral('a')] }), /no texts/],
    ['for one text', issue({ dnsNames: 'a' }), /no texts/],
    ['for a day before the authority', issue({ dnsNames: ['a'], notBefore: '2025-12-31', days: 10 }), /from 2025-12-31 to 2026-01-10, and its authority is from 2026-01-01 to 2026-04-11/],
    ['for longer than the authority', issue({ dnsNames: ['a'], days: 101 }), /to 2026-04-12/],
    ['for a day after the authority', issue({ dnsNames: ['a'], notBefore: '2027-01-01' }), /from 2027-01-01/],
    ['for no days', issue({ dnsNames: ['a'], days: 0 }), /days/],
    ['for a generation that is none', issue({ dnsNames: ['a'], generation: 0 }), /generation/],
    ['without a day', authority({}), /first day/],
    ['without anything', authority(undefined), /first day/],
    ['for a day that is none', authority({ notBefore: '2026-02-30' }), /first day/],
    ['for a time', authority({ notBefore: '2026-01-01T00:00:00Z' }), /first day/],
    ['for half a day', authority({ notBefore: '2026-01-01', days: 0.5 }), /days/],
    ['for ever', authority({ notBefore: '2026-01-01', days: 3_000_000 }), /days/],
    ['without a name', authority({ notBefore: '2026-01-01' }, ''), /no name/],
    ['for a common name of 65 characters', authority({ notBefore: '2026-01-01', commonName: 'a'.repeat(65) }), /common name/],
    ['for a common name of two lines', authority({ notBefore: '2026-01-01', commonName: 'a\nb' }), /common name/],
    ['for an empty common name', authority({ notBefore: '2026-01-01', commonName: '' }), /common name/],
  ])('%s', (_, action, message) => {
    const { code, problem } = refusal(action);
    expect(code).toBe('InvalidGeneratedValue');
    expect(problem).toMatch(message);
  });
});

test('a common name may be of any alphabet', () => {
  const authority = CertificateAuthority.generated('dev', { ...FROM, commonName: 'Entwicklung für den Laden' });
  expect(new X509Certificate(filesOf({ authority }).ca).subject).toBe('CN=Entwicklung für den Laden');
});
