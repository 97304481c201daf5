import { spawnSync } from 'node:child_process';
import { checkPrimeSync, createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { Chart } from 'cdk8s';
import { KeyPair, Secret, SecretDelivery, SensitiveValue, SshAuthSecret, StoreReference } from '../../src';
import { crdProblems } from '../conformance/crd';
import { manifestOf, newChart } from '../support/charts';
import { codes, findings, refusal } from '../support/refusal';
import { tempFile } from '../support/temp-folder';

const delivery = SecretDelivery.manifest({ determinismKey: SensitiveValue.fromLiteral('a determinism key of 32 bytes ...') });
const KINDS: [string, typeof KeyPair.ed25519][] = [['Ed25519', KeyPair.ed25519], ['ECDSA', KeyPair.ecdsaP256], ['RSA', KeyPair.rsa]];

const HAS_SSH_KEYGEN = spawnSync('ssh-keygen', ['-?']).error === undefined;

interface Parts {
  readonly private: string;
  readonly public: string;
  readonly id: string;
  readonly line: string;
}

function partsOf(pair: KeyPair, name = 'keys', namespace = 'web'): Parts {
  const data = { private: pair.privateKey, public: pair.publicKey, id: pair.sshPrivateKey, line: pair.sshPublicKey };
  const secret = new Secret(newChart(namespace), 'Keys', { metadata: { name }, data, delivery });
  expect(findings(secret)).toEqual([]);
  return Object.fromEntries(Object.entries<string>(manifestOf(secret).data).map(([key, base64]) => [key, Buffer.from(base64, 'base64').toString()])) as never;
}

describe.each(KINDS)('a pair of %s', (_, of) => {
  test('signs with the private key what the public key verifies', () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const { private: privateKey, public: publicKey } = partsOf(of(name));
      expect(verify(undefined, Buffer.from('data'), createPublicKey(publicKey), sign(undefined, Buffer.from('data'), createPrivateKey(privateKey)))).toBe(true);
    }
  });

  test('is the same wherever it is made, and another for another name, generation, secret or namespace', () => {
    const same = [of('a'), of('a')].map(pair => partsOf(pair));
    expect(same[0]).toEqual(same[1]);
    const others = [partsOf(of('b')), partsOf(of('a', { generation: 2 })), partsOf(of('a'), 'others'), partsOf(of('a'), 'keys', 'jobs')];
    expect(new Set([same[0], ...others].map(parts => parts.private)).size).toBe(5);
  });

  test('is one pair in all secrets that hold parts of it', () => {
    const chart = newChart('web');
    const pair = of('a');
    const server = new Secret(chart, 'Server', { data: { key: pair.privateKey }, delivery });
    const client = new Secret(chart, 'Client', { data: { key: pair.publicKey }, delivery });
    const [key, publicKey] = [server, client].map(secret => Buffer.from(manifestOf(secret).data.key, 'base64').toString());
    expect(createPublicKey(createPrivateKey(key)).export({ type: 'spki', format: 'pem' })).toBe(publicKey);
  });

  (HAS_SSH_KEYGEN ? test : test.skip)('is what ssh-keygen takes for a private key, with the same public key', () => {
    for (const name of ['a', 'b', 'c', 'd.e', 'f-g']) {
      const { id, line } = partsOf(of(name));
      const file = tempFile(id, 'id');
      chmodSync(file, 0o600);
      const { status, stdout, stderr } = spawnSync('ssh-keygen', ['-y', '-f', file], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toBe(line);
    }
  });

  test('has a public part that everybody may know, and a private one that nobody may', () => {
    const pair = of('a');
    const parts = [pair.publicKey, pair.sshPublicKey, pair.privateKey, pair.sshPrivateKey];
    expect(parts.map(part => part._isPublic)).toEqual([true, true, false, false]);
    expect(refusal(() => pair.privateKey.asPublic()).code).toBe('InvalidValue');
    const line = SensitiveValue.template('restrict {key}', { key: pair.sshPublicKey });
    expect([pair.publicKey.asPublic(), line.asPublic()].map(part => part._isPublic)).toEqual([true, true]);
  });

  test('needs a determinism key, and with external a store', () => {
    const data = () => ({ key: of('a').privateKey });
    expect(codes(new Secret(newChart(), 'S', { data: data() }))).toEqual(['[c/S] MissingDeterminismKey']);
    const external = SecretDelivery.external({ store: StoreReference.secretStore('s') });
    expect(findings(new Secret(newChart(), 'S', { data: data(), delivery: external }))).toEqual([
      expect.stringMatching(/UnsupportedByDelivery: "key" is a generated private part of an [\w ]+, and the operator has no generator of such/),
    ]);
    expect(codes(new Secret(newChart(), 'S', { data: { key: of('a').privateKey.orRemote({ key: 'k' }) }, delivery: external }))).toEqual([]);
  });
});

