import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questionsOf, readReleases, renderSchema } from '../../tools/schema';

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
    e: { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1' },
  };
  expect(fieldsOfSecret(release(28, secret(properties)))).toEqual([
    "a: 'map[string]bytes',", "b: '[]int64',", "c: 'bool',", "d: 'quantity',", "e: 'any',",
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

test('a version between two others that is missing, and none at all, stop it', () => {
  expect(() => renderSchema([release(28), release(30)], {})).toThrow('there is no file kubernetes-1.29.json');
  expect(() => renderSchema([], {})).toThrow('there is no file kubernetes-1.NN.json');
});

test('the newest version asks for what came, what went, and what may still be dropped', () => {
  const before = release(98, secret({ kind: string, gone: string, gated: string, other: string }));
  const newest = release(99, { ...secret({ kind: string, gated: string, other: { type: 'boolean' }, late: string, alpha: string, more: { $ref: '#/definitions/x.More' } }), 'x.More': { properties: { within: string } } });
  expect(questionsOf([before, newest], { 'Secret.gated': 98, 'Secret.alpha': 99 })).toEqual([
    'new in 1.99: is there a gate, and is it off? then name the field in tools/schema-gates.ts, with 99', '  Secret.late', '  Secret.more',
    'gone in 1.99: does a rule read it?', '  Secret.gone',
    'of another type in 1.99: the table has the new one for every version', '  Secret.other: string, bool',
    'dropped by 1.98: is the gate still off in 1.99? then it is 99 in tools/schema-gates.ts', '  Secret.gated',
    '1.99 is not in src/kubernetes/versions.ts yet',
  ]);
});

/** The OpenAPI documents are not in the repository: CONTRIBUTING.md says where they come from. */
const FOLDER = process.env.KUBERNETES_OPENAPI;
(FOLDER === undefined ? test.skip : test)(
  `the committed table is what the OpenAPI documents make${FOLDER === undefined ? ' (skipped: KUBERNETES_OPENAPI names no folder of them)' : ''}`, () => {
    expect(renderSchema(readReleases(FOLDER!))).toBe(readFileSync(join(__dirname, '../../src/schema/types.ts'), 'utf8'));
  });
