import { Inspection } from '../../../src/app/inspection';
import { LastPlaces } from '../../../src/inspect/read/last-places';
import { readManifestStream } from '../../../src/inspect/read/manifest-stream';
import { KubernetesVersion } from '../../../src/kubernetes/versions';
import { Errors } from '../../../src/report/errors';

const values = (text: string) => readManifestStream(text).map(({ manifest }) => manifest);
const lineOf = (text: string, document: number, ...path: (string | number)[]) => readManifestStream(text)[document].locate!(path)!.line;

describe('documents', () => {
  test("stand between lines that begin with '---'", () => {
    expect(values('a: 1\n---\nb: 2\n--- # three\nc: 3')).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
  });

  test('without content are left out', () => {
    expect(values('---\n# Source: chart/templates/a.yaml\n---\na: 1\n---\n---\n')).toEqual([{ a: 1 }]);
  });

  test('end nowhere inside of a text', () => {
    expect(values('a: |\n  ---\n  b\nc: "x\n  ---\n  y"\n')).toEqual([{ a: '---\nb\n', c: 'x --- y' }]);
  });

  test('may end their lines as Windows does, and begin with a byte order mark', () => {
    expect(values('\ufeffa: |\r\n  x\r\n  y\r\n---\r\n\ufeffb: 1\r\n')).toEqual([{ a: 'x\ny\n' }, { b: 1 }]);
  });

  test.each([
    ['one after the other', '{"a": 1}\n{"b": 2} {"c": 3}\n'], ['with separators', '{"a": 1}\n---\n{"b": 2}\n---\n{"c": 3}\n'], ['and YAML behind one of them', '{"a": 1}\nb: 2\n---\n{c: 3}\n'],
  ])('may be JSON objects, %s', (_, text) => {
    expect(values(text)).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
  });

  test('begin with the separator that has nothing before it', () => {
    expect(values('---\n...\n---\na: 1\n')).toEqual([{ a: 1 }]);
  });

  test('may be YAML that begins with a brace', () => {
    expect(values('{a: yes}')).toEqual([{ a: true }]);
  });
});

describe('lines', () => {
  const text = [
    '# first', 'kind: A', 'spec:', '  list:', '    - name: x', '      value: |', '        text', '    - {name: y, value: z}', '---', '', 'kind: B', '"quoted": 1', '---', '{"kind": "C",', ' "spec": {', '  "a": [1,', '   2]}}',
  ].join('\n');

  test.each([
    [0, [], 2], [0, ['spec'], 3], [0, ['spec', 'list', 0, 'value'], 6], [0, ['spec', 'list', 1], 8], [0, ['spec', 'list', 1, 'value'], 8],
    [1, [], 11], [1, ['quoted'], 12], [2, [], 14], [2, ['spec', 'a', 1], 17],
  ])('of document %d, field %j', (document, path, line) => {
    expect(lineOf(text, document, ...path)).toBe(line);
  });

  test.each([
    [0, ['metadata', 'name'], 2], [0, ['spec', 'list', 0, 'valueFrom', 'key'], 5], [0, ['spec', 'list', 9], 4],
  ])('of document %d, field %j, which there is not, are those of what is above it', (document, path, line) => {
    expect(lineOf(text, document, ...path)).toBe(line);
  });

  test('of an aliased field are those of the anchor, and of a merged one those of its own place', () => {
    const aliased = 'a: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n  e: 2\n';

    expect(lineOf(aliased, 0, 'c')).toBe(3);
    expect(lineOf(aliased, 0, 'c', 'b')).toBe(2);
    expect(lineOf(aliased, 0, 'd', 'b')).toBe(2);
    expect(lineOf(aliased, 0, 'd', 'e')).toBe(6);
  });

  test('have their file, whichever of several was asked for last', () => {
    const places = new LastPlaces();
    const [a] = readManifestStream('\na: 1', { file: 'a.yaml', places });
    const [b] = readManifestStream('b: 1', { file: 'b.yaml', places });

    expect([a.locate!(['a']), b.locate!(['b']), a.locate!(['a'])]).toEqual([
      { file: 'a.yaml', line: 2, column: 1 }, { file: 'b.yaml', line: 1, column: 1 }, { file: 'a.yaml', line: 2, column: 1 },
    ]);
  });
});

describe('fields that stand twice', () => {
  test('are noted with their paths', () => {
    const [{ duplicateFields, manifest }] = readManifestStream('a:\n  - b: 1\n    b: 2\n    5: x\n    "5": z\nyes: 1\n"true": 2\n');

    expect(duplicateFields).toEqual([['a', 0, 'b'], ['a', 0, '5'], ['true']]);
    expect(manifest).toEqual({ a: [{ b: 2, 5: 'z' }], true: 2 });
  });

  test('are none where one of them was merged', () => {
    const [{ duplicateFields }] = readManifestStream('x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n');

    expect(duplicateFields).toEqual([]);
  });
});

