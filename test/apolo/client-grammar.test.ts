import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ApoloContext } from '../../src/apolo/apolo-context';
import { ApoloEnv, type ApoloEnvOptions } from '../../src/apolo/apolo-env';
import { ApoloSecretUri } from '../../src/apolo/apolo-secret-uri';
import { ApoloVolume, ApoloVolumeKind } from '../../src/apolo/apolo-volume';
import { envFileEntries } from '../../src/apolo/env-lines';
import { normalizePath, quotePath, requotePath, unquotePath } from '../../src/apolo/uri-text';
import { Errors } from '../../src/report/errors';

const CONTEXT: ApoloContext = { cluster: 'default', org: 'myorg', project: 'myproj' };
const WITHOUT_ORG: ApoloContext = { cluster: 'default', project: 'myproj' };

/** What a volume is read as, or the client's sentence. */
function volume(text: string, context = CONTEXT): unknown {
  try {
    const { kind, uri, containerPath, readOnly } = ApoloVolume.parse(text, context);
    return kind === ApoloVolumeKind.SECRET ? [uri, containerPath] : { kind, uri, containerPath, readOnly };
  } catch (error) {
    return problemOf(error);
  }
}

function env(entries: string[], context = CONTEXT, options: ApoloEnvOptions = {}): unknown {
  try {
    const { plain, secrets } = ApoloEnv.parse(entries, context, options);
    return [plain, Object.fromEntries(Object.entries(secrets).map(([name, uri]) => [name, uri.toString()]))];
  } catch (error) {
    return problemOf(error);
  }
}

function problemOf(error: unknown): string {
  if (Errors.codeOf(error) !== 'InvalidApoloReference') throw error;
  return (error as { problem: { message: string } }).problem.message;
}

