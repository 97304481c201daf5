import { Inspection, SecretChange } from '../../src';

const OPTIONS = { missingSecrets: false };
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A change of manifests that are all in the namespace `shop`. */
function change(before: any[], after: any[]): SecretChange {
  const inspected = (manifests: any[]) => Inspection.fromManifests(manifests.map(manifest => ({ ...manifest, metadata: { namespace: 'shop', ...manifest.metadata } })), OPTIONS);
  return SecretChange.between(inspected(before), inspected(after));
}

const secret = (values: Record<string, string>, rest: any = {}, name = 'db') => {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, base64(value)])), ...rest };
};
const sealed = (encryptedData: Record<string, string>, template: any = {}) => {
  return { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'db' }, spec: { encryptedData, template } };
};
const external = (data: any[], rest: any = {}) => ({
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'db' }, spec: { secretStoreRef: { name: 'vault' }, data, ...rest },
});
const entry = (secretKey: string, remoteRef: any) => ({ secretKey, remoteRef });
const container = (rest: any = {}) => ({ name: 'api', image: 'api:1', ...rest });
const workload = (kind: string, spec: any, rest: any = {}) => {
  const apiVersion = kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : kind === 'Pod' ? 'v1' : 'apps/v1';
  const template = { metadata: { labels: { app: 'api' }, annotations: rest.annotations }, spec };
  const body = kind === 'Pod' ? spec : kind === 'CronJob' ? { schedule: '@daily', jobTemplate: { spec: { template } } } : { selector: { matchLabels: { app: 'api' } }, template, ...rest.spec };
  return { apiVersion, kind, metadata: { name: 'api', ...rest.metadata }, spec: body };
};
const variable = { env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] };
const withVariable = { containers: [container(variable)] };
const withFiles = (mount: any = {}) => ({
  containers: [container({ volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }] })], volumes: [{ name: 'v', secret: { secretName: 'db' } }],
});
const OLD = secret({ password: 'canary-old' });
const NEW = secret({ password: 'canary-new' });

describe('the keys of a Secret', () => {
  test('are named where they were added, removed and changed', () => {
    expect(change([secret({ a: '1', b: '1', c: '1' })], [secret({ a: '1', b: '2', d: '1' })]).secrets).toEqual([{
      namespace: 'shop',
      name: 'db',
      delivery: 'manifest',
      secretType: 'Opaque',
      change: 'changed',
      fields: [],
      keys: [{ key: 'b', change: 'changed' }, { key: 'c', change: 'removed' }, { key: 'd', change: 'added' }],
    }]);
  });

  test('are the same whether they stand in data or in stringData', () => {
    expect(change([secret({ a: '1' })], [{ ...secret({}), stringData: { a: '1' } }]).secrets).toEqual([]);
  });

  test('are those of a Secret that is new or gone', () => {
    expect(change([], [OLD]).secrets).toMatchObject([{ change: 'added', keys: [{ key: 'password', change: 'added' }] }]);
    expect(change([OLD], []).secrets).toMatchObject([{ change: 'removed', keys: [{ key: 'password', change: 'removed' }] }]);
  });

  test('come with the type and whether it is immutable', () => {
    expect(change([secret({})], [secret({}, { type: 'example.com/x', immutable: true })]).secrets).toMatchObject([
      { secretType: 'example.com/x', formerType: 'Opaque', becomesImmutable: true, keys: [] },
    ]);
  });

  test('of one that a hash renames are one change', () => {
    const [before, after] = [secret({ a: '1' }, {}, 'db-2456789bcd'), secret({ a: '2' }, {}, 'db-fghkmt2456')];
    expect(change([before], [after]).secrets).toMatchObject([{ name: 'db-fghkmt2456', formerName: 'db-2456789bcd', change: 'changed', keys: [{ key: 'a', change: 'changed' }] }]);
  });

  test.each([
    ['no hash ends the names', ['db-staging', 'db-preview'], 2],
    ['two are gone', ['db-2456789bcd', 'db-fghkmt2456', 'db-ffghkmt245'], 3],
  ])('of Secrets with like names are two changes where %s', (_, [after, ...before], count) => {
    expect(change(before.map(name => secret({ a: '1' }, {}, name)), [secret({ a: '1' }, {}, after)]).secrets).toHaveLength(count);
  });

  test('of a delivery that changes say so, and not that values differ', () => {
    expect(change([OLD], [sealed({ password: 'AgA' })]).secrets).toMatchObject([{ delivery: 'sealed', formerDelivery: 'manifest', keys: [], change: 'changed' }]);
  });
});

