import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import * as fc from 'fast-check';
import { Secret, SecretDelivery, SensitiveValue } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { withEnvironment } from '../support/environment';
import { codes, findings, refusal } from '../support/refusal';
import { tempFile, tempFolder } from '../support/temp-folder';

const literal = (text: string) => SensitiveValue.fromLiteral(text);

describe('the object', () => {
  test('is a v1 Secret of type Opaque with its values in base64, sorted by key', () => {
    const secret = new Secret(newChart(), 'Db', {
      metadata: { name: 'db' },
      data: { username: literal('app'), password: SensitiveValue.fromBase64('AP+A') },
    });
    expect(manifestOf(secret)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', namespace: 'web' },
      type: 'Opaque',
      data: { password: 'AP+A', username: 'YXBw' },
    });
    expect(Object.keys(manifestOf(secret).data)).toEqual(['password', 'username']);
  });

  test('has the labels and annotations of its metadata, its type and whether it is immutable', () => {
    const chart = new Chart(new App(), 'c', { labels: { team: 'a' } });
    const secret = new Secret(chart, 'Db', {
      metadata: { name: 'db', namespace: 'data', labels: { app: 'db' }, annotations: { 'example.com/Owner': 'team a' } },
      type: 'example.com/credentials',
      immutable: true,
      data: { a: literal('b') },
    });
    expect(manifestOf(secret)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', namespace: 'data', labels: { team: 'a', app: 'db' }, annotations: { 'example.com/Owner': 'team a' } },
      type: 'example.com/credentials',
      immutable: true,
      data: { a: 'Yg==' },
    });
  });

  test('has no data where there is none', () => {
    expect(manifestOf(new Secret(newChart(), 'Db', { metadata: { name: 'db' } }))).toEqual({
      apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'web' }, type: 'Opaque',
    });
  });

  test('has a name made from the path of the construct where none is given, the same in every app', () => {
    const name = () => new Secret(newChart(), 'Db').name;
    expect(name()).toMatch(/^c-db-c[0-9a-f]+$/);
    expect(name()).toBe(name());
  });

  test('is the default child, and what ApiObject.of finds', () => {
    const secret = new Secret(newChart(), 'Db');
    expect(secret.node.defaultChild).toBe(ApiObject.of(secret));
    expect(secret.node.tryFindChild('Resource')).toBe(ApiObject.of(secret));
  });

  test('can be patched', () => {
    const secret = new Secret(newChart(), 'Db', { data: { a: literal('b') } });
    ApiObject.of(secret).addJsonPatch(JsonPatch.replace('/data/a', 'Yw=='), JsonPatch.add('/metadata/finalizers', ['example.com/f']));
    expect(manifestOf(secret)).toMatchObject({ metadata: { finalizers: ['example.com/f'] }, data: { a: 'Yw==' } });
  });

  test('holds every value verbatim, whatever its keys and the order that they are given in', () => {
    const keys = fc.string({ unit: fc.constantFrom(...'abz09._-A'), minLength: 1, maxLength: 8 }).filter(key => key !== '.' && !key.startsWith('..'));
    fc.assert(fc.property(fc.uniqueArray(fc.tuple(keys, fc.uint8Array()), { selector: ([key]) => key }), entries => {
      const data = entries.map(([key, bytes]) => [key, Buffer.from(bytes).toString('base64')]);
      const manifest = (list: string[][]) => manifestOf(new Secret(newChart(), 'Db', {
        data: Object.fromEntries(list.map(([key, base64]) => [key, SensitiveValue.fromBase64(base64)])),
      }));
      expect(manifest(data).data ?? {}).toEqual(Object.fromEntries(data));
      expect(JSON.stringify(manifest(data))).toBe(JSON.stringify(manifest([...data].reverse())));
    }));
  });
});

describe('what it says of itself', () => {
  test('name, namespace, type, keys and what cdk8s-plus asks of a resource', () => {
    const secret = new Secret(newChart(), 'Db', { metadata: { name: 'db' }, data: { b: literal('1'), a: literal('2') } });
    expect(secret).toMatchObject({
      apiGroup: '',
      apiVersion: 'v1',
      kind: 'Secret',
      resourceType: 'secrets',
      resourceName: 'db',
      name: 'db',
      namespace: 'web',
      secretType: 'Opaque',
      keyNames: ['a', 'b'],
    });
  });

  test('the namespace is not known in a chart without one', () => {
    expect(new Secret(new Chart(new App(), 'c'), 'Db').namespace).toBeUndefined();
  });
});

