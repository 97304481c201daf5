import { credentialIn } from '../../../src/inspect/credentials/credential-in-text';
import { CERTIFICATE, PRIVATE_KEY } from '../../support/key-pairs';

/** So many characters of a token, none of which stands thrice. */
const body = (length: number) => 'q7Rt2Wz9Lp4Xk8Vb3Nd6Jc1Hs5GfYmTe'.repeat(8).slice(0, length);
const upper = (length: number) => body(length).toUpperCase();
const hex = (length: number) => '0a9b8c7d6e5f4132'.repeat(8).slice(0, length);

const TOKENS: Readonly<Record<string, string>> = {
  [`AKIA${upper(16)}`]: 'an access key of AWS',
  [`ghp_${body(36)}`]: 'a token of GitHub',
  [`ghs_${body(36)}`]: 'a token of GitHub',
  [`github_pat_${body(22)}_${body(59)}`]: 'a token of GitHub',
  [`glpat-${body(20)}`]: 'a token of GitLab',
  [`glpat-${body(30)}.01.${body(9)}`]: 'a token of GitLab',
  [`xoxb-123456789012-123456789012-${body(24)}`]: 'a token of Slack',
  [`sk_live_${body(24)}`]: 'a secret key of Stripe',
  [`rk_test_${body(24)}`]: 'a secret key of Stripe',
  [`AIza${body(35)}`]: 'an API key of Google',
  [`GOCSPX-${body(28)}`]: 'a client secret of Google',
  [`npm_${body(36)}`]: 'a token of npm',
  [`pypi-AgEIcHlwaS5vcmc${body(60)}`]: 'a token of PyPI',
  [`dckr_pat_${body(27)}`]: 'a token of Docker Hub',
  [`dop_v1_${hex(64)}`]: 'a token of DigitalOcean',
  [`SG.${body(22)}.${body(43)}`]: 'an API key of SendGrid',
  [`hf_${body(34)}`]: 'a token of Hugging Face',
  [`sk-proj-${body(40)}T3BlbkFJ${body(40)}`]: 'an API key of OpenAI',
  [`sk-ant-api03-${body(93)}`]: 'an API key of Anthropic',
  [`hvs.${body(90)}`]: 'a token of Vault',
  [`AGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)}`]: 'a key of age',
  [`eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcGkifQ.${body(43)}`]: 'a JSON Web Token',
};

describe('a token of a known shape', () => {
  test.each(Object.entries(TOKENS))('%s is %s', (token, what) => {
    expect(credentialIn(token)).toBe(what);
  });

  test.each([(token: string) => `--token=${token}`, (token: string) => `{"token":"${token}"}`, (token: string) => `a: 1\ntoken: ${token}\nb: 2\n`, (token: string) => `Use ${token}.`])(
    'is found in a longer text (%#)', around => {
      for (const [token, what] of Object.entries(TOKENS)) expect(credentialIn(around(token))).toBe(what);
    });

  test.each(['xx', '--'])('is none with %s before it', before => {
    for (const token of Object.keys(TOKENS)) expect(credentialIn(`${before.replace('--', 'A_')}${token}`)).toBeUndefined();
  });

  test.each([
    `ghp_${'x'.repeat(36)}`, 'AKIAIOSFODNN7EXAMPLE', `AKIA${'X'.repeat(16)}`, `sk_live_${'0'.repeat(24)}`, `glpat-${'x'.repeat(20)}`, `ghp_${body(35)}`, `npm_${body(35)}`, 'npm_config_registry_of_the_company',
    'sk-learn-is-a-library-of-python-for-data', 'eyJhbGciOiJIUzI1NiJ9', `sha256:${hex(64)}`, 'hf_hub_enable_hf_transfer', 'dckr_pat_of_the_pipeline_user',
  ])('%s is none', text => {
    expect(credentialIn(text)).toBeUndefined();
  });
});

