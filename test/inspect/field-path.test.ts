import { FieldPath } from '../../src/inspect/field-path';

const SPEC = FieldPath.ROOT.child('spec');

test.each<[FieldPath, string, (string | number)[]]>([
  [FieldPath.ROOT, '', []],
  [SPEC.child('volumes').index(0).child('name'), 'spec.volumes[0].name', ['spec', 'volumes', 0, 'name']],
  [FieldPath.ROOT.child('data').key('tls.crt'), 'data[tls.crt]', ['data', 'tls.crt']],
  [SPEC.childPrintedAs('hostPID', 'HostPID'), 'spec.HostPID', ['spec', 'hostPID']],
  [SPEC.child('downwardAPI').unprinted('items').unprinted(1).child('path'), 'spec.downwardAPI.path', ['spec', 'downwardAPI', 'items', 1, 'path']],
  [SPEC.child('volumes').indexPrintedAs(0, 2).child('name'), 'spec.volumes[2].name', ['spec', 'volumes', 0, 'name']],
  [FieldPath.ROOT.child('template').unprinted('metadata').child('labels'), 'template.labels', ['template', 'metadata', 'labels']],
])('%s is what the API server prints, and leads to the field', (path, printed, segments) => {
  expect([path.toString(), path.segments]).toEqual([printed, segments]);
});

test('a path in a list of which some items are gone prints as it did, and leads to the item as it is written', () => {
  const path = SPEC.child('volumes').index(0).child('name').before(new Map([['spec.volumes', [1]]]));

  expect([path.toString(), path.segments]).toEqual(['spec.volumes[0].name', ['spec', 'volumes', 1, 'name']]);
});
