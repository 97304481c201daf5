import { Call, Name, type Code, type Value } from './code';
import { keyOf, nameOf, type KnownName } from './known-names';
import { templatePlaces } from '../../inspect/model/template-places';
import { isRecord, list, record, text } from '../../inspect/model/untyped';
import { formatMode } from '../../kubernetes/modes';

type Fields = Record<string, any>;

/** What the Secret of a name is called. */
export type Find = (name: string) => KnownName | undefined;

/** Something that a pod template has of a Secret, and the binding that would say it. */
export interface Bindable {
  /** Takes it out of a manifest, which is one of its own. */
  readonly take: (manifest: Fields) => void;
  readonly bindings: () => Code[];
  /** The names of the Secrets. */
  readonly secrets: readonly string[];
}

/** What of an object can be bound: what stands last in its list, since bindings add at the end. */
export function bindablesOf(manifest: Fields, find: Find): Bindable[] {
  const places = templatePlaces(manifest);
  if (places.length !== 1 || places[0].isTask === true) return [];
  const { spec } = places[0];
  const containers = [...list(spec.containers).map((container, index) => ({ field: 'containers', index, container: record(container) as Fields })),
    ...list(spec.initContainers).map((container, index) => ({ field: 'initContainers', index, container: record(container) as Fields }))];
  const isOnly = list(spec.containers).length === 1;
  const options = ({ field, container }: { field: string; container: Fields }): Fields =>
    isOnly && field === 'containers' ? {} : { containers: new Call('ContainerSelector.named', [text(container.name)]) };
  const specOf = (object: Fields) => templatePlaces(object)[0].spec as Fields;
  const variable = (name: string) => find(name)!.variable;
  const found: Bindable[] = [];
  for (const one of containers) {
    const { container, field, index } = one;
    const env = lastOf(container.env, entry => isEnv(entry) && find(entry.valueFrom.secretKeyRef.name) !== undefined);
    if (env.length > 0) {
      found.push({
        secrets: env.map(({ valueFrom }) => valueFrom.secretKeyRef.name),
        take: object => cut(specOf(object)[field][index], 'env', env.length),
        bindings: () => env.map(({ name, valueFrom: { secretKeyRef: ref } }) => new Call('SecretBinding.env',
          withOptions([name, keyOf(variable(ref.name), ref.key)], { ...options(one), ...optional(ref.optional) }))),
      });
    }
    const envFrom = lastOf(container.envFrom, entry => isEnvFrom(entry) && find(entry.secretRef.name) !== undefined);
    if (envFrom.length > 0) {
      found.push({
        secrets: envFrom.map(({ secretRef }) => secretRef.name),
        take: object => cut(specOf(object)[field][index], 'envFrom', envFrom.length),
        bindings: () => envFrom.map(({ prefix, secretRef: { name, optional: may } }) => new Call('SecretBinding.envFrom',
          withOptions([nameRef(variable(name))], { ...prefix === undefined ? {} : { prefix }, ...options(one), ...optional(may) }))),
      });
    }
  }
  for (const volume of lastOf(spec.volumes, entry => isSecretVolume(entry) && find(entry.secret.secretName) !== undefined)) {
    const mounts = containers.flatMap(one => {
      return list(one.container.volumeMounts).map(record).filter(mount => mount.name === volume.name).map(mount => ({ one, mount }));
    });
    if (mounts.length === 0 || mounts.some(({ mount }) => !isPlainMount(mount))) continue;
    const { secretName, items, defaultMode, optional: may } = volume.secret;
    found.push({
      secrets: [secretName],
      take: object => {
        const pod = specOf(object);
        remove(pod, 'volumes', entry => entry.name === volume.name);
        for (const { one: { field, index } } of mounts) remove(pod[field][index], 'volumeMounts', mount => mount.name === volume.name);
      },
      bindings: () => mounts.map(({ one, mount }) => new Call('SecretBinding.files', [mount.mountPath as string, nameRef(variable(secretName)), {
        ...items === undefined ? {} : itemsOf(items),
        ...defaultMode === undefined ? {} : { mode: formatMode(defaultMode) },
        ...optional(may),
        volumeName: volume.name,
        ...options(one),
      }])),
    });
  }
  const pulls = lastOf(spec.imagePullSecrets, entry => hasFields(entry, ['name']) && typeof entry.name === 'string' && find(entry.name) !== undefined);
  if (pulls.length > 0) {
    found.push({
      secrets: pulls.map(({ name }) => name),
      take: object => cut(specOf(object), 'imagePullSecrets', pulls.length),
      bindings: () => [new Call('SecretBinding.imagePull', pulls.map(({ name }) => nameRef(variable(name))))],
    });
  }
  return found;
}

