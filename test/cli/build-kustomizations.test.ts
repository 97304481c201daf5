import { spawnSync } from 'node:child_process';
import { run } from './run';
import { ExitCode } from '../../src/cli/command';
import { tempFolder } from '../support/temp-folder';

const hasKubectl = spawnSync('kubectl', ['version', '--client']).error === undefined;
const describeWithKubectl = hasKubectl ? describe : describe.skip;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: app
          image: registry.example.com/app:1
          env:
            - name: PASSWORD
              valueFrom: { secretKeyRef: { name: db, key: passwrd } }
`;
const BASE = {
  'base/kustomization.yaml': 'resources:\n  - web.yaml\nsecretGenerator:\n  - name: other\n    literals: [a=b]\n  - name: db\n    literals: [password=b]\n',
  'base/web.yaml': DEPLOYMENT,
};
const PATCH = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - name: app
          env: [{ name: FIRST, value: '1' }]
`;

/** What is found in a folder whose kustomizations are built. */
async function check(files: Record<string, string>, ...options: string[]) {
  const folder = tempFolder(files);
  const { code, stdout, stderr } = await run(['check', folder, '-f', 'json', '--build-kustomizations', ...options]);
  const { findings, skipped, unreadable, files: read, notes } = JSON.parse(stdout);
  const here = (text: string) => text.replaceAll(`${folder}/`, '');
  const place = ({ object, location, path }: any) => `${here(location.file)}:${location.line} ${object.kind} ${object.namespace ?? '-'}/${object.name} ${path}`;
  return {
    code,
    stderr,
    files: read.map(here),
    findings: findings.map((finding: any) => [`${finding.severity} ${finding.code} ${place(finding)}`, ...(finding.elsewhere ?? []).map(place)]),
    skipped: skipped.map(({ path }: any) => here(path)),
    unreadable: unreadable.map(({ file, message, named }: any) => `${here(file)}: ${here(message)}${named ? ' (named)' : ''}`),
    notes: notes.filter((note: string) => note.includes('kustomization')),
  };
}

describeWithKubectl(`every kustomization of a folder${hasKubectl ? '' : ' (skipped: there is no kubectl)'}`, () => {
  test('is built with what it takes in, and one mistake of a base is one finding, at its line', async () => {
    expect(await check({
      ...BASE,
      'overlays/dev/kustomization.yaml': 'resources: [../../base]\nnamePrefix: dev-\nnamespace: team\npatches: [{ path: patch.yaml }]\n',
      'overlays/dev/patch.yaml': PATCH,
      'overlays/prod/kustomization.yaml': 'resources: [../../base]\nnameSuffix: -prod\n',
    })).toEqual({
      code: ExitCode.FINDINGS,
      stderr: '',
      files: ['base/kustomization.yaml', 'base/web.yaml'],
      findings: [[
        'error UnknownKey base/web.yaml:15 Deployment team/dev-web spec.template.spec.containers[0].env[1].valueFrom.secretKeyRef.key',
        'base/web.yaml:15 Deployment -/web-prod spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key',
      ]],
      skipped: [],
      unreadable: [],
      notes: ['2 kustomizations were built, and what they make was checked'],
    });
  });

  test('that cannot be built is told, and its files are looked at as they lie there', async () => {
    const { code, findings, unreadable, notes } = await check({ ...BASE, 'base/kustomization.yaml': 'resources: [web.yaml, nothing.yaml]\n' }, '-e', 'db');

    expect({ code, findings, notes }).toEqual({ code: ExitCode.CLEAN, findings: [], notes: [] });
    expect(unreadable).toEqual([expect.stringMatching(/^base\/kustomization.yaml: (kubectl|kustomize) cannot build it: accumulating resources: .*nothing.yaml/)]);
  });

  test('a component is no kustomization of its own, and belongs to what takes it in', async () => {
    const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nsecretGenerator: [{ name: db, literals: [passwrd=x] }]\n';

    expect(await check({ ...BASE, 'base/kustomization.yaml': 'resources: [web.yaml]\ncomponents: [../part]\n', 'part/kustomization.yaml': component }))
      .toMatchObject({ code: ExitCode.CLEAN, findings: [], notes: ['1 kustomization was built, and what it makes was checked'] });
    expect(await check({ 'part/kustomization.yaml': component })).toMatchObject({ unreadable: [], notes: [] });
  });

  test('a Secret that is generated in one is not there in another', async () => {
    expect(await check({ ...BASE, 'other/kustomization.yaml': 'resources: [web.yaml]\n', 'other/web.yaml': DEPLOYMENT.replace('name: web', 'name: other') })).toMatchObject({
      findings: [
        ['error UnknownKey base/web.yaml:15 Deployment -/web spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key'],
        ['warning UnknownSecret other/web.yaml:15 Deployment -/other spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key'],
      ],
    });
  });

  test('a Secret that is generated has the line of its generator', async () => {
    const { findings } = await check({ ...BASE, 'base/kustomization.yaml': BASE['base/kustomization.yaml'].replace('password=b', 'passwrd=').replace('name: db', 'name: db\n    type: kubernetes.io/tls') });

    expect(findings).toEqual(expect.arrayContaining([[expect.stringMatching(/^error MissingKey base\/kustomization.yaml:6 Secret -\/db-[a-z0-9]{10} data\[tls.crt\]/)]]));
  });

  test('is found by each of its names', async () => {
    const text = 'secretGenerator: [{ name: db }]\n';

    expect(await check({ 'a/Kustomization': text, 'b/kustomization.yml': text, 'c/kustomization.yaml': text }))
      .toMatchObject({ files: ['a/Kustomization', 'b/kustomization.yml', 'c/kustomization.yaml'], skipped: [] });
  });

  test('an object in a file outside of the folder has its line there', async () => {
    const folder = tempFolder({ ...BASE, 'app/kustomization.yaml': 'resources: [../base]\n' });
    const { stdout } = await run(['check', `${folder}/app`, '-f', 'github', '--build-kustomizations']);

    expect(stdout).toContain('base/web.yaml,line=15');
  });
});

describe('what lies elsewhere is not fetched', () => {
  test.each([
    ['resources:\n  - https://example.com/all.yaml'],
    ['resources:\n  - github.com/example/repository//path?ref=v1'],
    ['bases:\n  - git@example.com:example/repository.git'],
    ['components:\n  - ssh://example.com/repository'],
    ['patches:\n  - path: https://example.com/patch.yaml'],
    ['resources:\n  - ../far'],
  ])('%s', async text => {
    const far = { 'far/kustomization.yaml': 'resources: [web.yaml, "https://example.com/all.yaml"]\n', 'far/web.yaml': DEPLOYMENT };

    expect(await check({ 'app/kustomization.yaml': `${text}\n`, ...text.includes('far') ? far : {} }, '--missing-secrets', 'ignore')).toMatchObject({
      code: text.includes('far') ? ExitCode.CLEAN : ExitCode.UNUSABLE, findings: [], unreadable: ['app/kustomization.yaml: it is not built: a part of it would have to be fetched'],
    });
  });
});

test('the file of the repository can ask for it', async () => {
  const folder = tempFolder({ 'app/kustomization.yaml': 'resources: [https://example.com/all.yaml]\n', '.cdk8s-secrets.yaml': 'buildKustomizations: true\n' });

  expect(await run(['check', folder])).toMatchObject({ code: ExitCode.UNUSABLE, stdout: expect.stringContaining('it is not built: a part of it would have to be fetched') });
});
