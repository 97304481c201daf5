import * as types from './secret-types';

/**
 * The keys that a Secret of this type lacks, or none.
 *
 * `kubernetes.io/basic-auth` asks for one of its two keys only, so both are named where both are missing.
 */
export function missingKeys(type: string, keys: ReadonlySet<string>): string[] {
  if (type === types.OPAQUE) return [];
  const lacking = (...required: string[]) => required.filter(key => !keys.has(key));
  switch (type) {
    case types.TLS: return lacking('tls.crt', 'tls.key');
    case types.SSH_AUTH: return lacking('ssh-privatekey');
    case types.DOCKER_CONFIG_JSON: return lacking('.dockerconfigjson');
    case types.DOCKER_CFG: return lacking('.dockercfg');
    case types.BASIC_AUTH: return keys.has('username') || keys.has('password') ? [] : ['username', 'password'];
    default: return [];
  }
}
