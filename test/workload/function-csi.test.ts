import { parse } from 'yaml';
import {
  CsiProvider, DockerConfigSecret, FunctionForm, Secret, SecretBackedFunction, SecretDelivery, SensitiveValue, type SecretBackedFunctionProps,
} from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { codes, refusal } from '../support/refusal';

const delivery = SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'shop' }) });
const unread = SensitiveValue.fromFile('no-such-file');
const make = (names: string[], props: Partial<SecretBackedFunctionProps> = {}, chart = newChart('openfaas-fn')) => {
  const secrets = names.map(name => new Secret(chart, name, { metadata: { name }, data: { [`${name}-key`]: unread }, delivery }));
  return new SecretBackedFunction(chart, 'F', { name: 'f', image: 'f', secrets, ...props });
};
const podOf = (fn: SecretBackedFunction) => manifestOf(fn.resource).spec.template.spec;

test('a function finds a secret of the CSI driver where it finds any other', () => {
  const fn = make(['a']);
  expect(podOf(fn).volumes[0]).toEqual({
    name: 'f-projected-secrets', csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'a' } },
  });
  expect(podOf(fn).containers[0].volumeMounts[0]).toEqual({ name: 'f-projected-secrets', mountPath: '/var/openfaas/secrets', readOnly: true });
  expect(codes(fn)).toEqual([]);
});

test('several secrets are one class, and one folder', () => {
  const chart = newChart('openfaas-fn');
  const fn = make(['a', 'b'], {}, chart);
  const name = podOf(fn).volumes[0].csi.volumeAttributes.secretProviderClass;
  const { spec } = chart.toJson().find(({ kind, metadata }: any) => kind === 'SecretProviderClass' && metadata.name === name);
  expect(parse(spec.parameters.objects).map(({ objectName }: any) => objectName)).toEqual(['a-key', 'b-key']);
  expect(codes(chart)).toEqual([]);
});

test('fails in a Function resource, whose pods OpenFaaS makes, and for credentials that pull images', () => {
  expect(refusal(() => make(['a'], { form: FunctionForm.customResource() })).code).toBe('UnsupportedByDelivery');
  const chart = newChart('openfaas-fn');
  const pull = DockerConfigSecret.fromConfigJson(chart, 'Pull', unread, { delivery });
  expect(refusal(() => make([], { secrets: [pull] }, chart)).code).toBe('UnsupportedByDelivery');
});