describe('sealed values', () => {
  test('are the same where their ciphertexts are', () => {
    expect(change([sealed({ password: 'AgA' })], [sealed({ password: 'AgA' })]).secrets).toEqual([]);
  });

  test('are perhaps the same where these differ', () => {
    expect(change([sealed({ password: 'AgA' })], [sealed({ password: 'AgB' })]).secrets).toMatchObject([{ change: 'unsure', keys: [{ key: 'password', change: 'unsure' }] }]);
  });

  test.each([[true, []], [false, [{ key: 'password', change: 'changed' }]]])('are what a journal says of them: the same is %s', (isSame, keys) => {
    const inspected = (ciphertext: string) => Inspection.fromManifests([sealed({ password: ciphertext })], OPTIONS);
    expect(SecretChange._between(inspected('AgA'), inspected('AgB'), () => isSame).secrets.flatMap(each => each.keys)).toEqual(keys);
  });

  test('SOPS encrypts are compared in the same way', () => {
    const encrypted = (value: string) => ({ ...secret({}), data: undefined, stringData: { password: `ENC[AES256_GCM,data:${value},iv:a,tag:a,type:str]` }, sops: { version: '3.9.0', mac: value } });
    expect(change([encrypted('AA==')], [encrypted('BB==')]).secrets).toMatchObject([{ change: 'unsure', keys: [{ key: 'password', change: 'unsure' }] }]);
    expect(change([encrypted('AA==')], [encrypted('AA==')]).secrets).toEqual([]);
  });
});

describe('values that an operator finds', () => {
  test.each([
    ['key', { key: 'prod/db2', property: 'p' }, 'prod/db2#p in vault'],
    ['property', { key: 'prod/db', property: 'q' }, 'prod/db#q in vault'],
    ['version', { key: 'prod/db', property: 'p', version: '2' }, 'prod/db#p (version 2) in vault'],
  ])('change with the %s of their reference', (_, remoteRef, reference) => {
    expect(change([external([entry('password', { key: 'prod/db', property: 'p' })])], [external([entry('password', remoteRef)])]).secrets).toMatchObject([
      { keys: [{ key: 'password', change: 'changed', formerReference: 'prod/db#p in vault', reference }], fields: [] },
    ]);
  });

  test('change with their store', () => {
    const before = external([entry('a', { key: 'x' }), entry('b', { key: 'y' })]);
    expect(change([before], [external([entry('a', { key: 'x' }), entry('b', { key: 'y' })], { secretStoreRef: { name: 'aws' } })]).secrets).toMatchObject([{
      keys: [{ key: 'a', formerReference: 'x in vault', reference: 'x in aws' }, { key: 'b', formerReference: 'y in vault', reference: 'y in aws' }], fields: ['spec.secretStoreRef'],
    }]);
  });

  test('stay where only defaults are said', () => {
    const said = { key: 'x', conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };
    expect(change([external([entry('a', { key: 'x' })])], [external([entry('a', said)], { secretStoreRef: { name: 'vault', kind: 'SecretStore' } })]).secrets.flatMap(({ keys }) => keys)).toEqual([]);
  });

  test('stay where they are looked for more often, which is said', () => {
    const data = [entry('a', { key: 'x' })];
    expect(change([external(data)], [external(data, { refreshInterval: '5m' })]).secrets).toMatchObject([{ keys: [], fields: ['spec.refreshInterval'] }]);
  });
});

