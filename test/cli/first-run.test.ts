import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { ExitCode } from '../../src/cli/command';
import { tempFolder } from '../support/temp-folder';

const secret = (name: string, key = 'password') => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\ndata:\n  ${key}: YWJj\n`;
const pod = (name: string, of: string, key = 'password') => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  containers:
    - name: app
      image: registry.example.com/api:1
      env:
        - name: PASSWORD
          valueFrom: { secretKeyRef: { name: ${of}, key: ${key} } }
`;

/** What a folder with these files gives: its exit code, findings, and what was skipped and not read. */
async function check(files: Record<string, string | Buffer>, ...options: string[]) {
  const folder = tempFolder(files);
  return { folder, ...await checkFolder(folder, ...options) };
}

async function checkFolder(folder: string, ...options: string[]) {
  const { code, stdout, stderr } = await run(['check', folder, '-f', 'json', '--no-config', ...options]);
  const { findings, skipped, unreadable, summary, notes } = JSON.parse(stdout);
  const inFolder = (file: string) => file.slice(folder.length + 1);
  return {
    code,
    stderr,
    summary,
    notes,
    findings: findings.map((finding: any) => `${finding.severity} ${finding.code} ${inFolder(finding.location?.file)} ${finding.path}`.trim()),
    elsewhere: findings.map((finding: any) => finding.elsewhere?.length ?? 0),
    skipped: skipped.map(({ path, reason }: any) => `${inFolder(path)}: ${reason}`),
    unreadable: unreadable.map(({ file, template }: any) => `${inFolder(file)}${template ? ' (template)' : ''}`),
  };
}

describe('what cannot be read', () => {
  test('is told, and the rest is inspected', async () => {
    const folder = tempFolder({ 'a.yaml': 'a: [', 'b/template.yaml': 'a:\n{{- if .x }}\nb: 1\n{{- end }}\n', 'c.yaml': Buffer.from([0, 1]), 'good.yaml': secret('db', '"a b"') });
    symlinkSync('nothing', join(folder, 'link.yaml'));

    expect(await checkFolder(folder)).toMatchObject({
      code: ExitCode.FINDINGS, stderr: '', findings: ['error InvalidKey good.yaml data[a b]'], unreadable: ['link.yaml', 'a.yaml', 'b/template.yaml (template)', 'c.yaml'],
    });
  });

  test('is all that there is: then nothing was checked', async () => {
    expect(await check({ 'a.yaml': 'a: [' })).toMatchObject({ code: ExitCode.UNUSABLE, unreadable: ['a.yaml'] });
  });

  test('was named: the others are reported all the same', async () => {
    const folder = tempFolder({ 'a.yaml': 'a: [', 'b.yaml': secret('db') });

    expect(await run(['check', join(folder, 'a.yaml'), folder])).toMatchObject({
      code: ExitCode.UNUSABLE, stdout: expect.stringContaining('1 file, 1 object, 1 not read: no errors'), stderr: expect.stringContaining('a.yaml", line 1: '),
    });
  });
});

