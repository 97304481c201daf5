import { pemBlocks } from '../../kubernetes/pem';
import { isPublicKey } from '../../kubernetes/secret-types';

/** The last word of a key that names what everybody may know: who connects, and where to. */
const PUBLIC_WORDS: ReadonlySet<string> = new Set([
  'user', 'username', 'login', 'name', 'email', 'mail', 'host', 'hostname', 'address', 'domain', 'port', 'server', 'registry', 'endpoint', 'url', 'uri',
  'region', 'zone', 'bucket', 'database', 'dbname', 'db', 'schema', 'type', 'version', 'issuer', 'realm', 'clientid', 'tenantid', 'projectid', 'crt', 'cert',
]);
/** Words that make the key of a secret of it, wherever they stand: `TOKEN_URL`, `secret-name`. */
const SECRET_WORDS: ReadonlySet<string> = new Set(['password', 'passwd', 'pass', 'pw', 'token', 'secret', 'private', 'credential', 'credentials', 'apikey', 'key']);
/** The longest name of a host. */
const MAX_PUBLIC_BYTES = 253;
/** What a URL has that may hold a password or a token. */
const CREDENTIALS_IN_URL = /[@?#&=\s]/;
const CERTIFICATE = /^(?:TRUSTED |X509 )?CERTIFICATE$|^PUBLIC KEY$|^RSA PUBLIC KEY$|^CERTIFICATE REQUEST$|^X509 CRL$/;

/**
 * Whether the value of a key is public by its type, its name or what it is: user names, hosts, certificates. What only looks like
 * that is kept secret: a URL that may hold a password, a key whose name says token.
 */
export function isPublicValue(type: string | undefined, key: string, value: Buffer): boolean {
  if (type !== undefined && isPublicKey(type, key)) return true;
  if (isCertificate(value)) return true;
  const last = publicWordOf(key);
  if (last === undefined || value.length > MAX_PUBLIC_BYTES) return false;
  const text = value.toString('utf8').trim();
  return last === 'email' || last === 'mail' || last === 'user' || last === 'username' || last === 'login' ? !/\s/.test(text) : !CREDENTIALS_IN_URL.test(text);
}

/** Whether a key names what everybody may know, as far as its value bears that out. */
export function isPublicName(type: string | undefined, key: string): boolean {
  return (type !== undefined && isPublicKey(type, key)) || publicWordOf(key) !== undefined;
}

/** The last word of a key that names what everybody may know. */
function publicWordOf(key: string): string | undefined {
  const words = wordsOf(key);
  const [last = ''] = words.slice(-1);
  const name = words.slice(-2).join('');
  if (!PUBLIC_WORDS.has(last) && !PUBLIC_WORDS.has(name)) return undefined;
  return words.slice(0, -1).some((word, index) => SECRET_WORDS.has(word) && !(word === 'secret' && index === 0 && last.startsWith('user'))) ? undefined : last;
}

/** Whether a value is PEM of nothing but certificates and public keys. */
function isCertificate(value: Buffer): boolean {
  if (!value.includes('-----BEGIN ')) return false;
  const blocks = pemBlocks(value);
  return blocks.length > 0 && blocks.every(({ type }) => CERTIFICATE.test(type)) && !value.includes('PRIVATE KEY');
}

function wordsOf(key: string): string[] {
  return key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter(word => word !== '');
}