describe('keys', () => {
  test('a key is a reference to the secret and the name', () => {
    const secret = new Secret(newChart(), 'Db', { data: { a: literal('b') } });
    expect(secret.key('a').secret).toBe(secret);
    expect(secret.key('a').name).toBe('a');
  });

  test('fails for an unknown key at the call, with the one that was probably meant', () => {
    const secret = new Secret(newChart(), 'Db', { metadata: { name: 'db' }, data: { username: literal('a'), password: literal('b') } });
    expect(refusal(() => secret.key('passwrd'))).toEqual({
      code: 'UnknownKey',
      path: 'c/Db',
      problem: 'secret "db" has no key "passwrd"',
      next: 'did you mean "password"? keys: "password", "username"',
    });
  });

  test('keys can be added', () => {
    const secret = new Secret(newChart(), 'Db');
    secret.addData('a', literal('b'));
    expect(secret.key('a').name).toBe('a');
    expect(manifestOf(secret).data).toEqual({ a: 'Yg==' });
  });

  test('fails for a key that is added twice', () => {
    const secret = new Secret(newChart(), 'Db', { data: { a: literal('b') } });
    expect(refusal(() => secret.addData('a', literal('c')))).toEqual({
      code: 'DuplicateKey', path: 'c/Db', problem: 'the key "a" is already declared', next: 'declare each key once',
    });
  });

  test.each(['a b', 'a/b', '', '.', '..', '..x', 'ä', 'k'.repeat(254), 'a\n', '__proto__', 'constructor'])('fails for the key %j', key => {
    expect(refusal(() => new Secret(newChart(), 'Db', { data: { [key]: literal('b') } }))).toMatchObject({ code: 'InvalidKey', path: 'c/Db' });
    expect(refusal(() => new Secret(newChart(), 'Db').addData(key, literal('b')))).toMatchObject({ code: 'InvalidKey', path: 'c/Db' });
  });

  test.each(['tls.crt', '-', '_', 'a..b', '.x', '1', 'k'.repeat(253), 'toString', 'value', 'resolve'])('the key %j is taken', key => {
    expect(manifestOf(new Secret(newChart(), 'Db', { data: { [key]: literal('b'), other: literal('c') } })).data).toEqual({ [key]: 'Yg==', other: 'Yw==' });
  });
});

