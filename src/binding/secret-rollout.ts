import { type ApiObjectMetadataDefinition, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct, IMixin } from 'constructs';
import { secretChecksum } from './secret-checksum';
import { formatProblem, type Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { secretReferences, SecretUse } from '../inspect/model/secret-references';
import { SecretRegistry } from '../secret/secret-registry';

/** The annotation that carries the checksum; Helm charts use the same. */
export const CHECKSUM_ANNOTATION = 'checksum/secret';

const RELOAD_SECRETS = 'secret.reloader.stakater.com/auto';
const RELOAD_PROVIDER_CLASSES = 'secretproviderclass.reloader.stakater.com/auto';

/** Annotations by name; those that are undefined are left out. */
type Annotations = Readonly<Record<string, string | undefined>>;

const ANNOTATED = new WeakSet<IConstruct>();

/**
 * What restarts the pods of a workload when a value that they see changes.
 *
 * Kubernetes itself restarts nothing: a Deployment, StatefulSet or DaemonSet rolls only where its pod template changes.
 */
export abstract class SecretRollout implements IMixin {
  /**
   * An annotation `checksum/secret` on the pod template, with a SHA-256 of the values that the pods see as variables or
   * files. It changes when, and only when, one of them changes; the pods are then replaced.
   *
   * Values that this program does not know (secrets that others make) are not part of it.
   */
  public static checksum(): SecretRollout {
    return new ChecksumRollout();
  }

  /**
   * The names of the secrets: those that the pods see as variables or files must be declared with `hashedName: true`, so
   * that another value is another name, and the pods are replaced. Others are an error.
   *
   * The old Secret stays until it is pruned, so a rollout can be taken back.
   */
  public static hashedName(): SecretRollout {
    return new HashedNameRollout();
  }

  /**
   * Annotations for Reloader, a controller that restarts pods when a Secret that they see changes in the cluster. It is the
   * way for values that this program never sees, and publishes nothing of them.
   *
   * @see https://github.com/stakater/Reloader
   */
  public static reloader(): SecretRollout {
    return new ReloaderRollout();
  }

  /**
   * Nothing: running pods keep the variables that they started with, and see new files within minutes.
   */
  public static none(): SecretRollout {
    return new NoRollout();
  }

  /**
   * Whether a construct has a pod template.
   *
   * @param construct any construct
   */
  public supports(construct: IConstruct): boolean {
    return construct instanceof kplus.AbstractPod;
  }

  /**
   * Applies it to one workload of cdk8s-plus; `workload.with(rollout)` does the same.
   *
   * @param construct a workload
   */
  public abstract applyTo(construct: IConstruct): void;

  /**
   * Annotations of a pod template, or of its workload, beyond those that it has; made when the manifest is.
   *
   * @internal
   */
  public abstract _annotations(scope: IConstruct, namespace: string | undefined, podSpec: unknown): Annotations;

  /**
   * Adds to the validation of a construct what the pods that it makes must keep to.
   *
   * @internal
   */
  public _validate(_scope: IConstruct, _namespace: string | undefined, _podSpec: () => unknown): void {}
}

class ChecksumRollout extends SecretRollout {
  public applyTo(construct: IConstruct): void {
    if (!(construct instanceof kplus.AbstractPod) || ANNOTATED.has(construct)) return;
    ANNOTATED.add(construct);
    annotate(construct.podMetadata, [CHECKSUM_ANNOTATION], () => this._annotations(construct, construct.metadata.namespace, podSpecOf(construct)));
  }

  public _annotations(scope: IConstruct, namespace: string | undefined, podSpec: unknown): Annotations {
    return { [CHECKSUM_ANNOTATION]: secretChecksum(scope, namespace, podSpec) };
  }
}

class HashedNameRollout extends SecretRollout {
  public applyTo(construct: IConstruct): void {
    if (construct instanceof kplus.AbstractPod) this._validate(construct, construct.metadata.namespace, () => podSpecOf(construct));
  }

  public _annotations(): Annotations {
    return {};
  }

  public _validate(scope: IConstruct, namespace: string | undefined, podSpec: () => unknown): void {
    scope.node.addValidation({ validate: () => withoutHashedName(scope, namespace, podSpec()).map(formatProblem) });
  }
}

class ReloaderRollout extends SecretRollout {
  public applyTo(construct: IConstruct): void {
    if (!(construct instanceof kplus.AbstractPod)) return;
    if (construct.kind === 'Pod') {
      throw new SecretsError({
        code: 'UnsupportedWorkload',
        message: 'nothing restarts a Pod that no workload made',
        next: 'make it a Deployment, StatefulSet or DaemonSet',
      }, construct.node.path);
    }
    annotate(construct.metadata, [RELOAD_SECRETS, RELOAD_PROVIDER_CLASSES], () => this._annotations(construct, undefined, podSpecOf(construct)));
  }

  public _annotations(_: IConstruct, __: string | undefined, podSpec: unknown): Annotations {
    return { [RELOAD_SECRETS]: 'true', [RELOAD_PROVIDER_CLASSES]: mountsProviderClass(podSpec) ? 'true' : undefined };
  }
}

class NoRollout extends SecretRollout {
  public applyTo(): void {}

  public _annotations(): Annotations {
    return {};
  }
}

/** Gives metadata the annotations of those names that there are when the manifest is made. */
function annotate(metadata: ApiObjectMetadataDefinition, names: readonly string[], annotations: () => Annotations): void {
  for (const name of names) metadata.addAnnotation(name, Lazy.any({ produce: () => annotations()[name] }));
}

/** The parts of a workload's pod spec that name secrets, as they are now. */
function podSpecOf(workload: kplus.AbstractPod): object {
  const containers = [...workload.containers, ...workload.initContainers];
  const volumes = new Set([...workload.volumes, ...containers.flatMap(container => container.mounts.map(mount => mount.volume))]);
  return {
    containers: containers.map(({ env }) => ({
      env: Object.values(env.variables),
      envFrom: env.sources.map(source => source._toKube()),
    })),
    volumes: [...volumes].map(volume => volume._toKube()),
  };
}

/** The secrets that a pod sees as variables or files, and whose names stay when their values change. */
function withoutHashedName(scope: IConstruct, namespace: string | undefined, podSpec: unknown): Problem[] {
  const registry = SecretRegistry.of(scope);
  const seen = secretReferences(podSpec).filter(({ how }) => how !== SecretUse.IMAGE_PULL && how !== SecretUse.VOLUME_DRIVER);
  const names = new Set(seen.map(({ secretName }) => secretName));
  return [...names].filter(name => registry.find(namespace, name)?._hasHashedName !== true).map(name => ({
    code: 'RolloutRequired',
    message: `the name of secret ${JSON.stringify(name)} stays when its values change, so nothing restarts these pods`,
    next: 'declare it with hashedName: true, or use SecretRollout.checksum() or .reloader()',
  }));
}

function mountsProviderClass(podSpec: any): boolean {
  return (podSpec.volumes ?? []).some((volume: any) => volume.csi?.volumeAttributes?.secretProviderClass !== undefined);
}
