import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Inspection, PolicyTarget,
  Secret, SecretDelivery, SecretPolicy, SensitiveValue, ServiceAccountTokenSecret, StoreReference, TlsSecret, type SecretProps,
} from '../../src';
import vectors from '../conformance/backends-vectors.json';
import sopsVectors from '../conformance/sops-vectors.json';
import { newChart } from '../support/charts';
import { CERTIFICATE, PRIVATE_KEY } from '../support/key-pairs';
import { codes, findings } from '../support/refusal';
import { tempFile, tempFolder } from '../support/temp-folder';

const ROTATED_AT = 'cdk8s-secrets/rotated-at';
const DAY = new Date('2026-06-01T00:00:00Z');

function chartWith(maxAge = Duration.days(90), asOf: Date | undefined = DAY) {
  const chart = newChart();
  SecretPolicy.of(chart).requireRotation(maxAge, asOf);
  return chart;
}

function declared(rotatedAt: string | undefined, props: Partial<SecretProps> = {}, maxAge?: Duration): string[] {
  const chart = chartWith(maxAge);
  new Secret(chart, 'Db', {
    metadata: { name: 'db', ...rotatedAt === undefined ? {} : { annotations: { [ROTATED_AT]: rotatedAt } } },
    data: { password: SensitiveValue.fromLiteral('s3cr3t') },
    ...props,
  });
  return findings(chart);
}

test.each<[string, string]>([
  ['2026-03-03', '90 days'],
  ['2026-05-31', 'a day'],
  ['2026-06-01', 'this day'],
  ['2026-06-02', 'no time, where it is tomorrow already'],
  ['2026-05-31T23:59:59Z', 'a second'],
  ['2026-05-31T23:59:59.5Z', 'half a second'],
])('values from %s are not too old after %s', rotatedAt => {
  expect(declared(rotatedAt)).toEqual([]);
});

test.each<[string, string]>([
  ['2026-03-02', 'the values of the secret "db" are 91 days old, and may be no more than 90 days'],
  ['2020-02-29', 'the values of the secret "db" are 2284 days old, and may be no more than 90 days'],
])('values from %s are', (rotatedAt, problem) => {
  expect(declared(rotatedAt)).toEqual([
    `[c/Db] RotationRequired: metadata.annotations[${ROTATED_AT}]: ${problem}; replace them, and write the day into the annotation ${ROTATED_AT}`,
  ]);
});

test.each(['2026-06-03', '2026-02-30', '31.5.2026', '2026-5-31', 'yesterday', '', '2026-05-31T10:00:00+02:00'])('%j is no day on which they can have been made', rotatedAt => {
  expect(declared(rotatedAt)).toEqual([expect.stringMatching(/^\[c\/Db\] RotationRequired: metadata\.annotations\[cdk8s-secrets\/rotated-at\]: ".*" is no day on which/)]);
});

describe('without a day', () => {
  const sealed = () => SecretDelivery.sealed({ certificate: tempFile(vectors.sealedSecrets.certificatePem, 'pub-cert.pem') });

  test.each<[string, () => SecretDelivery]>([
    ['manifest', () => SecretDelivery.manifest()],
    ['sealed', sealed],
    ['sops', () => SecretDelivery.sops({ age: [sopsVectors.recipient] })],
  ])('values that are in the manifest are refused: %s', (_, delivery) => {
    expect(declared(undefined, { delivery: delivery() })).toEqual([
      `[c/Db] RotationRequired: nothing says when the values of the secret "db" were made; write the day into its annotation ${ROTATED_AT}, like 2026-05-31`,
    ]);
  });

  test('they are taken where everybody may know them, where there are none, and where the cluster makes them', () => {
    expect(declared(undefined, { data: {} })).toEqual([]);
    const chart = chartWith();
    new Secret(chart, 'User', { type: 'kubernetes.io/basic-auth', data: { username: SensitiveValue.fromLiteral('app') } });
    new ServiceAccountTokenSecret(chart, 'Token', { serviceAccount: new kplus.ServiceAccount(chart, 'Account') });
    new Secret(chart, 'Existing', { data: { a: SensitiveValue.fromRemote({ key: 'a' }) }, delivery: SecretDelivery.existing() });
    new Secret(chart, 'Fetched', { data: { a: SensitiveValue.fromRemote({ key: 'a' }) }, delivery: SecretDelivery.external({ store: StoreReference.secretStore('v') }) });
    expect(codes(chart)).toEqual([]);
  });
});