describe('the recorded run of the client', () => {
  const sections = readFileSync(join(__dirname, 'fixtures/apolo-client-parser.txt'), 'utf8').split(/^## /m).slice(1);
  const rows = (title: string) => sections.find(section => section.startsWith(title))!.split('\n').slice(1).filter(row => row.includes(' => '))
    .map(row => row.split(' => ') as [input: string, output: string]);
  /** The texts in a Python value, in order. */
  const texts = (python: string) => [...python.matchAll(/'([^']*)'/g)].map(match => match[1]);
  /** The client's sentence, or undefined. */
  const sentence = (output: string) => /^ValueError: (.*)$/.exec(output)?.[1];

  const volumes = [
    ...rows('volume, org').map(row => [...row, CONTEXT] as const),
    ...rows('volume, no org').map(row => [...row, WITHOUT_ORG] as const),
  ];

  test.each(volumes)('volume %s is %s', (input, output, context) => {
    const text = input.slice(1, -1);
    if (text === 'secret::/mnt/k') {
      // The one departure: a key that is empty names the whole project, which no platform mounts.
      expect(volume(text, context)).toBe("the key is empty in 'secret:'");
    } else if (sentence(output) !== undefined) {
      expect(volume(text, context)).toBe(sentence(output));
    } else if (text.startsWith('storage:')) {
      const [uri, containerPath] = texts(output)[0].split(' -> ');
      expect(volume(text, context)).toEqual({ kind: 'storage', uri, containerPath, readOnly: text.endsWith(':ro') });
    } else {
      expect(volume(text, context)).toEqual(texts(output));
    }
  });

  const entries = rows('env').filter(([input]) => input.startsWith('['));

  test.each(entries)('env %s is %s', (input, output) => {
    const given = texts(input);
    if (given[0] === 'A=secret:') {
      expect(env(given)).toBe("the key is empty in 'secret:'");
    } else if (sentence(output) !== undefined) {
      expect(env(given)).toBe(sentence(output));
    } else {
      const [plain, secrets] = /^\((\{.*\}), (\{.*\})\)$/.exec(output)!.slice(1).map(part => pairs(texts(part)));
      expect(env(given)).toEqual([plain, secrets]);
    }
  });

  function pairs(list: string[]): Record<string, string> {
    return Object.fromEntries(Array.from({ length: list.length / 2 }, (_, i) => [list[2 * i], list[2 * i + 1]]));
  }
});

/** The acceptance rows of the client, by number; those of the platform are in platform.test.ts. */
describe('acceptance', () => {
  const INVALID = (text: string) => `Invalid secret file specification '${text}'`;
  const FRAGMENT = "Fragment part is not allowed in secret URI. Use '%23' to quote '#' in path.";
  const QUERY = "Query part is not allowed in secret URI. Use '%3F' to quote '?' in path.";

  const volumeRows: [row: number, text: string, expected: unknown, context?: ApoloContext][] = [
    [1, 'secret:secret-password:/var/secrets/secret-password.txt', ['secret://default/myorg/myproj/secret-password', '/var/secrets/secret-password.txt']],
    [3, 'secret:/alice/key:/mnt/k', ['secret://default/myorg/alice/key', '/mnt/k']],
    [4, 'secret:///alice/key:/mnt/k', ['secret://default/myorg/alice/key', '/mnt/k']],
    [5, 'secret://default/alice/secret-password:/p', ['secret://default/alice/secret-password', '/p']],
    [6, 'secret:key:/m', ['secret://default/myproj/key', '/m'], WITHOUT_ORG],
    [6, 'secret:/alice/key:/m', ['secret://default/alice/key', '/m'], WITHOUT_ORG],
    [7, 'secret:first:/var/secrets/first', ['secret://default/myorg/myproj/first', '/var/secrets/first']],
    [7, 'secret:second:/var/secrets/second', ['secret://default/myorg/myproj/second', '/var/secrets/second']],
    [7, 'secret:third:/var/secrets/third', ['secret://default/myorg/myproj/third', '/var/secrets/third']],
    [8, 'secret://cluster/user/secret1:/secret/location3', ['secret://cluster/user/secret1', '/secret/location3']],
    [8, 'storage://cluster/user/a:/b:ro', { kind: 'storage', uri: 'storage://cluster/user/a', containerPath: '/b', readOnly: true }],
    [8, 'disk:my-disk:/data:rw', { kind: 'disk', uri: 'disk://default/myorg/myproj/my-disk', containerPath: '/data', readOnly: false }],
    [11, 'secret:key', INVALID('secret:key')],
    [11, 'secret:', INVALID('secret:')],
    [12, 'secret:key:/mnt/k:ro', INVALID('secret:key:/mnt/k:ro')],
    [12, 'secret:key:/mnt/k:rw', INVALID('secret:key:/mnt/k:rw')],
    [12, 'secret://cluster/project/secret:/var/secret:ro', INVALID('secret://cluster/project/secret:/var/secret:ro')],
    [13, 'secret:a:b:/mnt/k', INVALID('secret:a:b:/mnt/k')],
    [13, 'secret://cluster/project/sec:ret:/l', INVALID('secret://cluster/project/sec:ret:/l')],
    [13, 'secret://c/p/secret:/secret/loca:tion', INVALID('secret://c/p/secret:/secret/loca:tion')],
    [13, 'secret:key:C:/x', INVALID('secret:key:C:/x')],
    [14, 'secret:key#:/mnt/k', FRAGMENT],
    [14, 'secret:key#fragment:/mnt/k', FRAGMENT],
    [15, 'secret:key?x=1:/mnt/k', QUERY],
    [15, 'secret:key?:/mnt/k', QUERY],
    [16, 'secret://user@cluster/p/s:/l', 'User is not allowed in secret URI.'],
    [16, 'secret://cluster:1234/p/s:/l', INVALID('secret://cluster:1234/p/s:/l')],
    [17, 'secret:~bob/key:/mnt/k', 'Cannot expand user for secret:~bob/key'],
    [18, 'SECRET:key:/mnt/k', "Invalid scheme 'secret:' (only 'storage:' is allowed)"],
    [19, 'dissk://f1/f2/f3:/f1:rw', "Invalid scheme 'dissk:' (only 'storage:' is allowed)"],
    [20, 'secret:123:/mnt/k', ['secret://default/myorg/myproj/123', '/mnt/k']],
    [25, 'secret:key:relative', ['secret://default/myorg/myproj/key', 'relative']],
    [25, 'secret:key:', ['secret://default/myorg/myproj/key', '']],
    [25, 'secret:KEY:/mnt/../etc/x', ['secret://default/myorg/myproj/KEY', '/mnt/../etc/x']],
  ];

  test.each(volumeRows.map(([row, text, expected, context = CONTEXT]) => ({ row, text, expected, context })))(
    'row $row: $text',
    ({ text, expected, context }) => {
      expect(volume(text, context)).toEqual(expected);
    },
  );

  test('row 9: quoted characters of a key are decoded', () => {
    const { secret } = ApoloVolume.parse('secret://cluster/user/secret%23%252d%3a%3f%40%C3%9F:/secret', CONTEXT);
    expect(secret).toMatchObject({ cluster: 'cluster', projectPath: 'user', key: 'secret#%2d:?@ß' });
  });

  const inOrg: ApoloContext = { cluster: 'c', org: 'org', project: 'p' };

  const envRows: [row: number, entries: string[], expected: unknown, context?: ApoloContext][] = [
    [2, ['mypass=secret:secret-password'], [{}, { mypass: 'secret://default/myorg/myproj/secret-password' }]],
    [10, ['1=secret:value1', '2=value2', '3=secret:/otherproject/value3', '4=value4', '5=secret://othercluster/otherproject/value5'], [
      { 2: 'value2', 4: 'value4' },
      { 1: 'secret://c/org/p/value1', 3: 'secret://c/org/otherproject/value3', 5: 'secret://othercluster/otherproject/value5' },
    ], inOrg],
    [18, ['A=SECRET:k'], [{ A: 'SECRET:k' }, {}]],
    [21, ['A=secret:k', 'A=plain'], [{ A: 'plain' }, {}]],
    [21, ['A=plain', 'A=secret:k'], [{}, { A: 'secret://default/myorg/myproj/k' }]],
  ];

  test.each(envRows.map(([row, entries, expected, context = CONTEXT]) => ({ row, entries, expected, context })))(
    'row $row: env $entries',
    ({ entries, expected, context }) => {
      expect(env(entries, context)).toEqual(expected);
    },
  );

  describe('env files', () => {
    let folder: string;
    const file = (name: string, text: string | Buffer) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'env-'));
    });

    afterEach(() => rmSync(folder, { recursive: true }));

    test('row 22: a later file wins over an earlier one, and an entry over both', () => {
      const envFiles = [file('1', 'A=secret:k1\n'), file('2', 'A=secret:k2\n')];
      expect(env([], CONTEXT, { envFiles: envFiles.slice(0, 1) })).toEqual([{}, { A: 'secret://default/myorg/myproj/k1' }]);
      expect(env([], CONTEXT, { envFiles })).toEqual([{}, { A: 'secret://default/myorg/myproj/k2' }]);
      expect(env(['A=override'], CONTEXT, { envFiles })).toEqual([{ A: 'override' }, {}]);
    });

    test('row 23: comments are lines of their own', () => {
      const envFiles = [file('1', 'ENV_VAR_1=value1\n#ENV_VAR_2=value2\nENV_VAR_3=#value3#')];
      expect(env([], CONTEXT, { envFiles })).toEqual([{ ENV_VAR_1: 'value1', ENV_VAR_3: '#value3#' }, {}]);
    });

    test('nothing else has a meaning: quotes, export, spaces at the end', () => {
      const envFiles = [file('1', '\ufeffexport E=1\n  A="quoted"\r\n\n \t# c\nB=a # b \nC\nD=')];
      expect(env([], CONTEXT, { envFiles })).toEqual([{ 'export E': '1', 'A': '"quoted"', 'B': 'a # b ', 'C': '', 'D': '' }, {}]);
    });

    test.each([
      ['a fragment', 'secret:c4n4ry#x', "Fragment part is not allowed in secret URI. Use '%23' to quote '#' in path."],
      ['a home folder', 'secret:~c4n4ry', 'Cannot expand user for secret:…'],
      ['a cluster that is none', 'secret://c4n4ry[/k', "the cluster has characters that no host has in 'secret:…'"],
      ['no key', 'secret:c4n4ry/', "the key is empty in 'secret:…'"],
    ])('fails on %s with file and line, and does not show what stands there', (_, value, reason) => {
      const path = file('env', `# comment\n\nA=x\nB=${value}\n`);
      expect(env([], CONTEXT, { envFiles: [path] })).toBe(`${JSON.stringify(path)} line 4: ${reason}`);
      expect(env(['B=overridden'], CONTEXT, { envFiles: [path] })).toEqual([{ A: 'x', B: 'overridden' }, {}]);
    });

    test('fails on a file that is missing or no UTF-8, and shows nothing of what is in it', () => {
      expect(() => env([], CONTEXT, { envFiles: [join(folder, 'none')] })).toThrow(expect.objectContaining({ code: 'FileUnreadable' }));
      const bad = file('bad', Buffer.concat([Buffer.from('A=c4n4ry'), Buffer.from([0xff])]));
      expect(env([], CONTEXT, { envFiles: [bad] })).toBe(`the env file ${JSON.stringify(bad)} is no UTF-8`);
    });
  });

  test('a name alone takes the value of the machine, which may be a secret', () => {
    const host: Record<string, string> = { A: 'x', B: 'secret:k' };
    const plain: Record<string, unknown> = { A: 'x', C: '', valueOf: '' };
    expect(env(['A', 'B', 'C', 'valueOf'], CONTEXT, { host })).toEqual([plain, { B: 'secret://default/myorg/myproj/k' }]);
  });
});

