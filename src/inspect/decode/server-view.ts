import { droppedIn, isOfCronJob } from './dropped';
import { fieldsOf, type Field, type FieldType } from './schema';
import { isInRange, type VersionRange } from '../../kubernetes/versions';
import { FieldPath } from '../field-path';
import { Stage } from '../finding';
import type { Draft } from '../findings-of-object';
import { isRecord } from '../model/untyped';

/** An object as some versions of the API server validate it: without the fields that they do not know, and without those that they drop. */
export interface ServerView {
  readonly range: VersionRange;
  readonly object: any;
  /** Where something of a list was dropped: which items are left, by the path of the list. */
  readonly kept: ReadonlyMap<string, readonly number[]>;
}

/** Whether versions may see an object in different ways. What was read as it is has nothing that not all of them know: most objects are so. */
export function mayDiffer(raw: any, decoded: any, struct: string): boolean {
  return decoded !== raw || (struct === 'Job' && decoded.spec !== undefined && hasFailIndex(decoded.spec));
}

/**
 * The views of an object that was decoded, oldest version first. Each holds in other versions, and together they hold in all.
 *
 * @param found what was found when it was decoded: some versions may not be able to read it
 */
export function serverViews(decoded: any, struct: string, found: readonly Draft[]): ServerView[] {
  const starts = new Set<number>([0]);
  for (const { range, stage } of found) if (stage === Stage.DECODING) addChanges(range, starts);
  findChanges(decoded, { kind: 'struct', name: struct }, FieldPath.ROOT, starts);
  const sorted = [...starts].sort((a, b) => a - b);
  return sorted.map((since, index) => {
    const view = new ViewOf(since);
    const object = view.read(decoded, { kind: 'struct', name: struct }, FieldPath.ROOT);
    const range = { ...since === 0 ? {} : { since }, ...index === sorted.length - 1 ? {} : { until: sorted[index + 1] - 1 } };
    return { range, object, kept: view.kept };
  });
}

/** Collects the versions from which on a field that the value has is there, is dropped, or is gone. */
function findChanges(value: unknown, type: FieldType, path: FieldPath, starts: Set<number>): void {
  if (type.kind === 'struct' && type.name === 'JobSpec' && hasFailIndex(value as JobLists) && !isOfCronJob(path)) {
    addChanges({ until: limitPerIndex().droppedUntil }, starts);
  }
  forEachChild(value, type, path, (child, childType, childPath, field, name) => {
    if (field?.range !== undefined) {
      for (const range of [field.range, ...droppedIn(field, name, child, path)]) addChanges(range, starts);
    }
    findChanges(child, childType, childPath, starts);
  });
}

function addChanges({ since, until }: VersionRange, starts: Set<number>): void {
  if (since !== undefined) starts.add(since);
  if (until !== undefined) starts.add(until + 1);
}

type Visit = (child: unknown, type: FieldType, path: FieldPath, field: Field | undefined, name: string) => void;

function forEachChild(value: unknown, type: FieldType, path: FieldPath, visit: Visit): void {
  if (type.kind === 'list' && Array.isArray(value)) {
    value.forEach((item, index) => visit(item, type.of, path.index(index), undefined, ''));
  } else if (type.kind === 'map' && isRecord(value)) {
    for (const key of Object.keys(value)) visit(value[key], type.of, path.key(key), undefined, key);
  } else if (type.kind === 'struct' && isRecord(value)) {
    const fields = fieldsOf(type.name);
    for (const name of Object.keys(value)) {
      const field = fields.get(name);
      if (field !== undefined && value[name] !== undefined) visit(value[name], field.type, path.child(name), field, name);
    }
  }
}

/** What one version makes of a decoded object. */
class ViewOf {
  public readonly kept = new Map<string, readonly number[]>();

  constructor(private readonly minor: number) {}

