import { ChangeKind, type SecretPair } from './changed-secrets';
import type { Pair } from './pair-up';
import { templateDifferences } from './template-difference';
import { groupBy } from '../errors/group-by';
import { asStored, areSame, inOrder } from '../inspect/decode/stored';
import { areAppliedTogether, areNeighbours, type Manifest } from '../inspect/model/manifest';
import type { PodTemplate } from '../inspect/model/pod-template';
import { asksReloader } from '../inspect/model/rollout';
import { secretReferences, SecretUse, type SecretReference } from '../inspect/model/secret-references';
import { keysOf } from '../inspect/model/string-map';
import { isRecord, list, record } from '../inspect/model/untyped';

/** What a change does to the pods of a workload. */
export enum WorkloadEffect {
  /** It is new. */
  STARTS = 'starts',
  /** It is gone. */
  STOPS = 'stops',
  /** Its pods are replaced. */
  RESTARTS = 'restarts',
  /** Its pods stay; those that are made later are others. */
  LATER = 'later',
  /** Reloader, as its annotations ask it to, replaces its pods. */
  RELOADS = 'reloads',
  /** Its pods stay, and see new files within some minutes. */
  SEES_FILES = 'sees-files',
  /** Its pods stay, and have the old value until something restarts them. */
  STALE = 'stale',
}

/** What a change does to one workload, and why. */
export interface ChangedWorkload {
  /** For example `Deployment`. */
  readonly kind: string;

  /**
   * Its namespace.
   *
   * @default - its manifest names none
   */
  readonly namespace?: string;

  /** Its name. */
  readonly name: string;

  /** What it does. */
  readonly effect: WorkloadEffect;

  /** Why: what differs in its pod template, or which values it sees are others. */
  readonly reasons: string[];

  /**
   * The file that it comes from, where others have a workload of this name too.
   *
   * @default - it is the only one of this name
   */
  readonly file?: string;
}

/** Workloads whose controller leaves the pods that there are alone. */
const LATER_KINDS: Readonly<Record<string, string>> = {
  CronJob: 'from the next run on', ReplicaSet: 'for new pods only', ReplicationController: 'for new pods only', PodTemplate: 'for new pods only',
};

/** What a change does to the workloads of a state. */
export function changedWorkloads(pairs: readonly Pair<Manifest>[], secrets: readonly SecretPair[]): ChangedWorkload[] {
  const known = new ChangedValues(secrets);
  const workloads = pairs.filter(({ before, after }) => hasPods(before) || hasPods(after));
  const titles = groupBy(workloads, ({ before, after }) => titleOf((after ?? before)!));
  return workloads.flatMap(pair => {
    const manifest = (pair.after ?? pair.before)!;
    const { file } = manifest.source;
    const changed = effectOn(pair, known);
    if (changed === undefined) return [];
    const { kind, namespace, name } = manifest;
    return [{
      kind,
      ...namespace === '' ? {} : { namespace },
      name,
      ...changed,
      ...titles.get(titleOf(manifest))!.length > 1 && file !== undefined ? { file } : {},
    }];
  });
}

function titleOf({ kind, namespace, name }: Manifest): string {
  return JSON.stringify([kind, namespace, name]);
}

function hasPods(manifest: Manifest | undefined): boolean {
  return manifest !== undefined && (manifest.pods.length > 0 || isFunction(manifest));
}

/** A function of OpenFaaS, of which the operator makes a Deployment. */
function isFunction({ apiVersion, kind }: Manifest): boolean {
  return kind === 'Function' && apiVersion.startsWith('openfaas.com/');
}

type Effect = Pick<ChangedWorkload, 'effect' | 'reasons'>;

function effectOn({ before, after }: Pair<Manifest>, known: ChangedValues): Effect | undefined {
  if (before === undefined || after === undefined) {
    return { effect: before === undefined ? WorkloadEffect.STARTS : WorkloadEffect.STOPS, reasons: [] };
  }
  const reasons = templateReasons(before, after, known);
  if (reasons.length > 0) return onNewTemplate(after, reasons);
  return onOldTemplate(after, known);
}

