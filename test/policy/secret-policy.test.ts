import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AppInspection, DeliveryKind, Inspection, Secret, SecretBinding, SecretDelivery, SecretPolicy, SecretRollout, SecretVolume, SensitiveValue,
  StoreReference, type SecretProps,
} from '../../src';
import { newChart } from '../support/charts';
import { codes, findings, refusal } from '../support/refusal';

const external = SecretDelivery.external({ store: StoreReference.secretStore('vault') });
const value = (text: string) => SensitiveValue.fromLiteral(text).orRemote({ key: text });
const declare = (chart: Chart, props: Partial<SecretProps> = {}) =>
  new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: value('1'), b: value('2') }, ...props });
const deploy = (chart: Chart, ...mixins: any[]) => {
  const deployment = new kplus.Deployment(chart, 'Api', { containers: [{ image: 'api', portNumber: 80 }] });
  deployment.with(...mixins);
  return deployment;
};

/** `[path] Code: field` of every finding. */
const found = (chart: Chart) => findings(chart).map(line => line.replace(/^(\[[^\]]*\] \w+: [^ :]*).*/, '$1'));

test('a policy holds for a construct and what is below it, and not for one whose name only begins like it', () => {
  const app = new App();
  const [web, web2] = ['web', 'web2'].map(id => new Chart(app, id, { namespace: id }));
  SecretPolicy.of(web).forbidPlaintext();
  [web, web2].forEach(chart => declare(chart));
  expect(codes(app)).toEqual(['[web/Db] PlaintextForbidden']);
});

describe('forbidPlaintext', () => {
  test('refuses every Secret with values, whoever made it', () => {
    const chart = newChart();
    SecretPolicy.of(chart).forbidPlaintext();
    declare(chart);
    new kplus.Secret(chart, 'Raw', { stringData: { x: 'y' } });
    expect(found(chart)).toEqual(['[c/Db] PlaintextForbidden: data', '[c/Raw] PlaintextForbidden: stringData']);
  });

  test('takes other deliveries, and Secrets without values', () => {
    const chart = newChart();
    SecretPolicy.of(chart).forbidPlaintext();
    declare(chart, { delivery: external });
    new Secret(chart, 'Empty');
    expect(codes(chart)).toEqual([]);
  });
});

test('filesOnly refuses variables', () => {
  const chart = newChart();
  SecretPolicy.of(chart).filesOnly();
  const secret = declare(chart);
  deploy(chart, SecretBinding.env('A', secret.key('a')), SecretBinding.envFrom(secret), SecretBinding.files('/etc/db', secret));
  expect(found(chart)).toEqual([
    '[c/Api] VariablesForbidden: spec.template.spec.containers[0].envFrom[0].secretRef.name',
    '[c/Api] VariablesForbidden: spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key',
  ]);
});

describe('requireRollout', () => {
  test.each<[string, Partial<SecretProps>, SecretRollout[], number]>([
    ['the checksum that a binding brings', {}, [], 0],
    ['nothing that works, with values that are not known', { delivery: external }, [], 1],
    ['none()', {}, [SecretRollout.none()], 1],
    ['checksum()', {}, [SecretRollout.checksum()], 0],
    ['reloader()', { delivery: external }, [SecretRollout.reloader()], 0],
    ['checksum() of values that are not known', { delivery: external }, [SecretRollout.checksum()], 1],
    ['hashedName()', { hashedName: true }, [SecretRollout.hashedName()], 0],
    ['an immutable secret', { immutable: true }, [], 0],
  ])('with %s', (_, props, rollout, violations) => {
    const chart = newChart();
    SecretPolicy.of(chart).requireRollout();
    deploy(chart, SecretBinding.env('A', declare(chart, props).key('a')), ...rollout);
    expect(codes(chart)).toEqual(Array(violations).fill('[c/Api] RolloutRequired'));
  });

  test('says it once, where a rollout that was chosen says it too', () => {
    const chart = newChart();
    SecretPolicy.of(chart).requireRollout();
    deploy(chart, SecretBinding.env('A', declare(chart).key('a')), SecretRollout.hashedName());
    expect(codes(chart)).toEqual(['[c/Api] RolloutRequired']);
  });

  test('does not ask it of a workload that sees no secret, of a Job, or for image-pull credentials', () => {
    const chart = newChart();
    SecretPolicy.of(chart).requireRollout();
    const secret = declare(chart);
    deploy(chart, SecretBinding.imagePull(Secret.fromSecretName(chart, 'Pull', 'pull', { type: 'kubernetes.io/dockerconfigjson' })));
    new kplus.Job(chart, 'Job', { containers: [{ image: 'a' }] }).with(SecretBinding.envFrom(secret));
    expect(codes(chart)).toEqual([]);
  });
});