describe('what is no manifest', () => {
  test('is skipped in a folder', async () => {
    expect(await check({
      'values.yaml': 'image: x\nimage: y\n',
      'compose.yaml': 'services: {}\n',
      'list.json': '[1, 2]',
      'dashboard.json': '{"title": "x"}',
      'grafana.yaml': 'apiVersion: 1\ndatasources: []\n',
      'drone.yml': 'kind: pipeline\nname: default\n',
      'app.yaml': `${secret('db')}---\nx: 1\n`,
    })).toMatchObject({
      code: ExitCode.CLEAN,
      findings: [],
      summary: { files: 1, objects: 1 },
      skipped: ['app.yaml: no-manifest', 'compose.yaml: no-manifest', 'dashboard.json: no-manifest', 'drone.yml: no-manifest', 'grafana.yaml: no-manifest', 'list.json: no-manifest', 'values.yaml: no-manifest'],
    });
  });

  test('is an error where it was named, and on standard input', async () => {
    const folder = tempFolder({ 'values.yaml': 'image: x\n' });

    expect(await run(['check', join(folder, 'values.yaml')])).toMatchObject({ code: ExitCode.FINDINGS, stdout: expect.stringContaining('NoManifest') });
    expect(await run(['check', '-'], { input: 'image: x\n' })).toMatchObject({ code: ExitCode.FINDINGS, stdout: expect.stringContaining('NoManifest') });
  });

  test('is an error where half of what makes a manifest is there', async () => {
    expect(await check({ 'a.yaml': 'kind: Secret\nmetadata: {name: db}\n', 'b.yaml': 'apiVersion: v1\nmetadata: {name: db}\n' })).toMatchObject({
      code: ExitCode.FINDINGS, findings: ['error NoManifest a.yaml', 'error NoManifest b.yaml'],
    });
  });

  test('is all that a folder has: that is no error', async () => {
    expect(await check({ 'values.yaml': 'x: 1\n' })).toMatchObject({ code: ExitCode.CLEAN, summary: { objects: 0, skipped: 1 } });
  });

  test('is a part of a workload, which has neither a selector nor an image', async () => {
    const part = (spec: string) => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: ${spec}\n`;

    expect((await check({ 'replicas.yaml': part('{replicas: 3}') })).skipped).toEqual(['replicas.yaml: kustomize-input']);
    expect((await check({ 'whole.yaml': part('{template: {spec: {containers: [{name: a, image: b}]}}}') })).findings[0]).toContain('error RequiredField whole.yaml');
  });

  test('are patches, lists of operations and assertions of tests', async () => {
    const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\n$patch: delete\n';
    expect((await check({
      'a.yaml': patch,
      'replicas.patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec: {replicas: 2}\n',
      'ops.yaml': '- {op: remove, path: /spec}\n',
      'tests/00-assert.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\n',
      'tests/test.yaml': 'apiVersion: kuttl.dev/v1beta1\nkind: TestSuite\n',
      'good.yaml': secret('db'),
    })).skipped).toEqual([
      'a.yaml: kustomize-input', 'ops.yaml: kustomize-input', 'replicas.patch.yaml: kustomize-input', 'tests/00-assert.yaml: test-assertion', 'tests/test.yaml: test-assertion',
    ]);
  });
});

describe('what tests compare a cluster with', () => {
  const part = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nstatus: {phase: Running}\n';
  const chainsaw = (...operations: string[]) => `apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nmetadata: {name: t}\nspec: {steps: [{try: [${operations.join(', ')}]}]}\n`;
  const skippedIn = async (files: Record<string, string>) => (await check({ 'good.yaml': secret('db'), ...files })).skipped.map((entry: string) => entry.split(':')[0]);

  test.each<[string, Record<string, string>, string[]]>([
    ['chainsaw by a name', { 't/chainsaw-test.yaml': chainsaw('{assert: {file: pod.yaml}}'), 't/pod.yaml': part }, ['t/chainsaw-test.yaml', 't/pod.yaml']],
    ['chainsaw, not to be there', { 't/chainsaw-test.yaml': chainsaw('{error: {file: ../gone/pod.yaml}}'), 'gone/pod.yaml': part }, ['gone/pod.yaml', 't/chainsaw-test.yaml']],
    ['chainsaw by a pattern', { 't/chainsaw-test.yaml': chainsaw('{assert: {file: "expected/*.yaml"}}'), 't/expected/pod.yaml': part }, ['t/chainsaw-test.yaml', 't/expected/pod.yaml']],
    ['kuttl by a name', { 't/1-step.yaml': 'apiVersion: kuttl.dev/v1beta1\nkind: TestStep\nassert: [pod.yaml]\n', 't/pod.yaml': part }, ['t/1-step.yaml', 't/pod.yaml']],
    ['the command line of Kyverno', {
      't/kyverno-test.yaml': 'apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\nmetadata: {name: t}\npolicies: [../good.yaml]\nresources: [pod.yaml]\nresults: [{policy: p, patchedResource: after.yaml}]\n',
      't/pod.yaml': part,
      't/after.yaml': part,
    }, ['t/after.yaml', 't/kyverno-test.yaml', 't/pod.yaml']],
  ])('is no manifest, where it is given to %s', async (_, files, skipped) => {
    expect(await skippedIn(files)).toEqual(skipped);
  });

  test.each([
    ['chainsaw', 't/chainsaw-test.yaml', chainsaw('{apply: {file: pod.yaml}}', '{assert: {file: pod.yaml}}')],
    ['kuttl', 't/1-step.yaml', 'apiVersion: kuttl.dev/v1beta1\nkind: TestStep\napply: [pod.yaml]\nassert: [pod.yaml]\n'],
  ])('is one where %s applies it too', async (_, name, test) => {
    expect(await skippedIn({ [name]: test, 't/pod.yaml': pod('a', 'db'), 'pod.yaml': pod('b', 'db') })).toEqual([name]);
  });

  test('is said of the file that is named, and of no other', async () => {
    expect(await skippedIn({ 't/chainsaw-test.yaml': chainsaw('{assert: {file: pod.yaml}}', '{script: {file: 3}}', '{assert: {file: ""}}'), 'u/pod.yaml': pod('a', 'db') })).toEqual(['t/chainsaw-test.yaml']);
  });
});

describe('kustomizations', () => {
  test('say what is a patch and what a generator takes, and make Secrets', async () => {
    const { code, findings, skipped } = await check({
      'base/kustomization.yaml': 'resources: [pod.yaml]\nsecretGenerator:\n  - name: db\n    literals: [password=x]\n    files: [ca.crt=ca.yaml]\n  - {name: other, envs: [missing.env]}\n',
      'base/ca.yaml': secret('never'),
      'base/pod.yaml': `${pod('a', 'db')}---\n${pod('b', 'db', 'ca.crt')}---\n${pod('c', 'other', 'what')}`,
      'prod/kustomization.yaml': 'resources: [../base]\npatches: [{path: memory.yaml}]\ncomponents: [../extra]\n',
      'prod/memory.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {}\n',
      'extra/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatchesStrategicMerge: [strip.yaml]\n',
      'extra/strip.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n',
    });

    expect({ code, findings }).toEqual({ code: ExitCode.CLEAN, findings: [] });
    expect(skipped.filter((entry: string) => entry.endsWith('kustomize-input'))).toHaveLength(6);
  });

  test('are units, in which an object can stand once', async () => {
    const files = {
      'a/kustomization.yaml': 'resources: [one.yaml, two.yaml]\n',
      'a/one.yaml': secret('db'),
      'a/two.yaml': secret('db'),
      'b/kustomization.yaml': 'resources: [one.yaml]\n',
      'b/one.yaml': secret('db'),
      'c.yaml': secret('db'),
    };

    expect(await check(files)).toMatchObject({ findings: ['error DuplicateObject a/two.yaml metadata.name'], notes: [expect.stringMatching(/^checked for Kubernetes/), expect.stringMatching(/^1 object is in several files/)] });
  });

  test('may take a base twice, under other names or in other namespaces', async () => {
    expect((await check({
      'base/kustomization.yaml': 'resources: [secret.yaml]\n',
      'base/secret.yaml': secret('db'),
      'other/secret.yaml': secret('db'),
      'other/kustomization.yaml': 'resources: [secret.yaml]\nnamespace: b\n',
      'dev/kustomization.yaml': 'resources: [../base]\nnamePrefix: dev-\n',
      'all/kustomization.yaml': 'resources: [../base, ../dev, ../other]\n',
    })).findings).toEqual([]);
  });

  test('give a namespace to what names none', async () => {
    expect((await check({
      'kustomization.yaml': 'namespace: shop\nresources: [deployment.yaml, secret.yaml]\n', 'deployment.yaml': pod('a', 'db'), 'secret.yaml': secret('db').replace('name: db', 'name: db\n  namespace: shop'),
    })).findings).toEqual([]);
  });

  test('that lead to themselves end', async () => {
    expect((await check({ 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a, x.yaml]\n', 'b/x.yaml': secret('db') })).code).toBe(ExitCode.CLEAN);
  });
});

describe('Secrets that are made elsewhere', () => {
  test('are one warning each, wherever they are used', async () => {
    expect(await check({ 'a.yaml': pod('a', 'db'), 'b.yaml': pod('b', 'db'), 'c.yaml': pod('c', 'other') })).toMatchObject({
      code: ExitCode.CLEAN,
      findings: [expect.stringContaining('warning UnknownSecret a.yaml'), expect.stringContaining('warning UnknownSecret c.yaml')],
      elsewhere: [1, 0],
    });
  });

  test('may have keys that the repository does not show: then a key is a warning', async () => {
    const files = { 'a/pod.yaml': pod('a', 'db', 'passwrd'), 'b/secret.yaml': secret('db'), 'c/secret.yaml': secret('empty').replace(/^data:\n.*\n/m, 'data: {}\n'), 'c/pod.yaml': pod('c', 'empty') };

    expect((await check(files)).findings.map((text: string) => text.split(' ').slice(0, 3).join(' '))).toEqual(['warning UnknownKey a/pod.yaml', 'warning UnknownKey c/pod.yaml']);
  });

  test('stand beside what uses them: then a key that they lack is an error', async () => {
    expect((await check({ 'a/pod.yaml': pod('a', 'db', 'passwrd'), 'a/secret.yaml': secret('db') })).findings).toEqual([expect.stringContaining('error UnknownKey a/pod.yaml')]);
  });

  test('have the keys of all that defines them', async () => {
    expect((await check({ 'a/pod.yaml': pod('a', 'db', 'user'), 'a/secret.yaml': secret('db'), 'b/secret.yaml': secret('db', 'user') })).findings).toEqual([]);
  });

  test('may be of the namespace that they do not name', async () => {
    const inDefault = (text: string) => text.replace('metadata:\n', 'metadata:\n  namespace: default\n');
    const files = { 'a/pod.yaml': inDefault(pod('a', 'db', 'user')), 'a/secret.yaml': secret('db', 'user'), 'a/other.yaml': inDefault(secret('db')) };

    expect((await check(files)).findings).toEqual([]);
    expect((await check({ 'a/all.yaml': Object.values(files).join('---\n') })).findings).toEqual([expect.stringContaining('error UnknownKey a/all.yaml')]);
  });

  test('are named by a pattern', async () => {
    const folder = tempFolder({ 'a.yaml': pod('a', 'team-db') });

    expect((await checkFolder(folder, '-e', 'team-*')).findings).toEqual([]);
    expect((await checkFolder(folder, '-e', 'other-*')).findings).toHaveLength(1);
  });
});

describe('placeholders', () => {
  const labelled = (value: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  labels:\n    app: ${JSON.stringify(value)}\n`;

  test.each(['{{ .Values.app }}', '${APP}', '$APP', '<your app>', 'x-<app>', 'a-{{name}}'])('such as %j are told once for a file', async value => {
    expect((await check({ 'a.yaml': `${labelled(value)}---\n${labelled(value)}` }, '--exclude', 'none')).findings.filter((text: string) => !text.includes('DuplicateObject')))
      .toEqual(['warning UnrenderedTemplate a.yaml metadata.labels']);
  });

  test.each(['a b', 'a!', 'it costs 5$'])('%j is none', async value => {
    expect((await check({ 'a.yaml': labelled(value) })).findings).toEqual(['error InvalidLabel a.yaml metadata.labels']);
  });

  test('are names in brackets, which YAML takes for a list', async () => {
    const inStore = (project: string) => `apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: s}\nspec: {provider: {gcpsm: {projectID: ${project}}}}\n`;

    expect((await check({ 'a.yaml': inStore('[PROJECT_ID]') })).findings).toEqual(['warning UnrenderedTemplate a.yaml spec.provider.gcpsm.projectID']);
    expect((await check({ 'a.yaml': inStore('[shop]') })).findings).toEqual(['error WrongFieldType a.yaml spec.provider.gcpsm.projectID']);
  });

  test('are keys of a Secret that are left open', async () => {
    expect((await check({ 'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata:\n  a: # yours\n' })).findings).toEqual(['warning UnrenderedTemplate a.yaml data[a]']);
  });

  test.each([
    ['a key of a ConfigMap', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  a/b: "{{ .Values.b }}"\n', 'error InvalidKey a.yaml data[a/b]'],
    ['a key of a ConfigMap that is a placeholder', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  ${KEY}: ${VALUE}\n', 'warning UnrenderedTemplate a.yaml data[${KEY}]'],
    [
      'a key that is kept', `apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultStaticSecret\nmetadata: {name: x}\nspec:\n  mount: m\n  path: p\n  type: kv-v2\n  destination:
    name: x\n    create: true\n    transformation: {templates: {_raw: {text: '{{ get .Secrets "a" }}'}}}\n`, 'error InvalidKey a.yaml spec.destination.transformation.templates[_raw]',
    ],
  ])('hide nothing in front of them: %s', async (_, text, finding) => {
    expect((await check({ 'a.yaml': text })).findings).toEqual([finding]);
  });

  test('are no password in plain text', async () => {
    const data = (value: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata:\n  a: '${value}'\n`;

    expect((await check({ 'a.yaml': data('<base64 of it>'), 'b.yaml': data('pa$WORD<1>') })).findings).toEqual(['warning UnrenderedTemplate a.yaml data[a]', 'error WrongFieldType b.yaml data[a]']);
  });
});

describe('no false facts', () => {
  const workload = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n${spec}`;

  test.each([
    ['a path of Windows', workload('  containers: [{name: a, image: b, volumeMounts: [{name: v, mountPath: \'C:\\csi\'}, {name: v, mountPath: \'\\\\.\\pipe\\x\'}]}]\n  volumes: [{name: v, emptyDir: {}}]\n')],
    ['emptyDir without a value', workload('  containers: [{name: a, image: b, volumeMounts: [{name: v, mountPath: /x}]}]\n  volumes:\n    - name: v\n      emptyDir:\n')],
    ['the token of a ServiceAccount where it belongs', workload('  containers: [{name: a, image: b, volumeMounts: [{name: v, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}]}]\n  volumes: [{name: v, secret: {secretName: default-token-hu5jz, optional: true}}]\n')],
    ['a pattern of Kyverno', `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: a}
spec:
  rules:
    - name: memory
      match: {any: [{resources: {kinds: [Pod]}}]}
      validate:
        message: give it limits
        pattern: {spec: {imagePullSecrets: [{name: registry}], containers: [{name: '*', resources: {limits: {memory: '?*'}}, livenessProbe: {periodSeconds: '>0'}, volumeMounts: [{name: '?*'}]}]}}
`],
    ['what Gatekeeper assigns', 'apiVersion: mutations.gatekeeper.sh/v1\nkind: Assign\nmetadata: {name: a}\nspec: {parameters: {assign: {value: {containers: [{name: x, volumeMounts: [{name: v, mountPath: /v}]}]}}}}\n'],
    ['the token of a Pod that names no ServiceAccount', workload('  containers: [{name: a, image: b, volumeMounts: [{name: v, mountPath: /x}]}]\n  volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: t}}]}}]\n')],
    ['a volume with the name of a claim template', 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: s}\nspec:\n  serviceName: s\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers: [{name: a, image: b, volumeMounts: [{name: d, mountPath: /x}]}]\n      volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]\n  volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]\n'],
  ])('%s is fine', async (_, text) => {
    expect((await check({ 'a.yaml': text })).findings).toEqual([]);
  });

  test('a misspelt source of a volume is named', async () => {
    const folder = tempFolder({ 'a.yaml': workload('  containers: [{name: a, image: b, volumeMounts: [{name: v, mountPath: /x}]}]\n  volumes: [{name: v, emptydir: {}}]\n') });

    expect((await run(['check', folder])).stdout).toContain('write emptyDir for "emptydir"');
  });

  test('what an operator may add to its pods is a warning at most', async () => {
    const resource = 'apiVersion: example.com/v1\nkind: Db\nmetadata: {name: a}\nspec:\n  pod:\n    containers: [{name: a, volumeMounts: [{name: added, mountPath: /x}]}]\n';

    expect((await check({ 'a.yaml': resource })).findings.filter((text: string) => text.startsWith('error'))).toEqual([]);
  });
});

test('an annotation on the object lets findings of a code stay', async () => {
  const input = secret('db', '"a b"').replace('  name: db\n', '  name: db\n  annotations:\n    acknowledge.cdk8s-secrets/InvalidKey: renamed next week\n');

  expect(await run(['check', '-'], { input })).toMatchObject({ code: ExitCode.CLEAN, stdout: expect.stringContaining('reason: renamed next week') });
});
