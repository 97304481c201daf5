import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Exposure, ExposureReport, Inspection, Secret, SecretBinding, SensitiveValue } from '../../src';
import { EXPOSURE_FORMATS, exposureReport } from '../../src/report/exposure/exposure-formats';
import type { ExposureView } from '../../src/report/exposure/exposure-view';
import { manySecrets } from '../browser/many-secrets';
import { appProgram } from '../cli/app-program';
import { run } from '../cli/run';
import { keyRef, pod, secret } from '../inspect/manifests';
import { refusal } from '../support/refusal';
import { tempFolder } from '../support/temp-folder';

const viewOf = (objects: any[]): ExposureView => {
  const inspection = Inspection.fromManifests(objects);
  return Exposure.fromInspection(inspection)._view(inspection.findings);
};
const RBAC = 'rbac.authorization.k8s.io';
const ROLE = { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name: 'r', namespace: 'a' }, rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] };
const BINDING = {
  apiVersion: `${RBAC}/v1`, kind: 'RoleBinding', metadata: { name: 'r', namespace: 'a' }, roleRef: { kind: 'Role', name: 'r' }, subjects: [{ kind: 'User', name: 'bob' }],
};
const OBJECTS = [
  secret('db', { password: 'x' }, { metadata: { namespace: 'a', creationTimestamp: '2026-01-31T00:00:00Z' } }),
  pod({ env: [keyRef('P', 'db', 'password')] }, { automountServiceAccountToken: false }, { namespace: 'a' }), ROLE, BINDING,
];

test('a view says of each Secret who makes it, and of each reader why, those of all Secrets once', () => {
  expect(viewOf(OBJECTS)).toEqual({
    secrets: [{
      namespace: 'a',
      name: 'db',
      type: 'Opaque',
      keys: ['password'],
      deliveries: ['manifest'],
      controllers: [],
      sources: [],
      origins: ['manifest'],
      rollout: '',
      created: '2026-01-31',
      places: ['Secret a/db'],
      findings: [],
      readers: 2,
    }],
    readers: [{ kind: 'User', namespace: '', name: 'bob' }, { kind: 'Pod', namespace: 'a', name: 'p' }],
    links: [
      { secret: 'a', reader: 0, way: 'api', why: 'the Role "r" allows get on secrets', place: 'Role a/r rules[0]', through: [] },
      { secret: 0, reader: 1, way: 'variable', key: 'password', why: 'its container "c" has it in the variable "P"', place: 'Pod a/p spec.containers[0].env[0]', through: [] },
    ],
    otherFindings: [],
    notes: [],
  });
});

test.each<[string, any, any, string]>([
  ['checksum', { 'checksum/secret': 'x' }, {}, 'checksum'],
  ['Reloader', { 'reloader.stakater.com/auto': 'true' }, {}, 'reloader'],
  ['nothing', {}, {}, 'none'],
  ['nothing, and it cannot change', {}, { immutable: true }, 'immutable'],
])('says what replaces the pods: %s', (_, annotations, more, rollout) => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'd' },
    spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' }, annotations }, spec: { containers: [{ name: 'c', image: 'x', env: [keyRef('P', 'db', 'password')] }] } } },
  };
  expect(viewOf([secret('db', { password: 'x' }, more), deployment]).secrets[0].rollout).toBe(rollout);
});

test('one that is made in several ways comes from all of them', () => {
  const external = {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'db' },
    spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' }, data: [{ secretKey: 'password', remoteRef: { key: 'db' } }] },
  };
  const view = viewOf([external, secret('db', { password: 'x' })]);

  expect(view.secrets[0]).toMatchObject({ deliveries: ['external', 'manifest'], sources: ['ClusterSecretStore vault'], origins: ['ClusterSecretStore vault', 'manifest'] });
  expect(exposureReport(view, 'mermaid')).toMatch(/"manifest".*"ClusterSecretStore vault"|"ClusterSecretStore vault".*"manifest"/s);
});

