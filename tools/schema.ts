import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { DROPPED_UNTIL } from './schema-gates';
import { minorOf, NEWEST_VERSION } from '../src/kubernetes/versions';

/** A definition or a property of an OpenAPI document, as far as it is read here. */
interface Definition {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly items?: Definition;
  readonly additionalProperties?: Definition;
  readonly properties?: Readonly<Record<string, Definition>>;
}

/** The definitions of one minor version. */
export interface Release {
  readonly minor: number;
  readonly definitions: Readonly<Record<string, Definition>>;
}

/** Whatever these objects are made of is in the table. */
const ROOTS = [
  'core.v1.Secret', 'core.v1.ConfigMap', 'core.v1.ServiceAccount', 'core.v1.Pod', 'core.v1.PodTemplate', 'core.v1.ReplicationController',
  'apps.v1.Deployment', 'apps.v1.ReplicaSet', 'apps.v1.StatefulSet', 'apps.v1.DaemonSet', 'batch.v1.Job', 'batch.v1.CronJob',
].map(name => `io.k8s.api.${name}`);

const SCALARS: Readonly<Record<string, string>> = { Quantity: 'quantity', Time: 'time', MicroTime: 'time', IntOrString: 'intOrString', FieldsV1: 'any' };
const FORMATS: Readonly<Record<string, string>> = { byte: 'bytes', int32: 'int32', int64: 'int64' };
const OUTPUT = resolve(__dirname, '../src/schema/types.ts');
const shortName = (definition: string) => definition.slice(definition.lastIndexOf('.') + 1);
const typeOf = (field: string) => field.slice(0, field.indexOf('.'));
const target = ($ref: string) => $ref.slice('#/definitions/'.length);

/** What a property holds, in the notation of the table. */
function notationOf(property: Definition): string {
  if (property.$ref !== undefined) return SCALARS[shortName(property.$ref)] ?? shortName(property.$ref);
  switch (property.type) {
    case 'array': return `[]${notationOf(property.items!)}`;
    case 'object': return property.additionalProperties === undefined ? 'any' : `map[string]${notationOf(property.additionalProperties)}`;
    case 'boolean': return 'bool';
    case 'integer': return FORMATS[property.format ?? 'int32'];
    default: return FORMATS[property.format ?? ''] ?? 'string';
  }
}

/** The definition that a property leads to, if any. */
function referenceOf(property: Definition): string | undefined {
  if (property.$ref !== undefined) return SCALARS[shortName(property.$ref)] === undefined ? target(property.$ref) : undefined;
  const inner = property.items ?? property.additionalProperties;
  return inner === undefined ? undefined : referenceOf(inner);
}

/** The fields of every type that the roots are made of, in one version: `Type.field` and its notation. */
function fieldsOf({ definitions }: Release): Map<string, string> {
  const fields = new Map<string, string>();
  const names = new Map<string, string>();
  const open = [...ROOTS];
  for (const definition of open) {
    const name = shortName(definition);
    if (names.get(name) === definition) continue;
    if (names.has(name)) throw new Error(`two types are named ${name}: ${names.get(name)} and ${definition}`);
    names.set(name, definition);
    if (definitions[definition] === undefined) throw new Error(`there is no definition of ${definition}`);
    for (const [field, property] of Object.entries(definitions[definition].properties ?? {})) {
      fields.set(`${name}.${field}`, notationOf(property));
      const next = referenceOf(property);
      if (next !== undefined) open.push(next);
    }
  }
  return fields;
}