test('requireImmutable refuses every secret that can change, of every delivery', () => {
  const chart = newChart();
  SecretPolicy.of(chart).requireImmutable();
  declare(chart);
  for (const [id, delivery] of Object.entries({ Plain: SecretDelivery.manifest(), Vault: external })) {
    new Secret(chart, id, { data: { a: value('1') }, delivery });
    new Secret(chart, `${id}Immutable`, { data: { a: value('1') }, delivery, immutable: true });
  }
  expect(codes(chart)).toEqual(['[c/Db] ImmutableRequired', '[c/Plain] ImmutableRequired', '[c/Vault] ImmutableRequired']);
});

describe('maxMode', () => {
  const volumes = (bind: (secret: Secret, chart: Chart) => SecretBinding) => {
    const chart = newChart();
    SecretPolicy.of(chart).maxMode('0440');
    deploy(chart, bind(declare(chart), chart));
    return found(chart).filter(line => line.includes('ModeTooOpen')).map(line => line.slice(line.indexOf('volumes')));
  };

  test.each<[string, (secret: Secret, chart: Chart) => SecretBinding, string[]]>([
    ['no mode, which is 0644', secret => SecretBinding.files('/etc/db', secret), ['volumes[0].secret.defaultMode']],
    ['0440', secret => SecretBinding.files('/etc/db', secret, { mode: '0440' }), []],
    ['0400', secret => SecretBinding.files('/etc/db', secret, { mode: '0400' }), []],
    ['0441', secret => SecretBinding.files('/etc/db', secret, { mode: '0441' }), ['volumes[0].secret.defaultMode']],
    ['0600', secret => SecretBinding.files('/etc/db', secret, { mode: '0600' }), ['volumes[0].secret.defaultMode']],
    ['a mode for one file', secret => SecretBinding.files('/etc/db', secret, { mode: '0400', modes: { b: '0444' } }), ['volumes[0].secret.items[1].mode']],
    ['modes for all files', secret => SecretBinding.files('/etc/db', secret, { modes: { a: '0400', b: '0440' } }), []],
    ['several secrets', (secret, chart) => {
      const other = Secret.fromSecretName(chart, 'Other', 'other', { keys: ['c'] });
      return SecretBinding.volume('/etc/both', SecretVolume.fromSecrets(chart, 'V', [{ secret }, { secret: other, modes: { c: '0444' } }], { mode: '0400' }));
    }, ['volumes[0].projected.sources[1].secret.items[0].mode']],
  ])('of 0440 and %s', (_, bind, fields) => {
    expect(volumes(bind)).toEqual(fields);
  });

  test.each(['440 ', '1777', 288])('fails with %j as a mode', mode => {
    expect(refusal(() => SecretPolicy.of(newChart()).maxMode(mode as string))).toMatchObject({ code: 'InvalidMode', path: 'c' });
  });
});

describe('allowDeliveries', () => {
  test('refuses all others', () => {
    const chart = newChart();
    SecretPolicy.of(chart).allowDeliveries(DeliveryKind.EXTERNAL, DeliveryKind.SEALED);
    declare(chart);
    new Secret(chart, 'Vault', { data: { a: value('1') }, delivery: external });
    new Secret(chart, 'Theirs', { delivery: SecretDelivery.existing() });
    expect(findings(chart)).toEqual([
      expect.stringMatching(/^\[c\] DeliveryForbidden: the secret "c-theirs-\w+" is delivered by SecretDelivery.existing, which is not allowed here; use one of "external", "sealed"/),
      '[c/Db] DeliveryForbidden: the secret "db" is delivered by SecretDelivery.manifest, which is not allowed here; use one of "external", "sealed"',
    ]);
  });

  test('an exception is one for a secret without an object, too', () => {
    const chart = newChart();
    SecretPolicy.of(chart).allowDeliveries(DeliveryKind.SEALED);
    AppInspection.of(new Secret(chart, 'Theirs', { delivery: SecretDelivery.existing() })).acknowledge('DeliveryForbidden', 'made by the platform');
    expect(codes(chart)).toEqual([]);
  });
});

test('a policy holds below the construct it was set on, whatever is declared there later', () => {
  const app = new App();
  const [inside, outside] = [newChart('web', app), new Chart(app, 'd', { namespace: 'web2' })];
  SecretPolicy.of(inside).forbidPlaintext();
  declare(inside);
  declare(outside);
  expect(codes(app)).toEqual(['[c/Db] PlaintextForbidden']);
});

test('a policy on an app holds for every chart, also where no construct of this library is', () => {
  const app = new App();
  SecretPolicy.of(app).forbidPlaintext();
  const chart = newChart('web', app);
  new ApiObject(chart, 'Raw', { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', data: { a: 'YQ==' } });
  expect(codes(app)).toEqual(['[c/Raw] PlaintextForbidden']);
});

test('an exception names its reason and shows in the report', () => {
  const chart = newChart();
  SecretPolicy.of(chart).forbidPlaintext();
  const secret = declare(chart);
  AppInspection.of(secret).acknowledge('PlaintextForbidden', 'a public demo password');
  expect(codes(chart)).toEqual([]);
  expect(Inspection.fromApp(App.of(chart) as App).acknowledged).toEqual([
    { reason: 'a public demo password', finding: expect.objectContaining({ code: 'PlaintextForbidden', constructPath: 'c/Db' }) },
  ]);
});
