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
  ['gh?r.io', 'ghcr.io/o/x', true],
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