test('an SSH secret takes the private key of a pair', () => {
  const secret = new SshAuthSecret(newChart(), 'Ssh', { privateKey: KeyPair.ed25519('deploy').sshPrivateKey, delivery });
  expect(codes(secret)).toEqual([]);
});

describe('with external', () => {
  const external = SecretDelivery.external({});
  const specOf = (secret: Secret | SshAuthSecret) => {
    expect(codes(secret)).toEqual([]);
    const { spec: { dataFrom, target } } = manifestOf(secret);
    const steps = ({ rewrite }: any) => rewrite?.map(({ regexp }: any) => [regexp.source, regexp.target]);
    return { rewrite: dataFrom.map(steps), data: target.template.data };
  };

  test('the operator makes a pair for SSH once, and only what is declared of it is kept', () => {
    const secret = new SshAuthSecret(newChart('web'), 'Ssh', { metadata: { name: 'ssh' }, privateKey: KeyPair.ed25519('deploy').sshPrivateKey, delivery: external });
    expect(specOf(secret)).toEqual({
      rewrite: [[['^privateKey$', 'ssh-privatekey'], ['^publicKey$', 'ssh-privatekey-publicKey']]], data: { 'ssh-privatekey': '{{ index . "ssh-privatekey" }}' },
    });
    expect(crdProblems(manifestOf(secret))).toEqual([]);
    expect(manifestOf(secret).spec).toMatchObject({ refreshPolicy: 'CreatedOnce', target: { immutable: true, creationPolicy: 'Orphan' } });
    expect(Chart.of(secret).toJson()[1]).toEqual({
      apiVersion: 'generators.external-secrets.io/v1alpha1',
      kind: 'SSHKey',
      metadata: { name: 'ssh-ssh-privatekey', namespace: 'web' },
      spec: { keyType: 'ed25519', comment: 'deploy' },
    });
  });

  test.each<[string, string, string, [string, string][] | undefined]>([
    ['under their own names', 'privateKey', 'publicKey', undefined],
    ['under other names', 'id', 'id.pub', [['^privateKey$', 'id'], ['^publicKey$', 'id.pub']]],
    ['under exchanged names', 'publicKey', 'privateKey', [['^', 'made-'], ['^made-publicKey$', 'privateKey'], ['^made-privateKey$', 'publicKey']]],
  ])('both parts %s come from one generator', (_, id, line, steps) => {
    const pair = KeyPair.ecdsaP256('a');
    const secret = new Secret(newChart('web'), 'S', { data: { [id]: pair.sshPrivateKey, [line]: pair.sshPublicKey }, delivery: external });
    expect(specOf(secret)).toEqual({ rewrite: [steps], data: undefined });
    const objects = Chart.of(secret).toJson();
    expect(objects.map(({ kind }: any) => kind)).toEqual(['ExternalSecret', 'SSHKey']);
    expect(objects[1].spec).toEqual({ keyType: 'ecdsa', keySize: 256, comment: 'a' });
  });

  test('a part that nobody declared overwrites no key', () => {
    const [a, b] = [KeyPair.ed25519('a'), KeyPair.ed25519('b')];
    const data = { 'publicKey': a.sshPublicKey, 'b': b.sshPrivateKey, 'b-publicKey': SensitiveValue.generated() };
    const { rewrite } = specOf(new Secret(newChart('web'), 'S', { data, delivery: external }));
    expect(rewrite).toEqual([[['^privateKey$', 'b'], ['^publicKey$', 'b-publicKey_']], [['^password$', 'b-publicKey']], [['^privateKey$', 'publicKey-privateKey']]]);
  });

  test('another generation is another Secret, with one number for a pair', () => {
    const pair = KeyPair.ed25519('a', { generation: 3 });
    const data = { a: pair.sshPrivateKey, b: pair.sshPublicKey, c: SensitiveValue.generated() };
    expect(new Secret(newChart('web'), 'S', { metadata: { name: 's' }, data, delivery: external }).name).toBe('s-g3-1');
  });

  test('a second secret has no other pair', () => {
    const chart = newChart('web');
    const pair = KeyPair.ed25519('a');
    new Secret(chart, 'A', { data: { a: pair.sshPrivateKey }, delivery: external });
    expect(findings(new Secret(chart, 'B', { data: { b: pair.sshPublicKey }, delivery: external }))).toEqual([
      expect.stringMatching(/^\[c\/B\] UnsupportedByDelivery: "b" is a generated public part of an Ed25519 key, and it belongs to another secret/),
    ]);
  });

  test('a part in PEM is not made, and the error says which are', () => {
    const pair = KeyPair.ed25519('a');
    expect(findings(new Secret(newChart(), 'S', { data: { a: pair.privateKey, b: pair.sshPrivateKey }, delivery: external }))).toEqual([
      expect.stringMatching(/UnsupportedByDelivery: "a" is a generated private part .* no generator of such; take sshPrivateKey and sshPublicKey/),
    ]);
  });
});

