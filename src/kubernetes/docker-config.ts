import { goJson } from './go-json';

/** The key of Docker Hub in a docker config, and what kubectl takes where no server is named. */
export const DOCKER_HUB = 'https://index.docker.io/v1/';

/** Hosts of Docker Hub under which the kubelet finds no credentials for its images. */
const UNMATCHED_HUB_HOSTS = ['hub.docker.com', 'registry-1.docker.io', 'registry.hub.docker.com', 'www.docker.com'];

/** The credentials of one registry. */
export interface RegistryCredentials {
  readonly server: string;
  readonly username: string;
  readonly password: string;
  readonly email?: string;
}

/**
 * The text of a docker `config.json` with these registries: byte for byte the one that `kubectl create secret
 * docker-registry` makes of one, the registries in the order of their names.
 */
export function dockerConfigJson(registries: readonly RegistryCredentials[]): string {
  const auths = [...registries].sort((a, b) => Buffer.compare(Buffer.from(a.server), Buffer.from(b.server)))
    .map(({ server, username, password, email }) => [server, {
      username,
      password,
      email: email === '' ? undefined : email,
      auth: Buffer.from(`${username}:${password}`, 'utf8').toString('base64'),
    }] as const);
  // Not by way of an object: it would put names that are numbers first.
  return `{"auths":{${auths.map(([server, entry]) => `${goJson(server)}:${goJson(entry)}`).join(',')}}}`;
}

/**
 * The Go template of such a text, for the External Secrets operator.
 *
 * @param registries with operands of the template, such as `.password`, in the place of user names and passwords
 */
export function dockerConfigTemplate(registries: readonly RegistryCredentials[]): string {
  const auths = registries.map(({ server, username, password, email }) => [
    `${goJson(server)}:{"username":{{ ${username} | toJson }},"password":{{ ${password} | toJson }}`,
    ...email === undefined || email === '' ? [] : [`"email":${goJson(email)}`],
    `"auth":"{{ printf "%s:%s" ${username} ${password} | b64enc }}"}`,
  ].join(','));
  return `{"auths":{${auths.join(',')}}}`;
}

/**
 * The Go template of such a text for the token of a generator of the External Secrets operator, or undefined where its keys are no credentials
 * of a registry, or do not say of which.
 *
 * @param keys the keys that the generator makes
 * @param server the registry, where the generator does not say it
 */
export function dockerTokenTemplate(keys: readonly string[], server: string | undefined): string | undefined {
  const entry = keys.includes('auth') ? '{"auth":{{ .auth | toJson }}}'
    : keys.includes('token') ? withPassword('"x-access-token"', '.token', '"x-access-token"')
      : keys.includes('username') && keys.includes('password') ? withPassword('{{ .username | toJson }}', '.password', '.username') : undefined;
  const host = server !== undefined ? goJson(server)
    : keys.includes('registry') ? '{{ .registry | toJson }}'
      : keys.includes('proxy_endpoint') ? '{{ .proxy_endpoint | replace "https://" "" | toJson }}' : undefined;
  // a space, as three braces would be a template that is none
  return entry === undefined || host === undefined ? undefined : `{"auths":{ ${host}:${entry}}}`;
}

function withPassword(username: string, password: string, user: string): string {
  return `{"username":${username},"password":{{ ${password} | toJson }},"auth":"{{ printf "%s:%s" ${user} ${password} | b64enc }}"}`;
}

/** What keeps the kubelet from finding credentials under a server's name, or undefined. */
export function registryServerProblem(server: string): string | undefined {
  const host = server.replace(/^https?:\/\//, '').split('/')[0];
  if (host === '' || /\s/.test(server)) return `${JSON.stringify(server)} is no registry`;
  if (UNMATCHED_HUB_HOSTS.includes(host)) {
    return `${JSON.stringify(server)} matches no image: those of Docker Hub are found under ${JSON.stringify(DOCKER_HUB)}`;
  }
  return undefined;
}