test('findings stand with the Secret that they are about, and the others apart', () => {
  const view = viewOf([
    secret('db', { password: 'x' }), pod({ env: [keyRef('P', 'db', 'pasword')] }), pod({ env: [keyRef('A=', 'other', 'a')] }, {}, { name: 'q' }), secret('other', { a: 'x' }),
  ]);
  expect(view.secrets.map(({ name, findings }) => [name, findings.map(({ code }) => code)])).toEqual([['db', ['UnknownKey']], ['other', []]]);
  expect(view.otherFindings.map(({ code }) => code)).toEqual(['InvalidEnvName']);
});

describe('a page', () => {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const part = (page: string, start: string, end: string) => page.slice(page.indexOf(start) + start.length, page.indexOf(end, page.indexOf(start)));

  test('lets its own script and style run, and nothing else', () => {
    const page = exposureReport(viewOf(OBJECTS), 'html');
    const script = page.slice(page.lastIndexOf('<script>') + '<script>'.length, page.lastIndexOf('</script>'));
    expect(part(page, 'http-equiv="Content-Security-Policy" content="', '">'))
      .toBe(`default-src 'none'; style-src ${hash(part(page, '<style>', '</style>'))}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`);
    expect(page.match(/(?:src|href)=/g)).toBeNull();
    expect(page.match(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/)).toBeNull();
  });

});

test.each(['html', 'markdown', 'mermaid'] as const)('%s takes no name for HTML', format => {
  const evil = '</script><img src=x onerror=alert(1)>';
  const text = exposureReport(viewOf([secret(evil, { [evil]: 'x' }), pod({ env: [keyRef(evil, evil, evil)] }, {}, { name: evil })]), format);
  expect(text).not.toContain('<img');
});

describe('a drawing', () => {
  test('of Mermaid', () => {
    expect(exposureReport(viewOf(OBJECTS), 'mermaid')).toBe([
      'flowchart LR', '  n0(["manifest"])', '  n1["Secret a/db"]', '  n2{{"every Secret of a"}}', '  n3("User bob")', '  n4("Pod a/p")',
      '  n0 -->|makes| n1', '  n2 -->|api| n3', '  n1 -->|variable| n4', '',
    ].join('\n'));
  });

  test('of Graphviz', () => {
    expect(exposureReport(viewOf([secret('a"\\b', { x: 'y' })]), 'dot')).toBe([
      'digraph exposure {', '  rankdir=LR;', '  n0 [label="manifest", shape=ellipse];', '  n1 [label="Secret a\\"\\\\b", shape=box];', '  n0 -> n1 [label="makes"];', '}', '',
    ].join('\n'));
  });
});

test('Markdown has a table, and who can read each', () => {
  expect(exposureReport(viewOf(OBJECTS), 'markdown').split('\n')).toEqual([
    '# Who can read which Secret', '',
    '| Secret | keys | delivery | rollout | readers | findings |', '|---|---|---|---|---:|---|', '| a/db | password | manifest |  | 2 |  |', '',
    '## every Secret of a', '', '- User bob \\(api\\): the Role "r" allows get on secrets – Role a/r rules\\[0\\]', '',
    '## Secret a/db', '', '- Pod a/p \\(variable password\\): its container "c" has it in the variable "P" – Pod a/p spec.containers\\[0\\].env\\[0\\]', '',
  ]);
});

test('JSON is the view, with a version of its shape', () => {
  const view = viewOf(OBJECTS);
  expect(JSON.parse(exposureReport(view, 'json'))).toEqual({ schemaVersion: 1, tool: { name: 'cdk8s-secrets', version: expect.any(String) }, ...view });
});