describe('workloads', () => {
  const effects = (before: any[], after: any[]) => change(before, after).workloads.map(({ kind, effect, reasons }) => [kind, effect, ...reasons]);

  test.each(['Deployment', 'StatefulSet', 'DaemonSet'])('%s: a new pod template replaces its pods, and what differs is said', kind => {
    const before = workload(kind, withVariable, { annotations: { 'checksum/secret': 'a' } });
    const after = workload(kind, { containers: [container({ ...variable, image: 'api:2' })] }, { annotations: { 'checksum/secret': 'b' } });
    expect(effects([before, OLD], [after, NEW])).toEqual([[kind, 'restarts', 'the checksum checksum/secret', 'the image of api']]);
  });

  test.each<[string, any, string]>([
    ['a variable', container({ env: [{ name: 'B', value: 'canary' }] }), 'the variable B of api'],
    ['a mount', container({ volumeMounts: [{ name: 'x', mountPath: '/x' }] }), 'the mounts of api'],
    ['another field', container({ workingDir: '/x' }), 'workingDir of api'],
  ])('%s is named', (_, after, reason) => {
    expect(effects([workload('Deployment', { containers: [container()] })], [workload('Deployment', { containers: [after] })])).toEqual([['Deployment', 'restarts', reason]]);
  });

  test('a container, a volume and a field of the pod are named', () => {
    const after = { containers: [container(), { name: 'b', image: 'b' }], volumes: [{ name: 'v', emptyDir: {} }], hostNetwork: true, securityContext: { runAsUser: 1 } };
    expect(effects([workload('Deployment', { containers: [container()] })], [workload('Deployment', after)])).toEqual([
      ['Deployment', 'restarts', 'the container b', 'hostNetwork', 'securityContext.runAsUser', 'the volume v'],
    ]);
  });

  test('what stands in another order is named', () => {
    const of = (names: string[]) => workload('Deployment', { containers: [container({ env: names.map(name => ({ name, value: 'x' })) })] });
    expect(effects([of(['A', 'B'])], [of(['B', 'A'])])).toEqual([['Deployment', 'restarts', 'the order of containers[api].env']]);
  });

  test('a Secret that a hash renames is the reason', () => {
    const of = (name: string, value: string) => [secret({ password: value }, {}, name), workload('Deployment', { containers: [container({ envFrom: [{ secretRef: { name } }] })] })];
    expect(effects(of('db-2456789bcd', '1'), of('db-fghkmt2456', '2'))).toEqual([['Deployment', 'restarts', 'the Secret db-2456789bcd is db-fghkmt2456 now']]);
  });

  test('a Secret whose earlier ones are kept is the one that pods see', () => {
    const [a, b, c] = ['db-2456789bcd', 'db-fghkmt2456', 'db-ghkmt24567'].map((name, index) => secret({ password: String(index) }, {}, name));
    const seeing = ({ metadata: { name } }: any) => workload('Deployment', { containers: [container({ envFrom: [{ secretRef: { name } }] })] });
    const of = (before: any[], after: any[]) => {
      const { secrets, workloads } = change([...before, seeing(before[0])], [...after, seeing(after[0])]);
      return [secrets.map(({ name, formerName, change: kind }) => [name, formerName, kind]), workloads.map(({ reasons }) => reasons)];
    };
    expect(of([a], [b, a])).toEqual([[[b.metadata.name, a.metadata.name, 'changed']], [['the Secret db-2456789bcd is db-fghkmt2456 now']]]);
    expect(of([b, a], [c, b])).toEqual([
      [[c.metadata.name, b.metadata.name, 'changed'], [a.metadata.name, undefined, 'removed']], [['the Secret db-fghkmt2456 is db-ghkmt24567 now']],
    ]);
    // the value of before comes back
    expect(of([b, a], [a, b])).toEqual([[[a.metadata.name, b.metadata.name, 'changed']], [['the Secret db-fghkmt2456 is db-2456789bcd now']]]);
    // nothing but the number that is kept
    expect(of([b, a], [b])).toEqual([[[a.metadata.name, undefined, 'removed']], []]);
  });

  test('where no pod sees them, earlier Secrets that are kept are told from none', () => {
    const [a, b, c] = ['db-2456789bcd', 'db-fghkmt2456', 'db-ghkmt24567'].map(name => secret({ password: name }, {}, name));
    expect(change([b, a], [c, b]).secrets.map(({ name, change: kind }) => [name, kind])).toEqual([[c.metadata.name, 'added'], [a.metadata.name, 'removed']]);
  });

  test.each<[string, any, any, string]>([
    ['CronJob', 'CronJob', {}, 'from the next run on'],
    ['ReplicaSet', 'ReplicaSet', {}, 'for new pods only'],
    ['paused Deployment', 'Deployment', { spec: { paused: true } }, 'it is paused'],
    ['DaemonSet with OnDelete', 'DaemonSet', { spec: { updateStrategy: { type: 'OnDelete' } } }, 'when its pods are deleted (OnDelete)'],
  ])('%s: a new template is for later pods', (_, kind, rest, why) => {
    const of = (image: string) => workload(kind, { containers: [container({ image })] }, rest);
    expect(effects([of('api:1')], [of('api:2')])).toEqual([[kind, 'later', 'the image of api', why]]);
  });

  test('a Job with another template neither restarts nor changes: that is refused', () => {
    const of = (image: string) => workload('Job', { containers: [container({ image })], restartPolicy: 'Never' });
    const changed = change([of('api:1')], [of('api:2')]);
    expect(changed.workloads).toEqual([]);
    expect(changed.refusals).toMatchObject([{ code: 'ImmutableField', path: 'spec.template', object: { kind: 'Job', name: 'api' } }]);
  });

  test('a Deployment whose change is refused is not restarted, unless that is acknowledged', () => {
    const of = (app: string, annotations?: any) => workload('Deployment', { containers: [container()] }, { metadata: { annotations }, spec: { selector: { matchLabels: { app } } } });
    expect(change([of('api')], [of('other')])).toMatchObject({ refusals: [{ path: 'spec.selector' }], workloads: [] });
    expect(change([of('api')], [of('other', { 'acknowledge.cdk8s-secrets/ImmutableField': 'it is deleted first' })]).refusals).toEqual([]);
  });

  test('keep an old value in variables where nothing restarts them', () => {
    expect(effects([workload('Deployment', withVariable), OLD], [workload('Deployment', withVariable), NEW])).toEqual([['Deployment', 'stale', 'variables of db/password']]);
  });

  test.each<[string, any, string, string]>([
    ['files', withFiles(), 'sees-files', 'files of db/password'],
    ['a file by subPath', withFiles({ subPath: 'password' }), 'stale', 'files by subPath of db/password'],
  ])('see a new value in %s as the kubelet brings it', (_, spec, effect, reason) => {
    expect(effects([workload('Deployment', spec), OLD], [workload('Deployment', spec), NEW])).toEqual([['Deployment', effect, reason]]);
  });

  test('keep old values of a secret that an operator finds elsewhere now, whichever its keys are', () => {
    const of = (dataFrom: any[]) => [external([], { dataFrom }), workload('Deployment', { containers: [container({ envFrom: [{ secretRef: { name: 'db' } }] })] })];
    expect(effects(of([{ extract: { key: 'a' } }]), of([{ extract: { key: 'b' } }]))).toEqual([['Deployment', 'stale', 'variables of db/every key']]);
    expect(effects(of([{ extract: { key: 'a' } }]), of([{ extract: { key: 'a' } }]))).toEqual([]);
  });

  test('are restarted by Reloader where they ask for it', () => {
    const reloaded = workload('Deployment', withVariable, { metadata: { annotations: { 'secret.reloader.stakater.com/auto': 'true' } } });
    expect(effects([reloaded, OLD], [reloaded, NEW])).toEqual([['Deployment', 'reloads', 'variables of db/password']]);
  });

  test.each<[string, any[], any[]]>([
    ['another key changed', [secret({ password: '1', other: '1' })], [secret({ password: '1', other: '2' })]],
    ['nothing changed', [OLD], [OLD]],
    ['the Secret of another namespace changed', [{ ...OLD, metadata: { name: 'db', namespace: 'other' } }], [{ ...NEW, metadata: { name: 'db', namespace: 'other' } }]],
  ])('are not in the list where %s', (_, before, after) => {
    expect(effects([workload('Deployment', withVariable), ...before], [workload('Deployment', withVariable), ...after])).toEqual([]);
  });

  test('start and stop', () => {
    expect(effects([workload('Deployment', withVariable)], [workload('StatefulSet', withVariable)])).toEqual([['StatefulSet', 'starts'], ['Deployment', 'stops']]);
  });
});

