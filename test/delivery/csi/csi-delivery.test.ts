import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { parse } from 'yaml';
import {
  CsiProvider, DockerConfigSecret, RemoteNaming, Secret, SecretBinding, SecretDelivery, SecretVolume, SensitiveValue,
  type CsiDeliveryOptions, type SecretProps,
} from '../../../src';
import { crdProblems } from '../../conformance/crd';
import { manifestOf, newChart } from '../../support/charts';
import { codes, refusal } from '../../support/refusal';

const provider = CsiProvider.vault({ roleName: 'shop' });
const csi = (options: Partial<CsiDeliveryOptions> = {}) => SecretDelivery.csi({ provider, ...options });
const unread = SensitiveValue.fromFile('no-such-file');

function declare(chart: Chart, props: Partial<SecretProps> = {}, name = 'db'): Secret {
  return new Secret(chart, name, { metadata: { name }, data: { username: unread, password: unread }, delivery: csi(), ...props });
}

function deploy(chart: Chart, ...bindings: SecretBinding[]): kplus.Deployment {
  const deployment = new kplus.Deployment(chart, 'Api', { containers: [{ name: 'app', image: 'api', portNumber: 80 }, { name: 'helper', image: 'helper' }] });
  deployment.with(...bindings);
  return deployment;
}

const podOf = (workload: kplus.Deployment) => manifestOf(workload).spec.template.spec;
const mountsOf = (workload: kplus.Deployment, index = 0) => (podOf(workload).containers[index].volumeMounts ?? [])
  .map(({ name, mountPath, readOnly, subPath }: any) => [name, mountPath, readOnly, ...subPath ? [subPath] : []]);

function checked(manifest: any): any {
  expect(crdProblems(manifest)).toEqual([]);
  return manifest;
}

/** Paths, entries and modes of the files that a class mounts. */
const filesOf = ({ spec }: any) => parse(spec.parameters.objects).map(({ objectName, secretPath, secretKey, filePermission }: any) =>
  [objectName, `${secretPath}#${secretKey}`, ...filePermission === undefined ? [] : [filePermission]]);

test('the object is what the CRD takes: a text of YAML names a file for each key, and no value is read', () => {
  const secret = declare(newChart('ns1'), { metadata: { name: 'db', labels: { app: 'a' } } });
  expect(checked(manifestOf(secret))).toEqual({
    apiVersion: 'secrets-store.csi.x-k8s.io/v1',
    kind: 'SecretProviderClass',
    metadata: { name: 'db', namespace: 'ns1', labels: { app: 'a' } },
    spec: {
      provider: 'vault',
      parameters: {
        roleName: 'shop',
        objects: '- objectName: password\n  secretPath: db\n  secretKey: password\n- objectName: username\n  secretPath: db\n  secretKey: username\n',
      },
    },
  });
  expect(codes(secret)).toEqual([]);
});

test('files become a read-only CSI volume', () => {
  const chart = newChart('ns1');
  const deployment = deploy(chart, SecretBinding.files('/etc/db', declare(chart)));
  expect(podOf(deployment).volumes).toEqual([{
    name: 'secret-db', csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'db' } },
  }]);
  expect(mountsOf(deployment)).toEqual([['secret-db', '/etc/db', true]]);
  expect(codes(chart)).toEqual([]);
});

test('one file is a subPath of it', () => {
  const chart = newChart('ns1');
  const deployment = deploy(chart, SecretBinding.file('/etc/db.txt', declare(chart).key('password')));
  expect(mountsOf(deployment)).toEqual([[expect.any(String), '/etc/db.txt', true, 'db.txt']]);
  expect(codes(chart)).toEqual([]);
});

test('the volume names the credentials of the provider', () => {
  const chart = newChart('ns1');
  const deployment = deploy(chart, SecretBinding.files('/etc/db', declare(chart, { delivery: csi({ nodePublishSecretName: 'login' }) })));
  expect(podOf(deployment).volumes[0].csi.nodePublishSecretRef).toEqual({ name: 'login' });
});

describe('a volume that needs other files gets a class of its own', () => {
  /** The class that the only volume uses. */
  const classOf = (chart: Chart, deployment: kplus.Deployment): any => {
    const name = podOf(deployment).volumes[0].csi.volumeAttributes.secretProviderClass;
    return checked(chart.toJson().find(({ kind, metadata }: any) => kind === 'SecretProviderClass' && metadata.name === name));
  };

  test('with items and modes', () => {
    const chart = newChart('ns1');
    const secret = declare(chart);
    const deployment = deploy(chart, SecretBinding.files('/etc/db', secret, { items: { username: 'my-group/my-username' }, modes: { username: '0400' } }));
    expect(filesOf(classOf(chart, deployment))).toEqual([['my-group/my-username', 'db#username', 256]]);
    expect(classOf(chart, deployment).metadata.namespace).toBe('ns1');
    expect(codes(chart)).toEqual([]);
  });

  test('with a mode for all, and keys that are added later', () => {
    const chart = newChart('ns1');
    const secret = declare(chart);
    const deployment = deploy(chart, SecretBinding.files('/etc/db', secret, { mode: '0440' }));
    secret.addData('later', unread);
    expect(filesOf(classOf(chart, deployment))).toEqual([['later', 'db#later', 288], ['password', 'db#password', 288], ['username', 'db#username', 288]]);
  });

  test('with several secrets', () => {
    const chart = newChart('ns1');
    const [a, b] = [declare(chart, { data: { x: unread } }, 'a'), declare(chart, { data: { y: unread } }, 'b')];
    const volume = SecretVolume.fromSecrets(chart, 'V', [{ secret: a }, { secret: b, items: { y: 'sub/y' } }]);
    const deployment = deploy(chart, SecretBinding.volume('/etc/both', volume));
    expect(filesOf(classOf(chart, deployment))).toEqual([['x', 'a#x'], ['sub/y', 'b#y']]);
    expect(codes(chart)).toEqual([]);
  });
});

