import { asApplied } from '../../src/change/live-object';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const configMap = (data: any, metadata: any = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', namespace: 'n', ...metadata }, data });
const secret = (rest: any, metadata: any = {}) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'n', ...metadata }, ...rest });
const applied = ({ metadata, ...rest }: any, last: any) => {
  return { ...rest, metadata: { ...metadata, annotations: { [LAST_APPLIED]: JSON.stringify(last) } } };
};
const owned = ({ metadata, ...rest }: any, fieldsV1: any, operation = 'Apply') => {
  return { ...rest, metadata: { ...metadata, managedFields: [{ manager: 'm', operation, fieldsV1 }] } };
};
const pod = (env: any[]) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'c', env }] } });

test('what the manifest does not name is left out: defaults, the status, and what others have added', () => {
  const live = { ...configMap({ a: '1', b: '2' }, { uid: 'u', resourceVersion: '1', labels: { x: 'y' }, annotations: { z: 'z' } }), status: {}, immutable: false };
  expect(asApplied(live, configMap({ a: '3' }))).toEqual(configMap({ a: '1' }));
});

test('what an earlier manifest named stays, as kubectl noted it', () => {
  const live = configMap({ a: '1', b: '2', c: '3' });
  expect(asApplied(applied(live, configMap({ a: '1', b: '2' })), configMap({ a: '1' }))).toEqual(configMap({ a: '1', b: '2' }));
});

test.each<[string, any, any]>([
  ['whoever applied it on the side of the server', 'Apply', { a: '1', b: '2' }],
  ['not who only updated it', 'Update', { a: '1' }],
])('what an earlier manifest named stays, as the API server noted it of %s', (_, operation, data) => {
  expect(asApplied(owned(configMap({ a: '1', b: '2', c: '3' }), { 'f:data': { '.': {}, 'f:b': {} } }, operation), configMap({ a: '1' }))).toEqual(configMap(data));
});

test('items of a list are told by their names', () => {
  const live = pod([{ name: 'A', value: '1' }, { name: 'B', value: '2' }, { name: 'C', value: '3' }]);
  const fields = { 'f:spec': { 'f:containers': { 'k:{"name":"c"}': { '.': {}, 'f:env': { '.': {}, 'k:{"name":"B"}': { '.': {}, 'f:name': {}, 'f:value': {} } } } } } };
  expect(asApplied(owned(live, fields), pod([{ name: 'A', value: '1' }])).spec).toEqual({ containers: [{ name: 'c', env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }] });
});

test('items without names stand for themselves where there are as many', () => {
  const ports = (list: any[]) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { ports: list } });
  expect(asApplied(ports([{ port: 80, protocol: 'TCP' }]), ports([{ port: 81 }])).spec).toEqual({ ports: [{ port: 80 }] });
  expect(asApplied(ports([{ port: 80, protocol: 'TCP' }]), ports([])).spec).toEqual({ ports: [{ port: 80, protocol: 'TCP' }] });
});

describe('a Secret', () => {
  test('has its values where the manifest has them, as far as they are texts', () => {
    const live = secret({ type: 'Opaque', data: { a: 'MQ==', b: 'MQ==', c: '/w==', d: 'MQ==' } });
    expect(asApplied(live, secret({ stringData: { a: 'x', c: 'x' }, data: { d: '' } }))).toEqual(secret({ type: 'Opaque', stringData: { a: '1' }, data: { c: '/w==', d: 'MQ==' } }));
  });

  test('keeps a key that was in data, and forgets one that was in stringData: apply takes the one away, and leaves the other', () => {
    const live = secret({ type: 'Opaque', data: { a: 'MQ==', b: 'MQ==' } });
    expect(asApplied(applied(live, secret({ data: { a: 'x' }, stringData: { b: 'x' } })), secret({}))).toEqual(secret({ type: 'Opaque', data: { a: 'MQ==' } }));
  });

  test('has all of its keys where it is asked what there is', () => {
    const live = secret({ type: 'Opaque', data: { a: 'MQ==', b: 'MQ==' } });
    expect(asApplied(live, secret({ data: { a: 'x' } }), true)).toEqual(secret({ type: 'Opaque', data: { a: 'MQ==', b: 'MQ==' } }));
  });

  test('does not show what kubectl noted of it', () => {
    expect(JSON.stringify(asApplied(applied(secret({ data: { a: 'MQ==' } }), secret({ stringData: { a: 'canary' } })), secret({ data: { a: 'x' } })))).not.toContain('canary');
  });
});

test('the namespace is that of the manifest', () => {
  expect(asApplied(configMap({}), { ...configMap({}), metadata: { name: 'm' } }).metadata).toEqual({ name: 'm' });
});
