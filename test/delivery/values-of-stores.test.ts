import {
  CsiProvider, DockerConfigSecret, InfisicalProject, RemoteDecodingStrategy, Secret, SecretDelivery, SensitiveValue, VaultEngine,
} from '../../src';
import { newChart } from '../support/charts';
import { codes, findings } from '../support/refusal';

/** The deliveries whose stores give values as they are. */
const PLAIN: [string, SecretDelivery][] = [
  ['csi', SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'shop' }) })],
  ['vaultAgent', SecretDelivery.vaultAgent({ role: 'shop', engine: VaultEngine.keyValue('secret') })],
  ['onePassword', SecretDelivery.onePassword({ vault: 'Shop' })],
  ['infisical', SecretDelivery.infisical({ project: InfisicalProject.slug('shop'), environment: 'prod', authName: 'login' })],
  ['secretSync', SecretDelivery.secretSync({ provider: CsiProvider.vault({ roleName: 'shop' }), serviceAccountName: 'shop' })],
];
const VAULT = SecretDelivery.vault({ engine: VaultEngine.keyValue('secret') });

function declare(delivery: SecretDelivery, password: SensitiveValue): Secret {
  return new Secret(newChart('shop'), 'Db', { metadata: { name: 'db' }, data: { password, token: SensitiveValue.fromFile('no-such-file') }, delivery });
}

const entry = { key: 'db', property: 'password' };
const LITERAL = SensitiveValue.fromLiteral('correct horse');

describe.each(PLAIN)('%s', (_, delivery) => {
  test.each<[string, SensitiveValue]>([
    ['a literal', LITERAL],
    ['a value that is generated', SensitiveValue.generated()],
  ])('cannot have %s, which no store holds', (_name, value) => {
    expect(codes(declare(delivery, value))).toEqual(['[c/Db] UnsupportedByDelivery']);
  });

  test('cannot have a value decoded', () => {
    const encoded = SensitiveValue.fromRemote({ ...entry, decodingStrategy: RemoteDecodingStrategy.BASE64 });
    expect(codes(declare(delivery, encoded))).toEqual(['[c/Db] UnsupportedByDelivery']);
  });

  test.each<[string, SensitiveValue]>([
    ['a literal', LITERAL.orRemote(entry)],
    ['a value that is generated', SensitiveValue.generated().orRemote(entry)],
    ['a variable', SensitiveValue.fromEnvironment('UNSET')],
    ['a value that the delivery finds', SensitiveValue.fromDelivery()],
  ])('has %s where it is said where', (_name, value) => {
    expect(codes(declare(delivery, value))).toEqual([]);
  });
});

describe('vault', () => {
  test('cannot have a value that is generated, nor make one of such', () => {
    expect(codes(declare(VAULT, SensitiveValue.generated()))).toEqual(['[c/Db] UnsupportedByDelivery']);
    const registries = [{ server: 'ghcr.io', username: SensitiveValue.fromRemote({ key: 'ci', property: 'user' }), password: SensitiveValue.generated() }];
    expect(codes(new DockerConfigSecret(newChart('shop'), 'R', { registries, delivery: VAULT }))).toEqual(['[c/R] UnsupportedByDelivery']);
  });

  test('has a literal that everybody may read, and no other', () => {
    expect(findings(declare(VAULT, LITERAL.asPublic()))).toEqual([]);
    expect(codes(declare(VAULT, LITERAL))).toEqual(['[c/Db] InvalidExternalSecret']);
  });

  test('needs something to fetch', () => {
    const secret = new Secret(newChart('shop'), 'Db', { data: { a: LITERAL.asPublic() }, delivery: VAULT });
    expect(codes(secret)).toEqual(['[c/Db] UnsupportedByDelivery']);
  });
});
