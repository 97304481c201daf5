import { Inspection } from '../../../src';
import { keyRef, pod, secret } from '../manifests';

const codes = (...objects: any[]) => Inspection.fromManifests(objects).findings.map(({ code }) => code);
const user = pod({ env: [keyRef('P', 'mirror', 'password')] });

test.each([
  ['Reflector', { 'reflector.v1.k8s.emberstack.com/reflects': 'vault/db' }],
  ['the replicator', { 'replicator.v1.mittwald.de/replicate-from': 'vault/db' }],
])('a Secret that %s fills has keys that its manifest lacks', (_, annotations) => {
  expect(codes(secret('mirror', {}, { metadata: { annotations } }), user)).toEqual([]);
  expect(codes(secret('mirror'), user)).toEqual(['UnknownKey']);
});
