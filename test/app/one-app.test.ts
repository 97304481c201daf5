import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AppInspection, DeliveryKind, Errors, Inspection, Secret, SecretBinding, SecretDelivery, SecretPolicy, SecretRollout, SecretsValidation,
  SensitiveValue, StoreReference, WarningHandling,
} from '../../src';
import { run } from '../cli/run';
import { newChart } from '../support/charts';
import { codes, findings } from '../support/refusal';
import { tempFolder } from '../support/temp-folder';

/** The library, loaded a second time; the app and its peers stay the same. */
function secondCopy(): typeof import('../../src') {
  let copy: any;
  const peers = Object.fromEntries(['cdk8s', 'constructs'].map(name => [name, jest.requireActual(name)]));
  jest.isolateModules(() => {
    for (const [name, module] of Object.entries(peers)) jest.doMock(name, () => module);
    copy = jest.requireActual('../../src');
  });
  for (const name of Object.keys(peers)) jest.dontMock(name);
  expect(copy.Secret).not.toBe(Secret);
  return copy;
}

const external = () => SecretDelivery.external({ store: StoreReference.clusterSecretStore('vault') });
const literal = (text = 'value-of-a') => SensitiveValue.fromLiteral(text);

describe('two copies of the library in one app', () => {
  test('have one delivery: that of one holds for the secrets of the other', () => {
    const chart = newChart();
    external().useFor(chart);
    const copy = secondCopy();
    const secret = new copy.Secret(chart, 'Db', { data: { a: copy.SensitiveValue.fromLiteral('x') } });
    expect(ApiObject.of(secret).kind).toBe('ExternalSecret');
    expect(() => copy.SecretDelivery.manifest().useFor(chart)).toThrow('DeliveryTooLate');
  });

  test('have one set of policies', () => {
    const chart = newChart();
    SecretPolicy.of(chart).forbidPlaintext();
    SecretPolicy.of(chart).allowDeliveries(DeliveryKind.EXTERNAL);
    const copy = secondCopy();
    new copy.Secret(chart, 'Db', { data: { a: copy.SensitiveValue.fromLiteral('x') } });
    expect(codes(chart)).toEqual(['[c/Db] PlaintextForbidden', '[c/Db] DeliveryForbidden']);
  });

  test('bind and roll out the secrets of each other', () => {
    const chart = newChart();
    const copy = secondCopy();
    const theirs = new copy.Secret(chart, 'Theirs', { metadata: { name: 'theirs' }, data: { a: copy.SensitiveValue.fromLiteral('value-of-a') } });
    const ours = new Secret(chart, 'Ours', { metadata: { name: 'ours' }, data: { b: literal('value-of-b') } });
    const deployment = new kplus.Deployment(chart, 'W', { containers: [{ image: 'a', portNumber: 80 }] });
    deployment.with(SecretBinding.env('A', theirs.key('a')), copy.SecretBinding.env('B', ours.key('b')));
    const { spec: { template } } = ApiObject.of(deployment).toJson();
    expect(template.spec.containers[0].env.map(({ name }: any) => name)).toEqual(['A', 'B']);
    const both = template.metadata.annotations['checksum/secret'];
    expect(both).toMatch(/^[0-9a-f]{64}$/);
    expect(findings(chart)).toEqual([]);
  });

  test('report a finding once', () => {
    const chart = newChart();
    const copy = secondCopy();
    new Secret(chart, 'A', { metadata: { name: 'db' }, data: { a: literal() } });
    new copy.Secret(chart, 'B', { metadata: { name: 'db' }, data: { a: copy.SensitiveValue.fromLiteral('other') } });
    expect(codes(chart).filter(line => line.endsWith('DuplicateSecret'))).toEqual(['[c/B] DuplicateSecret']);
  });

  test('know the errors of each other', () => {
    const copy = secondCopy();
    try {
      copy.SensitiveValue.fromBase64('?');
    } catch (error) {
      expect(Errors.codeOf(error)).toBe('InvalidBase64');
    }
    expect.assertions(2);
  });

  test('whose records differ are refused', () => {
    const app = new App();
    Object.defineProperty(app, Symbol.for('cdk8s-secrets.app'), { value: { shape: 99, entries: new Map() } });
    expect(() => external().useFor(app)).toThrow('IncompatibleCopies');
  });
});

