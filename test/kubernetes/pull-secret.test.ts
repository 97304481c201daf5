import { repositoryOf } from '../../src/kubernetes/image-names';
import { dockerConfigProblem, readPullCredentials, registryMatches } from '../../src/kubernetes/pull-secret';

test.each<[string, string | undefined]>([
  ['nginx', 'docker.io/library/nginx'],
  ['nginx:1.27', 'docker.io/library/nginx'],
  ['o/x', 'docker.io/o/x'],
  ['index.docker.io/o/x', 'docker.io/o/x'],
  ['ghcr.io/o/x:1@sha256:abc', 'ghcr.io/o/x'],
  ['reg.local:5000/x', 'reg.local:5000/x'],
  ['localhost/x', 'localhost/x'],
  ['a/b/c', 'docker.io/a/b/c'],
  ['ghcr.io/O/x', undefined],
  ['', undefined],
  ['a b', undefined],
])('the repository of %j is %p', (image, repository) => {
  expect(repositoryOf(image)).toBe(repository);
});

test.each<[string, string, boolean]>([
  ['ghcr.io', 'ghcr.io/o/x', true],
  ['https://ghcr.io', 'ghcr.io/o/x', true],
  ['https://ghcr.io/v1/', 'ghcr.io/o/x', true],
  ['ghcr.io/o', 'ghcr.io/other/x', true],
  ['ghcr.io/o/', 'ghcr.io/other/x', false],
  ['*.io', 'ghcr.io/o/x', true],
  ['g*r.io', 'ghcr.io/o/x', true],
  ['*', 'ghcr.io/o/x', false],
  ['ghcr.io:443', 'ghcr.io/o/x', false],
  ['*a*a*a*a*a*a*a*a*a*a*a*a*b.io', `${'a'.repeat(60)}.io/x`, false],
])('credentials for %s are tried for %s: %p', (server, image, expected) => {
  expect(registryMatches(server, image)).toBe(expected);
});

test.each<[string, string | undefined]>([
  ['{}', undefined], ['null', undefined], [' {"auths":{}} ', undefined], ['', 'is empty, and must be a JSON object'], ['x', 'is no JSON'], ['{} x', 'is no JSON'],
  ['[]', 'is JSON, but no object'], ['"x"', 'is JSON, but no object'], ['5', 'is JSON, but no object'],
])('what the API server has against %j', (text, problem) => {
  expect(dockerConfigProblem(text)).toBe(problem);
});

test('null entries and null configs have no credentials', () => {
  expect(readPullCredentials('.dockerconfigjson', 'null')).toEqual({ servers: [] });
  expect(readPullCredentials('.dockercfg', 'null')).toEqual({ servers: [] });
  expect(readPullCredentials('.dockercfg', '{"a":null}')).toEqual({ servers: ['a'] });
});

// What the kubelet's keyring of 1.35.4 says, and the reader of images that it uses.
test.each<[string, string | undefined]>([
  ['nginx', 'docker.io/library/nginx'], ['localhost', 'docker.io/library/localhost'], ['localhost:5000', 'docker.io/library/localhost'],
  ['localhost:5000/x', 'localhost:5000/x'], ['localhost/x:1', 'localhost/x'], ['h:/x', undefined], ['UP/x', 'UP/x'], ['Up/x:1', 'Up/x'],
  ['a__b/x', 'docker.io/a__b/x'], ['o/a__b', 'docker.io/o/a__b'], ['o/a___b', undefined], ['o/a--b', 'docker.io/o/a--b'],
  ['o/a---b', 'docker.io/o/a---b'], ['o/a_b', 'docker.io/o/a_b'], ['o/a..b', undefined], ['o/a.b', 'docker.io/o/a.b'], ['o/.a', undefined],
  ['o/a.', undefined], ['o/a-', undefined], ['o/ab12/c34', 'docker.io/o/ab12/c34'], ['host.com', 'docker.io/library/host.com'],
  ['host.com/x', 'host.com/x'], ['-host.com/x', undefined], ['host-.com/x', undefined], ['ho-st.com/x', 'ho-st.com/x'],
  ['ho--st.com/x', 'ho--st.com/x'], ['h.c:50/x', 'h.c:50/x'], ['h.c:5a/x', undefined], ['h.c:/x', undefined], ['a.b.c-d/x', 'a.b.c-d/x'],
  ['a..b/x', undefined], ['[::1]/x', '[::1]/x'], ['h:5/x:1', 'h:5/x'], ['nginx:1', 'docker.io/library/nginx'], ['o/AB', undefined],
  ['docker.io/x', 'docker.io/library/x'], ['docker.io/o/x', 'docker.io/o/x'], ['index.docker.io/x', 'docker.io/library/x'],
  ['xhost!/x', undefined], ['h.c!/x', undefined], ['ghcr.io/o/x y', undefined], ['o/abc-def', 'docker.io/o/abc-def'], ['ghcr.io/o/', undefined],
  ['ghcr.io/O/x', undefined], ['[::g]/x', undefined], ['[1.2]/x', undefined], ['[]/x', undefined],
])('as the kubelet reads it, the repository of %j is %p', (image, repository) => {
  expect(repositoryOf(image)).toBe(repository);
});

