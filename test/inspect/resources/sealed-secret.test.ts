import { Inspection } from '../../../src/app/inspection';

const sealed = (metadata: object, template: object | undefined = { name: 'db', namespace: 'shop' }) => ({
  apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata, spec: { encryptedData: {}, ...template && { template: { metadata: template } } },
});
const annotated = (scope: string, change: object) => ({ name: 'db', namespace: 'shop', annotations: { [`sealedsecrets.bitnami.com/${scope}`]: 'true' }, ...change });
const found = (manifest: object) => Inspection.fromManifests([manifest]).findings.filter(({ code }) => code === 'SealedForAnotherName')
  .map(({ severity, path }) => [severity, path]);

test.each<[string, object, string[]]>([
  ['renamed', sealed({ name: 'prod-db', namespace: 'shop' }), ['metadata.name']],
  ['moved', sealed({ name: 'db', namespace: 'other' }), ['metadata.namespace']],
  ['renamed and moved', sealed({ name: 'prod-db', namespace: 'other' }), ['metadata.name', 'metadata.namespace']],
  ['namespace-wide, and moved', sealed(annotated('namespace-wide', { namespace: 'other' })), ['metadata.namespace']],
])('warns of a SealedSecret that was %s after it was sealed', (_, manifest, paths) => {
  expect(found(manifest)).toEqual(paths.map(path => ['warning', path]));
});

test.each<[string, object]>([
  ['as it was sealed', sealed({ name: 'db', namespace: 'shop' })],
  ['namespace-wide, and renamed', sealed(annotated('namespace-wide', { name: 'other' }))],
  ['cluster-wide, renamed and moved', sealed(annotated('cluster-wide', { name: 'other', namespace: 'other' }))],
  ['without a namespace: it goes where it is applied', sealed({ name: 'db' })],
  ['without a template', sealed({ name: 'db', namespace: 'shop' }, undefined)],
  ['with a template that names nothing', sealed({ name: 'db', namespace: 'shop' }, {})],
  ['of another group', { ...sealed({ name: 'other' }), apiVersion: 'example.com/v1' }],
])('takes a SealedSecret %s', (_, manifest) => {
  expect(found(manifest)).toEqual([]);
});
