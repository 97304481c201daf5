import { Inspection } from '../../../src/app/inspection';
import { secret } from '../manifests';
import { ERROR, testPairs, WARNING } from '../pairs';
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

describe('of two objects that make one Secret', () => {
  const found = (...manifests: any[]) => Inspection.fromManifests(manifests).findings
    .filter(({ code }) => ['SecretMadeTwice', 'DuplicateObject'].includes(code)).map(({ code, severity, object, path, message }) => [code, severity, object.kind, path, message]);
  const certificate = (name: string, secretName = 'db') => {
    return { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name }, spec: { secretName, issuerRef: { name: 'ca' }, dnsNames: ['a.example'] } };
  };
  const SEALED = Buffer.concat([Buffer.from([1, 0]), Buffer.alloc(256 + 16)]).toString('base64');
  const sealed = { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'db' }, spec: { encryptedData: { a: SEALED } } };

  test('cert-manager issues neither certificate', () => {
    expect(found(certificate('a'), certificate('b'))).toEqual([
      ['SecretMadeTwice', ERROR, 'Certificate', 'spec.secretName', 'the Certificate "a" makes the Secret "db" too: cert-manager issues neither'],
    ]);
  });

  test('a Certificate and something else replace what the other wrote', () => {
    const both = ['SecretMadeTwice', WARNING, 'Certificate', 'metadata.name', 'the Secret "db" makes the Secret "db" too: each replaces what the other wrote'];
    expect(found(secret('db'), certificate('a'))).toEqual([both]);
    expect(found(certificate('a'), secret('db'))).toEqual([both]);
    expect(found(certificate('a'), externalSecret())).toEqual([['SecretMadeTwice', WARNING, 'ExternalSecret', 'metadata.name', 'the Certificate "a" makes the Secret "db" too: each replaces what the other wrote']]);
    expect(found(sealed, certificate('a'))).toEqual([['SecretMadeTwice', WARNING, 'Certificate', 'metadata.name', 'the SealedSecret "db" makes the Secret "db" too: each replaces what the other wrote']]);
    expect(found(certificate('a'), sealed)).toEqual([['SecretMadeTwice', WARNING, 'SealedSecret', 'metadata.name', 'the Certificate "a" makes the Secret "db" too: each replaces what the other wrote']]);
  });

  test('the controller of Sealed Secrets leaves a Secret alone that nobody gave it', () => {
    const refused = [['SecretMadeTwice', ERROR, 'SealedSecret', 'metadata.name', 'the Secret "db" makes the Secret "db" too: the controller does not touch a Secret that it has not made']];
    const given = (annotations: any) => secret('db', {}, { metadata: { annotations } });
    expect(found(secret('db'), sealed)).toEqual(refused);
    expect(found(given({ 'sealedsecrets.bitnami.com/managed': 'false' }), sealed)).toEqual(refused);
    expect(found(given({ 'sealedsecrets.bitnami.com/managed': 'true' }), sealed)).toEqual([]);
    expect(found(given({ 'sealedsecrets.bitnami.com/patch': 'true' }), sealed)).toEqual([]);
  });

  test('the same object twice is found as such', () => {
    expect(found(externalSecret(), externalSecret()).map(([code]) => code)).toEqual(['DuplicateObject']);
    expect(found(secret('db'), secret('db'), externalSecret({}, { name: 'other' })).map(([code]) => code)).toEqual(['DuplicateObject']);
  });

  test('a third one is found too', () => {
    expect(found(certificate('a'), certificate('b'), certificate('c'))).toHaveLength(2);
  });

  test('one without a name makes none that is known', () => {
    const named = (secretName: string) => ({ ...certificate('a', secretName), metadata: { name: 'a' } });
    const other = (secretName: string) => ({ ...certificate('b', secretName), metadata: { name: 'b' } });
    expect(found(named(''), other(''))).toEqual([]);
  });
});