/** The text of src/schema/types.ts. */
export function renderSchema(releases: readonly Release[], droppedUntil: Readonly<Record<string, number>> = DROPPED_UNTIL): string {
  if (releases.length === 0) throw new Error('there is no file kubernetes-1.NN.json');
  const oldest = releases[0].minor;
  const newest = releases[releases.length - 1].minor;
  releases.forEach(({ minor }, index) => {
    if (minor !== oldest + index) throw new Error(`there is no file kubernetes-1.${oldest + index}.json`);
  });
  const known = new Map<string, { notation: string; since: number; until: number }>();
  for (const release of releases) {
    for (const [field, notation] of fieldsOf(release)) {
      const before = known.get(field);
      // a type that is reached later than it was made says nothing of its fields
      known.set(field, { notation, since: before?.since ?? release.minor, until: release.minor });
    }
  }
  const firstOf = new Map<string, number>();
  const lastOf = new Map<string, number>();
  for (const [field, { since, until }] of known) {
    const type = typeOf(field);
    firstOf.set(type, Math.min(firstOf.get(type) ?? since, since));
    lastOf.set(type, Math.max(lastOf.get(type) ?? until, until));
  }
  for (const field of Object.keys(droppedUntil)) if (!known.has(field)) throw new Error(`there is no field ${field}`);
  const types = new Map<string, string[]>();
  for (const [field, { notation, since, until }] of [...known].sort(([a], [b]) => a < b ? -1 : 1)) {
    const [type, name] = field.split('.');
    // the version that brings or takes a type says so where the type is used
    const words = [notation];
    if (since > Math.max(oldest, firstOf.get(type)!)) words.push(`since 1.${since}`);
    if (until < Math.min(newest, lastOf.get(type)!)) words.push(`until 1.${until}`);
    if (droppedUntil[field] !== undefined) words.push(`dropped 1.${droppedUntil[field]}`);
    types.set(type, [...types.get(type) ?? [], `    ${name}: '${words.join(' ')}',`]);
  }
  const text = [...types].map(([type, lines]) => `  ${type}: {\n${lines.join('\n')}\n  },`).join('\n');
  return `// Made by tools/schema.ts of the OpenAPI definitions of Kubernetes 1.${oldest} to 1.${newest}. Do not edit.

/**
 * The types of the Kubernetes API by name, each with its fields in Go's notation: \`string\`, \`bool\`, \`int32\`, \`int64\`, \`bytes\`
 * (base64 text), \`quantity\`, \`time\`, \`intOrString\`, \`any\`, the name of another type, \`[]T\` or \`map[string]T\`; then, where not every
 * version has the field, \`since 1.30\` or \`until 1.30\`, and \`dropped 1.34\` where the API server empties it up to that version.
 */
export const TYPES = {
${text}
} as const;
`;
}

/** What the newest release asks of whoever takes it in: a line each. */
export function questionsOf(releases: readonly Release[], droppedUntil: Readonly<Record<string, number>> = DROPPED_UNTIL): string[] {
  const [before, newest] = releases.slice(-2);
  if (newest === undefined) return [];
  const [old, fresh] = [fieldsOf(before), fieldsOf(newest)];
  // of a type that is new, the field that leads to it is asked for
  const knownTypes = new Set([...old.keys()].map(typeOf));
  const version = `1.${newest.minor}`;
  const list = (question: string, fields: readonly string[]) => fields.length === 0 ? [] : [question, ...fields.map(field => `  ${field}`)];
  return [
    ...list(`new in ${version}: is there a gate, and is it off? then name the field in tools/schema-gates.ts, with ${newest.minor}`,
      [...fresh.keys()].filter(field => !old.has(field) && knownTypes.has(typeOf(field)) && droppedUntil[field] === undefined)),
    ...list(`gone in ${version}: does a rule read it?`, [...old.keys()].filter(field => !fresh.has(field))),
    ...list(`of another type in ${version}: the table has the new one for every version`,
      [...fresh].flatMap(([field, notation]) => old.has(field) && old.get(field) !== notation ? [`${field}: ${old.get(field)}, ${notation}`] : [])),
    ...list(`dropped by 1.${before.minor}: is the gate still off in ${version}? then it is ${newest.minor} in tools/schema-gates.ts`,
      Object.keys(droppedUntil).filter(field => droppedUntil[field] === before.minor && fresh.has(field))),
    ...minorOf(NEWEST_VERSION) < newest.minor ? [`${version} is not in src/kubernetes/versions.ts yet`] : [],
  ];
}

/** The releases of a folder of files that are named kubernetes-1.NN.json, oldest first. */
export function readReleases(folder: string): Release[] {
  return readdirSync(folder).flatMap(file => {
    const minor = /^kubernetes-1\.(\d+)\.json$/.exec(file)?.[1];
    return minor === undefined ? [] : [{ minor: Number(minor), definitions: JSON.parse(readFileSync(join(folder, file), 'utf8')).definitions }];
  }).sort((a, b) => a.minor - b.minor);
}

if (require.main === module) {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('name the folder of the files kubernetes-1.NN.json');
  const releases = readReleases(folder);
  writeFileSync(OUTPUT, renderSchema(releases));
  for (const line of [`wrote ${relative(process.cwd(), OUTPUT)}`, ...questionsOf(releases)]) console.log(line);
}