describe('exposure', () => {
  const role = (verbs: string[]) => [
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r' }, rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['db'], verbs }] },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'r' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
      subjects: [{ kind: 'ServiceAccount', namespace: 'ci', name: 'build' }],
    },
  ];

  test('grows with a container that reads a key', () => {
    expect(change([OLD], [OLD, workload('Deployment', withVariable)]).exposure).toEqual([{
      namespace: 'shop',
      secret: 'db',
      key: 'password',
      reader: { kind: 'Deployment', namespace: 'shop', name: 'api' },
      way: 'variable',
      why: 'its container "api" has it in the variable "PASSWORD"',
    }]);
  });

  test('grows with a role that allows it', () => {
    expect(change([OLD], [OLD, ...role(['get'])]).exposure).toEqual([{
      namespace: 'shop', secret: 'db', reader: { kind: 'ServiceAccount', namespace: 'ci', name: 'build' }, way: 'api', why: 'the Role "r" allows get on secrets',
    }]);
  });

  test('grows with a right on every secret of the namespace, which is told once', () => {
    const all = (verbs: string[]) => role(verbs).map(manifest => 'rules' in manifest ? { ...manifest, rules: [{ apiGroups: [''], resources: ['secrets'], verbs }] } : manifest);
    const reading = { reader: { kind: 'ServiceAccount', namespace: 'ci', name: 'build' }, way: 'api' };
    expect(change([OLD, secret({ a: '1' }, {}, 'other')], [OLD, secret({ a: '1' }, {}, 'other'), ...all(['list'])]).exposure).toMatchObject([{ namespace: 'shop', ...reading }]);
    expect(change([OLD, ...all(['list'])], [OLD, ...all(['list']), secret({ a: '1' }, {}, 'other')]).exposure).toEqual([]);
    expect(change([OLD, ...all(['list'])], [OLD, ...role(['get'])]).exposure).toEqual([]);
  });

  test('grows with a right to start pods in a namespace, which is told of the namespace and not of each secret', () => {
    const edit = { ...role([])[1], roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' } };
    const pods = ['a', 'b'].map(name => ({ ...workload('Pod', withVariable), metadata: { name } }));
    const { exposure } = change([OLD, ...pods], [OLD, ...pods, edit]);
    expect(exposure.length).toBeGreaterThan(0);
    for (const { secret: of, namespace, reader } of exposure) expect([of, namespace, reader.name]).toEqual([undefined, 'shop', 'build']);
  });

  test('does not grow where somebody who has a key in a variable gets it in another one', () => {
    const twice = { containers: [container({ env: [variable.env[0], { ...variable.env[0], name: 'AGAIN' }] })] };
    expect(change([OLD, workload('Deployment', withVariable)], [OLD, workload('Deployment', twice)]).exposure).toEqual([]);
    expect(change([OLD, workload('Deployment', withVariable)], [OLD, workload('Deployment', withFiles())]).exposure).toMatchObject([{ key: 'password', way: 'file' }]);
  });

  test('does not grow where somebody who read all keys reads those that are known now', () => {
    const all = workload('Deployment', { containers: [container({ envFrom: [{ secretRef: { name: 'db' } }] })] });
    expect(change([all], [all, OLD]).exposure).toEqual([]);
  });

  test('does not grow where the keys are not known any more of a secret that somebody read all keys of', () => {
    const [both, all] = [secret({ password: '1', user: '2' }), workload('Deployment', withFiles())];
    const one = workload('Deployment', { ...withFiles(), volumes: [{ name: 'v', secret: { secretName: 'db', items: [{ key: 'user', path: 'user' }] } }] });
    expect(change([both, all], [all]).exposure).toEqual([]);
    expect(change([both, one], [all]).exposure).toMatchObject([{ secret: 'db', way: 'file' }]);
  });

  test('does not grow with a secret that is new, one that a hash renames, nor where somebody reads no more', () => {
    const of = (name: string, value: string) => [secret({ password: value }, {}, name), workload('Deployment', { containers: [container({ envFrom: [{ secretRef: { name } }] })] })];
    expect(change([], [OLD, workload('Deployment', withVariable)]).exposure).toEqual([]);
    expect(change(of('db-2456789bcd', '1'), of('db-fghkmt2456', '2')).exposure).toEqual([]);
    expect(change([OLD, ...role(['get'])], [OLD]).exposure).toEqual([]);
  });
});

