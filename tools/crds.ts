import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/** A schema as a CustomResourceDefinition has it, as far as it is read here. */
interface OpenApiSchema {
  readonly 'type'?: string;
  readonly 'format'?: string;
  readonly 'properties'?: Readonly<Record<string, OpenApiSchema>>;
  readonly 'items'?: OpenApiSchema;
  readonly 'additionalProperties'?: OpenApiSchema | boolean;
  readonly 'required'?: readonly string[];
  readonly 'enum'?: readonly unknown[];
  readonly 'allOf'?: readonly OpenApiSchema[];
  readonly 'default'?: unknown;
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string; readonly message?: string }[];
  readonly [keyword: string]: unknown;
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: OpenApiSchema };
    }[];
  };
}

/** The projects whose resources are read, each with the folder of its definitions and the version that they are of. */
const PROJECTS: readonly (readonly [folder: string, title: string])[] = [
  ['cert-manager', 'cert-manager 1.21'],
  ['external-secrets', 'External Secrets 2.9'],
  ['infisical', "Infisical's operator 0.11"],
  ['onepassword-operator', "1Password's operator 1.12"],
  ['sealed-secrets', 'Sealed Secrets 0.36'],
  ['secrets-store-csi-driver', 'the Secrets Store CSI driver 1.6'],
  ['secrets-store-sync-controller', 'the Secrets Store Sync controller 0.0.4'],
];

/** Nobody writes these, or they make no Secret. */
const LEFT_OUT: ReadonlySet<string> = new Set(['Issuer', 'ClusterIssuer', 'GeneratorState', 'SecretProviderClassPodStatus']);

const OUTPUT = resolve(__dirname, '../src/crd/schemas.ts');

/** Keywords that say nothing of what is refused. */
const IGNORED: ReadonlySet<string> = new Set(['description', 'example', 'default', 'x-kubernetes-map-type', 'x-kubernetes-list-type', 'title']);
const BOUNDS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minimum', 'maximum'] as const;
const RENAMED: Readonly<Record<string, string>> = {
  'x-kubernetes-preserve-unknown-fields': 'open', 'x-kubernetes-int-or-string': 'intOrString', 'x-kubernetes-list-map-keys': 'mapKeys',
};
/** What is not read by its name below. */
const COPIED: ReadonlySet<string> = new Set([...BOUNDS, 'type', 'format', 'pattern', 'enum', 'nullable', ...Object.keys(RENAMED)]);

/** The distinct schemas of all definitions: what is the same stands once. */
class Nodes {
  public readonly texts: string[] = [];
  readonly #ids = new Map<string, number>();

  /** The number of a schema. Fields that the server fills in are not required. */
  public add(schema: OpenApiSchema, path: string): number {
    const node: Record<string, unknown> = {};
    const note = (name: string, value: unknown) => { node[name] = value; };
    for (const [keyword, value] of Object.entries(schema)) {
      if (COPIED.has(keyword)) {
        note(RENAMED[keyword] ?? keyword, value);
      } else if (keyword === 'properties') {
        const fields = Object.entries(schema.properties!).filter(([name]) => path !== '' || name !== 'status');
        // what all objects have is read as for any other object
        note('fields', Object.fromEntries(fields.map(([name, field]) => [name, path === '' && name === 'metadata'
          ? this.add({ 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true }, name) : this.add(field, `${path}.${name}`)])));
      } else if (keyword === 'required') {
        const required = schema.required!.filter(name => schema.properties?.[name]?.default === undefined);
        if (required.length > 0) note('required', required);
      } else if (keyword === 'items') {
        note('items', this.add(schema.items!, `${path}[]`));
      } else if (keyword === 'additionalProperties') {
        if (typeof schema.additionalProperties === 'object') note('values', this.add(schema.additionalProperties, `${path}{}`));
        else note('open', true);
      } else if (keyword === 'x-kubernetes-validations') {
        note('rules', schema[keyword]!.map(({ rule, message }) => [rule.replace(/\s+/g, ' ').trim(), message ?? '']));
      } else if (keyword === 'allOf') {
        note('enum', schema.allOf![0].enum);
      } else if (keyword === 'anyOf') {
        if (schema['x-kubernetes-int-or-string'] !== true) throw new Error(`${path}: what is anyOf?`);
      } else if (!IGNORED.has(keyword)) {
        throw new Error(`${path}: the keyword ${keyword} is not known`);
      }
    }
    const text = JSON.stringify(node);
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    this.#ids.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

const quoted = (text: string) => `'${text.replace(/[\\']/g, character => `\\${character}`)}'`;

/** The text of src/crd/schemas.ts. */
export function renderSchemas(projects: readonly { readonly title: string; readonly definitions: readonly Definition[] }[]): string {
  const nodes = new Nodes();
  const kinds = projects.flatMap(({ title, definitions }) => definitions.map(({ spec: { group, scope, names: { kind }, versions } }) => {
    const served = versions.map(version => `${version.name}: ${version.served ? nodes.add(version.schema.openAPIV3Schema, '') : 'undefined'}`);
    return `  ${quoted(`${group}/${kind}`)}: { of: ${quoted(title)}, namespaced: ${scope === 'Namespaced'}, versions: { ${served.join(', ')} } },`;
  }));
  return `// Made by tools/crds.ts of the definitions of the custom resources that make Secrets. Do not edit.
import type { CustomKind } from './custom-kind';

/** The kinds by group and name, each with the versions that it has, and the number of their schemas; undefined is a version that is no longer served. */
export const KINDS: Readonly<Record<string, CustomKind>> = {
${kinds.join('\n')}
};

/** The schemas, as JSON: each is read when it is first met. */
export const NODES: readonly string[] = [
${nodes.texts.map(text => `  ${quoted(text)},`).join('\n')}
];
`;
}

/** The definitions of a project: every YAML file of its folder. */
export function readDefinitions(folder: string): Definition[] {
  return readdirSync(folder).filter(file => file.endsWith('.yaml')).sort().map(file => parse(readFileSync(join(folder, file), 'utf8')) as Definition)
    .filter(({ spec: { names: { kind } } }) => !LEFT_OUT.has(kind));
}

if (require.main === module) {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error(`name the folder that holds ${PROJECTS.map(([name]) => name).join(', ')}`);
  writeFileSync(OUTPUT, renderSchemas(PROJECTS.map(([name, title]) => ({ title, definitions: readDefinitions(join(folder, name)) }))));
}
