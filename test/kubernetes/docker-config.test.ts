import { dockerConfigJson, dockerConfigTemplate, dockerTokenTemplate, registryServerProblem } from '../../src/kubernetes/docker-config';

const ghcr = { server: 'ghcr.io', username: 'u', password: 'p' };

test('registries stand in the order of their names, as bytes, and an e-mail address only where there is one', () => {
  const text = dockerConfigJson([{ ...ghcr, server: 'é.io', email: '' }, { ...ghcr, email: 'a@b.c' }, { ...ghcr, server: '10' }]);
  const entry = '"username":"u","password":"p"';
  expect(text).toBe(`{"auths":{"10":{${entry},"auth":"dTpw"},"ghcr.io":{${entry},"email":"a@b.c","auth":"dTpw"},"é.io":{${entry},"auth":"dTpw"}}}`);
});

test('a template has operands for user and password', () => {
  const of = (email?: string) => dockerConfigTemplate([{ server: 'ghcr.io', username: '.user', password: '.pw', email }, { server: 'quay.io', username: '"x"', password: '.q' }]);
  const text = (email: string) => `{"auths":{"ghcr.io":{"username":{{ .user | toJson }},"password":{{ .pw | toJson }},${email}"auth":"{{ printf "%s:%s" .user .pw | b64enc }}"},`
    + '"quay.io":{"username":{{ "x" | toJson }},"password":{{ .q | toJson }},"auth":"{{ printf "%s:%s" "x" .q | b64enc }}"}}}';
  expect(of()).toBe(text(''));
  expect(of('')).toBe(text(''));
  expect(of('a@b.c')).toBe(text('"email":"a@b.c",'));
});

describe('the template of a token', () => {
  const auth = '{"auth":{{ .auth | toJson }}}';
  const token = '{"username":"x-access-token","password":{{ .token | toJson }},"auth":"{{ printf "%s:%s" "x-access-token" .token | b64enc }}"}';
  const user = '{"username":{{ .username | toJson }},"password":{{ .password | toJson }},"auth":"{{ printf "%s:%s" .username .password | b64enc }}"}';

  test.each<[string[], string | undefined, string]>([
    [['auth', 'registry'], undefined, `{{ .registry | toJson }}:${auth}`],
    [['auth', 'token', 'username', 'password'], 'ghcr.io', `"ghcr.io":${auth}`],
    [['token'], 'ghcr.io', `"ghcr.io":${token}`],
    [['username', 'password', 'proxy_endpoint'], undefined, `{{ .proxy_endpoint | replace "https://" "" | toJson }}:${user}`],
    [['username', 'password', 'proxy_endpoint', 'registry'], undefined, `{{ .registry | toJson }}:${user}`],
    [['username', 'password', 'registry'], 'ghcr.io', `"ghcr.io":${user}`],
  ])('of %j for %p', (keys, server, entry) => {
    expect(dockerTokenTemplate(keys, server)).toBe(`{"auths":{ ${entry}}}`);
  });

  test.each<[string[], string | undefined]>([[['username'], 'ghcr.io'], [['password'], 'ghcr.io'], [['username', 'password'], undefined], [['token'], undefined], [[], 'ghcr.io'], [['registry'], undefined]])(
    'is none of %j for %p', (keys, server) => {
      expect(dockerTokenTemplate(keys, server)).toBeUndefined();
    });
});

test.each<[string, string | undefined]>([
  ['ghcr.io', undefined], ['https://ghcr.io/v2/', undefined], ['http://ghcr.io', undefined], ['index.docker.io', undefined], ['docker.io', undefined],
  ['', '"" is no registry'], ['https://', '"https://" is no registry'], ['http:///x', '"http:///x" is no registry'], ['ghcr.io /x', '"ghcr.io /x" is no registry'],
  ['hub.docker.com', '"hub.docker.com" matches no image: those of Docker Hub are found under "https://index.docker.io/v1/"'],
  ['http://registry-1.docker.io/v2/', '"http://registry-1.docker.io/v2/" matches no image: those of Docker Hub are found under "https://index.docker.io/v1/"'],
  ['ghcr.io/https://hub.docker.com', undefined],
])('what is wrong with the registry %j: %p', (server, problem) => {
  expect(registryServerProblem(server)).toBe(problem);
});
