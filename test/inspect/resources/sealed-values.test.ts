import { Inspection } from '../../../src/app/inspection';
import { secret } from '../manifests';
import { ERROR, testPairs, WARNING } from '../pairs';

/** What is sealed for a key of so many bytes: the length, the encrypted session key, what is sealed and its tag. */
const sealedFor = (keyBytes: number, plain = 8, tag = 16) => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(keyBytes);
  return Buffer.concat([length, Buffer.alloc(keyBytes + plain + tag, 7)]).toString('base64');
};
const sealed = (encryptedData: any, template: any = {}, metadata: any = {}) => ({
  apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'db', namespace: 'shop', ...metadata }, spec: { encryptedData, template },
});
const VALUE = sealedFor(512);
const invalid = { code: 'InvalidSealedValue', severity: ERROR, path: 'spec.encryptedData[password]' };
const annotated = (value: string) => ({ annotations: { 'sealedsecrets.bitnami.com/cluster-wide': value } });

testPairs({
  'a sealed value is base64': { ...invalid, wrong: [sealed({ password: 's3cr3t!' })], right: [sealed({ password: VALUE })], says: ['no base64'] },
  'a sealed value has more than three bytes': { ...invalid, wrong: [sealed({ password: 'AgBy' })], right: [sealed({ password: VALUE })], says: ['cut off'] },
  'a sealed value starts with the length of its key': { ...invalid, wrong: [sealed({ password: Buffer.from('password').toString('base64') })], right: [sealed({ password: VALUE })] },
  'a sealed value is not cut off': { ...invalid, wrong: [sealed({ password: sealedFor(512, 0, 15) })], right: [sealed({ password: sealedFor(512, 0, 16) })], says: ['529', '530'] },
  'a sealed value is of the key of the certificate': {
    ...invalid, wrong: [sealed({ password: sealedFor(256) })], right: [sealed({ password: VALUE })], says: ['2048 bits', '4096'], options: { sealingKeyBytes: 512 } as object,
  },
  'a sealed value is a text': { wrong: [sealed({ password: 1 })], right: [sealed({ password: VALUE })], code: 'WrongFieldType', severity: ERROR, path: 'spec.encryptedData[password]' },
  'there are sealed values': { wrong: [sealed(undefined)], right: [sealed({ password: VALUE })], code: 'RequiredField', severity: ERROR, path: 'spec.encryptedData' },
  'a key is one that a Secret can have': { wrong: [sealed({ 'a b': VALUE })], right: [sealed({ 'a-b': VALUE })], code: 'InvalidKey', severity: ERROR, path: 'spec.encryptedData[a b]' },
  'the keys are those of the type': {
    wrong: [sealed({ 'tls.crt': VALUE }, { type: 'kubernetes.io/tls' })],
    right: [sealed({ 'tls.crt': VALUE, 'tls.key': VALUE }, { type: 'kubernetes.io/tls' })],
    code: 'MissingKey',
    severity: ERROR,
    path: 'spec.template.type',
  },
  'a template uses keys that are sealed': {
    wrong: [sealed({ password: VALUE }, { data: { url: 'a:{{ .pw }}@b' } })],
    right: [sealed({ password: VALUE }, { data: { url: 'a:{{ .password }}@b' } })],
    code: 'UnknownTemplateKey',
    severity: WARNING,
    path: 'spec.template.data[url]',
  },
  'a template can be read': {
    wrong: [sealed({ password: VALUE }, { data: { url: '{{ getHostByName .password }}' } })],
    right: [sealed({ password: VALUE }, { data: { url: '{{ toJson .password }}' } })],
    code: 'InvalidTemplate',
    severity: ERROR,
    path: 'spec.template.data[url]',
  },
  'the scope is "true"': {
    wrong: [sealed({ password: VALUE }, {}, annotated('yes'))],
    right: [sealed({ password: VALUE }, {}, annotated('true'))],
    code: 'SealedForAnotherName',
    severity: WARNING,
    path: 'metadata.annotations[sealedsecrets.bitnami.com/cluster-wide]',
  },
  'the scope is one of the SealedSecret itself': {
    wrong: [sealed({ password: VALUE }, { metadata: annotated('true') })],
    right: [sealed({ password: VALUE }, { metadata: annotated('true') }, annotated('true'))],
    code: 'SealedForAnotherName',
    severity: WARNING,
    path: 'metadata.annotations[sealedsecrets.bitnami.com/cluster-wide]',
  },
  'a Secret that is there is not touched': {
    wrong: [secret('db', {}, { metadata: { namespace: 'shop' } }), sealed({ password: VALUE })],
    right: [secret('db', {}, { metadata: { namespace: 'shop', annotations: { 'sealedsecrets.bitnami.com/managed': 'true' } } }), sealed({ password: VALUE })],
    code: 'SecretMadeTwice',
    severity: ERROR,
    path: 'metadata.name',
  },
});

test('no sealed value is shown', () => {
  const { findings } = Inspection.fromManifests([sealed({ password: 'hunter2-is-no-base64' })]);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

test('in a repository, a value that is only hinted at is a placeholder', () => {
  const { findings } = Inspection._fromSources([{ manifest: sealed({ a: 'AgBy3i4OJSWK...', b: 'AgBy3i4OJSWK…', c: '${SEALED}' }) }], { repository: true });
  expect(findings.map(({ code }) => code)).toEqual(['UnrenderedTemplate']);
});
