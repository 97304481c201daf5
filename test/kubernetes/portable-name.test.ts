import { portableName, swarmName } from '../../src/kubernetes/portable-name';

const SWARM = 'only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]';

test.each(['a', 'A', '1', 'a-b_c.d', 'a'.repeat(64)])('%j is a name to Docker Swarm', name => {
  expect(swarmName(name)).toEqual([]);
});

test.each(['', '-a', 'a-', '_', 'a b', 'ab!', '!ab', 'é', 'a\n', 'a'.repeat(65)])('%j is none', name => {
  expect(swarmName(name)).toEqual([SWARM]);
});

test('a name for both says who has something against it', () => {
  expect(portableName('a.b')).toEqual([]);
  expect(portableName('A')).toEqual([expect.stringMatching(/^Kubernetes: a lowercase RFC 1123 subdomain /)]);
  expect(portableName('a'.repeat(65))).toEqual([`Docker Swarm: ${SWARM}`]);
});
