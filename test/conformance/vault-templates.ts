import { agentTemplate } from '../../src/delivery/vault/vault-agent-delivery';
import { OF_CERTIFICATE } from '../../src/delivery/vault/vault-engine';
import { vaultTemplates } from '../../src/delivery/vault/vault-template';

/** One key as Vault's operator is to make it, and what Vault holds. */
export interface VaultCase {
  readonly title: string;
  readonly text: string;
  readonly secrets: Readonly<Record<string, unknown>>;
  /** What the key is, or undefined where the operator stops. */
  readonly expected: string | undefined;
}

const field = (title: string, name: string, secrets: object, expected: string | undefined): VaultCase =>
  ({ title, text: textOf({ fields: new Map([['key', name]]) }), secrets: { ...secrets }, expected });

const made = (title: string, template: string, parts: Record<string, string>, secrets: object, expected: string | undefined): VaultCase =>
  ({ title, text: textOf({ templates: new Map([['key', template]]), composed: new Set(['key']), parts: new Map(Object.entries(parts)) }), secrets: { ...secrets }, expected });

function textOf(keys: Partial<Parameters<typeof vaultTemplates>[0]>): string {
  return vaultTemplates({ fields: new Map(), templates: new Map(), composed: new Set(), parts: new Map(), ...keys }).key.text;
}

/** What the templates of `SecretDelivery.vault` are to give. */
export const VAULT_CASES: readonly VaultCase[] = [
  field('a text', 'password', { password: 'a{{b}}"\\\n<c>&' }, 'a{{b}}"\\\n<c>&'),
  field('an empty text', 'password', { password: '' }, ''),
  field('a field that is not there', 'password', { passwrd: 'x' }, undefined),
  field('a field of nothing', 'password', { password: null }, 'null'),
  field('a number', 'port', { port: 12345678901234 }, '12345678901234'),
  field('a boolean', 'on', { on: false }, 'false'),
  field('a map', 'config', { config: { b: 1, a: ['x'] } }, '{"a":["x"],"b":1}'),
  field('a list', 'hosts', { hosts: ['a', 'b'] }, '["a","b"]'),
  field('a name with quotes, braces and a backslash', 'a"}}\\b', { 'a"}}\\b': 'x' }, 'x'),
  field('a name with a dot', 'tls.crt', { 'tls.crt': 'x', 'tls': { crt: 'y' } }, 'x'),
  made('a text of two fields', '{{ .user }}:{{ .password }}', { user: 'u', password: 'p.w' }, { 'u': 'app', 'p.w': '%$' }, 'app:%$'),
  made('a text of a field that is not there', '{{ .user }}', { user: 'u' }, {}, undefined),
  made('a text of one field twice', '{{ .a }}{{ .b }}', { a: 'x', b: 'x' }, { x: '1' }, '11'),
  made('a certificate with its chain', OF_CERTIFICATE['tls.crt'], {}, { certificate: 'C', ca_chain: ['A', 'B'], issuing_ca: 'A' }, 'C\nA\nB'),
  made('a certificate with its issuer', OF_CERTIFICATE['tls.crt'], {}, { certificate: 'C', ca_chain: null, issuing_ca: 'A' }, 'C\nA'),
  made('a certificate alone', OF_CERTIFICATE['tls.crt'], {}, { certificate: 'C' }, 'C'),
  made('the key of a certificate', OF_CERTIFICATE['tls.key'], {}, { private_key: 'K' }, 'K'),
  made('the authority of a certificate', OF_CERTIFICATE['ca.crt'], {}, { issuing_ca: 'A' }, 'A'),
  made('a text of the root', '{{ get .Secrets "a" }}', {}, { a: '1' }, '1'),
];

const file = (title: string, name: string, secrets: object, expected: string | undefined, data = '.Data'): VaultCase =>
  ({ title, text: agentTemplate(AGENT_PATH, data, name), secrets: { ...secrets }, expected });

/** The path that is asked for in every case of the agent. */
export const AGENT_PATH = 'secret/data/db';

/** What the templates of `SecretDelivery.vaultAgent` are to give. */
export const AGENT_CASES: readonly VaultCase[] = [
  file('a text', 'password', { data: { password: 'a{{b}}"\\\n<c>&' } }, 'a{{b}}"\\\n<c>&', '.Data.data'),
  file('an empty text', 'password', { data: { password: '' } }, '', '.Data.data'),
  file('a field that is not there', 'password', { data: { passwrd: 'x' } }, undefined, '.Data.data'),
  file('an entry that was deleted', 'password', { data: null }, undefined, '.Data.data'),
  file('an entry of the other version', 'password', { password: 'x' }, undefined, '.Data.data'),
  file('a field of the first version', 'password', { password: 'x' }, 'x'),
  file('a number', 'port', { port: 12345678901234 }, '12345678901234'),
  file('a map', 'config', { config: { b: 1, a: ['x'] } }, '{"a":["x"],"b":1}'),
  file('a name with a dot', 'tls.crt', { 'tls.crt': 'x' }, 'x'),
  file('a name with quotes, braces and a backslash', 'a"}}\\b', { 'a"}}\\b': 'x' }, 'x'),
];