describe('what the client says of ports and passwords in variables, where no path follows', () => {
  test.each([
    ['secret://u:p@c/p/k', 'User is not allowed in secret URI.'],
    ['secret://:p@c/p/k', 'Password is not allowed in secret URI'],
    ['secret://c:80/p/k', 'Port is not allowed in secret URI'],
    ['secret://c[/p/k', "the cluster has characters that no host has in 'secret://c[/p/k'"],
    ['secret://c', "the key is empty in 'secret://c'"],
    ['secret:/', "the key is empty in 'secret:/'"],
    ['secret:k/', "the key is empty in 'secret:k/'"],
  ])('%s', (text, expected) => {
    expect(env([`A=${text}`])).toBe(expected);
  });

  test('an empty port is none', () => {
    expect(ApoloSecretUri.parse('secret://C:/p/k', CONTEXT).toString()).toBe('secret://c/p/k');
  });
});

test.each([
  ['storage:a:/b:xx', "Wrong ReadWrite/ReadOnly mode spec for 'storage:a:/b:xx'"],
  ['disk:a', "Invalid disk volume specification 'disk:a'"],
  ['storage:a:/b:c:d', "Invalid volume specification 'storage:a:/b:c:d'"],
  ['a/b:c:/d', 'URI Scheme not specified. Please specify one of storage.'],
])('volume %s: %s', (text, expected) => {
  expect(volume(text)).toBe(expected);
});