/** What differs in the pods that a workload makes. */
function templateReasons(before: Manifest, after: Manifest, known: ChangedValues): string[] {
  if (isFunction(after)) return areSame(inOrder(before.raw.spec), inOrder(after.raw.spec)) ? [] : ['its spec'];
  const reasons = new Set<string>();
  const isPod = after.kind === 'Pod';
  after.pods.forEach((pod, index) => {
    const former = before.pods[index];
    if (former === undefined) {
      reasons.add('its pods');
      return;
    }
    const fresh = stored(pod, isPod);
    const old = stored(former, isPod);
    const renamed = known.withNewNames(old, after.namespace);
    if (!areSame(renamed, old)) {
      for (const [name, formerName] of known.renamedIn(pod, after.namespace)) reasons.add(`the Secret ${formerName} is ${name} now`);
    }
    for (const difference of templateDifferences(renamed, fresh)) reasons.add(difference);
  });
  if (before.pods.length > after.pods.length) reasons.add('its pods');
  return [...reasons];
}

/** The labels and annotations of a Pod itself may change at any time. */
function stored({ spec, metadata }: PodTemplate, isPod: boolean): unknown {
  const { labels, annotations } = metadata;
  return asStored({ spec, ...isPod ? {} : { metadata: { labels, annotations } } }, 'PodTemplateSpec');
}

/** What becomes of pods whose template is another; undefined where the API server refuses that. */
function onNewTemplate({ kind, raw }: Manifest, reasons: string[]): Effect | undefined {
  if (kind === 'Job' || (kind === 'Pod' && !reasons.every(reason => reason.startsWith('the image of ')))) return undefined;
  const spec = record(raw.spec);
  const why = kind in LATER_KINDS ? LATER_KINDS[kind]
    : spec.paused === true ? 'it is paused'
      : record(spec.updateStrategy).type === 'OnDelete' ? 'when its pods are deleted (OnDelete)' : undefined;
  return why === undefined ? { effect: WorkloadEffect.RESTARTS, reasons } : { effect: WorkloadEffect.LATER, reasons: [...reasons, why] };
}

/** What a workload notices of values that are others, where its own manifest stays as it was. */
function onOldTemplate(manifest: Manifest, known: ChangedValues): Effect | undefined {
  const { kind, metadata, pods } = manifest;
  const stale = new Set<string>();
  const files = new Set<string>();
  if (isFunction(manifest)) {
    for (const name of list(record(manifest.raw.spec).secrets)) if (typeof name === 'string' && known.keysOf(manifest, name).length > 0) files.add(`files of ${name}`);
  }
  for (const { spec, path } of pods) {
    for (const reference of secretReferences(spec, path)) {
      const keys = known.changedIn(manifest, reference);
      if (keys.length === 0 || reference.how === SecretUse.IMAGE_PULL || reference.how === SecretUse.VOLUME_DRIVER) continue;
      const isFile = reference.how === SecretUse.VOLUME || reference.how === SecretUse.PROJECTED_VOLUME;
      const where = `${reference.secretName}/${keys.length > 3 ? `${keys.slice(0, 3).join(', ')} …` : keys.join(', ')}`;
      if (isFile && !isMountedBySubPath(spec, reference)) files.add(`files of ${where}`);
      else stale.add(`${isFile ? 'files by subPath' : 'variables'} of ${where}`);
    }
  }
  if (stale.size === 0 && files.size === 0) return undefined;
  const reasons = [...stale, ...files];
  if (kind === 'CronJob') return { effect: WorkloadEffect.LATER, reasons: [...reasons, LATER_KINDS.CronJob] };
  if ([metadata, ...pods.map(pod => pod.metadata)].some(({ annotations }) => asksReloader(keysOf(annotations)))) {
    return { effect: WorkloadEffect.RELOADS, reasons };
  }
  return stale.size > 0 ? { effect: WorkloadEffect.STALE, reasons: [...stale] } : { effect: WorkloadEffect.SEES_FILES, reasons };
}