describe('values', () => {
  test.each([[undefined, 'undefined'], [null, 'no SensitiveValue'], ['text', 'no SensitiveValue'], [Buffer.from('x'), 'no SensitiveValue']])(
    'fails for the value %p, at the call', (value, what) => {
      expect(refusal(() => new Secret(newChart(), 'Db', { data: { password: value as any } }))).toEqual({
        code: 'InvalidValue',
        path: 'c/Db',
        problem: `the value of key "password" is ${what}`,
        next: 'wrap it: SensitiveValue.fromEnvironment, .fromFile, .fromBase64 or .fromLiteral',
      });
    });

  test('values are read when the manifest is made, not before', () => {
    const path = join(tempFolder(), 'later.txt');
    const secret = withEnvironment({ SOME_SECRET: undefined }, () => new Secret(newChart(), 'Db', {
      data: { a: SensitiveValue.fromEnvironment('SOME_SECRET'), b: SensitiveValue.fromFile(path) },
    }));
    expect(codes(secret)).toEqual(['[c/Db] EnvironmentVariableUnset', '[c/Db] FileUnreadable']);
    expect(withEnvironment({ SOME_SECRET: 'x' }, () => codes(secret))).toEqual(['[c/Db] FileUnreadable']);
  });

  test('all that is wrong with all secrets is reported at once, sorted by key, each with path, code, sentence and next step', () => {
    const chart = newChart();
    const file = join(tempFolder(), 'no.txt');
    new Secret(chart, 'A', { data: { z: SensitiveValue.fromEnvironment('UNSET_1'), b: SensitiveValue.fromFile(file), ok: literal('x') } });
    new Secret(chart, 'B', { data: { a: SensitiveValue.fromEnvironment('UNSET_2') } });
    new Secret(chart, 'C', { type: 'kubernetes.io/tls' });
    expect(findings(chart)).toEqual([
      `[c/A] FileUnreadable: key "b": file "${file}" does not exist; check the path; a relative one starts at the working directory "${process.cwd()}"`,
      '[c/A] EnvironmentVariableUnset: key "z": environment variable "UNSET_1" is not set; '
        + 'set it where the manifest is made, or choose a delivery that does not need the value',
      '[c/B] EnvironmentVariableUnset: key "a": environment variable "UNSET_2" is not set; '
        + 'set it where the manifest is made, or choose a delivery that does not need the value',
      '[c/C] MissingKey: a Secret of type "kubernetes.io/tls" needs the key "tls.crt" and the key "tls.key"; add it, or choose another type',
    ]);
  });

  test.each([[1_048_576, 0], [1_048_575, 1], [0, 1_048_576]])('%d and %d bytes fit into one secret: keys do not count', (one, other) => {
    const secret = new Secret(newChart(), 'Db', { data: { ['k'.repeat(253)]: literal('x'.repeat(one)), b: literal('x'.repeat(other)) } });
    expect(findings(secret)).toEqual([]);
  });

  test.each([[1_048_577, 0], [1_048_576, 1], [524_289, 524_288]])('fails for %d and %d bytes, more than 1 MiB', (one, other) => {
    const secret = new Secret(newChart(), 'Db', { data: { a: literal('x'.repeat(one)), b: literal('x'.repeat(other)) } });
    expect(findings(secret)).toEqual([
      '[c/Db] SecretTooLarge: the values have 1048577 bytes together, and one Secret may have 1048576; '
      + 'split it, or keep large files elsewhere and only their credentials here',
    ]);
  });

  test('the size is that of the bytes, not of the characters', () => {
    expect(codes(new Secret(newChart(), 'Db', { data: { a: literal('ä'.repeat(524_289)) } }))).toEqual(['[c/Db] SecretTooLarge']);
  });
});

describe('a failure', () => {
  test('writes no manifest, and leaves what an earlier synth wrote as it was', () => {
    const outdir = tempFolder();
    const synth = (value: string | undefined) => withEnvironment({ SOME_SECRET: value }, () => {
      const app = new App({ outdir });
      for (const id of ['a', 'b']) {
        const chart = new Chart(app, id);
        new Secret(chart, 'First', { data: { a: literal(`${value}`) } });
        new Secret(chart, 'Second', { data: { b: SensitiveValue.fromEnvironment('SOME_SECRET') } });
      }
      app.synth();
    });
    const files = () => Object.fromEntries(readdirSync(outdir).map(name => [name, readFileSync(join(outdir, name), 'utf8')]));
    expect(() => synth(undefined)).toThrow('EnvironmentVariableUnset');
    expect(files()).toEqual({});
    synth('x');
    const written = files();
    expect(Object.keys(written)).toEqual(['a.k8s.yaml', 'b.k8s.yaml']);
    expect(() => synth(undefined)).toThrow('EnvironmentVariableUnset');
    expect(files()).toEqual(written);
  });
});

describe('copies', () => {
  test('the data is copied in', () => {
    const data: Record<string, SensitiveValue> = { a: literal('1') };
    const first = new Secret(newChart(), 'A', { data });
    const second = new Secret(newChart(), 'B', { data });
    data.b = literal('2');
    first.addData('c', literal('3'));
    expect(first.keyNames).toEqual(['a', 'c']);
    expect(second.keyNames).toEqual(['a']);
    expect(Object.keys(data)).toEqual(['a', 'b']);
  });

  test('the metadata is copied in', () => {
    const metadata = { labels: { a: 'b' }, annotations: { c: 'd' } };
    const first = new Secret(newChart(), 'A', { metadata });
    const second = new Secret(newChart(), 'B', { metadata });
    ApiObject.of(first).metadata.addLabel('x', 'y');
    ApiObject.of(first).metadata.addAnnotation('x', 'y');
    metadata.labels.a = 'changed';
    expect(manifestOf(second).metadata).toMatchObject({ labels: { a: 'b' }, annotations: { c: 'd' } });
    expect(metadata).toEqual({ labels: { a: 'changed' }, annotations: { c: 'd' } });
  });

  test('the keys are copied out', () => {
    const secret = new Secret(newChart(), 'A', { data: { a: literal('1') } });
    secret.keyNames!.push('b');
    expect(secret.keyNames).toEqual(['a']);
  });
});

