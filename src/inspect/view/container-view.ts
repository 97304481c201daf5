import { filesOfContainer, type ContainerFile } from './container-files';
import { renderTable } from './text-table';
import { renderTree } from './text-tree';
import { minorOf, type KubernetesVersion } from '../../kubernetes/versions';
import { effectiveSettings, environmentOf, VariableState, type VariableSource } from '../model/environment';
import type { PlacedContainer, PodContext } from '../model/pod-context';
import { containerMounts, startFailure } from '../model/start-failure';

/** Which container of a workload is looked into, and as of which version. */
export interface ContainerViewOptions {
  /**
   * The namespace of the workload.
   *
   * @default - the first workload of that kind and name, whatever its namespace
   */
  readonly namespace?: string;

  /**
   * The version of Kubernetes whose kubelet starts the container.
   *
   * @default - the newest of the versions that are inspected
   */
  readonly version?: KubernetesVersion;
}

/** A variable in the environment of a container. */
export interface ContainerVariable {
  /**
   * Its name; it ends in `*` where it stands for variables of which the names are not known.
   */
  readonly name: string;

  /**
   * Whether it is set.
   */
  readonly state: VariableState;

  /**
   * Where its value comes from.
   */
  readonly source: VariableSource;

  /**
   * The name of the Secret or ConfigMap, the field of the pod, or the volume of a file and its path there: `settings/app.env`.
   *
   * @default - it is a literal value
   */
  readonly origin?: string;

  /**
   * The key of the Secret, the ConfigMap or the file.
   *
   * @default - it comes from no key
   */
  readonly key?: string;

  /**
   * The variables that a literal value is made of, besides its own text.
   */
  readonly references: string[];

  /**
   * The field that sets it.
   */
  readonly path: string;
}

/**
 * What the processes of one container really see, as the kubelet makes it: their environment and their files. Values never
 * appear.
 *
 * Variables of Services, of the image and of the container runtime are left out.
 */
export class ContainerView {
  /** @internal */
  public static _of(placed: PlacedContainer, context: PodContext, version: KubernetesVersion): ContainerView {
    return new ContainerView(placed, context, version);
  }

  /** The variables, in the order of their names. Of several entries with one name only the one that counts is there. */
  public readonly environment: ContainerVariable[];

  /** Files and directories, in the order of their paths. */
  public readonly files: ContainerFile[];

  /**
   * What keeps the container from starting, in the words of the kubelet where they do not depend on chance.
   *
   * @default - nothing that is known of
   */
  public readonly failure?: string;

  private constructor(placed: PlacedContainer, context: PodContext, version: KubernetesVersion) {
    const { container, path } = placed;
    const environment = environmentOf(container, path, context.namespace, context.cluster, minorOf(version));
    const known = effectiveSettings(environment).map(({ name, state, source, from, key, references, path: field }): ContainerVariable => ({
      name, state, source, ...from === '' ? {} : { origin: from }, ...key === undefined ? {} : { key }, references: [...references], path: field.toString(),
    }));
    const open = environment.open.map(({ prefix, source, from, path: field }): ContainerVariable => ({
      name: `${prefix}*`, state: VariableState.UNKNOWN, source, origin: from, references: [], path: field.toString(),
    }));
    this.environment = [...known, ...open];
    this.files = filesOfContainer(containerMounts(placed, context), context);
    this.failure = startFailure(placed, context, minorOf(version));
  }

  /** The environment as a table: name, where it comes from, and whether it is set. */
  public get environmentTable(): string {
    return renderTable(['VARIABLE', 'FROM', 'KEY', 'STATE'], this.environment.map(variable => {
      const { name, source, origin, key, references, state } = variable;
      const from = references.length === 0 ? source : `${source} with ${references.map(reference => `$(${reference})`).join(' ')}`;
      return [name, origin === undefined ? from : `${source} ${origin}`, key ?? '', state];
    }));
  }

  /** The files as a tree: name, mode, owner and group, and where it comes from. */
  public get fileTree(): string {
    return renderTree(this.files.map(({ path, mode, user, group, source, origin, key }) => {
      const owner = mode === undefined ? '' : `${mode} ${user}:${group}`;
      return { path, columns: [owner, [source === 'volume' ? '' : source, origin ?? '', key ?? ''].filter(word => word !== '').join(' ')] };
    }));
  }
}
