import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import {
  DockerConfigSecret, type ISecret, Secret, SecretBackedFunction, type SecretBackedFunctionProps, SecretRollout, SensitiveValue,
} from '../../src';
import { manifestOf } from '../support/charts';
import { codes, findings, refusal } from '../support/refusal';

const newChart = () => new Chart(new App(), 'c', { namespace: 'openfaas-fn' });
const value = SensitiveValue.fromLiteral('x');
const declare = (chart: Chart, name: string, ...keys: string[]) =>
  new Secret(chart, name, { metadata: { name }, data: Object.fromEntries(keys.map(key => [key, value])) });
const credentials = (chart: Chart) => new DockerConfigSecret(chart, 'Registry', {
  metadata: { name: 'registry' }, registries: [{ username: value, password: value }],
});
const newFunction = (chart: Chart, props: Partial<SecretBackedFunctionProps> = {}) =>
  new SecretBackedFunction(chart, 'F', { name: 'protectedapi', image: 'functions/api-key-protected:latest', ...props });

const PROBE = {
  httpGet: { path: '/_/health', port: 8080 }, initialDelaySeconds: 2, timeoutSeconds: 1, periodSeconds: 2, successThreshold: 1, failureThreshold: 3,
};

/** The Deployment that OpenFaaS makes of the function `protectedapi`. */
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'protectedapi', namespace: 'openfaas-fn', labels: { faas_function: 'protectedapi' }, annotations: { 'prometheus.io.scrape': 'false' },
  },
  spec: {
    replicas: 1,
    revisionHistoryLimit: 10,
    selector: { matchLabels: { faas_function: 'protectedapi' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    template: {
      metadata: { name: 'protectedapi', labels: { faas_function: 'protectedapi' }, annotations: { 'prometheus.io.scrape': 'false' } },
      spec: {
        containers: [{
          name: 'protectedapi',
          image: 'functions/api-key-protected:latest',
          imagePullPolicy: 'Always',
          ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
          resources: {},
          livenessProbe: PROBE,
          readinessProbe: PROBE,
          securityContext: { readOnlyRootFilesystem: false },
        }],
        restartPolicy: 'Always',
        dnsPolicy: 'ClusterFirst',
      },
    },
  },
};

const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'protectedapi', namespace: 'openfaas-fn', annotations: { 'prometheus.io.scrape': 'false' } },
  spec: {
    type: 'ClusterIP', selector: { faas_function: 'protectedapi' }, ports: [{ name: 'http', protocol: 'TCP', port: 8080, targetPort: 8080 }],
  },
};

const podSpecOf = (made: SecretBackedFunction) => manifestOf(made.resource).spec.template.spec;
const sourcesOf = (made: SecretBackedFunction) => podSpecOf(made).volumes[0].projected.sources;

describe('without secrets', () => {
  test('it is the Deployment and the Service that OpenFaaS itself makes', () => {
    const made = newFunction(newChart());
    expect(manifestOf(made.resource)).toEqual(DEPLOYMENT);
    expect(manifestOf(made.service!)).toEqual(SERVICE);
  });

  test('the default child is the Deployment, which can be patched', () => {
    const made = newFunction(newChart());
    expect(made.node.defaultChild).toBe(made.resource);
    ApiObject.of(made).addJsonPatch(JsonPatch.replace('/spec/replicas', 3));
    expect(manifestOf(made).spec.replicas).toBe(3);
  });

  test('labels go to the pods, annotations to all objects, and may override what OpenFaaS sets', () => {
    const made = newFunction(newChart(), { labels: { team: 'a', faas_function: 'b' }, annotations: { 'topic': 'c', 'prometheus.io.scrape': 'true' } });
    const { metadata, spec } = manifestOf(made.resource);
    const annotations = { 'topic': 'c', 'prometheus.io.scrape': 'true' };
    expect(metadata).toEqual({ ...DEPLOYMENT.metadata, annotations });
    expect(spec.template.metadata).toEqual({ name: 'protectedapi', labels: { team: 'a', faas_function: 'b' }, annotations });
    expect(manifestOf(made.service!).metadata.annotations).toEqual(annotations);
  });

  test.each([['3', 3], ['0', 1], ['x', 1], ['1.5', 1], ['', 1]])('the label com.openfaas.scale.min: %j starts %d pods', (minimum, replicas) => {
    expect(manifestOf(newFunction(newChart(), { labels: { 'com.openfaas.scale.min': minimum } }).resource).spec.replicas).toBe(replicas);
  });

  test('variables are sorted by name, fprocess among them', () => {
    const made = newFunction(newChart(), { environment: { write_timeout: '10s', a: 'b' }, fprocess: 'python index.py' });
    expect(podSpecOf(made).containers[0].env).toEqual([
      { name: 'a', value: 'b' }, { name: 'fprocess', value: 'python index.py' }, { name: 'write_timeout', value: '10s' },
    ]);
  });

  test('limits and requests are the resources', () => {
    const made = newFunction(newChart(), { limits: { memory: '40Mi', cpu: '100m' }, requests: { memory: '20Mi' } });
    expect(podSpecOf(made).containers[0].resources).toEqual({ limits: { memory: '40Mi', cpu: '100m' }, requests: { memory: '20Mi' } });
  });

  test('with a read-only root file system /tmp can be written', () => {
    const { containers: [container], volumes } = podSpecOf(newFunction(newChart(), { readOnlyRootFilesystem: true }));
    expect(container.securityContext).toEqual({ readOnlyRootFilesystem: true });
    expect(container.volumeMounts).toEqual([{ name: 'temp', mountPath: '/tmp', readOnly: false }]);
    expect(volumes).toEqual([{ name: 'temp', emptyDir: {} }]);
  });

  test('without HTTP probes its lock file is looked at', () => {
    const [container] = podSpecOf(newFunction(newChart(), { httpProbe: false })).containers;
    const { httpGet, ...times } = PROBE;
    expect(container.livenessProbe).toEqual({ exec: { command: ['cat', '/tmp/.lock'] }, ...times });
    expect(container.readinessProbe).toEqual(container.livenessProbe);
  });

  test('the namespace can be given', () => {
    const made = newFunction(newChart(), { namespace: 'fn' });
    expect([made.resource, made.service!].map(object => manifestOf(object).metadata.namespace)).toEqual(['fn', 'fn']);
  });
});

