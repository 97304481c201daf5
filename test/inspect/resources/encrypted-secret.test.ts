import { Inspection } from '../../../src/app/inspection';
import { keyRef, pod } from '../manifests';
import { ERROR, testPairs } from '../pairs';

const value = (type = 'str') => `ENC[AES256_GCM,data:cGFzc3dvcmQ=,iv:AAAA,tag:AAAA,type:${type}]`;
const SOPS = {
  age: [{ recipient: 'age1qqqq', enc: 'text' }],
  lastmodified: '2026-11-24T00:00:00Z',
  mac: value(),
  encrypted_regex: '^(data|stringData)$',
  version: '3.13.2',
};
const secret = (fields: any, more: any = {}) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, ...fields, ...more, sops: SOPS });
const codes = (...manifests: any[]) => Inspection.fromManifests(manifests).findings.map(({ code }) => code);

describe('nothing is said of what SOPS has encrypted', () => {
  test.each<[string, any]>([
    ['a Secret', secret({ data: { password: value(), empty: '' } })],
    ['a Secret with stringData', secret({ stringData: { password: value() } })],
    ['a Secret with a number', secret({ stringData: { port: value('int') } })],
    ['a certificate', secret({ data: { 'tls.crt': value(), 'tls.key': value() } }, { type: 'kubernetes.io/tls' })],
    ['credentials of a registry', secret({ data: { '.dockerconfigjson': value() } }, { type: 'kubernetes.io/dockerconfigjson' })],
    ['an immutable Secret', secret({ data: { password: value() } }, { immutable: true })],
    ['a ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: value() }, sops: SOPS }],
    ['a Pod', { ...pod({ env: [{ name: 'A', value: value() }], ports: [{ containerPort: 80 }] }), sops: SOPS }],
  ])('%s', (_, manifest) => {
    expect(codes(manifest)).toEqual([]);
  });
});

test('its keys are known', () => {
  expect(codes(secret({ data: { password: value() } }), pod({ env: [keyRef('A', 'db', 'password')] }))).toEqual([]);
  expect(codes(secret({ data: { password: value() } }), pod({ env: [keyRef('A', 'db', 'passwrd')] }))).toEqual(['UnknownKey']);
});

test('a field sops of something else is a field that there is not', () => {
  expect(codes({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, sops: {} })).toEqual(['UnknownField']);
});

testPairs({
  'a key is one that a Secret can have': {
    wrong: [secret({ data: { 'a b': value() } })], right: [secret({ data: { a_b: value() } })], code: 'InvalidKey', severity: ERROR, path: 'data[a b]',
  },
  'the keys are those of the type': {
    wrong: [secret({ data: { 'tls.crt': value() } }, { type: 'kubernetes.io/tls' })],
    right: [secret({ data: { 'tls.crt': value(), 'tls.key': value() } }, { type: 'kubernetes.io/tls' })],
    code: 'MissingKey',
    severity: ERROR,
    path: 'type',
  },
});
