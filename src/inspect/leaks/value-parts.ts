import { DOCKER_CONFIG_JSON, isPullSecretType } from '../../kubernetes/secret-types';

/** Lines of base64 in PEM have 64 characters. */
const LINE = 64;
const PRIVATE_KEY = 'PRIVATE KEY-----';

/** What of a value is secret on its own: whoever has that has no need of the rest. */
export function partsOf(type: string | undefined, value: Buffer): Buffer[] {
  if (type !== undefined && isPullSecretType(type)) return dockerParts(type, value);
  return value.includes(PRIVATE_KEY) ? keyParts(value.toString('latin1')) : [];
}

/** The passwords and tokens of a docker config. User names and servers are public. */
function dockerParts(type: string, value: Buffer): Buffer[] {
  let config: any;
  try {
    config = JSON.parse(value.toString('utf8'));
  } catch {
    return [];
  }
  const entries = type === DOCKER_CONFIG_JSON ? config?.auths : config;
  if (typeof entries !== 'object' || entries === null) return [];
  return Object.entries<any>(entries).flatMap(([server, entry]) => {
    const texts = [entry?.password, entry?.identitytoken, entry?.registrytoken, passwordOf(entry?.auth), entry?.auth, userInfoOf(server)];
    return texts.filter((text): text is string => typeof text === 'string' && text !== '').map(text => Buffer.from(text));
  });
}

function passwordOf(auth: unknown): string | undefined {
  if (typeof auth !== 'string') return undefined;
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : text.slice(colon + 1);
}

/** The password in a URL, in which nobody should put one. */
function userInfoOf(server: string): string | undefined {
  const [, rest = server] = server.split('://');
  const [authority] = rest.split('/');
  const at = authority.lastIndexOf('@');
  const colon = authority.indexOf(':');
  return at === -1 || colon === -1 || colon > at ? undefined : authority.slice(colon + 1, at);
}

/**
 * A line from the middle of every private key: it is found whatever the lines of the key are indented with or end in, without `BEGIN` and
 * `END`, and in JSON inside of JSON. The first lines of two keys may be the same.
 */
function keyParts(text: string): Buffer[] {
  const parts: Buffer[] = [];
  for (let begin = text.indexOf(PRIVATE_KEY); begin !== -1; begin = text.indexOf(PRIVATE_KEY, begin + 1)) {
    const start = begin + PRIVATE_KEY.length;
    const end = text.indexOf('-----END', start);
    if (end === -1) break;
    const lines = text.slice(start, end).split(/[\r\n]+/).map(line => line.trim()).filter(line => /^[A-Za-z0-9+/=]+$/.test(line));
    const full = lines.filter(line => line.length === LINE);
    const part = full.length > 2 ? full[Math.floor(full.length / 2)] : lines.at(-1);
    if (part !== undefined) parts.push(Buffer.from(part));
  }
  return parts;
}
