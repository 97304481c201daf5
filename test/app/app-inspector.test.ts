import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Lazy, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { AppInspection, Inspection, Secret, SensitiveValue } from '../../src';

/** An app that holds one construct of this library, and is therefore inspected. */
function inspectedApp(): { app: App; chart: Chart } {
  const app = Testing.app();
  const chart = new Chart(app, 'web', { namespace: 'web' });
  new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { password: SensitiveValue.fromLiteral('canary') } });
  return { app, chart };
}

/** A Deployment of cdk8s-plus that refers to a secret by its bare name, as no check of ours at the call could see. */
function deployment(chart: Chart, id: string, secretName: string, key: string): kplus.Deployment {
  const secret = { name: secretName } as kplus.ISecret;
  return new kplus.Deployment(chart, id, {
    containers: [{ image: 'api', envVariables: { PASSWORD: kplus.EnvValue.fromSecretValue({ secret, key }) } }],
  });
}

function refusalOf(synth: () => unknown): string {
  try {
    synth();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

function warningsOf(construct: IConstruct): unknown[] {
  return construct.node.metadata.filter(({ type }) => type === 'cdk8s-secrets:warning').map(({ data }) => data.code);
}

describe('an app that holds a construct of this library', () => {
  test('is synthesized where nothing is wrong', () => {
    const { app, chart } = inspectedApp();
    deployment(chart, 'Api', 'db', 'password');
    expect(refusalOf(() => app.synth())).toBe('');
  });

  test('fails with the path of the construct, the code and the field where a key does not exist', () => {
    const { app, chart } = inspectedApp();
    deployment(chart, 'Api', 'db', 'passwrd');
    const message = refusalOf(() => app.synth());
    expect(message).toMatch(/^ {2}\[web\/Api\] \w+: spec\.template\.spec\.containers\[0\]\.env\[0\]\.valueFrom\.secretKeyRef/m);
    expect(message).not.toContain('canary');
  });

  test('reports what is wrong with several constructs together, and writes nothing', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'inspector-'));
    const app = new App({ outdir });
    const chart = new Chart(app, 'web', { namespace: 'web' });
    Secret.fromSecretName(chart, 'Db', 'db', { keys: ['password'] });
    deployment(chart, 'One', 'db', 'one');
    deployment(chart, 'Two', 'db', 'two');
    const message = refusalOf(() => app.synth());
    expect(message).toContain('[web/One]');
    expect(message).toContain('[web/Two]');
    expect(readdirSync(outdir)).toEqual([]);
    rmSync(outdir, { recursive: true });
  });

  test.each<[string, (app: App, chart: Chart) => unknown]>([
    ['app.synth()', app => app.synth()],
    ['app.synthYaml()', app => app.synthYaml()],
    ['chart.toJson()', (_, chart) => chart.toJson()],
    ['Testing.synth(chart)', (_, chart) => Testing.synth(chart)],
  ])('is inspected by %s', (_, synth) => {
    const { app, chart } = inspectedApp();
    deployment(chart, 'Api', 'db', 'passwrd');
    expect(refusalOf(() => synth(app, chart))).toContain('[web/Api]');
  });

  test('sees what was changed between two runs', () => {
    const { app, chart } = inspectedApp();
    expect(refusalOf(() => Testing.synth(chart))).toBe('');
    deployment(chart, 'Api', 'db', 'passwrd');
    expect(refusalOf(() => Testing.synth(chart))).toContain('[web/Api]');
    expect(refusalOf(() => app.synthYaml())).toContain('[web/Api]');
  });

  test('knows the secrets that constructs of cdk8s-plus and of this library say exist', () => {
    const { app, chart } = inspectedApp();
    const ofPlus = kplus.Secret.fromSecretName(chart, 'OfPlus', 'of-plus');
    const ours = Secret.fromSecretName(chart, 'Ours', 'ours');
    new kplus.Deployment(chart, 'Api', { containers: [{ image: 'api', envVariables: { A: ofPlus.envValue('a'), B: ours.envValue('b') } }] });
    expect(refusalOf(() => app.synthYaml())).toBe('');
  });

  test('renders each object once in a run, however many charts there are', () => {
    const { app, chart } = inspectedApp();
    for (const id of ['a', 'b', 'c']) new Chart(app, id);
    let rendered = 0;
    new ApiObject(chart, 'Counted', { apiVersion: 'v1', kind: 'ConfigMap', data: Lazy.any({ produce: () => ({ count: String(++rendered) }) }) });
    expect(app.synthYaml()).toContain('count: "1"');
    expect(rendered).toBe(1);
    expect(app.synthYaml()).toContain('count: "2"');
  });

  test('renders an object once, too, that somebody gave another way to be rendered', () => {
    const { app, chart } = inspectedApp();
    const object = new ApiObject(chart, 'Counted', { apiVersion: 'v1', kind: 'ConfigMap' });
    let rendered = 0;
    object.toJson = () => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'counted' }, data: { count: String(++rendered) } });
    expect(app.synthYaml()).toContain('count: "1"');
    expect(app.synthYaml()).toContain('count: "2"');
  });

  test('gives the manifests that it would give without the inspection, also where rendering twice would not', () => {
    const manifests = (inspected: boolean) => {
      const chart = new Chart(Testing.app(), 'web');
      if (inspected) Secret.fromSecretName(chart, 'Existing', 'existing');
      new kplus.Deployment(chart, 'Api', { containers: [{ image: 'api' }], spread: true });
      return Testing.synth(chart);
    };
    expect(manifests(true)).toEqual(manifests(false));
  });
});

