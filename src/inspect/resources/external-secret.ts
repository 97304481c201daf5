import { checkKey, checkKeysOfType } from './keys';
import { checkAdopted, checkGenerator, checkStore } from './references';
import type { ResourceRules } from './rules-of-resource';
import { checkTemplate } from './templates';
import { goDuration } from '../../kubernetes/go-duration';
import { BOOTSTRAP_TOKEN, SERVICE_ACCOUNT_NAME_ANNOTATION, SERVICE_ACCOUNT_TOKEN } from '../../kubernetes/secret-types';
import { FieldPath } from '../field-path';
import type { Cluster } from '../model/cluster';
import { fetchedKeys, targetKeys } from '../model/external-keys';
import { generatorReference, type GeneratorSettings, generatorSettings, isWithoutMemory, lifetimeOf } from '../model/generators';
import type { Manifest } from '../model/manifest';
import { isRecord, list, record, text } from '../model/untyped';
import { quote } from '../quote';
import { externalSecretsFunction } from '../template/template-functions';

type Fields = Readonly<Record<string, unknown>>;

/** The rules of what an ExternalSecret says, in itself or in a ClusterExternalSecret that makes it. */
export function externalSecretRules(...fields: readonly string[]): ResourceRules {
  const path = FieldPath.of(['spec', ...fields]);
  const within = (spec: Fields) => fields.reduce<Fields>((at, field) => record(at[field]), spec);
  const isClusterWide = fields.length > 0;
  return {
    validate: (manifest, spec) => isOther(manifest) || validateSpec(within(spec), path, manifest),
    check: (manifest, spec, cluster) => isOther(manifest) || checkSpec(within(spec), path, manifest, cluster, isClusterWide),
  };
}

/** The first version had other fields, and templates with other functions; nobody serves it any more. */
function isOther({ apiVersion }: Manifest): boolean {
  return apiVersion.endsWith('/v1alpha1');
}

/** The rules of the operator's webhook. */
function validateSpec(spec: Fields, path: FieldPath, { findings: out }: Manifest): void {
  const refuse = (at: FieldPath, message: string, next: string) => out.refuse('InvalidExternalSecret', at, message, next);
  const target = record(spec.target);
  const entries = list(spec.data);
  const sources = list(spec.dataFrom);
  checkDuration(spec.refreshInterval, path.child('refreshInterval'), out);
  if (entries.length === 0 && sources.length === 0) refuse(path, 'there is neither data nor dataFrom', 'say what is fetched');
  validatePolicies(target, path.child('target'), refuse);
  sources.forEach((source, index) => validateSource(record(source), path.child('dataFrom').index(index), refuse));
  if ((text(target.deletionPolicy) || 'Retain') === 'Retain') validateUnique(entries, path.child('data'), refuse);
  validateTemplate(record(target.template), target, path.child('target').child('template'), refuse);
}

type Refuse = (at: FieldPath, message: string, next: string) => void;

/** A text that must be a duration of Go: the schema takes any, and the operator cannot read it. */
export function checkDuration(value: unknown, path: FieldPath, out: Manifest['findings']): void {
  if (typeof value !== 'string' || goDuration(value) !== undefined) return;
  out.refuse('InvalidFormat', path, 'the field must be a duration such as 30m, 1h or 1h30m; there is no unit for days', 'write hours: 24h');
}

const SECOND = 1e9;
const HOUR = 3600;

const NEVER_DELETED: readonly string[] = ['Merge', 'CreateOrMerge', 'None'];

function validatePolicies({ creationPolicy, deletionPolicy }: Fields, path: FieldPath, refuse: Refuse): void {
  const creation = text(creationPolicy) || 'Owner';
  const at = path.child('deletionPolicy');
  if (deletionPolicy === 'Delete' && NEVER_DELETED.includes(creation)) {
    refuse(at, `the deletion policy "Delete" cannot go with the creation policy ${quote(creation)}`, 'only a Secret that the ExternalSecret created can be deleted: use the creation policy Owner or Orphan');
  } else if (deletionPolicy === 'Merge' && creation === 'None') {
    refuse(at, 'the deletion policy "Merge" cannot go with the creation policy "None"', 'there is no Secret to take keys out of: use the deletion policy Retain');
  }
}

function validateSource({ extract, find, sourceRef }: Fields, path: FieldPath, refuse: Refuse): void {
  const { generatorRef, storeRef } = record(sourceRef);
  const named = Object.entries({ extract, find, generatorRef }).filter(([, value]) => isRecord(value)).map(([name]) => name);
  if (named.length > 1) refuse(path, `only one of ${named.map(quote).join(', ')} can stand here`, 'write an entry for each');
  else if (named.length === 0 && !isRecord(storeRef)) refuse(path, 'there is nothing to fetch', 'write extract, find or sourceRef.generatorRef');
}

