import { dirname } from 'node:path';
import { Inspection } from '../../../src/app/inspection';
import { MissingSecrets, type RepositoryOptions } from '../../../src/inspect/inspection-options';
import { deployment, keyRef, pod, podWithMounts, secret, whole } from '../manifests';
import { ERROR, WARNING } from '../pairs';

const { ERROR: STRICT, WARN, IGNORE } = MissingSecrets;
const FIELD = 'spec.containers[0].env[0].valueFrom.secretKeyRef.key';
const usesKey = (key: string, metadata: any = {}) => pod({ env: [keyRef('A', 'db', key)] }, {}, metadata);
const usesAll = (metadata: any = {}) => pod({ envFrom: [whole('db')] }, {}, metadata);

/** Files of a repository, each with its objects, and perhaps what else is known of them. What is in one folder is applied together. */
function inRepository(files: Record<string, any[]>, unknownSecrets = WARN, more: RepositoryOptions = {}, source: any = {}) {
  const sources = Object.entries(files).flatMap(([file, objects]) => {
    return objects.map(manifest => ({ manifest, file, units: [dirname(file)], ...source[file] }));
  });
  return Inspection._fromSources(sources, { unknownSecrets, ...more }).findings;
}
const brief = (findings: ReturnType<typeof inRepository>) => findings.map(({ code, severity, path }) => [code, severity, path]);

describe('a Secret that nothing in the repository makes', () => {
  const files = { 'a/pod.yaml': [usesAll()], 'b/pod.yaml': [usesAll({ name: 'q' })] };
  const path = 'spec.containers[0].envFrom[0].secretRef.name';

  test('is one warning, with all that use it', () => {
    const [finding, ...more] = inRepository(files);
    expect([finding.code, finding.severity, finding.path, more.length]).toEqual(['UnknownSecret', WARNING, path, 0]);
    expect(finding.elsewhere?.map(({ object }) => object.name)).toEqual(['q']);
  });

  test('is an error at each place where that is asked for, and nothing where it is not', () => {
    expect(brief(inRepository(files, STRICT))).toEqual([['UnknownSecret', ERROR, path], ['UnknownSecret', ERROR, path]]);
    expect(inRepository(files, IGNORE)).toEqual([]);
  });

  test('is one for each name and namespace', () => {
    const other = pod({ envFrom: [whole('other')] }, {}, { name: 'o' });
    const elsewhere = usesAll({ name: 'n', namespace: 'n' });
    expect(inRepository({ ...files, 'c/pod.yaml': [other, elsewhere] }).map(({ elsewhere: others = [] }) => others.length)).toEqual([1, 0, 0]);
  });
});