describe('a secret that somebody else makes', () => {
  test('has the namespace of the chart, or the one given', () => {
    expect(Secret.fromSecretName(newChart(), 'Db', 'db').namespace).toBe('web');
    expect(Secret.fromSecretName(newChart(), 'Db', 'db', { namespace: 'data' }).namespace).toBe('data');
  });

  test('makes no object', () => {
    const chart = newChart();
    Secret.fromSecretName(chart, 'Db', 'db');
    expect(chart.toJson()).toEqual([]);
  });

  test('gives any key where its keys are not known', () => {
    const secret = Secret.fromSecretName(newChart(), 'Db', 'db');
    expect(secret.keyNames).toBeUndefined();
    expect(secret.secretType).toBeUndefined();
    expect(secret.key('anything').name).toBe('anything');
    expect(refusal(() => secret.key('a b'))).toMatchObject({ code: 'InvalidKey', path: 'c/Db' });
  });

  test('gives only the keys that are declared, sorted and each once', () => {
    const secret = Secret.fromSecretName(newChart(), 'Db', 'db', { keys: ['b', 'a', 'b'], type: 'Opaque' });
    expect(secret.keyNames).toEqual(['a', 'b']);
    expect(secret.secretType).toBe('Opaque');
    expect(refusal(() => secret.key('c'))).toEqual({
      code: 'UnknownKey', path: 'c/Db', problem: 'secret "db" has no key "c"', next: 'did you mean "a"? keys: "a", "b"',
    });
  });

  test('copies its keys in and out', () => {
    const keys = ['a'];
    const secret = Secret.fromSecretName(newChart(), 'Db', 'db', { keys });
    keys.push('b');
    secret.keyNames!.push('c');
    expect(secret.keyNames).toEqual(['a']);
  });

  test('fails for a name, a namespace or a key that no secret can have', () => {
    expect(refusal(() => Secret.fromSecretName(newChart(), 'Db', 'My_Secret'))).toMatchObject({ code: 'InvalidName', path: 'c/Db' });
    expect(refusal(() => Secret.fromSecretName(newChart(), 'Db', 'db', { namespace: 'a.b' }))).toMatchObject({ code: 'InvalidNamespace', path: 'c/Db' });
    expect(refusal(() => Secret.fromSecretName(newChart(), 'Db', 'db', { keys: ['a b'] }))).toMatchObject({ code: 'InvalidKey', path: 'c/Db' });
  });
});

describe('an env file', () => {
  test('gives a secret its keys and values, with the other properties', () => {
    const secret = Secret.fromEnvFile(newChart(), 'Db', tempFile('B="x"\nA= y\n'), {
      metadata: { name: 'db' }, type: 'example.com/a', immutable: true, delivery: SecretDelivery.manifest(),
    });
    expect(manifestOf(secret)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', namespace: 'web' },
      type: 'example.com/a',
      immutable: true,
      data: { A: Buffer.from(' y').toString('base64'), B: Buffer.from('"x"').toString('base64') },
    });
  });

  test('must be there when the secret is declared, unless its keys are declared', () => {
    const path = join(tempFolder(), 'db.env');
    expect(refusal(() => Secret.fromEnvFile(newChart(), 'Db', path))).toMatchObject({ code: 'FileUnreadable', path: 'c/Db' });
    const secret = Secret.fromEnvFile(newChart(), 'Db', path, { keys: ['A'] });
    expect(secret.key('A').name).toBe('A');
    expect(codes(secret)).toEqual(['[c/Db] FileUnreadable']);
  });

  test('is said to be unreadable once, however many keys it has', () => {
    const path = join(tempFolder(), 'db.env');
    expect(findings(Secret.fromEnvFile(newChart(), 'Db', path, { keys: ['B', 'A'] }))).toEqual([
      `[c/Db] FileUnreadable: keys "A", "B": env file "${path}" does not exist; check the path; a relative one starts at the working directory "${process.cwd()}"`,
    ]);
  });

  test('fails for a line that kubectl refuses, with the path of the construct', () => {
    expect(refusal(() => Secret.fromEnvFile(newChart(), 'Db', tempFile('export A=b')))).toMatchObject({ code: 'InvalidEnvFile', path: 'c/Db' });
  });

  test('fails where it has other keys than were declared', () => {
    const path = tempFile('A=b\nC=d');
    expect(findings(Secret.fromEnvFile(newChart(), 'Db', path, { keys: ['A'] }))).toEqual([
      `[c/Db] KeysChanged: key "A": env file "${path}" has "C", which is not what was declared; make its keys and the declared ones agree`,
    ]);
  });

  test('fails for a key of more than 253 characters', () => {
    expect(refusal(() => Secret.fromEnvFile(newChart(), 'Db', tempFile(`${'A'.repeat(254)}=b`)))).toMatchObject({ code: 'InvalidKey', path: 'c/Db' });
  });
});

