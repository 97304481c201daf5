import { isPlaceholderValue } from '../../../src/inspect/credentials/placeholder-value';

test.each([
  '', '  ', '<password>', '<your token here>', '<path:secret/data/db#password>', '${DB_PASSWORD}', '$(DB_PASSWORD)', '$DB_PASSWORD', '{{ .Values.password }}', 'prefix-${X}',
  '%PASSWORD%', '@PASSWORD@', '__PASSWORD__', '[[ password ]]', '%s', 'xxx', 'XXXXXXXX', 'xxxx-xxxx', '***', '...', 'example', 'example-token', 'EXAMPLE_KEY', 'changeme', 'CHANGE_ME',
  'change-me-please', 'change it', 'replace-me', 'REPLACE_WITH_TOKEN', 'your-password', 'YOUR_API_KEY', 'insert token', 'REDACTED', 'TODO', 'placeholder', 'dummy', 'fake-token', 'none', 'null',
  '**access token goes here**', 'ENC[AES256_GCM,data:abc=,type:str]', 'vault:secret/data/db#password', 'ref+vault://secret/db#/password', 'op://vault/item/field',
])('%j stands for a value', text => {
  expect(isPlaceholderValue(text)).toBe(true);
});

test.each([
  'hunter2', 'password', 's3cr3t', 'admin', 'pa$$word', 'P@ss<w0rd', 'a$b', 'postgres://app:s3cr3t@db.example.com/app', '12345678', 'correct horse battery staple', 'unsample1',
  'x7xK2mQ9', 'vaulted', 'f4k3', 'aGVsbG8gd29ybGQ=', 'todos', 'mixture', `your${'x1y2'.repeat(60)}`,
])('%j is a value', text => {
  expect(isPlaceholderValue(text)).toBe(false);
});