/** Puts what Secrets are called in the place of their names, wherever pods of an object name them; the names that were found. */
export function referTo(manifest: Fields, find: Find): string[] {
  const found: string[] = [];
  for (const { spec } of templatePlaces(manifest)) {
    for (const { holder, field } of namesIn(spec as Fields)) {
      const name = holder[field];
      if (typeof name !== 'string') continue;
      const known = find(name);
      if (known === undefined) continue;
      found.push(name);
      holder[field] = nameOf(known.variable);
    }
  }
  return found;
}

/** Whether pods of an object name a Secret. */
export function namesSecrets(manifest: Fields): boolean {
  return templatePlaces(manifest).some(({ spec }) => namesIn(spec as Fields).some(({ holder, field }) => typeof holder[field] === 'string'));
}

function namesIn(spec: Fields): { readonly holder: Fields; readonly field: string }[] {
  const containers = ['containers', 'initContainers', 'ephemeralContainers', 'steps', 'sidecars'].flatMap(field => list(spec[field]).filter(isRecord));
  return [
    ...containers.flatMap(container => list(container.env).map(entry => record(record(entry).valueFrom).secretKeyRef)).filter(isRecord).map(holder => ({ holder, field: 'name' })),
    ...containers.flatMap(container => list(container.envFrom).map(entry => record(entry).secretRef)).filter(isRecord).map(holder => ({ holder, field: 'name' })),
    ...list(spec.volumes).map(volume => record(volume).secret).filter(isRecord).map(holder => ({ holder, field: 'secretName' })),
    ...list(spec.volumes).flatMap(volume => list(record(record(volume).projected).sources).map(source => record(source).secret)).filter(isRecord)
      .map(holder => ({ holder, field: 'name' })),
    ...list(spec.imagePullSecrets).filter(isRecord).map(holder => ({ holder, field: 'name' })),
  ];
}

/** Those at the end of a list that are of one kind. */
function lastOf(all: unknown, is: (entry: Fields) => boolean): Fields[] {
  const entries = list(all).map(entry => record(entry) as Fields);
  let first = entries.length;
  while (first > 0 && is(entries[first - 1])) first--;
  return entries.slice(first);
}

function isEnv(entry: Fields): boolean {
  const ref = record(entry.valueFrom).secretKeyRef;
  return hasFields(entry, ['name', 'valueFrom']) && hasFields(entry.valueFrom, ['secretKeyRef']) && isRecord(ref) && hasFields(ref, ['name', 'key', 'optional'])
    && typeof ref.name === 'string' && typeof ref.key === 'string';
}

function isEnvFrom(entry: Fields): boolean {
  return hasFields(entry, ['prefix', 'secretRef']) && isRecord(entry.secretRef) && hasFields(entry.secretRef, ['name', 'optional']) && typeof entry.secretRef.name === 'string';
}

function isSecretVolume(entry: Fields): boolean {
  const { secret } = entry;
  return hasFields(entry, ['name', 'secret']) && isRecord(secret) && hasFields(secret, ['secretName', 'items', 'defaultMode', 'optional'])
    && typeof secret.secretName === 'string' && (secret.defaultMode === undefined || typeof secret.defaultMode === 'number');
}

/** A mount as a binding makes it. */
function isPlainMount(mount: Fields): boolean {
  return hasFields(mount, ['name', 'mountPath', 'readOnly']) && mount.readOnly === true && typeof mount.mountPath === 'string';
}

function hasFields(entry: Readonly<Record<string, unknown>>, fields: readonly string[]): boolean {
  return Object.keys(entry).every(field => fields.includes(field));
}

function itemsOf(items: unknown): { items: Value; modes?: Value } {
  const entries = list(items).map(item => record(item) as Fields);
  const modes = entries.filter(({ mode }) => typeof mode === 'number').map(({ key, mode }) => [key, formatMode(mode)]);
  return {
    items: Object.fromEntries(entries.map(({ key, path }) => [key, path])),
    ...modes.length === 0 ? {} : { modes: Object.fromEntries(modes) },
  };
}

function optional(value: unknown): Fields {
  return value === undefined ? {} : { optional: value };
}

function withOptions(args: readonly Value[], options: Fields): Value[] {
  return Object.keys(options).length === 0 ? [...args] : [...args, options];
}

function nameRef(variable: string): Code {
  return new Name(variable);
}

function cut(holder: Fields, field: string, count: number): void {
  holder[field] = holder[field].slice(0, holder[field].length - count);
  if (holder[field].length === 0) delete holder[field];
}

function remove(holder: Fields, field: string, is: (entry: Fields) => boolean): void {
  if (holder[field] === undefined) return;
  holder[field] = holder[field].filter((entry: Fields) => !is(entry));
  if (holder[field].length === 0) delete holder[field];
}
