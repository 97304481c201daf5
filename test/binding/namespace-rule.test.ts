import { App, Chart } from 'cdk8s';
import { Secret } from '../../src';
import { namespaceProblem } from '../../src/binding/namespace-rule';

const secretIn = (namespace?: string) => Secret.fromSecretName(new Chart(new App(), 'c'), 'S', 'db', { namespace });

test.each([['web', 'web'], [undefined, undefined]])('a pod of namespace %j sees a secret of namespace %j', (pod, secret) => {
  expect(namespaceProblem(secretIn(secret), 'Pod', pod)).toBeUndefined();
});

test.each([
  ['web', 'data', 'secret "db" is in namespace "data", the Pod in namespace "web"'],
  ['web', undefined, 'secret "db" is in no namespace, the Pod in namespace "web"'],
  [undefined, 'data', 'secret "db" is in namespace "data", the Pod in no namespace'],
])('a pod of namespace %j does not see one of namespace %j', (pod, secret, sentence) => {
  expect(namespaceProblem(secretIn(secret), 'Pod', pod)).toEqual({
    code: 'NamespaceMismatch',
    message: `${sentence}; a pod sees the secrets of its own namespace only`,
    next: 'declare the secret in the namespace of the workload, give both charts the same namespace, or bring the secret to both with replicateTo',
  });
});