function validateUnique(entries: readonly unknown[], path: FieldPath, refuse: Refuse): void {
  const seen = new Set<string>();
  entries.forEach((entry, index) => {
    const key = text(record(entry).secretKey);
    if (key !== '' && seen.has(key)) refuse(path.index(index).child('secretKey'), `the key ${quote(key)} is fetched twice`, 'leave one of them out');
    seen.add(key);
  });
}

function validateTemplate(template: Fields, target: Fields, path: FieldPath, refuse: Refuse): void {
  const type = text(template.type);
  const namesAccount = Object.hasOwn(record(record(template.metadata).annotations), SERVICE_ACCOUNT_NAME_ANNOTATION);
  if (type === BOOTSTRAP_TOKEN || (type === SERVICE_ACCOUNT_TOKEN && namesAccount)) {
    refuse(path.child('type'), `the External Secrets operator makes no Secrets of the type ${quote(type)}`, 'make it in another way');
  }
  if (target.manifest !== undefined) return;
  list(template.templateFrom).forEach((entry, index) => {
    const place = text(record(entry).target);
    if (place === '' || ['data', 'annotations', 'labels'].includes(place.toLowerCase())) return;
    refuse(path.child('templateFrom').index(index).child('target'), 'a Secret has no such place for a template', 'use Data, Annotations or Labels');
  });
}

/** What the operator cannot do, and what goes otherwise than it reads. */
function checkSpec(spec: Fields, path: FieldPath, manifest: Manifest, cluster: Cluster, isClusterWide: boolean): void {
  checkStores(spec, path, manifest, cluster, isClusterWide);
  checkGenerators(spec, path, manifest, cluster);
  checkKeys(spec, path, manifest, cluster, isClusterWide);
  checkTemplates(spec, path, manifest, cluster, isClusterWide);
  const target = record(spec.target);
  if (target.creationPolicy === 'Merge' && !isClusterWide) checkAdopted(text(target.name) || manifest.name, path.child('target'), manifest, cluster);
}

function checkStores(spec: Fields, path: FieldPath, manifest: Manifest, cluster: Cluster, isClusterWide: boolean): void {
  const hasDefault = text(record(spec.secretStoreRef).name) !== '';
  if (hasDefault) checkStore(spec.secretStoreRef, path.child('secretStoreRef'), manifest, cluster, isClusterWide);
  let withoutStore: FieldPath | undefined;
  for (const field of ['data', 'dataFrom']) {
    list(spec[field]).map(record).forEach((entry, index) => {
      const at = path.child(field).index(index);
      const { storeRef, generatorRef } = record(entry.sourceRef);
      if (isRecord(storeRef)) checkStore(storeRef, at.child('sourceRef').child('storeRef'), manifest, cluster, isClusterWide);
      else if (!isRecord(generatorRef)) withoutStore ??= at;
    });
  }
  if (withoutStore === undefined || hasDefault || isRecord(spec.secretStoreRef)) return;
  manifest.findings.fails('InvalidExternalSecret', withoutStore, 'no store is named to fetch this from', 'add spec.secretStoreRef, or sourceRef.storeRef to the entry');
}

function checkGenerators(spec: Fields, path: FieldPath, manifest: Manifest, cluster: Cluster): void {
  const places = ['data', 'dataFrom'].flatMap(field => list(spec[field]).map((entry, index) => ({
    reference: generatorReference(record(record(entry).sourceRef).generatorRef),
    at: path.child(field).index(index).child('sourceRef').child('generatorRef'),
  })));
  for (const { reference, at } of places) {
    if (reference === undefined) continue;
    checkGenerator(reference, at, manifest, cluster);
    const settings = generatorSettings(reference, manifest.namespace, cluster.resources);
    checkLifetime(spec, settings, reference.name, at, manifest);
    const when = regenerates(spec);
    if (when === undefined || !isWithoutMemory(settings)) continue;
    manifest.findings.surprises('RegeneratedSecret', at, `the ${settings.kind} ${quote(reference.name)} makes a new value ${when}, and whoever was given the old one does not know it`,
      'make it once: refreshPolicy: CreatedOnce with target.immutable: true and target.creationPolicy: Orphan');
  }
}