describe('its secrets', () => {
  test('are one read-only projected volume at /var/openfaas/secrets, one item a key', () => {
    const chart = newChart();
    const made = newFunction(chart, { secrets: [declare(chart, 'secret-api-key', 'secret-api-key'), declare(chart, 'db', 'user', 'password')] });
    const expected = structuredClone(DEPLOYMENT) as any;
    const name = 'protectedapi-projected-secrets';
    expected.spec.template.metadata.annotations['checksum/secret'] = expect.stringMatching(/^[0-9a-f]{64}$/);
    expected.spec.template.spec.containers[0].volumeMounts = [{ name, mountPath: '/var/openfaas/secrets', readOnly: true }];
    expected.spec.template.spec.volumes = [{
      name,
      projected: {
        sources: [
          { secret: { name: 'secret-api-key', items: [{ key: 'secret-api-key', path: 'secret-api-key' }] } },
          { secret: { name: 'db', items: [{ key: 'password', path: 'password' }, { key: 'user', path: 'user' }] } },
        ],
      },
    }];
    expect(manifestOf(made.resource)).toEqual(expected);
    expect(manifestOf(made.service!)).toEqual(SERVICE);
    expect(SecretBackedFunction.SECRETS_PATH).toBe('/var/openfaas/secrets');
  });

  test('of a docker type pull the image, and are not mounted', () => {
    const chart = newChart();
    const legacy = Secret.fromSecretName(chart, 'Legacy', 'legacy', { type: 'kubernetes.io/dockercfg' });
    const made = newFunction(chart, { secrets: [credentials(chart), legacy] });
    const expected = structuredClone(DEPLOYMENT) as any;
    expected.spec.template.spec.imagePullSecrets = [{ name: 'registry' }, { name: 'legacy' }];
    expect(manifestOf(made.resource)).toEqual(expected);
  });

  test('of both kinds stand side by side', () => {
    const chart = newChart();
    const spec = podSpecOf(newFunction(chart, { secrets: [credentials(chart), declare(chart, 'db', 'a')] }));
    expect(spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
    expect(spec.volumes).toHaveLength(1);
  });

  test('whose keys are not known are mounted whole', () => {
    const chart = newChart();
    expect(sourcesOf(newFunction(chart, { secrets: [Secret.fromSecretName(chart, 'I', 'imported')] }))).toEqual([{ secret: { name: 'imported' } }]);
  });

  test('may get keys later, which are files too', () => {
    const chart = newChart();
    const db = declare(chart, 'db', 'a');
    const made = newFunction(chart, { secrets: [db] });
    db.addData('b', value);
    expect(sourcesOf(made)).toEqual([{ secret: { name: 'db', items: [{ key: 'a', path: 'a' }, { key: 'b', path: 'b' }] } }]);
  });

  test('can be shared by two functions', () => {
    const chart = newChart();
    const shared = declare(chart, 'shared', 'a');
    const one = newFunction(chart, { secrets: [shared] });
    const other = new SecretBackedFunction(chart, 'G', { name: 'other', image: 'g', secrets: [shared, declare(chart, 'own', 'b')] });
    expect([sourcesOf(one).length, sourcesOf(other).length]).toEqual([1, 2]);
    expect(findings(chart)).toEqual([]);
  });

  test('restart it when a value changes, unless it is told not to', () => {
    const checksum = (text: string, rollout?: SecretRollout) => {
      const chart = newChart();
      const db = new Secret(chart, 'Db', { data: { a: SensitiveValue.fromLiteral(text) } });
      return manifestOf(newFunction(chart, { secrets: [db], rollout }).resource).spec.template.metadata.annotations['checksum/secret'];
    };
    expect(checksum('1')).toBe(checksum('1'));
    expect(checksum('2')).not.toBe(checksum('1'));
    expect(checksum('1', SecretRollout.none())).toBeUndefined();
  });
});

describe('fails', () => {
  test('for a name of more than 45 characters with secrets, or of more than 63 without', () => {
    const chart = newChart();
    const make = (id: string, length: number, secrets: ISecret[] = []) => () =>
      new SecretBackedFunction(chart, id, { name: 'f'.repeat(length), image: 'f', secrets });
    const db = declare(chart, 'db', 'a');
    expect(make('A', 45, [db])).not.toThrow();
    expect(make('B', 63)).not.toThrow();
    expect(make('C', 63, [credentials(chart)])).not.toThrow();
    expect(refusal(make('D', 46, [db]))).toEqual({
      code: 'InvalidFunctionName',
      path: 'c/D',
      problem: `"${'f'.repeat(46)}" can be no name of a function: must be no more than 45 characters, so that its volume NAME-projected-secrets has at most 63`,
      next: "use lower-case letters, digits and '-', starting with a letter, at most 45",
    });
    expect(refusal(make('E', 64))).toMatchObject({ code: 'InvalidFunctionName', path: 'c/E' });
  });

  test.each(['Protected_API', '', '1st', 'a.b', '-a', 'a-', 'a\n', undefined])('for the name %j', name => {
    expect(refusal(() => newFunction(newChart(), { name: name as any }))).toMatchObject({ code: 'InvalidFunctionName', path: 'c/F' });
  });

  test('for two secrets with one file name, when it is made or when a key is added', () => {
    const chart = newChart();
    const [a, b] = [declare(chart, 'a', 'password'), declare(chart, 'b', 'password')];
    expect(refusal(() => newFunction(chart, { secrets: [a, b] }))).toEqual({
      code: 'DuplicateFile',
      path: 'c/F',
      problem: 'key "password" of secret "a" and key "password" of secret "b" would both be the file "password" below /var/openfaas/secrets',
      next: 'give one of the keys another name, or leave one of the secrets out',
    });
    const other = newChart();
    const [c, d] = [declare(other, 'c', 'x'), declare(other, 'd', 'y')];
    newFunction(other, { secrets: [c, d] });
    d.addData('x', value);
    expect(codes(other)).toContain('[c/F] DuplicateFile');
  });

  test('for one secret twice', () => {
    const chart = newChart();
    const db = declare(chart, 'db', 'a');
    expect(refusal(() => newFunction(chart, { secrets: [db, db] })).code).toBe('DuplicateFile');
  });

  test('for a secret of another namespace', () => {
    const chart = newChart();
    const db = Secret.fromSecretName(chart, 'Db', 'db', { namespace: 'data' });
    expect(refusal(() => newFunction(chart, { secrets: [db] }))).toMatchObject({
      code: 'NamespaceMismatch', path: 'c/F', problem: expect.stringContaining('the function in namespace "openfaas-fn"'),
    });
  });
});

test('what it is given is copied in', () => {
  const chart = newChart();
  const props = {
    secrets: [declare(chart, 'db', 'a')],
    environment: { a: 'b' } as Record<string, string>,
    labels: { a: 'b' } as Record<string, string>,
    annotations: { a: 'b' } as Record<string, string>,
    limits: { memory: '1Mi' },
    requests: { memory: '1Mi' },
  };
  const made = newFunction(chart, props);
  const before = manifestOf(made.resource);
  props.secrets.pop();
  for (const map of [props.environment, props.labels, props.annotations]) map.a = 'changed';
  for (const amounts of [props.limits, props.requests]) amounts.memory = '2Mi';
  expect(manifestOf(made.resource)).toEqual(before);
});