/** Whether a container mounts a single file of the volume: that never changes. */
function isMountedBySubPath(spec: PodTemplate['spec'], { field }: SecretReference): boolean {
  const [, index] = field.segments.slice(field.segments.indexOf('volumes'));
  const name = typeof index === 'number' ? spec.volumes?.[index]?.name : undefined;
  return [...spec.containers ?? [], ...spec.initContainers ?? []].some(({ volumeMounts = [] }) => {
    return volumeMounts.some(mount => mount.name === name && [mount.subPath, mount.subPathExpr].some(path => path !== undefined && path !== ''));
  });
}

/** Which values are others, and which secrets have another name. */
class ChangedValues {
  readonly #secrets: ReadonlyMap<string, SecretPair[]>;
  readonly #renamed = new Map<string, string>();
  readonly #former = new Map<string, string>();

  constructor(secrets: readonly SecretPair[]) {
    this.#secrets = groupBy(secrets.filter(({ after }) => after !== undefined), ({ after }) => placeOf(after!.namespace, after!.name));
    for (const { changed } of secrets) {
      if (changed?.formerName === undefined) continue;
      const { namespace, name, formerName } = changed;
      this.#renamed.set(placeOf(namespace, formerName), name);
      this.#former.set(placeOf(namespace, name), formerName);
    }
  }

  /** The keys whose values are others, of the secret that a workload sees by a name. */
  public keysOf(workload: Manifest, name: string): string[] {
    const { changed } = this.#seenBy(workload, name) ?? {};
    if (changed === undefined || changed.change === ChangeKind.ADDED) return [];
    if (changed.fields.some(field => ALL_KEYS.test(field))) return [EVERY_KEY];
    return changed.keys.filter(({ change }) => change !== ChangeKind.UNSURE).map(({ key }) => key);
  }

  /** The secret of a name that is applied with a workload: where files of several environments have one, that of its file, or of its folder. */
  #seenBy(workload: Manifest, name: string): SecretPair | undefined {
    const all = this.#secrets.get(placeOf(workload.namespace, name)) ?? [];
    if (all.length < 2) return all[0];
    const isNear = (test: (maker: Manifest) => boolean) => all.find(({ after }) => after!.manifest !== undefined && test(after!.manifest));
    return isNear(({ source }) => source.file === workload.source.file)
      ?? isNear(maker => areAppliedTogether(maker, workload)) ?? isNear(maker => areNeighbours(maker, workload));
  }

  /** Those keys that a reference means. */
  public changedIn(workload: Manifest, { secretName, key }: SecretReference): string[] {
    const keys = this.keysOf(workload, secretName);
    if (key === undefined) return keys;
    return keys.includes(key) || keys.includes(EVERY_KEY) ? [key] : [];
  }

  /** The secrets in pods that have another name, with the former one. */
  public renamedIn({ spec }: PodTemplate, namespace: string): [string, string][] {
    const names = new Set(secretReferences(spec).map(({ secretName }) => secretName));
    return [...names].flatMap(name => {
      const former = this.#former.get(placeOf(namespace, name));
      return former === undefined ? [] : [[name, former] as [string, string]];
    });
  }

  /** A template with the new names of secrets. */
  public withNewNames(template: unknown, namespace: string): unknown {
    if (this.#renamed.size === 0) return template;
    const visit = (value: unknown, field: string): unknown => {
      if (Array.isArray(value)) return value.map(item => visit(item, field));
      if (!isRecord(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([name, child]) => {
        const isName = SECRET_FIELDS.has(field) && (name === 'name' || name === 'secretName') && typeof child === 'string';
        return [name, isName ? this.#renamed.get(placeOf(namespace, child)) ?? child : visit(child, name)];
      }));
    };
    return visit(template, '');
  }
}

function placeOf(namespace: string | undefined, name: string): string {
  return JSON.stringify([namespace ?? '', name]);
}

/** Fields of an ExternalSecret on which all of its values depend. */
const ALL_KEYS = /^spec\.(?:externalSecretSpec\.)?(?:dataFrom|secretStoreRef)$/;

const EVERY_KEY = 'every key';

/** Fields that hold the name of a Secret. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(['secret', 'secretRef', 'secretKeyRef', 'nodePublishSecretRef', 'imagePullSecrets']);
