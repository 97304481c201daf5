import { isPublicValue } from '../../../src/inspect/leaks/public-values';
import { partsOf } from '../../../src/inspect/leaks/value-parts';
import { CERTIFICATE, PRIVATE_KEY } from '../../support/key-pairs';

const isPublic = (type: string | undefined, key: string, value: string) => isPublicValue(type, key, Buffer.from(value));

test.each<[string, string]>([
  ['username', 'checkout-api'], ['DB_USER', 'orders'], ['SECRET_USERNAME', 'admin-user'], ['smtpUser', 'mailer@example.com'], ['host', 'db.example.com'],
  ['DB_HOST', 'db.example.com'], ['port', '5432'], ['AWS_REGION', 'eu-central-1'], ['bucket', 'backups-eu'], ['email', 'ops@example.com'],
  ['database', 'orders'], ['docker-server', 'registry.example.com'], ['url', 'https://db.example.com:8443/'], ['clientId', 'web-frontend'], ['ca.crt', CERTIFICATE],
  ['anything', CERTIFICATE], ['chain.pem', CERTIFICATE + CERTIFICATE],
])('the value of %s is public', (key, value) => {
  expect(isPublic('Opaque', key, value)).toBe(true);
});

test.each<[string, string]>([
  ['password', 'hunter2'], ['user-password', 'hunter2'], ['token', 'abc'], ['API_KEY', 'abc'], ['url', 'postgres://app:hunter2@db/app'], ['url', 'https://hooks.example.com/x?token=1'],
  ['token-url', 'https://hooks.example.com/services/T0/B0/xyz'], ['username', 'two words'], ['key.pem', PRIVATE_KEY], ['tls.crt', CERTIFICATE + PRIVATE_KEY],
  ['host', 'x'.repeat(254)], ['secret-name', 'x'], ['private.crt', 'x'], ['', 'x'],
])('the value of %s may be secret', (key, value) => {
  expect(isPublic('Opaque', key, value)).toBe(false);
});

test('of the built-in types the user name and the certificate are public, and nothing else', () => {
  expect(isPublic('kubernetes.io/basic-auth', 'username', 'two words')).toBe(true);
  expect(isPublic('kubernetes.io/basic-auth', 'password', 'x')).toBe(false);
  expect(isPublic('kubernetes.io/tls', 'tls.crt', 'x')).toBe(true);
  expect(isPublic('kubernetes.io/tls', 'tls.key', 'x')).toBe(false);
});

const parts = (type: string, value: string) => partsOf(type, Buffer.from(value)).map(String);

test('the secret parts of a docker config are its passwords and tokens, also those in a URL', () => {
  const auth = Buffer.from('bot:swordfish:7').toString('base64');
  const config = { 'r.io': { username: 'bot', password: 'hunter2', email: 'a@b.c', auth }, 'https://u:T0KEN@r.io/v1': { identitytoken: 'idtoken' } };
  expect(parts('kubernetes.io/dockerconfigjson', JSON.stringify({ auths: config }))).toEqual(['hunter2', 'swordfish:7', auth, 'idtoken', 'T0KEN']);
  expect(parts('kubernetes.io/dockercfg', JSON.stringify(config))).toEqual(['hunter2', 'swordfish:7', auth, 'idtoken', 'T0KEN']);
  for (const odd of ['', 'null', '[]', '{"auths":1}', '{"auths":{"a":null}}', '{"auths":{"a":{"password":1}}}']) {
    expect(parts('kubernetes.io/dockerconfigjson', odd)).toEqual([]);
  }
});

test('the secret part of a private key is a line of it', () => {
  const [part, ...others] = parts('Opaque', `${CERTIFICATE}${PRIVATE_KEY}`);
  expect(others).toEqual([]);
  expect(PRIVATE_KEY.split('\n')).toContain(part);
  expect(parts('Opaque', PRIVATE_KEY.replace(/\n/g, '\r\n'))).toEqual([part]);
  expect(parts('Opaque', CERTIFICATE)).toEqual([]);
});
