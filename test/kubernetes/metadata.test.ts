import { annotationKeyProblem, labelKeyProblem, labelValueProblem, nameProblem, namespaceProblem } from '../../src/kubernetes/metadata';
import { dns1123Label } from '../../src/kubernetes/names';

const show = (text: string) => `<${text}>`;

test('what is valid has no problem', () => {
  expect([
    nameProblem('a.b', 'name of a Secret', show), namespaceProblem('a', show), labelKeyProblem('a.io/b', show), labelValueProblem('k', 'V', show), annotationKeyProblem('A.io/b', show),
  ]).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('a problem is one sentence that shows the text as it may be shown', () => {
  expect([
    nameProblem('a_b', 'name of a Secret', show), nameProblem('a.b', 'name of a volume', show, dns1123Label, 'rename it'), namespaceProblem('a.b', show),
    labelKeyProblem('A.io/b', show), labelValueProblem('k', 'a b', show), annotationKeyProblem('a b', show),
  ].map(problem => [problem?.code, problem?.message])).toEqual([
    ['InvalidName', "<a_b> can be no name of a Secret: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"],
    ['InvalidName', '<a.b> can be no name of a volume: must not contain dots'],
    ['InvalidNamespace', '<a.b> can be no namespace: must not contain dots'],
    ['InvalidLabel', expect.stringMatching(/^<A\.io\/b> can be no key of a label: prefix part a lowercase RFC 1123 subdomain /)],
    ['InvalidLabel', expect.stringMatching(/^the label <k> cannot have this value: a valid label must be /)],
    ['InvalidLabel', expect.stringMatching(/^<a b> can be no key of an annotation: name part must consist of /)],
  ]);
  expect(nameProblem('a.b', 'name of a volume', show, dns1123Label, 'rename it')?.next).toBe('rename it');
});
