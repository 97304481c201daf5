import { parseGoTemplate } from '../../../src/inspect/template/go-template';
import { externalSecretsFunction, sealedSecretsFunction } from '../../../src/inspect/template/template-functions';

const parse = (text: string) => parseGoTemplate(text, externalSecretsFunction);

describe('a template is taken', () => {
  test.each([
    'no action', '{{ .a }}', '{{.a}}', '{{- .a -}}', '{{ .a.b.c }}', '{{ $ }}{{ $.a }}', '{{ index . "a-b" | b64enc }}', '{{ `raw` }}', "{{ 'c' }}", '{{ "a\\"b" }}',
    '{{ if .a }}x{{ else if .b }}y{{ else }}z{{ end }}', '{{ range $i, $e := .a }}{{ $i }}{{ break }}{{ else }}{{ end }}', '{{ with .a }}{{ . }}{{ else with .b }}{{ . }}{{ end }}',
    '{{ $x := .a }}{{ $x = "b" }}{{ $x }}', '{{ define "t" }}{{ .x }}{{ end }}{{ template "t" . }}', '{{ block "b" . }}x{{ end }}', '{{/* comment */}}', '{{- /* comment */ -}}',
    '{{ 1.5e3 }}{{ 0x1F }}{{ -1 }}{{ 1_000 }}{{ 1i }}', '{{ (index . "a").b }}', '{{ .a\n| quote }}', '{{ true | not }}', '{{ .a | }}', '{{ range . }}{{ continue }}{{ end }}',
    '{{ pemToPkcs12 .a .b }}', '{{ jwkPublicKeyPem .a }}',
  ])('%j', text => {
    expect(parse(text).error).toBeUndefined();
  });
});

describe('a template is refused', () => {
  test.each<[string, number, string]>([
    ['{{ .a }', 1, 'there is a character that no action can have'],
    ['{{ .a', 1, 'an action is not closed'],
    ['a\nb {{ foo }}', 2, 'there is no function "foo"'],
    ['{{ env "A" }}', 1, 'there is no function "env"'],
    ['{{ .a-b }}', 1, 'the name of a field has a character that no name can have; write index . "…" for such a key'],
    ['{{ $x }}', 1, 'the variable $x is not declared'],
    ['{{ if .a }}', 1, '{{if}} has no {{end}}'],
    ['{{ end }}', 1, 'there is an {{end}} too many'],
    ['{{ else }}', 1, 'there is an {{else}} too many'],
    ['{{ if .a }}{{ else }}{{ else }}{{ end }}', 1, 'there is an {{else}} too many'],
    ['{{ if }}{{ end }}', 1, 'a value is missing in {{if}}'],
    ['{{ }}', 1, 'a value is missing in an action'],
    ['{{ (.a }}', 1, 'a parenthesis is not closed'],
    ['{{ .a) }}', 1, 'a parenthesis is closed that was not opened'],
    ['{{ "a }}', 1, 'a text in quotes is not closed'],
    ['{{ `a }}', 1, 'a text in backquotes is not closed'],
    ["{{ 'ab' }}", 1, "there is not just one character in '; texts stand in double quotes"],
    ['{{ "\\q" }}', 1, 'there is no such escape in quotes'],
    ['{{ .a | "b" }}', 1, 'what stands after | cannot be called'],
    ['{{ break }}', 1, '{{break}} stands outside of {{range}}'],
    ['{{ template "t" }}', 1, 'there is no template "t"'],
    ['{{ nil }}', 1, 'nil is no command'],
    ['{{ 08 }}', 1, 'a number is none'],
    ['{{ /* a */ }}', 1, 'there is a character that no action can have'],
    ['{{ .a := 1 }}', 1, 'something stands where a value is needed'],
    [`${'{{ if .a }}'.repeat(1000)}${'{{ end }}'.repeat(1000)}`, 1, 'it is nested too deep'],
    [`{{ ${'('.repeat(1000)}.a${')'.repeat(1000)} }}`, 1, 'it is nested too deep'],
  ])('%j', (text, line, problem) => {
    expect(parse(text).error).toEqual({ line, problem });
  });
});

describe('a template uses', () => {
  const sure = (key: string) => ({ key, stops: true, conditional: false });
  const perhaps = (key: string) => ({ key, stops: true, conditional: true });
  const empty = (key: string) => ({ key, stops: false, conditional: false });

  test.each<[string, object[]]>([
    ['{{ .a }}{{ .b }}', [sure('a'), sure('b')]],
    ['{{ $.a }}', [sure('a')]],
    ['{{ .a.b }}', [sure('a')]],
    ['{{ index . "a" }}', [empty('a')]],
    ['{{ index $ "a" | b64enc }}', [empty('a')]],
    ['{{ index .a "b" }}', [sure('a')]],
    ['{{ printf "%s:%s" .u .p | b64enc }}', [sure('u'), sure('p')]],
    ['{{ if .a }}{{ .b }}{{ else }}{{ .c }}{{ end }}{{ .d }}', [sure('a'), perhaps('b'), perhaps('c'), sure('d')]],
    ['{{ if hasKey . "a" }}{{ .a }}{{ end }}', []],
    ['{{ with .a }}{{ .b }}{{ $.c }}{{ end }}', [sure('a'), perhaps('c')]],
    ['{{ range $k, $v := . }}{{ $v }}{{ .x }}{{ end }}', []],
    ['{{ define "t" }}{{ .x }}{{ $.y }}{{ end }}{{ template "t" . }}', []],
    ['{{ or .a .b }}', [sure('a'), perhaps('b')]],
    ['{{ (.a | fromJson).b }}', [sure('a')]],
    ['{{ . | toJson }}', []],
    ['{{/* .a */}}', []],
  ])('%j', (text, uses) => {
    expect(parse(text)).toEqual({ uses });
  });
});

test.each<[string, boolean, boolean]>([
  ['b64enc', true, true], ['getHostByName', true, false], ['env', false, false], ['expandenv', false, false], ['toYaml', true, false], ['include', false, false],
])('the function %s is there in External Secrets: %s, in Sealed Secrets: %s', (name, external, sealed) => {
  expect([externalSecretsFunction(name), sealedSecretsFunction(name)]).toEqual([external, sealed]);
});