test.each<[string, string, boolean]>([
  ['http://ghcr.io', 'ghcr.io/o/x', true], ['xhttps://ghcr.io', 'ghcr.io/o/x', false], ['ghcr.io/x/v1/', 'ghcr.io/x/y', false],
  ['ghcr.io/v1/', 'ghcr.io/o/x', true], ['ghcr.io/v3/', 'ghcr.io/o/x', false], ['https://ghcr.io/v1', 'ghcr.io/o/x', false],
  ['index.docker.io/v1/', 'nginx', true], ['index.docker.io/v1/', 'docker.io/o/x', true], ['index.docker.io/v1/', 'ghcr.io/o/x', false],
  ['index.docker.io/o', 'docker.io/o/x', false], ['index.docker.io/o', 'docker.io/p/x', false], ['https://index.docker.io/v2/', 'o/x', true],
  ['docker.io/o', 'o/x', true], ['docker.io/library', 'nginx', true], ['other.io', 'nginx', false], ['*hcr.io', 'ghcr.io/x', true],
  ['ghcr*.io', 'ghcr.io/x', true], ['gh*', 'ghcr.io/x', false], ['*.*', 'ghcr.io/x', true], ['gh**r.io', 'ghcr.io/x', true],
  ['g?cr.io', 'ghcr.io/x', false], ['?hcr.io', 'ghcr.io/x', false], ['ghcr?.io', 'ghcr.io/x', false], ['a*b*c.io', 'aXbYc.io/x', true],
  ['a*b*c.io', 'axbyc.io/x', true], ['a*b*c.io', 'axbyd.io/x', false], ['ab*.io', 'ab.io/x', true], ['ab*c.io', 'abcc.io/x', true],
  ['ab.io', 'abc.io/x', false], ['abc.io', 'ab.io/x', false], ['*a.io', 'ba.io/x', true], ['*a.io', 'bab.io/x', false],
  ['b*.io', 'ab.io/x', false], ['reg.io:50', 'reg.io:50/x', true], ['reg.io:50', 'reg.io:51/x', false], ['reg.io', 'reg.io:51/x', false],
  ['reg.io/', 'reg.io/x', true], ['reg.io/a/b', 'reg.io/a/b/c', true], ['reg.io/a/b', 'reg.io/a/bc', true], ['reg.io/a/b', 'reg.io/a', false],
  ['localhost', 'localhost/x', true], ['gh[a-d]r.io', 'ghcr.io/o/x', false], ['gh[^x]r.io', 'ghcr.io/o/x', false],
  ['user:pass@ghcr.io', 'ghcr.io/o/x', true], ['ghcr.io?x', 'ghcr.io/o/x', true], ['ghcr.io#x', 'ghcr.io/o/x', true],
  ['ghcr.io/?x', 'ghcr.io/o/x', true], ['ghcr.io/o?x', 'ghcr.io/o/x', true], ['ghcr.io:abc', 'ghcr.io/o/x', false],
  ['ghcr.io:', 'ghcr.io/o/x', true], ['%67hcr.io', 'ghcr.io/o/x', false], ['GHCR.IO', 'ghcr.io/o/x', false], ['g\\hcr.io', 'ghcr.io/o/x', false],
  ['ghcr.io/%6f', 'ghcr.io/o/x', true], ['ghcr.io/O', 'ghcr.io/o/x', false], ['ghcr.io//o', 'ghcr.io/o/x', false],
  ['ghcr.io/o/../o', 'ghcr.io/o/x', false], ['ghcr.io ', 'ghcr.io/o/x', false], [' ghcr.io', 'ghcr.io/o/x', false],
  ['HTTPS://ghcr.io', 'ghcr.io/o/x', false], ['ftp://ghcr.io', 'ghcr.io/o/x', false], ['//ghcr.io', 'ghcr.io/o/x', false],
  ['https://https://ghcr.io', 'ghcr.io/o/x', false], ['ghcr.io/o/x', 'ghcr.io/o/x', true], ['*', 'ghcr.io/o/x', false],
  ['*.io:443', 'ghcr.io/o/x', false], ['https://ghcr.io/v2/o', 'ghcr.io/o/x', true], ['ghcr.io/v2', 'ghcr.io/o/x', false],
  ['', 'ghcr.io/o/x', false], ['[::1]:5000', '[::1]:5000/x', true], ['[::1]', '[::1]/x', false], ['[fe80::1]', '[fe80::1]/o/x', false],
  ['*.com:5000', 'a.com:5000/x', true], ['index.docker.io/v1/?x', 'nginx', true], ['u:p@index.docker.io/v1/', 'nginx', true],
  ['INDEX.docker.io', 'nginx', false],
  ['a*bb*c.io', 'abc.io/x', false], ['ab*ba.io', 'aba.io/x', false], ['ab*ba.io', 'abba.io/x', true], ['a*b*b.io', 'ab.io/x', false],
  ['a*b*b.io', 'abb.io/x', true], ['*ab*ab*.io', 'ab.io/x', false], ['*ab*ab*.io', 'abab.io/x', true], ['*.io', 'x.io/x', true],
  ['a**.io', 'a.io/x', true], ['a*b*a.io', 'aba.io/x', true], ['a*ab*b.io', 'aab.io/x', false], ['a*ab*b.io', 'aabb.io/x', true],
  ['ghcr.io/o@o', 'ghcr.io/o/x', false], ['ghcr.io/%zz', 'ghcr.io/o/x', false], ['ghcr.io/o%2fx', 'ghcr.io/o/x', true],
  ['ghcr.io/https://o', 'ghcr.io/o/x', false], ['x@y@ghcr.io', 'ghcr.io/x', true], ['[::1]:50', '[::1]:51/x', false],
  ['[::2]:50', '[::1]:50/x', false], ['abc*bcd.io', 'abcd.io/x', false],
])('the kubelet tries the credentials for %j for %s: %p', (server, image, expected) => {
  expect(registryMatches(server, image)).toBe(expected);
});

