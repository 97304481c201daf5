import { renderSchema } from '../../tools/schema';

const ROOTS = [
  ...['Secret', 'ConfigMap', 'ServiceAccount', 'Pod', 'PodTemplate', 'ReplicationController'].map(kind => `io.k8s.api.core.v1.${kind}`),
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].map(kind => `io.k8s.api.apps.v1.${kind}`),
  ...['Job', 'CronJob'].map(kind => `io.k8s.api.batch.v1.${kind}`),
];

const release = (minor: number, definitions: object = {}) => ({
  minor,
  definitions: { ...Object.fromEntries(ROOTS.map(name => [name, { properties: { kind: { type: 'string' } } }])), ...definitions },
});
const secret = (properties: object) => ({ 'io.k8s.api.core.v1.Secret': { properties } });
const string = { type: 'string' };

/** What is written of the fields of a Secret. */
function fieldsOfSecret(...releases: Parameters<typeof renderSchema>[0]): string[] {
  const text = renderSchema(releases, {});
  return /\n {2}Secret: \{\n([^]*?)\n {2}\}/.exec(text)![1].split('\n').map(line => line.trim());
}

test('properties are written in the notation of the table', () => {
  const properties = {
    a: { type: 'object', additionalProperties: { type: 'string', format: 'byte' } },
    b: { type: 'array', items: { type: 'integer', format: 'int64' } },
    c: { type: 'boolean' },
    d: { $ref: '#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity' },
    status: { $ref: '#/definitions/io.k8s.api.core.v1.SecretStatus' },
  };
  expect(fieldsOfSecret(release(28, secret(properties)))).toEqual([
    "a: 'map[string]bytes',", "b: '[]int64',", "c: 'bool',", "d: 'quantity',", "status: 'any',",
  ]);
});

test('a field that not every version has says which have it', () => {
  const fields = fieldsOfSecret(
    release(28, secret({ kind: string, gone: string })),
    release(29, secret({ kind: string, brief: string })),
    release(30, secret({ kind: string, late: string })),
  );
  expect(fields).toEqual(["brief: 'string since 1.29 until 1.29',", "gone: 'string until 1.28',", "kind: 'string',", "late: 'string since 1.30',"]);
});

test('a field is dropped up to the version that the gates name', () => {
  expect(renderSchema([release(28), release(29, secret({ kind: string, late: string }))], { 'Secret.late': 29 })).toContain("late: 'string since 1.29 dropped 1.29',");
});

test('a gate of a field that there is not, and a definition that is missing, stop it', () => {
  expect(() => renderSchema([release(28)], { 'Secret.other': 28 })).toThrow('there is no field Secret.other');
  expect(() => renderSchema([{ minor: 28, definitions: {} }], {})).toThrow('there is no definition of io.k8s.api.core.v1.Secret');
});