test('a day that is said of what an operator fetches counts too', () => {
  const delivery = SecretDelivery.external({ store: StoreReference.secretStore('v') });
  const data = { a: SensitiveValue.fromRemote({ key: 'a' }) };
  expect(declared('2026-05-01', { delivery, data })).toEqual([]);
  expect(declared('2025-05-01', { delivery, data })).toEqual([expect.stringContaining('RotationRequired')]);
});

test('a certificate says since when it is valid, unless an annotation says something else', () => {
  const make = (asOf: Date, annotations = {}) => {
    const chart = chartWith(Duration.days(90), asOf);
    new TlsSecret(chart, 'Tls', { metadata: { annotations }, tlsCert: SensitiveValue.fromLiteral(CERTIFICATE), tlsKey: SensitiveValue.fromLiteral(PRIVATE_KEY) });
    return findings(chart);
  };
  expect(make(new Date('2100-01-01'))).toEqual([expect.stringMatching(/RotationRequired: the values of the secret "c-tls-\w+" are \d+ days old, .*; have the certificate renewed$/)]);
  expect(make(new Date('2100-01-01'), { [ROTATED_AT]: '2099-12-31' })).toEqual([]);
});

test('an object of any origin is looked at, and below the scope only', () => {
  const chart = newChart();
  const inner = new kplus.Secret(chart, 'Raw', { metadata: { name: 'raw' }, stringData: { a: 'x' } });
  SecretPolicy.of(inner).requireRotation(Duration.days(1), DAY);
  new kplus.Secret(chart, 'Other', { stringData: { a: 'x' } });
  expect(codes(chart)).toEqual(['[c/Raw] RotationRequired']);
  ApiObject.of(inner).metadata.addAnnotation(ROTATED_AT, '2026-06-01');
  expect(codes(chart)).toEqual([]);
});

test('the day is that of the call where none is given', () => {
  const chart = newChart();
  SecretPolicy.of(chart).requireRotation(Duration.days(1));
  new Secret(chart, 'Db', { metadata: { annotations: { [ROTATED_AT]: new Date().toISOString() } }, data: { a: SensitiveValue.fromLiteral('1') } });
  expect(codes(chart)).toEqual([]);
});

test('an earlier Secret that is kept beside the newest may be older, and the newest may not', () => {
  const journal = join(tempFolder(), 'generations.jsonl');
  jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const keptIn = (app: App, value: string, rotatedAt: string | undefined) => {
    const chart = newChart('web', app);
    SecretPolicy.of(chart).requireRotation(Duration.days(90), DAY);
    return new Secret(chart, 'Db', {
      metadata: { name: 'db', annotations: rotatedAt === undefined ? {} : { [ROTATED_AT]: rotatedAt } },
      data: { password: SensitiveValue.fromLiteral(value) },
      hashedName: true,
      delivery: SecretDelivery.sops({ age: [sopsVectors.recipient], determinismKey: SensitiveValue.fromLiteral('x'.repeat(32)), keep: { journal } }),
    });
  };
  const app = new App({ outdir: tempFolder() });
  const first = keptIn(app, '1', '2026-03-03');
  app.synth();
  writeFileSync(journal, readFileSync(journal, 'utf8').replace('2026-03-03', '2020-01-01'));
  const second = keptIn(new App(), '2', '2026-06-01');
  expect(Inspection.fromApp(App.of(second)).findings).toEqual([]);
  expect(App.of(second).synthYaml()).toContain(first.name);
  for (const rotatedAt of [undefined, '2020-01-01']) expect(codes(keptIn(new App(), '2', rotatedAt))).toEqual(['[c/Db] RotationRequired']);
  jest.restoreAllMocks();
});

test('a cluster cannot enforce it', () => {
  const chart = chartWith();
  SecretPolicy.of(chart).requireImmutable();
  expect(SecretPolicy.of(chart).exportTo(chart, PolicyTarget.validatingAdmissionPolicy()).notExported).toEqual([{ code: 'RotationRequired', reason: 'it depends on the day' }]);
});
