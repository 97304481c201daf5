import { App, Chart } from 'cdk8s';
import { ManifestDelivery } from '../../src/delivery/manifest-delivery';
import type { SecretDeclaration } from '../../src/delivery/secret-declaration';
import type { Problem } from '../../src/errors/problem';

function deliver(values: Record<string, string>, problems: Problem[] = []) {
  let reads = 0;
  const declaration: SecretDeclaration = {
    metadata: { name: 'db', labels: { a: 'b' } },
    type: 'Opaque',
    values: () => new Map(),
    problems: () => problems,
    read: () => {
      reads++;
      return new Map(Object.entries(values).map(([key, text]) => [key, Buffer.from(text)]));
    },
  };
  return { delivered: new ManifestDelivery().deliver(new Chart(new App(), 'c', { namespace: 'web' }), declaration), reads: () => reads };
}

test('makes a v1 Secret with the id Resource', () => {
  const { delivered } = deliver({ a: '1' });
  expect(delivered.object!.node.id).toBe('Resource');
  expect(delivered.object!.toJson()).toEqual({
    apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'web', labels: { a: 'b' } }, type: 'Opaque', data: { a: 'MQ==' },
  });
  expect([delivered.name, delivered.namespace]).toEqual(['db', 'web']);
});

test('emits data and never stringData, and always a type', () => {
  expect(Object.keys(deliver({ a: '1' }).delivered.object!.toJson())).toEqual(['apiVersion', 'kind', 'metadata', 'data', 'type']);
});

test('reads nothing before it is rendered', () => {
  const { delivered, reads } = deliver({ a: '1' });
  expect(reads()).toBe(0);
  delivered.object!.toJson();
  expect(reads()).toBe(1);
});

test('has against it what is wrong with the values', () => {
  const problem: Problem = { code: 'FileUnreadable', message: 'x', next: 'y' };
  expect(deliver({}, [problem]).delivered.validate()).toEqual([problem]);
});

test('a checksum hashes the bytes of a key, and nothing for a key that is not there', () => {
  const { delivered } = deliver({ a: '1' });
  expect(delivered.checksumInput('a')).toEqual(Buffer.from('1'));
  expect(delivered.checksumInput('b')).toBeUndefined();
});