describe('findings', () => {
  const missing = { containers: [container({ env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 'db', key: 'pasword' } } }] })] };

  test('are new where there were none, and old ones are not', () => {
    expect(change([OLD, workload('Deployment', withVariable)], [OLD, workload('Deployment', missing)]).newFindings.map(({ code }) => code)).toEqual(['UnknownKey']);
    expect(change([OLD, workload('Deployment', missing)], [NEW, workload('Deployment', missing)]).newFindings).toEqual([]);
  });

  test('are the same where a hash renames what they are about', () => {
    const of = (name: string) => [secret({ password: '1' }, {}, name), workload('Deployment', { containers: [container({ env: [{ name: 'P', valueFrom: { secretKeyRef: { name, key: 'no' } } }] })] })];
    expect(change(of('db-2456789bcd'), of('db-fghkmt2456')).newFindings).toEqual([]);
  });
});

test('objects of one name are those of one file', () => {
  const inspected = (values: string[]) => Inspection._fromSources(values.map((value, index) => {
    return { manifest: secret({ a: value }), file: `x/${['dev', 'prod'][index]}.yaml`, units: [String(index)] };
  }), OPTIONS);
  expect(SecretChange.between(inspected(['1', '2']), inspected(['1', '3'])).secrets).toMatchObject([{ name: 'db', file: 'x/prod.yaml', keys: [{ key: 'a', change: 'changed' }] }]);
});