describe('a warning', () => {
  test('is metadata of the construct, once, and does not fail the synth', () => {
    const { app, chart } = inspectedApp();
    const raw = new kplus.Secret(chart, 'Raw', { metadata: { name: 'raw' }, stringData: { key: 'Canary' } });
    app.synthYaml();
    app.synthYaml();
    expect(warningsOf(raw)).toEqual(['StringDataUsed']);
    expect(JSON.stringify(raw.node.metadata)).not.toContain('Canary');
  });
});

describe('an acknowledged finding', () => {
  test('does not fail the synth, and is listed with its reason', () => {
    const { app, chart } = inspectedApp();
    const api = deployment(chart, 'Api', 'db', 'passwrd');
    const [{ code }] = Inspection.fromApp(app).errors;
    AppInspection.of(api).acknowledge(code, 'the operator adds the key');
    expect(refusalOf(() => app.synthYaml())).toBe('');
    expect(Inspection.fromApp(app).acknowledged.map(({ finding, reason }) => [finding.code, finding.constructPath, reason]))
      .toEqual([[code, 'web/Api', 'the operator adds the key']]);
  });

  test('stays an error on other constructs', () => {
    const { app, chart } = inspectedApp();
    const one = deployment(chart, 'One', 'db', 'one');
    deployment(chart, 'Two', 'db', 'two');
    AppInspection.of(one).acknowledge(Inspection.fromApp(app).errors[0].code, 'known');
    expect(Inspection.fromApp(app).errors.map(({ constructPath }) => constructPath)).toEqual(['web/Two']);
  });

  test('covers the whole app where it was acknowledged on the app', () => {
    const { app, chart } = inspectedApp();
    deployment(chart, 'One', 'db', 'one');
    AppInspection.of(app).acknowledge(Inspection.fromApp(app).errors[0].code, 'known');
    expect(Inspection.fromApp(app).errors).toEqual([]);
  });

  test.each([['NoSuchCode', 'why'], ['UnknownKey', ' ']])('fails for code %j and reason %j', (code, reason) => {
    const { app } = inspectedApp();
    expect(() => AppInspection.of(app).acknowledge(code, reason)).toThrow(expect.objectContaining({ code: 'UnknownCode' }));
  });
});

describe('a value that was placed in a manifest', () => {
  test('fails the synth, and is not shown', () => {
    const { app, chart } = inspectedApp();
    new ApiObject(chart, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', data: { token: SensitiveValue.fromLiteral('canary') } });
    const message = refusalOf(() => app.synthYaml());
    expect(message).toContain('[web/Config] SensitiveValueMisplaced');
    expect(message).not.toContain('canary');
  });
});

describe('a value that was made the name of a field', () => {
  test('is not shown by the findings that quote the field', () => {
    const { app, chart } = inspectedApp();
    new Secret(chart, 'Key', { metadata: { name: 'key' }, data: { token: SensitiveValue.fromLiteral('T0ken value!') } });
    new ApiObject(chart, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { annotations: { 'T0ken value!': 'a' } }, data: { 'T0ken value!': 'b' } });
    const message = refusalOf(() => app.synthYaml());
    expect(message).toContain('[web/Config] LeakedValue');
    expect(message).toContain('[web/Config] InvalidLabel');
    expect(message).not.toContain('T0ken');
    expect(JSON.stringify(Inspection.fromApp(app).findings)).not.toContain('T0ken');
  });
});