  public read(value: unknown, type: FieldType, path: FieldPath): any {
    if (type.kind === 'scalar' || typeof value !== 'object' || value === null) return value;
    if (type.kind === 'list') return Array.isArray(value) ? value.map((item, index) => this.read(item, type.of, path.index(index))) : value;
    const read: Record<string, unknown> = {};
    let isDropped = false;
    forEachChild(value, type, path, (child, childType, childPath, field, name) => {
      const state = field === undefined ? FieldState.ON : this.#stateOf(field, name, child, path);
      if (state === FieldState.DROPPED) isDropped = true;
      if (state === FieldState.ON) read[name] = this.read(child, childType, childPath);
      else if (state === FieldState.DROPPED && name in DEFAULTS) read[name] = DEFAULTS[name];
    });
    if (type.kind !== 'struct') return read;
    if (type.name === 'PodSpec') return this.#withoutImages(read, value as PodLists, path);
    if (type.name === 'JobSpec') return this.#withoutFailIndex(read as JobLists, path);
    // hooks go with the last of them; a hook stays where it loses what it does
    return isDropped && type.name === 'Lifecycle' && Object.keys(read).length === 0 ? undefined : read;
  }

  #stateOf(field: Field, name: string, value: unknown, path: FieldPath): FieldState {
    if (field.range === undefined) return FieldState.ON;
    if (!isInRange(this.minor, field.range)) return FieldState.UNKNOWN;
    return droppedIn(field, name, value, path).some(range => isInRange(this.minor, range)) ? FieldState.DROPPED : FieldState.ON;
  }

  /** A volume of an image goes as a whole where it is dropped, another source of it too, and its mounts go with it. */
  #withoutImages(read: Record<string, unknown>, { volumes = [] }: PodLists, path: FieldPath): Record<string, unknown> {
    const image = fieldsOf('Volume').get('image')!;
    if (this.#stateOf(image, 'image', {}, path) !== FieldState.DROPPED) return read;
    const images = new Set(volumes.filter(volume => volume.image !== undefined).map(({ name = '' }) => name));
    if (images.size === 0) return read;
    const left = { ...read, volumes: this.#keep(read.volumes as Named[], index => volumes[index].image === undefined, path.child('volumes')) };
    return CONTAINER_LISTS.reduce<Record<string, unknown>>((spec, list) => {
      const containers = spec[list] as readonly Container[] | undefined;
      if (containers === undefined) return spec;
      return {
        ...spec,
        [list]: containers.map((container, index) => container.volumeMounts === undefined ? container : {
          ...container,
          volumeMounts: this.#keep(container.volumeMounts, (_, { name = '' }) => !images.has(name), path.child(list).index(index).child('volumeMounts')),
        }),
      };
    }, left);
  }

  /** Rules that fail an index of a Job go with the limit for each index. */
  #withoutFailIndex(read: JobLists, path: FieldPath): Record<string, unknown> {
    if (!hasFailIndex(read) || this.#stateOf(limitPerIndex(), LIMIT_PER_INDEX, 0, path) !== FieldState.DROPPED) return { ...read };
    const { podFailurePolicy } = read;
    const list = path.child('podFailurePolicy').child('rules');
    return { ...read, podFailurePolicy: { ...podFailurePolicy, rules: this.#keep(podFailurePolicy!.rules!, (_, rule) => !isFailIndex(rule), list) } };
  }

  #keep<Item>(items: readonly Item[], isKept: (index: number, item: Item) => boolean, path: FieldPath): Item[] {
    const left = items.flatMap((item, index) => isKept(index, item) ? [index] : []);
    if (left.length < items.length) this.kept.set(path.toString(), left);
    return left.map(index => items[index]);
  }
}

/** What a version makes of a field. */
enum FieldState {
  UNKNOWN,
  DROPPED,
  ON,
}

/** What stands in a field that is dropped, where it is not emptied. */
const DEFAULTS: Readonly<Record<string, unknown>> = { procMount: 'Default' };

const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;

interface Named {
  readonly name?: string;
}

interface Container {
  readonly volumeMounts?: readonly Named[];
}

interface PodLists {
  readonly volumes?: readonly (Named & { readonly image?: unknown })[];
}

/** The field of a Job whose gate its rules with the action FailIndex share. */
const LIMIT_PER_INDEX = 'backoffLimitPerIndex';

function limitPerIndex(): Field {
  return fieldsOf('JobSpec').get(LIMIT_PER_INDEX)!;
}

interface Rule {
  readonly action?: string;
}

interface JobLists {
  readonly podFailurePolicy?: { readonly rules?: readonly Rule[] };
}

function isFailIndex({ action }: Rule): boolean {
  return action === 'FailIndex';
}

function hasFailIndex({ podFailurePolicy }: JobLists): boolean {
  return podFailurePolicy?.rules?.some(isFailIndex) === true;
}