test('a command does not make one', () => {
  expect(KeyPair.ed25519('a').privateKey._origin).toBeUndefined();
});

test.each([2048, 3072, 4096])('a pair of RSA has a modulus of %d bits, and what follows from its primes', bits => {
  const key = createPrivateKey(partsOf(KeyPair.rsa('a', { bits })).private);
  expect(key.asymmetricKeyDetails).toEqual({ modulusLength: bits, publicExponent: BigInt(65537) });
  const { kty: _, ...numbers } = key.export({ format: 'jwk' });
  const numberOf = (text: unknown) => BigInt(`0x${Buffer.from(text as string, 'base64url').toString('hex')}`);
  const { n, e, d, p, q, dp, dq, qi } = Object.fromEntries(Object.entries(numbers).map(([name, text]) => [name, numberOf(text)]));
  const one = BigInt(1);
  expect([checkPrimeSync(p), checkPrimeSync(q), p > q, p * q === n]).toEqual([true, true, true, true]);
  expect([e * d % (p - one), e * d % (q - one)]).toEqual([one, one]);
  expect([dp === d % (p - one), dq === d % (q - one), qi * q % p === one]).toEqual([true, true, true]);
});

test.each([0, 1024, 2047, 2056, 8192, '2048', null, NaN])('fails for %p as the size of an RSA key', bits => {
  expect(refusal(() => KeyPair.rsa('a', { bits: bits as never })).code).toBe('InvalidGeneratedValue');
});

test('the operator makes a pair of RSA of the same size', () => {
  const privateKey = KeyPair.rsa('deploy', { bits: 4096 }).sshPrivateKey;
  const secret = new SshAuthSecret(newChart('web'), 'Ssh', { privateKey, delivery: SecretDelivery.external({}) });
  expect(codes(secret)).toEqual([]);
  expect(Chart.of(secret).toJson()[1].spec).toEqual({ keyType: 'rsa', keySize: 4096, comment: 'deploy' });
});

test.each([undefined, '', 'a b', '-a', 'a'.repeat(64), 'a\n'])('fails for %j as a name', name => {
  expect(refusal(() => KeyPair.ed25519(name as never)).code).toBe('InvalidGeneratedValue');
});

test('fails for a generation that is none', () => {
  expect(refusal(() => KeyPair.ecdsaP256('a', { generation: 0 })).code).toBe('InvalidGeneratedValue');
});

test('does not change with a version of this library', () => {
  expect(createHash('sha256').update(partsOf(KeyPair.rsa('a')).line).digest('hex')).toBe('d0781d6bf8b5c88e6ef808da3534d17d72037b0c9a76a3bc8cd940837664fa30');
  expect(partsOf(KeyPair.ed25519('a')).line).toBe('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPAzyf+c5QE2PplxLp4DDDugMxR2ErlZr3X6ZoAn7kSq a\n');
  expect(partsOf(KeyPair.ecdsaP256('a')).line).toBe('ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBG51+61w2pIp2H8kMB2p0gariGTqd+CPbF6VSujs7IzcFZRANAbTmEgcbzWmqW2b+V2HGdvH1AmCs/Itt/bXXF4= a\n');
});
