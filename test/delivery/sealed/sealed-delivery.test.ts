import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { unseal } from './unseal';
import {
  BasicAuthSecret, SealedSecretScope, Secret, SecretDelivery, SensitiveValue, type SealedDeliveryOptions, type SecretProps,
} from '../../../src';
import vectors from '../../conformance/backends-vectors.json';
import { crdProblems } from '../../conformance/crd';
import { manifestOf, newChart } from '../../support/charts';
import { withEnvironment } from '../../support/environment';
import { codes, findings, refusal } from '../../support/refusal';
import { tempFile, tempFolder } from '../../support/temp-folder';

const { certificatePem, privateKeyPkcs8Pem } = vectors.sealedSecrets;
const certificate = tempFile(certificatePem, 'pub-cert.pem');
const sealed = (options: Partial<SealedDeliveryOptions> = {}) => SecretDelivery.sealed({ certificate, ...options });
const determinismKey = SensitiveValue.fromLiteral('a determinism key of 32 bytes ...');
const open = (ciphertext: string, label: string) => unseal(ciphertext, label, privateKeyPkcs8Pem).toString();

function declare(props: Partial<SecretProps> = {}, chart = newChart('ns1')): Secret {
  return new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { password: SensitiveValue.fromLiteral('s3cr3t') }, delivery: sealed(), ...props });
}

const ANY_CIPHERTEXT = expect.stringMatching(/^AQ[\w+/=]{300,}$/);

test('the object has type, immutable, labels and annotations in both places, and is what the CRD takes', () => {
  const manifest = manifestOf(declare({
    metadata: { name: 'db', labels: { app: 'a' }, annotations: { note: 'n' } },
    type: 'example.com/db',
    immutable: true,
  }));
  expect(manifest).toEqual({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name: 'db', namespace: 'ns1', labels: { app: 'a' }, annotations: { note: 'n' } },
    spec: {
      encryptedData: { password: ANY_CIPHERTEXT },
      template: {
        metadata: { name: 'db', namespace: 'ns1', labels: { app: 'a' }, annotations: { note: 'n' } },
        type: 'example.com/db',
        immutable: true,
      },
    },
  });
  expect(crdProblems(manifest)).toEqual([]);
});

test.each<[string, SealedSecretScope, object, string]>([
  ['strict', SealedSecretScope.strict(), {}, 'ns1/db'],
  ['namespace-wide', SealedSecretScope.namespaceWide(), { annotations: { 'sealedsecrets.bitnami.com/namespace-wide': 'true' } }, 'ns1'],
  ['cluster-wide', SealedSecretScope.clusterWide(), { annotations: { 'sealedsecrets.bitnami.com/cluster-wide': 'true' } }, ''],
])('the scope %s is in the annotations of both metadata, and decides the label', (_, scope, annotations, label) => {
  const manifest = manifestOf(declare({ delivery: sealed({ scope }) }));
  expect(manifest.metadata).toEqual({ name: 'db', namespace: 'ns1', ...annotations });
  expect(manifest.spec.template.metadata).toEqual(manifest.metadata);
  expect(open(manifest.spec.encryptedData.password, label)).toBe('s3cr3t');
  expect(crdProblems(manifest)).toEqual([]);
});

test('labels that are added to the object later are in both places too', () => {
  const secret = declare();
  ApiObject.of(secret).metadata.addLabel('team', 'a');
  const manifest = manifestOf(secret);
  expect(manifest.metadata.labels).toEqual({ team: 'a' });
  expect(manifest.spec.template.metadata.labels).toEqual({ team: 'a' });
});

test('keys are sealed one by one, and sorted', () => {
  const secret = declare();
  secret.addData('a', SensitiveValue.fromLiteral('1'));
  const { encryptedData } = manifestOf(secret).spec;
  expect(Object.keys(encryptedData)).toEqual(['a', 'password']);
  expect(open(encryptedData.a, 'ns1/db')).toBe('1');
});