test.each<[string, 'is found' | 'is not found' | 'fails']>([
  ['{"auths":{"ghcr.io":{"auth":"dTpw"}}}', 'is found'], ['{"auths":{"ghcr.io":{"auth":"dTpwYQ=="}}}', 'is found'],
  ['{"auths":{"ghcr.io":{"auth":"dTpwYXM="}}}', 'is found'], ['{"auths":{"ghcr.io":{"auth":"dTpwYQ"}}}', 'is found'],
  ['{"auths":{"ghcr.io":{"auth":"dTpw"}}}', 'is found'], ['{"auths":{"ghcr.io":{"auth":"dXNl\\ncjpwYXNz"}}}', 'is found'],
  ['{"auths":{"ghcr.io":{"auth":"dXNl\\ncjpwYQ"}}}', 'is found'], ['{"auths":{"ghcr.io":{"auth":"dXNl\\r\\ncjpwYQ=="}}}', 'is found'],
  ['{"auths":{"ghcr.io":{"auth":" dTpw"}}}', 'fails'], ['{"auths":{"ghcr.io":{"auth":"dTpw "}}}', 'fails'],
  ['{"auths":{"ghcr.io":{"auth":"dTpwYQ==\\n"}}}', 'is found'], ['{"auths":{"ghcr.io":{"auth":"dTpwYQ== "}}}', 'fails'],
  ['{"auths":{"ghcr.io":{"auth":"=dTpw"}}}', 'fails'], ['{"auths":{"ghcr.io":{"auth":null}}}', 'is found'],
  ['{"auths":{"ghcr.io":{"auth":""}}}', 'is found'], ['{"auths":{"ghcr.io":{"auth":null,"username":"x"}}}', 'is found'],
  ['{"auths":{"ghcr.io":{"username":null}}}', 'is found'], ['{"auths":{"ghcr.io":{"email":5}}}', 'fails'],
  ['{"auths":{"ghcr.io":{"email":null}}}', 'is found'], ['{"auths":{"ghcr.io":{"password":[]}}}', 'fails'],
  ['{"auths":{"ghcr.io":null}}', 'is found'], ['{"auths":{"ghcr.io":[]}}', 'fails'], ['{"auths":{"ghcr.io":"x"}}', 'fails'],
  ['{"auths":{"ghcr.io":5}}', 'fails'], ['{"auths":{"ghcr.io":{"auth":"YTpi="}}}', 'fails'], ['{"auths":{"ghcr.io":{"auth":"YTpiY"}}}', 'fails'],
  ['{"auths":{"ghcr.io":{"auth":"dQ=="}}}', 'fails'], ['{"auths":{"ghcr.io":{"auth":"===="}}}', 'fails'],
  ['{"auths":{"ghcr.io":{"auth":"YTo="}}}', 'is found'], ['{"auths":{"ghcr.io":{"auth":"YTo"}}}', 'is found'],
  ['{"auths":{"ghcr.io":{"auth":":"}}}', 'fails'], ['{"auths":{"ghcr.io":{"Auth":"dTpw"}}}', 'is found'],
  ['{"auths":{"ghcr.io":{"AUTH":"!!"}}}', 'fails'], ['{"auths":null}', 'is not found'], ['{"auths":5}', 'fails'], ['{"auths":"x"}', 'fails'],
  ['{"auths":{}}', 'is not found'], ['null', 'is not found'], ['{"AUTHS":{"ghcr.io":{}}}', 'is found'],
  ['{"auths":{"ghcr.io":{"username":"a"}},"Auths":{"x.io":{}}}', 'is found'], ['[]', 'fails'], ['5', 'fails'], ['{}', 'is not found'],
])('with the config %s a pull of ghcr.io/x %s', (text, outcome) => {
  const { servers, problem } = readPullCredentials('.dockerconfigjson', text);
  const isRead = dockerConfigProblem(text) === undefined && problem === undefined;
  expect(isRead ? servers.some(server => registryMatches(server, 'ghcr.io/x')) : 'fails').toBe({ 'is found': true, 'is not found': false, 'fails': 'fails' }[outcome]);
});

