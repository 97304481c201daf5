import { DockerConfigSecret, SensitiveValue } from '../../../src';
import { askKubectl } from '../ask-kubectl';
import type { Differential } from '../differential';
import { synthesized } from '../ours';

interface Registry {
  readonly server: string;
  readonly username: string;
  readonly password: string;
  readonly email: string;
}

const SERVERS = ['r.io', 'https://r.io', 'r.io:5000', 'https://index.docker.io/v1/', 'R.io/path', 'r.io/a/b'];
const TEXTS = ['', 'u', 'u ser', ':', 'a:b', '<&>', '"q"', "it's", '\\', 'é☂😀', '\u2028', '\u0085', '\x01', '\x7f', 'x\n', '=', '-p', '$A', '\t'];

export const differential: Differential<Registry> = {
  title: 'the bytes of a docker config, made by kubectl create secret docker-registry',
  count: 300,
  input: random => ({ server: random.pick(SERVERS), username: random.pick(TEXTS), password: random.pick(TEXTS), email: random.pick(['', '', 'a@b.c', 'é<', '"']) }),
  ours: ({ server, username, password, email }) => synthesized(chart => new DockerConfigSecret(chart as any, 'S', {
    registries: [{ server, username: SensitiveValue.fromLiteral(username), password: SensitiveValue.fromLiteral(password), ...email === '' ? {} : { email } }],
  }), configOf),
  theirs: inputs => askKubectl(inputs, ({ server, username, password, email }) => [
    'docker-registry', 'a', `--docker-server=${server}`, `--docker-username=${username}`, `--docker-password=${password}`, `--docker-email=${email}`,
  ], configOf),
  known: [
    { name: 'a user name with a colon, which would end it; refused here', covers: (_, mine) => 'refused' in mine && mine.refused.includes("holds a ':'") },
    { name: 'a newline at the end, which no registry takes; refused here', covers: (_, mine) => 'refused' in mine && mine.refused.includes('ends in a newline') },
  ],
};

function configOf(manifest: any): unknown {
  return manifest.data['.dockerconfigjson'];
}