test.each([
  ['storage::/b', 'storage://default/myorg/myproj'],
  ['storage:a/..:/b', 'storage://default/myorg/myproj/'],
  ['storage:a/./b/../c:/b', 'storage://default/myorg/myproj/a/c'],
  ['storage://c/a/.:/b', 'storage://c/a/'],
  ['disk:/other/d:/b', 'disk://default/myorg/other/d'],
])('the URI of the volume %s is %s', (text, uri) => {
  expect(ApoloVolume.parse(text, CONTEXT).uri).toBe(uri);
});

test.each([
  ['secret:k:/m', 'secret://default/myorg/myproj/k:/m'],
  ['storage:a:/b:ro', 'storage://default/myorg/myproj/a:/b:ro'],
  ['disk:a:/b', 'disk://default/myorg/myproj/a:/b'],
])('the volume %s in full is %s', (text, full) => {
  expect(ApoloVolume.parse(text, CONTEXT).toString()).toBe(full);
  expect(ApoloVolume.parse(full, { cluster: 'x', project: 'y' }).toString()).toBe(full);
});

const path = fc.string({ unit: fc.constantFrom(...'aZ0-._~%2Fé日 +@:;=!*\\"'.split(''), '%2F', '%C3%9F', '..', '/'), maxLength: 20 });

test('quoting and unquoting give the text back, and requoting settles at once', () => {
  fc.assert(fc.property(path, text => {
    expect(unquotePath(quotePath(text))).toBe(text);
    expect(requotePath(requotePath(text))).toBe(requotePath(text));
    expect(normalizePath(normalizePath(text))).toBe(normalizePath(text));
  }), { numRuns: 2000 });
});

test('a full URI is read as itself, wherever the client stands', () => {
  const key = fc.string({ unit: fc.constantFrom(...'aZ0-._%é #?+'.split('')), minLength: 1 }).filter(text => !['.', '..'].includes(text));
  fc.assert(fc.property(key, text => {
    const uri = ApoloSecretUri.parse(`secret:${quotePath(text).replace(/^~/, '')}`, CONTEXT);
    expect(uri).toMatchObject({ cluster: 'default', projectPath: 'myorg/myproj', key: text });
    expect(ApoloSecretUri.parse(uri.toString(), WITHOUT_ORG)).toMatchObject({ cluster: 'default', projectPath: 'myorg/myproj', key: text });
  }), { numRuns: 1000 });
});

test('an env file has as many entries as lines that say something', () => {
  const line = fc.string({ unit: fc.constantFrom(...'A=# \t"'.split('')) });
  fc.assert(fc.property(fc.array(line), lines => {
    expect(envFileEntries(lines.join('\n'), 'env').map(entry => entry.text)).toEqual(lines.map(text => text.trimStart()).filter(text => text !== '' && !text.startsWith('#')));
  }));
});