describe('the layout', () => {
  const { layoutExposure } = jest.requireActual('../../assets/report/graph.js');

  test.each([10, 100, 1000])('of %s Secrets has no more than 60 boxes in a column, and a place for every Secret', count => {
    const view = viewOf(manySecrets(count));
    const { nodes, edges, width } = layoutExposure(view);
    const members = nodes.flatMap((node: any) => node.members);
    expect(view.secrets.every((_, index) => members.includes(`s${index}`))).toBe(true);
    for (const column of [0, 1, 2, 3]) {
      const own = nodes.filter((node: any) => node.column === column);
      expect(own.length).toBeLessThanOrEqual(60);
      const ys = own.map(({ y }: any) => y).sort((a: number, b: number) => a - b);
      expect(ys.every((y: number, index: number) => index === 0 || y >= ys[index - 1] + own[0].height)).toBe(true);
    }
    expect(nodes.every((node: any) => node.x >= 0 && node.x + node.width <= width)).toBe(true);
    expect(edges.every(({ from, to }: any) => nodes.includes(from) && nodes.includes(to))).toBe(true);
  });

  test('says in words where values come from', () => {
    const store = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'e' }, spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' }, data: [{ secretKey: 'a', remoteRef: { key: 'a' } }] } };
    const { nodes } = layoutExposure(viewOf([secret('db', { a: 'x' }), store, pod({ env: [keyRef('P', 'gone', 'a')] })]));
    expect(nodes.filter(({ column }: any) => column === 0).map(({ label }: any) => label).sort()).toEqual(['made elsewhere', 'plain manifest', 'vault · ClusterSecretStore']);
  });

  test('shows the Secrets and ways that are asked for', () => {
    const view = viewOf(manySecrets(10));
    const labels = (options: any) => layoutExposure(view, options).nodes.map(({ id }: any) => id[0]).sort().join('');
    expect(labels({ secrets: new Set([0]), ways: new Set(['file']) })).toBe('ors');
    expect(labels({ secrets: new Set() })).toBe('');
  });
});

describe('ExposureReport', () => {
  const appOf = (folder: string) => {
    const app = new App({ outdir: folder });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const db = new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { password: SensitiveValue.fromLiteral('zQ7xK&9vJ4bLpW2mT') } });
    new kplus.Deployment(chart, 'Api', { metadata: { name: 'api' }, containers: [{ image: 'x', portNumber: 80 }] }).with(SecretBinding.env('PASSWORD', db.key('password')));
    return app;
  };

  test('is written with every synth', () => {
    const folder = tempFolder({});
    const app = appOf(folder);
    new ExposureReport(app);
    new ExposureReport(app, { file: 'exposure.md' });
    app.synth();
    expect(readdirSync(folder).filter(name => !name.startsWith('.')).sort()).toEqual(['exposure.html', 'exposure.md', 'shop.k8s.yaml']);
    expect(readFileSync(join(folder, 'exposure.md'), 'utf8')).toContain('Deployment shop/api \\(variable password\\)');
    for (const file of ['exposure.html', 'exposure.md']) expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/zQ7xK|elE3eEs/);
  });

  test('two synths write the same', () => {
    const [one, two] = [tempFolder({}), tempFolder({})].map(folder => {
      const app = appOf(folder);
      new ExposureReport(app);
      app.synth();
      return readFileSync(join(folder, 'exposure.html'), 'utf8');
    });
    expect(one).toBe(two);
  });

  test.each(['exposure.json', 'exposure.yaml', 'a/b.html', '../x.html', 'x'])('refuses %j', file => {
    expect(refusal(() => new ExposureReport(new App(), { file })).code).toBe('InvalidReportFile');
  });
});

describe('the command', () => {
  const files = { 'a.yaml': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: OBJECTS }) };

  test.each(EXPOSURE_FORMATS)('prints %s', async format => {
    const folder = tempFolder(files);
    const { code, stdout, stderr } = await run(['report', '--format', format, folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('bob');
  });

  test('reads standard input, and makes a page where no format is named', async () => {
    const { code, stdout } = await run(['report', '-'], { input: files['a.yaml'] });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<!DOCTYPE html>/);
  });

  test('names the files of an app as its output has them', async () => {
    const app = appProgram("new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromLiteral('the value') } }); app.synth();");
    const { code, stdout, stderr } = await run(['report', '-f', 'json', '--app', app]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).secrets).toMatchObject([{ name: 'db', places: ['Secret shop/db (c.k8s.yaml:1)'] }]);
  }, 60_000);

  test('tells what cannot be read, and reports the rest', async () => {
    const folder = tempFolder({ ...files, 'broken.yaml': 'kind: Secret\nstringData: {a: "canary\n' });
    const { code, stdout, stderr } = await run(['report', '-f', 'mermaid', folder]);
    expect(code).toBe(0);
    expect(stdout).toContain('Secret a/db');
    expect(stderr).toContain('broken.yaml');
    expect(stderr).not.toContain('canary');
  });
});