test('the secret has the same name, keys and type as with any other delivery', () => {
  const [plain, secret] = [SecretDelivery.manifest(), sealed()].map(delivery =>
    new BasicAuthSecret(newChart('ns1'), 'Login', { username: SensitiveValue.fromLiteral('u'), password: SensitiveValue.fromLiteral('p'), delivery }));
  const contractOf = ({ name, namespace, secretType, keyNames }: BasicAuthSecret) => [name, namespace, secretType, keyNames];
  expect(contractOf(secret)).toEqual(contractOf(plain));
  expect(manifestOf(secret).spec.template.type).toBe('kubernetes.io/basic-auth');
});

describe('the same bytes', () => {
  test('are written by two synths of one program, also where sealing is random', () => {
    const secret = declare();
    expect(manifestOf(secret)).toEqual(manifestOf(secret));
    const app = App.of(secret);
    expect((app as App).synthYaml()).toBe((app as App).synthYaml());
  });

  test('are written by two programs with one determinism key', () => {
    const make = () => manifestOf(declare({ delivery: sealed({ determinismKey }) }));
    expect(make()).toEqual(make());
  });

  test('are not written by two programs without one', () => {
    expect(manifestOf(declare())).not.toEqual(manifestOf(declare()));
  });

  test('are written by the next program where it reuses the output of the last one', () => {
    const folder = tempFolder({ 'dist/.keep': '' });
    const before = process.cwd();
    process.chdir(folder);
    try {
      const synth = (value: string, outdir: string) => {
        const app = new App({ outdir });
        const chart = newChart('ns1', app);
        const delivery = sealed({ reuse: 'dist' });
        declare({ delivery, data: { password: SensitiveValue.fromLiteral('s3cr3t'), other: SensitiveValue.fromLiteral(value) } }, chart);
        app.synth();
        return readFileSync(join(outdir, 'c.k8s.yaml'), 'utf8');
      };
      const first = synth('one', 'dist');
      expect(synth('one', 'dist')).toBe(first);
      const line = (text: string, key: string) => text.split('\n').find(candidate => candidate.trim().startsWith(`${key}:`));
      const changed = synth('two', 'other');
      expect(line(changed, 'password')).toBe(line(first, 'password'));
      expect(line(changed, 'other')).not.toBe(line(first, 'other'));
    } finally {
      process.chdir(before);
    }
  });
});

describe('nothing is sealed', () => {
  test('when the certificate has expired on the day that is given', () => {
    const expired = join(__dirname, 'certificates', 'expires-2030.pem');
    expect(refusal(() => SecretDelivery.sealed({ certificate: expired, asOf: new Date('2031-01-01') }))).toMatchObject({ code: 'InvalidSealingCertificate' });
    expect(() => SecretDelivery.sealed({ certificate: expired, asOf: new Date('2029-01-01') })).not.toThrow();
  });

  test('when the certificate is missing', () => {
    expect(refusal(() => SecretDelivery.sealed({ certificate: 'no-such.pem' })).code).toBe('FileUnreadable');
  });

  test('without a namespace, unless the scope is cluster-wide', () => {
    const declareIn = (delivery: SecretDelivery) => declare({ delivery }, new Chart(new App(), 'c'));
    expect(refusal(() => declareIn(sealed()))).toEqual({
      code: 'MissingNamespace', path: 'c/Db', problem: 'secret "db" has no namespace to be sealed for', next: expect.any(String),
    });
    expect(refusal(() => declareIn(sealed({ scope: SealedSecretScope.namespaceWide() }))).code).toBe('MissingNamespace');
    expect(manifestOf(declareIn(sealed({ scope: SealedSecretScope.clusterWide() }))).metadata).not.toHaveProperty('namespace');
  });

  test('where a value cannot be had, and the key is named', () => {
    withEnvironment({ NO_SUCH: undefined }, () => {
      const secret = declare({ data: { password: SensitiveValue.fromEnvironment('NO_SUCH') } });
      expect(findings(secret)).toEqual([expect.stringMatching(/^\[c\/Db\] EnvironmentVariableUnset: key "password": environment variable "NO_SUCH" is not set/)]);
    });
  });

  test('of a remote value', () => {
    const secret = declare({ data: { password: SensitiveValue.fromRemote({ key: 'db', property: 'password' }) } });
    expect(findings(secret)).toEqual([expect.stringMatching(/^\[c\/Db\] RemoteValue: key "password": remote "db#password" is in a store that only the cluster can read; choose/)]);
  });

  test('with a determinism key that is short, or missing', () => {
    const short = declare({ delivery: sealed({ determinismKey: SensitiveValue.fromLiteral('short') }) });
    expect(codes(short)).toEqual(['[c/Db] InvalidDeterminismKey']);
    withEnvironment({ NO_SUCH: undefined }, () => {
      expect(codes(declare({ delivery: sealed({ determinismKey: SensitiveValue.fromEnvironment('NO_SUCH') }) }))).toEqual(['[c/Db] EnvironmentVariableUnset']);
    });
  });

  test('with a determinism key and reuse together', () => {
    expect(refusal(() => sealed({ determinismKey, reuse: 'dist' })).code).toBe('InvalidDeterminismKey');
  });
});