test('a workload sees the secret of its own file, or else of its folder', () => {
  const of = (value: string) => ['dev', 'prod'].map(stage => ({ manifest: secret({ password: stage === 'prod' ? value : 'x' }), file: `x/${stage}/secret.yaml`, units: [stage] }));
  const workloads = ['dev', 'prod'].map(stage => ({ manifest: workload('Deployment', withVariable), file: `x/${stage}/api.yaml`, units: [`${stage} api`] }));
  const inspected = (value: string) => Inspection._fromSources([...of(value), ...workloads], OPTIONS);
  expect(SecretChange.between(inspected('1'), inspected('2')).workloads).toMatchObject([{ effect: 'stale', file: 'x/prod/api.yaml' }]);
});

test('a workload sees the secret of its own file, also where all files are applied together', () => {
  const inspected = (value: string) => Inspection._fromSources(['dev', 'prod'].flatMap(stage => [
    { manifest: secret({ password: stage === 'prod' ? value : 'x' }), file: `${stage}.yaml` }, { manifest: workload('Deployment', withVariable), file: `${stage}.yaml` },
  ]), OPTIONS);
  expect(SecretChange.between(inspected('1'), inspected('2')).workloads).toMatchObject([{ effect: 'stale', file: 'prod.yaml' }]);
});

test('a change holds no value, and nothing that it could be told by', () => {
  const changed = change([OLD, workload('Deployment', withVariable)], [NEW, workload('Deployment', { containers: [container({ env: [{ name: 'B', value: 'canary' }] })] })]);
  expect(JSON.stringify([changed, changed.secrets, changed.workloads, changed.refusals, changed.exposure, changed.newFindings])).not.toMatch(/canary|Y2FuYXJ5/);
});
