import { Inspection } from '../../../src/app/inspection';
import { secret } from '../manifests';
import { testPairs, WARNING } from '../pairs';
import { externalSecret } from '../resources/resources';

testPairs({
  'an ExternalSecret and a Secret of its name replace each other': {
    wrong: [secret('db'), externalSecret()], right: [secret('other'), externalSecret()], code: 'SecretMadeTwice', severity: WARNING, path: 'metadata.name', says: ['Secret "db"'],
  },
  'two ExternalSecrets with one target replace each other': {
    wrong: [externalSecret(), externalSecret({ target: { name: 'db' } }, { name: 'other' })],
    right: [externalSecret(), externalSecret({}, { name: 'other' })],
    code: 'SecretMadeTwice',
    severity: WARNING,
    path: 'metadata.name',
  },
  'but not where one only adds to it': {
    wrong: [secret('db'), externalSecret()], right: [secret('db'), externalSecret({ target: { creationPolicy: 'Merge' } })], code: 'SecretMadeTwice', severity: WARNING, path: 'metadata.name',
  },
  'but not in two namespaces': {
    wrong: [secret('db'), externalSecret()],
    right: [secret('db', {}, { metadata: { namespace: 'a' } }), externalSecret({}, { namespace: 'b' })],
    code: 'SecretMadeTwice',
    severity: WARNING,
    path: 'metadata.name',
  },
});

test('in files that nothing applies together they are alternatives', () => {
  const { findings } = Inspection._fromSources([
    { manifest: secret('db', { password: 'p' }), units: ['a'], file: 'a.yaml' }, { manifest: externalSecret(), units: ['b'], file: 'b.yaml' },
  ], { missingSecrets: false });
  expect(findings).toEqual([]);
});