test('a test that looks at an app changes nothing for its synth', () => {
  const chart = newChart();
  new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: literal() } });
  new kplus.Pod(chart, 'P', { containers: [{ image: 'a', envFrom: [kplus.Env.fromSecret(kplus.Secret.fromSecretName(chart, 'X', 'x'))] }] })
    .with(SecretBinding.env('Y', new Secret(chart, 'Y', { delivery: SecretDelivery.manifest(), data: { y: literal('value-of-y') } }).key('y')));
  new ApiObject(chart, 'Raw', { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', image: 'a', envFrom: [{ secretRef: { name: 'missing' } }] }] } });
  const app = App.of(chart) as App;
  const before = codes(chart);
  expect(before).toContain('[c/Raw] UnknownSecret');
  expect(Inspection.fromApp(app, { missingSecrets: false }).errors).toEqual([]);
  expect(codes(chart)).toEqual(before);
});

describe('warnings', () => {
  /** What an app with one warning prints on standard error, and what its synth throws. */
  function synthesized(warnings?: WarningHandling): { printed: string; thrown: string } {
    const app = new App({ outdir: tempFolder({}) });
    const chart = newChart('web', app);
    new kplus.Deployment(chart, 'W', { containers: [{ image: 'a', portNumber: 80 }] })
      .with(SecretBinding.envFrom(Secret.fromSecretName(chart, 'E', 'e')), SecretRollout.checksum());
    if (warnings !== undefined) AppInspection.of(chart).configure({ warnings });
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      app.synth();
      return { printed: write.mock.calls.map(([text]) => String(text)).join(''), thrown: '' };
    } catch (error) {
      return { printed: '', thrown: (error as Error).message };
    } finally {
      write.mockRestore();
    }
  }

  test('are one line on standard error', () => {
    expect(synthesized().printed).toMatch(/^cdk8s-secrets: 1 warning for Kubernetes 1\.35 to 1\.37 \(RolloutIneffective\); .*\n$/);
  });

  test('are not printed where that was asked for', () => {
    expect(synthesized(WarningHandling.QUIET)).toEqual({ printed: '', thrown: '' });
  });

  test('fail the synth where that was asked for', () => {
    expect(synthesized(WarningHandling.FAIL).thrown).toContain('[c/W] RolloutIneffective');
  });

  test('an acknowledgement without a finding is one', () => {
    const chart = newChart();
    const secret = new Secret(chart, 'Db', { data: { a: literal() } });
    AppInspection.of(secret).acknowledge('NullValue', 'it is meant');
    const { warnings } = Inspection.fromApp(App.of(chart) as App);
    expect(warnings.map(({ code, constructPath }) => [code, constructPath])).toEqual([['StaleAcknowledgement', 'c/Db']]);
  });
});

describe('what an app acknowledges and takes to exist', () => {
  function written(): { app: App; outdir: string; chart: Chart } {
    const outdir = tempFolder({});
    const app = new App({ outdir });
    const chart = newChart('web', app);
    new kplus.Pod(chart, 'P', { containers: [{ image: 'a' }] })
      .with(SecretBinding.env('A', Secret.fromSecretName(chart, 'E', 'existing', { keys: ['a'] }).key('a')));
    const raw = new ApiObject(chart, 'Raw', { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', image: 'a', envFrom: [{ secretRef: { name: 'made' } }] }] } });
    AppInspection.of(raw).acknowledge('UnknownSecret', 'the operator makes it');
    app.synth();
    return { app, outdir, chart };
  }

  test('holds for Inspection.fromFiles, for the check command and for the plugin, too', async () => {
    const { app, outdir } = written();
    expect(Inspection.fromApp(app).errors).toEqual([]);
    const files = Inspection.fromFiles([outdir]);
    expect(files.errors).toEqual([]);
    expect(files.acknowledged.map(({ finding: { code }, reason }) => [code, reason])).toEqual([['UnknownSecret', 'the operator makes it']]);
    expect((await run(['check', outdir])).code).toBe(0);
    let status = '';
    await new SecretsValidation().validate({
      manifests: [join(outdir, 'c.k8s.yaml')], metadata: {}, report: { addViolation: () => {}, submit: (result: string) => { status = result; } },
    });
    expect(status).toBe('success');
  });

  test('is a file that kubectl does not apply, and that goes with its reason', () => {
    const { outdir } = written();
    const path = join(outdir, '.cdk8s-secrets.app');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      version: 1,
      existingSecrets: [{ name: 'existing', namespace: 'web', keys: ['a'] }],
      acknowledgements: [{ code: 'UnknownSecret', reason: 'the operator makes it', kind: 'Pod', namespace: 'web', name: expect.any(String) }],
    });
    const app = new App({ outdir });
    new Secret(newChart('web', app), 'Db', { data: { a: literal() } });
    app.synth();
    expect(existsSync(path)).toBe(false);
  });

  test.each([['{', 'is no JSON'], ['{"version":9}', 'was written by another version']])('fails where the file is %j', (text, why) => {
    const { outdir } = written();
    writeFileSync(join(outdir, '.cdk8s-secrets.app'), text);
    expect(() => Inspection.fromFiles([outdir])).toThrow(why);
  });
});
