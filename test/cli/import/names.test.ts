import * as fc from 'fast-check';
import { camelCase, Names, pascalCase, upperCase } from '../../../src/cli/import/names';

test.each([
  ['db', 'db', 'Db', 'DB'],
  ['api-server.v2', 'apiServerV2', 'ApiServerV2', 'API_SERVER_V2'],
  ['tls.crt', 'tlsCrt', 'TlsCrt', 'TLS_CRT'],
  ['.dockerconfigjson', 'dockerconfigjson', 'Dockerconfigjson', 'DOCKERCONFIGJSON'],
  ['2048-game', '_2048Game', '_2048Game', '_2048_GAME'],
  ['DB_PASSWORD', 'dbPassword', 'DbPassword', 'DB_PASSWORD'],
  ['fooBar', 'fooBar', 'FooBar', 'FOO_BAR'],
  ['', '_', '_', '_'],
  ['${X}', 'x', 'X', 'X'],
])('%s is %s, %s and %s', (text, camel, pascal, upper) => {
  expect([camelCase(text), pascalCase(text), upperCase(text)]).toEqual([camel, pascal, upper]);
});

test('they are names of TypeScript and of environment variables', () => {
  fc.assert(fc.property(fc.string(), text => {
    expect(camelCase(text)).toMatch(/^[A-Za-z_]\w*$/);
    expect(pascalCase(text)).toMatch(/^[A-Za-z_]\w*$/);
    expect(upperCase(text)).toMatch(/^[A-Z_][A-Z0-9_]*$/);
  }));
});

test('each is given once: the first wish that is free, else the last one with a number', () => {
  const names = new Names(['taken']);
  expect([names.give('a'), names.give('a', 'b'), names.give('a', 'b'), names.give('b2'), names.give('a', 'b'), names.give('taken')]).toEqual(['a', 'b', 'b2', 'b22', 'b3', 'taken2']);
});

test.each(['class', 'await', 'app', 'process', 'environment'])('no variable is called %s', word => {
  expect(Names.ofVariables().give(word)).toBe(`${word}2`);
});

test.each(['constructor', 'toString', '__proto__'])('no construct has the id %s, which constructs takes for one that is there', id => {
  expect(Names.ofConstructs().give(id)).toBe(`${id}2`);
});

test.each(['PATH', 'HOME', 'KUBECONFIG'])('no value is read from %s, which is set already', variable => {
  expect(Names.ofEnvironment().give(variable)).toBe(`${variable}2`);
});