test('says after every document how far it is', () => {
  const read: number[] = [];
  readManifestStream('a: 1\n---\nb: 2\n', { onProgress: characters => read.push(characters) });

  expect(read).toEqual([5, 10]);
});

describe('fails with file and line, and quotes nothing, when', () => {
  const CANARY = 'S3cretC4nary';

  function refusal(text: string): Error & { problem: { message: string } } {
    try {
      readManifestStream(text, { file: 'app.yaml' });
    } catch (error) {
      expect(Errors.codeOf(error)).toBe('UnreadableManifest');
      return error as Error & { problem: { message: string } };
    }
    throw new Error('nothing was refused');
  }

  test.each([
    ['a bracket is not closed', `a: 1\nb: [${CANARY}\nc: 2\n`, 3],
    ['a quote is not closed', `a: 1\nb: "${CANARY}\n`, 3],
    ['a tab indents', `a:\n\t${CANARY}: 1\n`, 2],
    ['the indentation is wrong', `a:\n    b: 1\n  ${CANARY}: 2\n`, 3],
    ['a colon stands in a text', `a: ${CANARY}: ${CANARY}\n`, 1],
    ['an escape is none', `a: "${CANARY}\\q"\n`, 1],
    ['an alias names no anchor', `a: 1\nb: *${CANARY}\n`, 2],
    ['an anchor contains itself', `${CANARY}: &${CANARY} [*${CANARY}]\n`, 1],
    ['a tag does not fit', `a: !!int ${CANARY}\n`, 1],
    ['a !!binary is no base64', `a: !!binary "${CANARY}?"\n`, 1],
    ['a number is infinite', 'a: 1\nb: .inf\n', 2],
    ['a key is a list', `? [${CANARY}]\n: 1\n`, 1],
    ["'<<' merges a text", `a:\n  <<: ${CANARY}\n`, 2],
    ['a control character stands in it', `a: 1\nb: ${CANARY}\x07\n`, 2],
    ["something stands behind '---'", `a: 1\n---\nb: 1\n--- ${CANARY}\n`, 4],
    ["something stands behind '...'", `a: 1\n...\n${CANARY}: 1\n`, 3],
    ['the second document is broken', `a: 1\n---\n\nb: [${CANARY}`, 4],
    ['JSON is broken', `{"a": 1,\n "b": "${CANARY}" "c"}\n`, 2],
    ['a template was not rendered', `a: 1\nb: {{ .Values.${CANARY} }}\n`, 2],
    ['it is another language', `import { ${CANARY} } from '${CANARY}';\n\nfoo(${CANARY}: "x" + {\n`, 3],
    ["a '---' stands behind JSON objects that have none between them", `{"a": 1}\n{"b": "${CANARY}"}\n---\n{"c": 3}\n`, 3],
    ['a text stands behind a list', `a: 1\n---\n[1] ${CANARY}\n`, 3],
    ['a key is null', `a: 1\n~: ${CANARY}\n`, 2],
    ['a tag has a handle that nothing explains', `a: !x!y ${CANARY}\n`, 1],
    ['a text in brackets has several lines', `a: [\n  |\n  ${CANARY}\n`, 2],
    ['an escape has too few digits', `a: "${CANARY}\\u12"\n`, 1],
    ["something stands behind a '|'", `a: |${CANARY}\n`, 1],
    ['a name of an anchor has other characters', `a: &${CANARY}. 1\n`, 1],
    ['a directive is none', `%${CANARY}\na: 1\n`, 1],
  ])('%s', (_, text, line) => {
    const error = refusal(text);

    expect(error.problem.message).toMatch(new RegExp(`^"app\\.yaml", line ${line}: `));
    expect(`${error.message}${error.stack}`).not.toContain(CANARY);
  });

  test('a template was not rendered, and says what to do', () => {
    expect(refusal('a: {{ .Values.a }}').message).toMatch(/render templates first/);
  });
});

describe('a text that begins with a brace and is no JSON to its end', () => {
  const CONFIG_MAP = 'apiVersion: v1, kind: ConfigMap, metadata: {name: a}';
  const JSON_MAP = '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "b"}}';
  const found = (text: string, version: KubernetesVersion) => Inspection.fromYaml(text, { versions: [version] }).findings
    .map(({ code, location }) => [code, location!.line]);

  test.each([
    [`{${CONFIG_MAP}}\n`, [['YamlTakenForJson', 1]]], [`${JSON_MAP}\n---\n{${CONFIG_MAP}}\n---\n${JSON_MAP.replace('"b"', '"c"')}\n`, [['YamlTakenForJson', 3]]],
    [`---\n{${CONFIG_MAP}}\n`, []], [`${JSON_MAP}\n`, []], [`# c\n{${CONFIG_MAP}}\n`, []],
  ])('%j is refused by kubectl before 1.33', (text, expected) => {
    expect(found(text, KubernetesVersion.V1_32)).toEqual(expected);
    expect(found(text, KubernetesVersion.V1_33)).toEqual([]);
  });
});