describe('a change after sealing is caught', () => {
  const annotate = (key: string) => JsonPatch.add('/metadata/annotations', { [key]: 'true' });
  test.each<[string, SealedSecretScope, JsonPatch]>([
    ['of the name', SealedSecretScope.strict(), JsonPatch.replace('/metadata/name', 'other')],
    ['of the namespace', SealedSecretScope.strict(), JsonPatch.replace('/metadata/namespace', 'other')],
    ['of the namespace', SealedSecretScope.namespaceWide(), JsonPatch.replace('/metadata/namespace', 'other')],
    ['of the scope', SealedSecretScope.clusterWide(), JsonPatch.remove('/metadata/annotations')],
    ['of the scope', SealedSecretScope.strict(), annotate('sealedsecrets.bitnami.com/cluster-wide')],
  ])('%s', (_, scope, patch) => {
    const secret = declare({ delivery: sealed({ scope }) });
    ApiObject.of(secret).addJsonPatch(patch);
    expect(codes(secret)).toEqual(['[c/Db] SealedForAnotherName']);
  });

  test.each<[string, SealedSecretScope, JsonPatch]>([
    ['of the name in a whole namespace', SealedSecretScope.namespaceWide(), JsonPatch.replace('/metadata/name', 'other')],
    ['of the namespace in a whole cluster', SealedSecretScope.clusterWide(), JsonPatch.replace('/metadata/namespace', 'other')],
    ['of an annotation', SealedSecretScope.strict(), annotate('example.com/a')],
  ])('but not %s, which the controller can open', (_, scope, patch) => {
    const secret = declare({ delivery: sealed({ scope }) });
    ApiObject.of(secret).addJsonPatch(patch);
    expect(codes(secret)).toEqual([]);
  });

  test('an annotation of the user that changes the scope is one', () => {
    expect(codes(declare({ metadata: { name: 'db', annotations: { 'sealedsecrets.bitnami.com/namespace-wide': 'true' } } }))).toEqual(['[c/Db] SealedForAnotherName']);
  });
});

describe('what a checksum hashes', () => {
  test('is the ciphertext, where it stays the same with the value: nobody can test a guess with it', () => {
    const secret = declare({ delivery: sealed({ determinismKey }) });
    expect(secret._checksumInput('password')?.toString()).toBe(manifestOf(secret).spec.encryptedData.password);
  });

  test('is nothing where every synth seals anew', () => {
    expect(declare()._checksumInput('password')).toBeUndefined();
  });
});

test('neither the secret nor its delivery shows a value or the determinism key, whatever prints them', () => {
  const delivery = sealed({ determinismKey: SensitiveValue.fromLiteral('canary-key'.repeat(4)) });
  const secret = declare({ delivery, data: { password: SensitiveValue.fromLiteral('canary-value') } });
  const text = JSON.stringify(manifestOf(secret));
  for (const thing of [secret, delivery, text]) {
    for (const options of [{ depth: null }, { depth: null, showHidden: true, customInspect: false }]) expect(inspect(thing, options)).not.toContain('canary-');
  }
});
