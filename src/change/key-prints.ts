import { createHmac, randomBytes } from 'node:crypto';
import { areSame, inOrder } from '../inspect/decode/stored';
import type { KnownSecret } from '../inspect/model/known-secrets';
import type { Manifest } from '../inspect/model/manifest';
import { list, record, text } from '../inspect/model/untyped';

/** What is known of the value of a key. */
export enum PrintKind {
  /** The value itself. */
  VALUE = 'value',
  /** What it is encrypted to: another text may be the same value. */
  CIPHERTEXT = 'ciphertext',
  /** Where an operator finds it, or a template that it makes it by. */
  REFERENCE = 'reference',
  /** What an operator makes it of: all that its resource says. */
  RESOURCE = 'resource',
}

/** What tells one value of a key from another: never the value. */
export interface KeyPrint {
  readonly kind: PrintKind;
  readonly print: string;
  /** How people name where the value is. */
  readonly reference?: string;
  /** The ciphertext, which is no secret. */
  readonly ciphertext?: string;
}

/** A key of its own for every process, so that a print is good for nothing but to compare it with another one. */
const KEY = randomBytes(32);

function printOf(value: Buffer | string): string {
  return createHmac('sha256', KEY).update(value).digest('base64');
}

/** What tells the values of a secret's keys apart. */
export function keyPrints(secret: KnownSecret): ReadonlyMap<string, KeyPrint> {
  const { manifest } = secret;
  const prints = new Map<string, KeyPrint>();
  if (manifest === undefined) return prints;
  const special = SPECIAL[`${manifest.apiVersion.split('/')[0]}/${manifest.kind}`];
  const resource = { kind: PrintKind.RESOURCE, print: printOf(JSON.stringify(inOrder(manifest.raw.spec ?? null))) };
  for (const key of secret.keys ?? []) {
    const value = secret.contents?.keys.has(key) === true ? secret.contents.bytes(key) : undefined;
    prints.set(key, value !== undefined ? { kind: PrintKind.VALUE, print: printOf(value) } : special?.(key, manifest) ?? resource);
  }
  return prints;
}

/** Whether a value is surely the same, where two prints can say so. */
export function isSamePrint(a: KeyPrint, b: KeyPrint): boolean {
  return a.kind === b.kind && a.print === b.print;
}

const SPECIAL: Readonly<Record<string, (key: string, manifest: Manifest) => KeyPrint | undefined>> = {
  'v1/Secret': (key, { raw }) => ciphertext(record(raw.stringData)[key] ?? record(raw.data)[key]),
  'bitnami.com/SealedSecret': (key, { raw }) => {
    const spec = record(raw.spec);
    return ciphertext(record(spec.encryptedData)[key]) ?? templated(record(record(spec.template).data)[key]);
  },
  'isindir.github.com/SopsSecret': (key, { raw }) => {
    const templates = list(record(raw.spec).secretTemplates).map(record);
    return templates.map(({ data, stringData }) => ciphertext(record(stringData)[key] ?? record(data)[key])).find(print => print !== undefined);
  },
  'external-secrets.io/ExternalSecret': (key, { raw }) => external(key, record(raw.spec)),
  'external-secrets.io/ClusterExternalSecret': (key, { raw }) => external(key, record(record(raw.spec).externalSecretSpec)),
};

function ciphertext(value: unknown): KeyPrint | undefined {
  return typeof value !== 'string' ? undefined : { kind: PrintKind.CIPHERTEXT, print: printOf(value), ciphertext: value };
}

function templated(template: unknown): KeyPrint | undefined {
  return typeof template !== 'string' ? undefined : { kind: PrintKind.REFERENCE, print: printOf(template), reference: 'a template' };
}

/** What the definition of the resource has for fields that are not there. */
const REMOTE_DEFAULTS = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None', nullBytePolicy: 'Ignore' };

function external(key: string, spec: Record<string, unknown>): KeyPrint | undefined {
  const template = record(record(record(spec.target).template).data)[key];
  const templates = [template, record(record(spec.target).template).templateFrom];
  const entry = list(spec.data).map(record).find(({ secretKey }) => secretKey === key);
  const { remoteRef, sourceRef } = record(entry);
  const ref = record(remoteRef);
  const store = record(sourceRef).storeRef ?? spec.secretStoreRef;
  const sources = entry === undefined ? [spec.dataFrom, template === undefined ? undefined : spec.data] : [{ ...REMOTE_DEFAULTS, ...ref }, sourceRef];
  const { key: remote, property, version } = ref;
  const reference = template !== undefined ? 'a template' : entry === undefined ? undefined
    : `${text(remote)}${text(property) === '' ? '' : `#${text(property)}`}${text(version) === '' ? '' : ` (version ${text(version)})`} in ${text(record(store).name) || 'a generator'}`;
  const print = printOf(JSON.stringify(inOrder([storeOf(store), sources, templates].map(part => part ?? null))));
  return { kind: PrintKind.REFERENCE, print, ...reference === undefined ? {} : { reference } };
}

function storeOf(store: unknown): unknown {
  return { kind: 'SecretStore', ...record(store) };
}

/** Fields of resources of which the keys of a secret speak already. */
const OF_KEYS: ReadonlySet<string> = new Set([
  'spec.data', 'spec.encryptedData', 'spec.template.data', 'spec.template.type', 'spec.template.immutable', 'spec.template.metadata', 'spec.target.immutable',
  'spec.secretTemplates',
]);

/** Fields that are taken apart. */
const NESTED: ReadonlySet<string> = new Set(['spec', 'spec.template', 'spec.target', 'spec.externalSecretSpec', 'spec.destination']);

/** The fields of a custom resource that differ, beyond what the keys of its secret say. */
export function changedFields(before: Manifest, after: Manifest): string[] {
  if (before.kind !== after.kind || before.kind === 'Secret') return [];
  const fields: string[] = [];
  const compare = (path: string, a: unknown, b: unknown) => {
    if (OF_KEYS.has(path) || areSame(inOrder(a ?? null), inOrder(b ?? null))) return;
    if (!NESTED.has(path)) {
      fields.push(path);
      return;
    }
    const [old, fresh] = [record(a), record(b)];
    for (const name of [...new Set([...Object.keys(old), ...Object.keys(fresh)])].sort()) compare(`${path}.${name}`, old[name], fresh[name]);
  };
  compare('spec', before.raw.spec, after.raw.spec);
  return fields;
}
