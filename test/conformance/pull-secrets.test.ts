import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryOf } from '../../src/kubernetes/image-names';
import { readPullCredentials, registryMatches } from '../../src/kubernetes/pull-secret';
import { DOCKER_CFG, DOCKER_CONFIG_JSON, OPAQUE, pullSecretKey } from '../../src/kubernetes/secret-types';

/** What the kubelet's keyring said: `title | image=… repo=… found=…`, or an error. */
const RUNS = new Map(readFileSync(join(__dirname, 'pull-secrets.txt'), 'utf8').trimEnd().split('\n').map(line => {
  const [title, outcome] = line.split(' | ');
  return [title, outcome];
}));

const credentials = { username: 'u', password: 'p' };
const auths = (server: string, entry: object = credentials) => ({ auths: { [server]: entry } });
const base64 = (text: string) => Buffer.from(text).toString('base64');

interface Given {
  readonly image: string;
  readonly config: object;
  readonly type?: string;
}

const GIVEN: Record<string, Given> = {
  'index v1': { image: 'nginx', config: auths('https://index.docker.io/v1/') },
  'docker.io': { image: 'nginx', config: auths('docker.io') },
  'docker.io for library': { image: 'docker.io/org/x:1', config: auths('docker.io') },
  'https://docker.io': { image: 'nginx', config: auths('https://docker.io') },
  'index.docker.io': { image: 'nginx', config: auths('index.docker.io') },
  'hub.docker.com': { image: 'nginx', config: auths('hub.docker.com') },
  'registry-1.docker.io': { image: 'nginx', config: auths('registry-1.docker.io') },
  'ghcr.io': { image: 'ghcr.io/o/x:1', config: auths('ghcr.io') },
  'ghcr.io path': { image: 'ghcr.io/o/x:1', config: auths('ghcr.io/o') },
  'ghcr.io other path': { image: 'ghcr.io/o/x:1', config: auths('ghcr.io/other') },
  'wild': { image: 'foo.azurecr.io/x', config: auths('*.azurecr.io') },
  'wild deep': { image: 'a.b.azurecr.io/x', config: auths('*.azurecr.io') },
  'port': { image: 'reg.local:5000/x', config: auths('reg.local:5000') },
  'port missing': { image: 'reg.local:5000/x', config: auths('reg.local') },
  'v2 suffix': { image: 'reg.io/x', config: auths('https://reg.io/v2/') },
  'wrong type Opaque': { image: 'ghcr.io/o/x:1', config: auths('ghcr.io'), type: OPAQUE },
  'wrong key': { image: 'ghcr.io/o/x:1', config: {}, type: DOCKER_CONFIG_JSON },
  'auth ok': { image: 'ghcr.io/x', config: auths('ghcr.io', { auth: base64('u:p') }) },
  'auth no colon': { image: 'ghcr.io/x', config: auths('ghcr.io', { auth: base64('up') }) },
  'auth bad b64': { image: 'ghcr.io/x', config: auths('ghcr.io', { auth: '!!' }) },
  'auth overrides user': { image: 'ghcr.io/x', config: auths('ghcr.io', { username: 'x', password: 'y', auth: base64('u:p') }) },
  'auths array': { image: 'ghcr.io/x', config: { auths: [] } },
  'no auths': { image: 'ghcr.io/x', config: {} },
  'dockercfg': { image: 'ghcr.io/x', config: { 'ghcr.io': credentials }, type: DOCKER_CFG },
  'credHelpers only': { image: 'ghcr.io/x', config: { credHelpers: { 'ghcr.io': 'helper' } } },
  'identitytoken': { image: 'ghcr.io/x', config: auths('ghcr.io', { identitytoken: 't' }) },
  'username number': { image: 'ghcr.io/x', config: auths('ghcr.io', { username: 5 }) },
  'case Auths': { image: 'ghcr.io/x', config: { Auths: { 'ghcr.io': { Username: 'u', Password: 'p' } } } },
  'unpadded auth w/o =': { image: 'ghcr.io/x', config: auths('ghcr.io', { auth: base64('user:pass').replace(/=+$/, '') }) },
  'upper image': { image: 'ghcr.io/O/x:1', config: auths('ghcr.io') },
};

test('there is no run that is not looked at', () => {
  expect(Object.keys(GIVEN).sort()).toEqual([...RUNS.keys()].sort());
});

test.each(Object.keys(GIVEN))('the kubelet and the rules agree on %s', title => {
  const { image, config, type = DOCKER_CONFIG_JSON } = GIVEN[title];
  const outcome = RUNS.get(title)!;
  if (outcome.startsWith('PARSE ')) {
    expect(repositoryOf(image)).toBeUndefined();
    return;
  }
  const key = pullSecretKey(type);
  const { servers, problem } = key === undefined ? { servers: [], problem: undefined } : readPullCredentials(key, JSON.stringify(config));
  expect(problem !== undefined).toBe(outcome.startsWith('ERR '));
  if (problem !== undefined) return;
  const [, , repository, found] = /image=(\S+) repo=(\S+) found=(\S+)/.exec(outcome)!;
  expect(repositoryOf(image)).toBe(repository);
  expect(servers.some(server => registryMatches(server, image))).toBe(found === 'true');
});

test('no problem quotes what the credentials hold', () => {
  const canary = 'c4n4ry';
  for (const entry of [{ auth: canary }, { auth: base64(canary) }, { username: [canary] }, canary, [canary]]) {
    expect(readPullCredentials('.dockerconfigjson', JSON.stringify(auths('ghcr.io', entry as object))).problem).not.toContain(canary);
  }
});