describe('a directory', () => {
  test('gives a secret a key for every file, without those that are excluded', () => {
    const path = tempFolder({ '.a': 'x\n', 'b.txt': Buffer.from([0, 255]), 'README md': '' });
    expect(manifestOf(Secret.fromDirectory(newChart(), 'Db', path, { exclude: ['README md'] })).data).toEqual({ '.a': 'eAo=', 'b.txt': 'AP8=' });
  });

  test('must be there when the secret is declared, unless its keys are declared', () => {
    const path = tempFolder({ a: 'x' });
    const declared = Secret.fromDirectory(newChart(), 'Db', path, { keys: ['a'] });
    rmSync(path, { recursive: true });
    expect(refusal(() => Secret.fromDirectory(newChart(), 'Db', path))).toMatchObject({ code: 'FileUnreadable', path: 'c/Db' });
    expect(codes(declared)).toEqual(['[c/Db] FileUnreadable']);
  });

  test('fails for a file that appeared after the declaration', () => {
    const path = tempFolder({ a: 'x', b: 'y' });
    expect(codes(Secret.fromDirectory(newChart(), 'Db', path, { keys: ['a'] }))).toEqual(['[c/Db] KeysChanged']);
  });

  test('fails for what kubectl would skip in silence, with the path of the construct', () => {
    expect(refusal(() => Secret.fromDirectory(newChart(), 'Db', tempFolder({ 'a/b': 'x' })))).toMatchObject({ code: 'InvalidDirectory', path: 'c/Db' });
  });

  test('copies the names that are excluded', () => {
    const exclude = ['b'];
    const secret = Secret.fromDirectory(newChart(), 'Db', tempFolder({ a: 'x', b: 'y' }), { exclude });
    exclude.pop();
    expect(findings(secret)).toEqual([]);
  });
});

describe('keys that the compiler knows', () => {
  test('are references like those of key()', () => {
    const secret = Secret.typed(newChart(), 'Db', { data: { username: literal('a'), password: literal('b') } });
    expect(secret).toBeInstanceOf(Secret);
    expect(Object.keys(secret.keys)).toEqual(['username', 'password']);
    expect(secret.keys.password).toEqual(secret.key('password'));
    expect(Object.isFrozen(secret.keys)).toBe(true);
  });

  test('of a secret that somebody else makes', () => {
    const secret = Secret.typedFromSecretName(newChart(), 'Db', 'db', { keys: ['username'] });
    expect(secret.keys.username).toEqual(secret.key('username'));
    expect(refusal(() => secret.key('usernam')).code).toBe('UnknownKey');
  });
});

test('two apps give the same bytes, and so do two synths of one', () => {
  const app = () => {
    const chart = newChart();
    new Secret(chart, 'A', { data: { b: literal('1'), a: literal('2') } });
    Secret.fromEnvFile(chart, 'B', tempFile('X=1\nA=2'));
    return App.of(chart);
  };
  const one = app();
  const text = one.synthYaml();
  expect(one.synthYaml()).toBe(text);
  expect(app().synthYaml()).toBe(text);
});