test('a problem names the entry and the field, and a name that may hold a password is not shown', () => {
  const problem = (server: string, entry: unknown) => readPullCredentials('.dockercfg', JSON.stringify({ [server]: entry })).problem;
  expect(problem('ghcr.io', [])).toBe('the entry "ghcr.io" is no map');
  expect(problem('ghcr.io', { email: 5 })).toBe('the entry "ghcr.io" has a email that is no string');
  expect(problem('ghcr.io', { auth: '!' })).toBe('the entry "ghcr.io" has an auth that is no base64');
  expect(problem('ghcr.io', { auth: 'dQ==' })).toBe('the entry "ghcr.io" has an auth that is no base64 of username:password');
  expect(problem('u:p@ghcr.io', [])).toBe('the entry (not shown: it is no name of a registry) is no map');
  expect(problem('a'.repeat(255), [])).toBe(`the entry "${'a'.repeat(255)}" is no map`);
  expect(problem('a'.repeat(256), [])).toBe('the entry (not shown: it is no name of a registry) is no map');
  expect(readPullCredentials('.dockercfg', '[]')).toEqual({ servers: [], problem: 'its registries are no map' });
  expect(readPullCredentials('.dockerconfigjson', '{"auths":5}')).toEqual({ servers: [], problem: 'its registries are no map' });
  expect(problem('ghcr.io', null)).toBeUndefined();
});

test('Go reads JSON to a depth of 10,000, and no number beyond its largest', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  expect(dockerConfigProblem(nested(10_000))).toBeUndefined();
  expect(dockerConfigProblem(nested(10_001))).toBe('is nested too deeply');
  expect(dockerConfigProblem('{"a":[1e308]}')).toBeUndefined();
  expect(dockerConfigProblem('{"a":[1e309]}')).toBe('has a number that is too large');
  expect(dockerConfigProblem(' \n')).toBe('is empty, and must be a JSON object');
});

test('what is no name of an image matches no credentials', () => {
  expect(registryMatches('ghcr.io', 'ghcr.io/O/x')).toBe(false);
  expect(registryMatches('', '')).toBe(false);
});
