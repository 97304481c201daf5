import { isNamedCredential } from '../../../src/inspect/credentials/credential-names';

test.each([
  ['DB_PASSWORD', 'hunter2'], ['POSTGRES_PASSWORD', 'postgres'], ['MYSQL_ROOT_PASSWORD', 'password'], ['password', 'p-4_x'], ['spring.datasource.password', 'hunter2'], ['apiKey', 'a1b2c3'],
  ['--client-secret', 'a1b2c3'], ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG'], ['authToken', 'a1b2c3'],
])('%s: %s is one', (name, value) => {
  expect(isNamedCredential(name, value)).toBe(true);
});

test.each([
  ['DB_PASSWORD', ''], ['DB_PASSWORD', '$(PW)'], ['DB_PASSWORD', '<password>'], ['DB_PASSWORD', 'changeme'], ['DB_PASSWORD_FILE', 'secret'], ['PASSWORD', '/run/secrets/password'],
  ['PASSWORD_POLICY', 'strict'], ['REQUIRE_PASSWORD', 'true'], ['ALLOW_EMPTY_PASSWORD', 'yes'], ['RESET_PASSWORD', 'https://example.com/reset'], ['DB_PASSWORD', 'DB_PASSWORD'],
  ['existingSecretPasswordKey', 'postgres'], ['ADMIN_PASSWORD', 'admin-password'], ['TOKEN_TTL', '3600'], ['SECRET_NAME', 'db'], ['USER', 'app'], ['password', 'a: 1\nb: 2\n'],
])('%s: %j is none', (name, value) => {
  expect(isNamedCredential(name, value)).toBe(false);
});