describe('a key that a Secret does not have', () => {
  const db = secret('db', { user: 'u' });

  test('is an error where both stand in one folder', () => {
    const [finding, ...more] = inRepository({ 'a/secret.yaml': [db], 'a/pod.yaml': [usesKey('password')] }, WARN, {}, { 'a/secret.yaml': { units: ['x'] } });
    expect([finding.code, finding.severity, finding.path, more.length]).toEqual(['UnknownKey', ERROR, FIELD, 0]);
    expect(finding.message).toBe('the Secret "db" has no key "password": the container does not start (CreateContainerConfigError)');
    expect(finding.next).toBe('keys: "user"');
  });

  test('is an error where both are applied together', () => {
    const units = { units: ['kustomization'] };
    expect(brief(inRepository({ 'a/secret.yaml': [db], 'b/pod.yaml': [usesKey('password')] }, WARN, {}, { 'a/secret.yaml': units, 'b/pod.yaml': units }))).toEqual([['UnknownKey', ERROR, FIELD]]);
  });

  test('is one warning where the Secret stands in another folder, and may be that of another example', () => {
    const [finding, ...more] = inRepository({ 'a/secret.yaml': [db], 'b/pod.yaml': [usesKey('password'), usesKey('password', { name: 'q' })] });
    expect([finding.code, finding.severity, finding.elsewhere?.length, more.length]).toEqual(['UnknownKey', WARNING, 1, 0]);
    expect(finding.message).toContain('unless something else adds it');
    expect(inRepository({ 'a/secret.yaml': [db], 'b/pod.yaml': [usesKey('password'), usesKey('pw', { name: 'q' })] })).toHaveLength(2);
  });

  test('is a warning where the Secret has none at all, and something fills it', () => {
    expect(brief(inRepository({ 'a/all.yaml': [secret('db'), usesKey('password')] }))).toEqual([['UnknownKey', WARNING, FIELD]]);
    expect(brief(inRepository({ 'a/all.yaml': [secret('db'), usesKey('password')] }, STRICT))).toEqual([['UnknownKey', ERROR, FIELD]]);
  });

  test('is an error where somebody said which keys there are', () => {
    expect(brief(inRepository({ 'a/pod.yaml': [usesKey('password')] }, WARN, { existingSecrets: [{ name: 'db', keys: ['user'] }] }))).toEqual([['UnknownKey', ERROR, FIELD]]);
  });

  test('is an error where one of several that make the Secret is near', () => {
    const files = { 'a/secret.yaml': [db], 'b/secret.yaml': [secret('db', { name: 'n' })], 'b/pod.yaml': [usesKey('password')] };
    expect(brief(inRepository(files))).toEqual([['UnknownKey', ERROR, FIELD]]);
  });

  test('is found in the file of a mount in the same way', () => {
    const mount = podWithMounts([{ mountPath: '/m', subPath: 'password' }]);
    const found = (files: Record<string, any[]>) => brief(inRepository(files)).map(([code, severity]) => [code, severity]);
    expect(found({ 'a/all.yaml': [db, mount] })).toEqual([['SubPathMissingFile', ERROR]]);
    expect(found({ 'a/secret.yaml': [db], 'b/pod.yaml': [mount] })).toEqual([['SubPathMissingFile', WARNING]]);
    expect(found({ 'a/all.yaml': [secret('db'), mount] })).toEqual([['SubPathMissingFile', WARNING]]);
    const projected = (...names: string[]) => podWithMounts([{ mountPath: '/m', subPath: 'password' }], { projected: { sources: names.map(name => ({ secret: { name, optional: true } })) } });
    expect(found({ 'a/all.yaml': [db, secret('empty'), projected('db', 'empty')] })).toEqual([['SubPathMissingFile', WARNING]]);
    expect(found({ 'a/all.yaml': [db, projected('db', 'none')] })).toEqual([['SubPathMissingFile', ERROR]]);
    const ofConfig = podWithMounts([{ mountPath: '/m', subPath: 'x' }], { projected: { sources: [{ configMap: { name: 'c' } }] } });
    expect(found({ 'a/all.yaml': [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: '' } }, ofConfig] })).toEqual([['SubPathMissingFile', ERROR]]);
  });

  test('is found in what Ingresses, gateways and meshes read in the same way', () => {
    const of = (apiVersion: string, kind: string, spec: any) => ({ apiVersion, kind, metadata: { name: 'x', namespace: 'web' }, spec });
    const inWeb = { ...db, metadata: { name: 'db', namespace: 'web' } };
    const issuer = pod({ args: ['-identity-scheme=linkerd.io/tls'], volumeMounts: [{ name: 'v', mountPath: '/var/run/linkerd/identity/issuer' }] }, { volumes: [{ name: 'v', secret: { secretName: 'db' } }] });
    const users = [
      of('networking.k8s.io/v1', 'Ingress', { tls: [{ secretName: 'db' }] }),
      of('gateway.networking.k8s.io/v1', 'Gateway', { listeners: [{ tls: { certificateRefs: [{ name: 'db' }] } }] }),
      of('networking.istio.io/v1', 'Gateway', { selector: { app: 'web' }, servers: [{ tls: { mode: 'SIMPLE', credentialName: 'db' } }] }),
      of('multicluster.linkerd.io/v1alpha2', 'Link', { clusterCredentialsSecret: 'db' }),
      { ...issuer, metadata: { name: 'i', namespace: 'web', labels: { app: 'web' } } },
    ];
    const found = (files: Record<string, any[]>) => inRepository(files).map(({ code, severity }) => `${code} ${severity}`);
    expect(found({ 'a/all.yaml': [inWeb, ...users] })).toEqual(users.map(() => 'SecretTypeMismatch error'));
    expect(found({ 'a/secret.yaml': [inWeb], 'b/all.yaml': users })).toEqual(users.map(() => 'SecretTypeMismatch warning'));
  });

  test('is no finding where it is there, however far away', () => {
    expect(inRepository({ 'a/secret.yaml': [db], 'b/pod.yaml': [usesKey('user')] })).toEqual([]);
  });
});