describe('a private key', () => {
  test.each<[string, (key: string) => string]>([
    ['as a file', key => key], ['indented', key => key.replace(/^/gm, '      ')], ['as JSON writes it', key => JSON.stringify({ key })], ['within a longer text', key => `a: b\n${key}c: d\n`],
    ['without an end', key => key.slice(0, 200)], ['with headers', key => key.replace('\n', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n')],
  ])('is found %s', (_, write) => {
    expect(credentialIn(write(PRIVATE_KEY))).toBe('a private key');
  });

  test.each(['RSA PRIVATE KEY', 'EC PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'])('may be called %s', type => {
    expect(credentialIn(`-----BEGIN ${type}-----\n${body(64)}\n${body(64)}\n-----END ${type}-----\n`)).toBe('a private key');
  });

  test.each([
    CERTIFICATE, '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----', '-----BEGIN RSA PRIVATE KEY-----\n<your key>\n-----END RSA PRIVATE KEY-----',
    `-----BEGIN PRIVATE KEY-----\n${'x'.repeat(64)}\n-----END PRIVATE KEY-----`, 'grep -q -- "-----BEGIN PRIVATE KEY-----" /etc/tls/tls.key || exit 1', `-----BEGIN PUBLIC KEY-----\n${body(64)}\n-----END PUBLIC KEY-----`,
  ])('%j is none', text => {
    expect(credentialIn(text)).toBeUndefined();
  });
});

describe('a connection string with a password', () => {
  test.each<[string, string]>([
    ['postgres://app:s3cr3t@db/app', 'a URL with a password'],
    ['redis://:s3cr3t@cache:6379/0', 'a URL with a password'],
    ['postgres://a:s3cr3t@db/app', 'a URL with a password'],
    ['https://x:s3cr3t-t0ken@git.example.com/x.git', 'a URL with a password'],
    ['amqp://app:p%40ss@mq:5672/vhost', 'a URL with a password'],
    ['mongodb+srv://app:s3cr3t@cluster.example.com/?retryWrites=true', 'a URL with a password'],
    ['see http://a/ and https://user1:s3cr3t@git.example.com/x.git', 'a URL with a password'],
    ['jdbc:postgresql://db/app?user=app&password=s3cr3t', 'a connection string with a password'],
    ['Server=db;Database=app;User Id=app;Password=s3cr3t;', 'a connection string with a password'],
    ['host=db user=app password=s3cr3t dbname=app', 'a connection string with a password'],
    [`DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${body(86)}==;EndpointSuffix=core.windows.net`, 'a connection string of Azure'],
    [`https://hooks.slack.com/services/T${upper(9)}/B${upper(9)}/${body(24)}`, 'a webhook of Slack'],
  ])('%s', (text, what) => {
    expect(credentialIn(text)).toBe(what);
  });

  test.each([
    'postgres://db/app', 'postgres://app@db/app', 'postgres://app:@db/app', 'postgres://app:$(DB_PASSWORD)@db/app', 'postgres://app:${DB_PASSWORD}@db/app', 'postgres://app:<password>@db/app',
    'postgres://app:{{ .password }}@db/app', 'postgres://app:{{.password}}@db/app', 'postgres://app:xxx@db/app', 'postgres://app:changeme@db/app', 'postgres://user:password@host/db', 'postgres://u:p@host/db', 'postgres://xxx:s3cr3t@db/app', 'postgres://example:s3cr3t@db/app', 'postgres://<user>:<password>@db',
    'postgres://USERNAME:PASSWORD@db', 'postgres://app:%s@db/app', 'http://db:5432/a@b', 'https://example.com:8443/?mail=a@b', 'https://a/?x=b:c@d', 'jdbc:postgresql://db/app?user=app&password=${DB_PASSWORD}',
    'Server=db;Password=<password>;', 'host=db user=app', 'the password=s3cr3t is read from a file', 'user=app\npassword=s3cr3t', 'git+ssh://git@github.com:22/o/r', 'https://hooks.slack.com/services/TXXXXXXXX/BXXXXXXXX/XXXXXXXXXXXXXXXXXXXXXXXX',
  ])('%s is none', text => {
    expect(credentialIn(text)).toBeUndefined();
  });
});
