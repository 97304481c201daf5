import { Inspection } from '../../src/app/inspection';
import { brief, WARNING } from '../inspect/pairs';

const annotated = (annotation: string, reason: string) => Inspection.fromManifests([
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', annotations: { [annotation]: reason } }, data: { a: 'YQ==' } },
]);

test.each([
  ['of a code that there is not', 'acknowledge.cdk8s-secrets/InvalidKy', 'renamed next week', [['UnknownCode', WARNING, 'metadata.annotations[acknowledge.cdk8s-secrets/InvalidKy]']]],
  ['without a reason', 'acknowledge.cdk8s-secrets/InvalidKey', ' ', [['UnknownCode', WARNING, 'metadata.annotations[acknowledge.cdk8s-secrets/InvalidKey]']]],
  ['of a code that there is, with a reason', 'acknowledge.cdk8s-secrets/InvalidKey', 'renamed next week', []],
  ['of somebody else', 'acknowledge.example.com/InvalidKy', 'x', []],
])('an annotation %s', (_, annotation, reason, found) => {
  expect(brief(annotated(annotation, reason))).toEqual(found);
});

test('a code that there is not is told with the one that was meant', () => {
  const [{ message, next }] = annotated('acknowledge.cdk8s-secrets/InvalidKy', 'x').findings;
  expect(message).toBe('there is no code "InvalidKy"');
  expect(next).toContain('"InvalidKey"');
});