describe('a Secret of another namespace', () => {
  const db = secret('db', { user: 'u' }, { metadata: { namespace: 'data' } });
  const uses = usesAll({ namespace: 'web' });
  const path = 'spec.containers[0].envFrom[0].secretRef.name';

  test('is a mistake where both stand in one folder', () => {
    const [finding, ...more] = inRepository({ 'a/all.yaml': [db, uses] });
    expect([finding.code, finding.severity, finding.path, more.length]).toEqual(['NamespaceMismatch', ERROR, path, 0]);
    expect(finding.message).toBe('the Secret "db" is in the namespace "data", and can only be used from there: the container does not start (CreateContainerConfigError)');
    expect(finding.next).toBe('make it in the namespace "web"');
  });

  test('may be another one where they stand in two folders: one warning that it is there', () => {
    const files = { 'a/secret.yaml': [db], 'b/pod.yaml': [uses, usesAll({ name: 'q', namespace: 'web' })] };
    const [finding, ...more] = inRepository(files);
    expect([finding.code, finding.severity, finding.path, finding.elsewhere?.length, more.length]).toEqual(['UnknownSecret', WARNING, path, 1, 0]);
    expect(finding.message).toBe('no manifest makes a Secret "db" in the namespace "web": the container does not start (CreateContainerConfigError)');
    expect(finding.next).toBe('add its manifest, or declare it as existing; there is one in the namespace "data"');
    const other = { 'a/other.yaml': [secret('other', {}, { metadata: { namespace: 'data' } })], 'b/other.yaml': [pod({ envFrom: [whole('other')] }, {}, { name: 'o', namespace: 'web' })] };
    expect(inRepository({ ...files, ...other })).toHaveLength(2);
    expect(inRepository(files, IGNORE)).toEqual([]);
    expect(brief(inRepository(files, STRICT))).toEqual([['NamespaceMismatch', ERROR, path], ['NamespaceMismatch', ERROR, path]]);
  });

  test('is the right one where a kustomization gives what uses it another namespace', () => {
    const moved = { 'a/pod.yaml': { moved: true } };
    expect(inRepository({ 'a/pod.yaml': [uses], 'a/secret.yaml': [db] }, WARN, {}, moved)).toEqual([]);
    expect(inRepository({ 'a/pod.yaml': [uses], 'a/secret.yaml': [secret('db')] }, WARN, {}, moved)).toEqual([]);
  });

  test('is told by the one that names a namespace where the other does not', () => {
    const said = (...manifests: any[]) => Inspection.fromManifests(manifests).findings.map(({ message }) => message);
    const of = (namespace: string) => `of the Secret "db" and what uses it, only one names a namespace, "${namespace}"; both must be in one`;
    expect(said(db, usesAll())).toEqual([of('data')]);
    expect(said(secret('db'), uses)).toEqual([of('web')]);
  });
});

test('a key that cannot be is refused once', () => {
  const codes = (manifest: any) => Inspection.fromManifests([secret('db', { user: 'u' }), manifest]).findings.map(({ code, path }) => [code, path]);
  expect(codes(usesKey('a/b'))).toEqual([['InvalidKey', FIELD]]);
  expect(codes(usesKey(''))).toEqual([['RequiredField', FIELD]]);
  expect(codes(podWithMounts([{ mountPath: '/m' }], { secret: { secretName: 'db', items: [{ key: '', path: 'p' }] } }))).toEqual([
    ['RequiredField', 'spec.volumes[0].secret.items[0].key'], ['UnknownVolume', 'spec.containers[0].volumeMounts[0].name'],
  ]);
});

test('a key that is meant is looked for among the first fifty', () => {
  const keys = Array.from({ length: 51 }, (_, index) => `KEY_${index + 10}`);
  const nextOf = (key: string) => Inspection.fromManifests([secret('db', Object.fromEntries(keys.map(name => [name, 'v']))), usesKey(key)]).findings[0].next;
  expect(nextOf('KEY-59')).toContain('did you mean "KEY_59"?');
  expect(nextOf('KEY-60')).not.toContain('did you mean "KEY_60"?');
});

test('a function is told how its secret is made, in its namespace where that is known', () => {
  const next = (metadata: any) => inRepository({ 'f.yaml': [deployment({ metadata: { labels: { faas_function: 'f' }, ...metadata }, spec: { containers: [{ name: 'c', image: 'nginx', envFrom: [whole('db')] }] } })] })
    .map(finding => [finding.code, finding.next]);
  expect(next({})).toEqual([['UndeclaredFunctionSecret', 'declare it, or make it: faas-cli secret create db --from-file=FILE, or kubectl create secret generic db --from-file=db=FILE']]);
  expect(next({ namespace: 'fn' })).toEqual([
    ['UndeclaredFunctionSecret', 'declare it, or make it: faas-cli secret create db --namespace fn --from-file=FILE, or kubectl create secret generic db --namespace fn --from-file=db=FILE'],
  ]);
});
