import type { SelectableContainer, SelectorVariant } from './container-selector';
import type { Problem } from '../errors/problem';
import { templatePlaces, type TemplatePlace } from '../inspect/model/template-places';
import { list, isRecord, record, text } from '../inspect/model/untyped';
import { cleanPath } from '../kubernetes/paths';

type Fields = Record<string, unknown>;

/** How the names of containers start that bindings add. No binding changes these. */
export const OWN_CONTAINER = 'cdk8s-secrets-';

/** One container of a pod template. */
export interface PodContainer extends SelectableContainer {
  readonly fields: Fields;
  /** Where it stands in the manifest. */
  readonly path: string;
}

/**
 * A pod template in the manifest of any object, as what bindings change: its containers' variables and mounts, its volumes,
 * pull secrets and annotations.
 *
 * Each change is made once: what is already so stays, and what contradicts it is a problem.
 */
export class PodTemplate {
  /** The pod templates of a manifest, whatever its kind is. */
  public static of(manifest: Fields): PodTemplate[] {
    return templatePlaces(manifest).map(place => new PodTemplate(place, text(manifest.kind)));
  }

  /** Which binding made what: for messages that name both. */
  readonly #makers = new Map<unknown, string>();
  readonly #volumesByContent = new Map<string, string>();
  readonly #problems: Problem[] = [];
  #maker = '';
  #changes = 0;

  private constructor(private readonly place: TemplatePlace, public readonly kind: string) {}

  /** The pod spec. */
  public get spec(): Fields {
    return this.place.spec;
  }

  /** What stood in the way of changes. */
  public get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** How many changes were made. */
  public get changes(): number {
    return this.#changes;
  }

  /** Makes changes of one binding. */
  public by(maker: string, change: () => void): void {
    this.#maker = maker;
    change();
  }

  /** The containers that a selector means. */
  public select(selector: SelectorVariant): PodContainer[] {
    return selector.select(this.containers()) as PodContainer[];
  }

  /** One environment variable of a container. */
  public env(container: PodContainer, name: string, valueFrom: object): void {
    const existing = list(container.fields.env).find(variable => record(variable).name === name);
    if (existing === undefined) {
      this.append(container.fields, 'env', { name, valueFrom });
    } else if (!isSame(record(existing).valueFrom, valueFrom)) {
      this.refuse('DuplicateEnvName', `container ${JSON.stringify(container.name)} already has the environment variable ${JSON.stringify(name)}, from ${this.makerOf(existing, container.path)}`,
        'give one of the two another name');
    }
  }

  /** An environment variable for every key of a secret. */
  public envFrom(container: PodContainer, source: object): void {
    if (!list(container.fields.envFrom).some(other => isSame(other, source))) this.append(container.fields, 'envFrom', source);
  }

  /**
   * A volume: one that has this content, or a new one.
   *
   * @returns its name, or undefined where another volume has it
   */
  public volume(name: string, content: string, source: object): string | undefined {
    const made = this.#volumesByContent.get(content);
    if (made !== undefined) return made;
    const existing = list(this.spec.volumes).find(volume => record(volume).name === name);
    if (existing === undefined) {
      this.append(this.spec, 'volumes', { name, ...source });
    } else if (!isSame(existing, { name, ...source })) {
      this.refuse('DuplicateVolume', `the ${this.kind} already has another volume named ${JSON.stringify(name)}, from ${this.makerOf(existing, this.place.path.toString())}`,
        'give the volume another name with volumeName, or leave it out to have one derived');
      return undefined;
    }
    this.#volumesByContent.set(content, name);
    return name;
  }

  /** A read-only mount of a volume in a container. */
  public mount(container: PodContainer, mountPath: string, volume: string, subPath?: string): void {
    const existing = list(container.fields.volumeMounts).find(mount => cleanPath(text(record(mount).mountPath)) === mountPath);
    if (existing === undefined) {
      this.append(container.fields, 'volumeMounts', { mountPath, name: volume, readOnly: true, ...subPath === undefined ? {} : { subPath } });
      return;
    }
    const { name, subPath: itsSubPath } = record(existing);
    if (name === volume && (itsSubPath ?? undefined) === subPath) return;
    this.refuse('DuplicateMountPath',
      `container ${JSON.stringify(container.name)} already has a mount at ${JSON.stringify(record(existing).mountPath)}, of volume ${JSON.stringify(name)}, from ${this.makerOf(existing, container.path)}`,
      'use another path, or one volume of all these secrets: SecretVolume.fromSecrets');
  }

