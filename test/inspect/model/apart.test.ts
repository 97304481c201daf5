import { areApart } from '../../../src/inspect/model/apart';

test.each<[string, string[], object, boolean]>([
  ['directories of their own', ['/etc/db', '/data', '/var/openfaas/secrets'], {}, true],
  ['one place twice', ['/etc/db', '/etc/db'], {}, false],
  ['one below the other', ['/etc/db/tls', '/etc/db'], {}, false],
  ['names that start alike', ['/etc/db', '/etc/db-tls'], {}, true],
  ['the root', ['/'], {}, false],
  ['a directory of every image', ['/etc'], {}, false],
  ['a directory with programs', ['/usr/local/app'], {}, false],
  ['a file of the node', ['/etc/hosts'], {}, false],
  ['below a file of the node', ['/etc/hosts/more'], {}, false],
  ['a file of every image', ['/etc/passwd'], {}, false],
  ['where the token is', ['/run/secrets/kubernetes.io/serviceaccount'], {}, false],
  ['where the token is, by the link', ['/var/run/secrets'], {}, false],
  ['devices', ['/dev/shm'], {}, false],
  ['processes', ['/proc/cpuinfo'], {}, false],
  ['around the program', ['/app'], { command: ['/app/bin/server'] }, false],
  ['on the program', ['/app/server'], { command: ['/app/./server'] }, false],
  ['beside the program', ['/app/conf'], { command: ['/app/server'] }, true],
  ['a termination message that may be anywhere', ['/etc/db'], { terminationMessagePath: '/etc/db/log' }, false],
])('%s', (_, places, container, expected) => {
  expect(areApart(places, container)).toBe(expected);
});