/** A token that ends before the next one is made. */
function checkLifetime(spec: Fields, settings: GeneratorSettings, name: string, path: FieldPath, { findings: out }: Manifest): void {
  const lifetime = lifetimeOf(settings);
  if (lifetime === undefined) return;
  const isPeriodic = (text(spec.refreshPolicy) || 'Periodic') === 'Periodic';
  const interval = text(spec.refreshInterval) || '1h';
  const nanoseconds = goDuration(interval);
  if (isPeriodic && (nanoseconds === undefined || (nanoseconds > 0 && nanoseconds < lifetime * SECOND))) return;
  const hours = lifetime === HOUR ? 'an hour' : `${lifetime / HOUR} hours`;
  const when = !isPeriodic || nanoseconds === 0 ? 'no other is made' : `the next one is made after ${quote(interval)}`;
  out.surprises('ExpiredToken', path, `what the ${settings.kind} ${quote(name)} makes is good for ${hours}, and ${when}`,
    `write refreshPolicy: Periodic and a refreshInterval below ${lifetime / HOUR}h`);
}

/** When an ExternalSecret asks again, or undefined where what was made once stays. */
function regenerates(spec: Fields): string | undefined {
  if (record(spec.target).immutable === true) return undefined;
  switch (text(spec.refreshPolicy) || 'Periodic') {
    case 'Periodic': {
      const interval = text(spec.refreshInterval) || '1h';
      return goDuration(interval) === 0 ? undefined : `at every refresh (${quote(interval)})`;
    }
    case 'OnChange': return 'whenever a label, an annotation or the spec of the ExternalSecret changes';
    default: return undefined;
  }
}

/** Keys that no Secret can have, and keys that its type needs. */
function checkKeys(spec: Fields, path: FieldPath, { findings: out, namespace }: Manifest, cluster: Cluster, isClusterWide: boolean): void {
  const target = record(spec.target);
  if (target.manifest !== undefined) return;
  list(spec.data).forEach((entry, index) => {
    const key = text(record(entry).secretKey);
    if (key !== '') checkKey(key, path.child('data').index(index).child('secretKey'), out);
  });
  const template = path.child('target').child('template');
  for (const key of Object.keys(record(record(target.template).data))) checkKey(key, template.child('data').key(key), out);
  const { keys, open } = targetKeys(spec, isClusterWide ? '' : namespace, cluster.resources);
  checkKeysOfType(text(record(target.template).type), open ? undefined : keys, template.child('type'), out, 'fetch it, or make it by a template');
}

function checkTemplates(spec: Fields, path: FieldPath, manifest: Manifest, cluster: Cluster, isClusterWide: boolean): void {
  const target = record(spec.target);
  const template = record(target.template);
  const fetched = fetchedKeys(spec, isClusterWide ? '' : manifest.namespace, cluster.resources);
  checkExternalTemplate(template, path.child('target').child('template'), manifest, cluster, fetched.open ? undefined : fetched.keys);
  list(spec.dataFrom).forEach((source, index) => {
    list(record(source).rewrite).forEach((step, place) => {
      const at = path.child('dataFrom').index(index).child('rewrite').index(place).child('transform').child('template');
      checkTemplate(record(record(step).transform).template, at, manifest, { ...EXTERNAL_TEMPLATES, keys: new Set(['value']) });
    });
  });
}

const EXTERNAL_TEMPLATES = { knowsFunction: externalSecretsFunction, operator: 'External Secrets', stopsAtUnknown: true };

/** The template of an ExternalSecret or a PushSecret. */
export function checkExternalTemplate(
  template: Fields, path: FieldPath, manifest: Manifest, cluster: Cluster, keys: ReadonlySet<string> | undefined,
): void {
  const context = { ...EXTERNAL_TEMPLATES, keys };
  for (const [name, value] of Object.entries(record(template.data))) checkTemplate(value, path.child('data').key(name), manifest, context);
  for (const field of ['labels', 'annotations']) {
    for (const [name, value] of Object.entries(record(record(template.metadata)[field]))) {
      checkTemplate(value, path.child('metadata').child(field).key(name), manifest, context);
    }
  }
  list(template.templateFrom).map(record).forEach((from, index) => {
    const at = path.child('templateFrom').index(index);
    checkTemplate(from.literal, at.child('literal'), manifest, context);
    const { name, items } = record(from.configMap);
    const configMap = cluster.configMap(manifest.namespace, text(name));
    if (configMap === undefined) return;
    list(items).map(record).forEach((item, place) => {
      const key = text(item.key);
      const field = at.child('configMap').child('items').index(place).child('key');
      if (!configMap.keys.has(key)) manifest.findings.fails('UnknownKey', field, `the ConfigMap ${quote(text(name))} has no key ${quote(key)}`, 'name one that it has');
      else checkTemplate(configMap.bytes(key)?.toString('utf8'), field, manifest, context);
    });
  });
}