  /**
   * An init container.
   *
   * @param first whether it must run before the others
   * @returns whether it is there
   */
  public initContainer(container: Fields & { readonly name: string }, first: boolean): boolean {
    if (this.place.isTask) {
      this.refuse('UnsupportedWorkload', `a ${this.kind} has no init containers`, 'write the file in a step, or take the variables from a Secret');
      return false;
    }
    const existing = list(this.spec.initContainers).find(other => record(other).name === container.name);
    if (existing === undefined) {
      this.append(this.spec, 'initContainers', container, first);
    } else if (!isSame(existing, container)) {
      this.refuse('DuplicateContainer', `the ${this.kind} already has another init container ${JSON.stringify(container.name)}`, 'give that one another name');
      return false;
    }
    return true;
  }

  /** Whether some container mounts a volume. */
  public mounts(volume: string): boolean {
    return this.containers()
      .some(({ fields }) => list(fields.volumeMounts).some(mount => record(mount).name === volume));
  }

  /** Credentials that the kubelet pulls the images of the pod with. */
  public pullSecret(name: string): void {
    if (this.place.isTask) {
      this.refuse('UnsupportedWorkload', `a ${this.kind} says nothing of its pod's pull secrets`, 'name them in the podTemplate of the run, or in its ServiceAccount');
      return;
    }
    if (!list(this.spec.imagePullSecrets).some(entry => record(entry).name === name)) this.append(this.spec, 'imagePullSecrets', { name });
  }

  /** An annotation of the pods, instead of one that it may have; none where they can have none here. */
  public annotate(name: string, value: string): void {
    const { holder, isTask } = this.place;
    if (holder !== undefined && !isTask) annotate(holder, name, value);
  }

  /**
   * Gives the pods an annotation that nobody else may want otherwise.
   *
   * @returns what they have under that name already, where it is something else
   */
  public claim(name: string, value: string): string | undefined {
    const { holder, isTask } = this.place;
    if (holder === undefined || isTask) {
      this.refuse('UnsupportedWorkload', `the pods of a ${this.kind} can have no annotations here`, 'give the secret another delivery, which makes a Secret');
      return undefined;
    }
    const existing = this.annotation(name);
    if (existing === value) return undefined;
    if (existing !== undefined) return String(existing);
    this.#changes++;
    annotate(holder, name, value);
    return undefined;
  }

  /** What the annotations of the pods say under a name. */
  public annotation(name: string): unknown {
    return record(record(this.place.holder?.metadata).annotations)[name];
  }

  /** Notes what stands in the way of a change. */
  public refuse(code: Problem['code'], message: string, next: string): void {
    this.#problems.push({ code, message, next });
  }

  private containers(): PodContainer[] {
    return (this.place.isTask ? ['steps', 'sidecars'] : ['containers', 'initContainers']).flatMap(field => {
      const path = this.place.path.child(field);
      return list(this.spec[field]).flatMap((fields, index) => isRecord(fields) && !text(fields.name).startsWith(OWN_CONTAINER)
        ? [{ name: text(fields.name), isInit: field === 'initContainers', fields, path: path.index(index).toString() }] : []);
    });
  }

  private append(fields: Fields, field: string, item: object, first = false): void {
    this.#changes++;
    this.#makers.set(item, this.#maker);
    fields[field] = first ? [item, ...list(fields[field])] : [...list(fields[field]), item];
  }

  private makerOf(item: unknown, path: string): string {
    return this.#makers.get(item) ?? `the workload itself (${path})`;
  }
}

/** Gives an object, or a pod template, an annotation. */
export function annotate(holder: Fields, name: string, value: string): void {
  const metadata = record(holder.metadata);
  holder.metadata = { ...metadata, annotations: { ...record(metadata.annotations), [name]: value } };
}

/** Whether two values are written the same, fields that are not set aside. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, child) => isRecord(child)
    ? Object.fromEntries(Object.entries(child).filter(([, field]) => field !== undefined && field !== null).sort(([x], [y]) => x < y ? -1 : 1)) : child) ?? '';
}