describe('variables need a Secret, which the driver makes while the files are mounted', () => {
  test('so a binding adds both', () => {
    const chart = newChart('ns1');
    const secret = declare(chart, { metadata: { name: 'db', labels: { app: 'a' }, annotations: { note: 'n' } }, type: 'example.com/db' });
    const deployment = deploy(chart, SecretBinding.env('PASSWORD', secret.key('password')));
    expect(checked(manifestOf(secret)).spec.secretObjects).toEqual([{
      secretName: 'db',
      type: 'example.com/db',
      labels: { app: 'a' },
      annotations: { note: 'n' },
      data: [{ objectName: 'password', key: 'password' }, { objectName: 'username', key: 'username' }],
    }]);
    expect(mountsOf(deployment)).toEqual([['secret-db', '/mnt/secrets-store/db', true]]);
    expect(mountsOf(deployment, 1)).toEqual([]);
    expect(podOf(deployment).containers[1].env).toEqual([{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }]);
    expect(codes(chart)).toEqual([]);
  });

  test.each<[string, (secret: Secret) => SecretBinding[]]>([
    ['before', secret => [SecretBinding.files('/etc/db', secret), SecretBinding.envFrom(secret)]],
    ['as all variables', secret => [SecretBinding.envFrom(secret)]],
  ])('and mounts them once: %s', (_, bindings) => {
    const chart = newChart('ns1');
    const deployment = deploy(chart, ...bindings(declare(chart)));
    expect(podOf(deployment).volumes).toHaveLength(1);
    expect(mountsOf(deployment)).toHaveLength(1);
  });

  test('or says why it can not', () => {
    const chart = newChart('ns1');
    const secret = declare(chart, { delivery: csi({ sync: false }) });
    expect(refusal(() => deploy(chart, SecretBinding.env('PASSWORD', secret.key('password'))))).toMatchObject({ code: 'UnsupportedByDelivery', path: 'c/Api' });
  });

  test('and it can be asked for without a binding', () => {
    expect(manifestOf(declare(newChart('ns1'), { delivery: csi({ sync: true }) })).spec.secretObjects).toHaveLength(1);
  });

  test.each<[string, Partial<SecretProps>]>([
    ['an immutable one', { immutable: true }],
    ['a key that the type does not have', { type: 'kubernetes.io/tls', data: { 'tls.crt': unread, 'tls.key': unread, 'ca.crt': unread } }],
  ])('fails for %s, which the driver does not make', (_, props) => {
    expect(codes(declare(newChart('ns1'), { ...props, delivery: csi({ sync: true }) }))).toEqual(['[c/db] UnsupportedByDelivery']);
    expect(codes(declare(newChart('ns1'), props))).toEqual([]);
  });
});

describe('fails', () => {
  test('when images are to be pulled with it', () => {
    const chart = newChart('ns1');
    const secret = DockerConfigSecret.fromConfigJson(chart, 'Pull', unread, { delivery: csi() });
    expect(refusal(() => deploy(chart, SecretBinding.imagePull(secret))).code).toBe('UnsupportedByDelivery');
  });

  test('when one volume would hold files of the driver and of a Secret, or of two providers', () => {
    const chart = newChart('ns1');
    const first = declare(chart, { data: { a: unread } }, 'a');
    const plain = declare(chart, { data: { b: unread }, delivery: SecretDelivery.existing() }, 'b');
    const other = declare(chart, { data: { c: unread }, delivery: csi({ provider: CsiProvider.vault({ roleName: 'other' }) }) }, 'c');
    for (const second of [plain, other]) {
      expect(refusal(() => SecretVolume.fromSecrets(chart, `V${second.name}`, [{ secret: first }, { secret: second }])).code).toBe('UnsupportedByDelivery');
    }
  });

  test('when the files are optional', () => {
    const chart = newChart('ns1');
    expect(refusal(() => deploy(chart, SecretBinding.files('/etc/db', declare(chart), { optional: true }))).code).toBe('UnsupportedByDelivery');
  });

  test('when there is no key', () => {
    expect(codes(declare(newChart('ns1'), { data: {} }))).toEqual(['[c/db] UnsupportedByDelivery']);
  });

  test('when a key is made of several remote values', () => {
    const remote = SensitiveValue.fromRemote({ key: 'a' });
    const secret = new DockerConfigSecret(new Chart(new App(), 'c'), 'Pull', { registries: [{ username: remote, password: remote }], delivery: csi() });
    expect(codes(secret)).toEqual(['[c/Pull] UnsupportedByDelivery']);
  });

  test('when the provider can not have an entry', () => {
    const secret = declare(newChart('ns1'), { data: { a: SensitiveValue.fromRemote({ key: 'a', version: '1' }) } });
    expect(codes(secret)).toEqual(['[c/db] InvalidProviderClass']);
  });

  test('when the provider is none', () => {
    expect(refusal(() => SecretDelivery.csi({ provider: 'vault' as never })).code).toBe('InvalidProviderClass');
  });
});

test('the naming convention says where the store holds a key', () => {
  const secret = declare(newChart('ns1'), { data: { a: unread }, delivery: csi({ naming: RemoteNaming.entryPerSecret('secret/data/{namespace}/{name}') }) });
  expect(filesOf(manifestOf(secret))).toEqual([['a', 'secret/data/ns1/db#a']]);
});
