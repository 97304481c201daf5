import { posix } from 'node:path';
import { ApiObject, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { csiVolumeOf, withoutSecret } from './csi-source';
import { namespaceProblem } from './namespace-rule';
import { SecretEnvFrom } from './secret-env-from';
import { SecretVolume, type SecretVolumeOptions, type SecretVolumeSource } from './secret-volume';
import type { Code } from '../errors/codes';
import { SecretsError } from '../errors/secrets-error';
import { cleanPath } from '../kubernetes/paths';
import type { ISecret, SecretKey } from '../secret/secret-reference';

/** Where secrets of the CSI driver are mounted that are bound as variables only. */
const CSI_MOUNTS = '/mnt/secrets-store';

const PODS = new WeakMap<kplus.AbstractPod, BoundPod>();

/**
 * A workload of cdk8s-plus, seen as what bindings change: its containers' variables and mounts, and its pull secrets.
 *
 * Each change is made once: what is already so stays, and what contradicts it is refused.
 */
export class BoundPod {
  public static of(workload: kplus.AbstractPod): BoundPod {
    let pod = PODS.get(workload);
    if (pod === undefined) PODS.set(workload, pod = new BoundPod(workload));
    return pod;
  }

  private readonly path: string;
  private readonly volumes = new Map<string, SecretVolume>();
  private readonly pullSecrets = new Set<string>();

  private constructor(private readonly workload: kplus.AbstractPod) {
    this.path = workload.node.path;
  }

  /** Refuses a secret that a pod of this workload could not see. */
  public checkNamespace(secret: ISecret): void {
    const problem = namespaceProblem(secret, this.workload.kind, this.workload.metadata.namespace);
    if (problem !== undefined) throw new SecretsError(problem, this.path);
  }

  /** One environment variable of a container. */
  public env(container: kplus.Container, name: string, key: SecretKey, optional?: boolean): void {
    this.ensureSecret(container, key.secret);
    const { variables } = container.env;
    const existing = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const value = key.envValue({ optional });
    if (existing === undefined) {
      container.env.addVariable(name, value);
    } else if (JSON.stringify(existing) !== JSON.stringify(value)) {
      throw this.refusal('DuplicateEnvName', `container ${JSON.stringify(container.name)} already has the environment variable ${JSON.stringify(name)}`,
        'give one of the two another name');
    }
  }

  /** An environment variable for every key of a secret. */
  public envFrom(container: kplus.Container, source: SecretEnvFrom): void {
    this.ensureSecret(container, source.secret);
    const isThere = container.env.sources.some(other => other instanceof SecretEnvFrom && other.equals(source));
    if (!isThere) container.env.copyFrom(source);
  }

  /** The volume of these files: the one that is there, or a new one. */
  public volume(sources: SecretVolumeSource[], options: SecretVolumeOptions): SecretVolume {
    const { name, content } = SecretVolume._identify(sources, options, this.path);
    let volume = this.volumes.get(content);
    if (volume === undefined) {
      if (this.workload.node.tryFindChild(name) !== undefined) throw this.duplicateVolume(name);
      volume = SecretVolume.fromSecrets(this.workload, name, sources, options);
      this.volumes.set(content, volume);
    }
    return volume;
  }

  /** A read-only mount of a volume in a container. */
  public mount(container: kplus.Container, path: string, volume: kplus.Volume, subPath?: string): void {
    const existing = container.mounts.find(mount => cleanPath(mount.path) === path);
    if (existing !== undefined) {
      if (existing.volume === volume && existing.subPath === subPath) return;
      throw this.refusal('DuplicateMountPath',
        `container ${JSON.stringify(container.name)} already has a mount at ${JSON.stringify(existing.path)}, of volume ${JSON.stringify(existing.volume.name)}`,
        'use another path, or one volume of all these secrets: SecretVolume.fromSecrets');
    }
    const namesake = this.everyVolume().find(other => other.name === volume.name && other !== volume);
    if (namesake !== undefined) throw this.duplicateVolume(volume.name);
    container.mount(path, volume, { readOnly: true, subPath });
  }

  /** Credentials that the kubelet pulls the images of the pod with. */
  public imagePull(secret: ISecret): void {
    const problem = withoutSecret(secret, 'pulling images');
    if (problem !== undefined) throw new SecretsError(problem, this.path);
    const { dockerRegistryAuth } = this.workload;
    if (this.pullSecrets.has(secret.name) || dockerRegistryAuth?.name === secret.name) return;
    const list = `${podSpecPath(this.workload)}/imagePullSecrets`;
    const isFirst = this.pullSecrets.size === 0 && dockerRegistryAuth === undefined;
    const reference = { name: secret.name };
    ApiObject.of(this.workload).addJsonPatch(isFirst ? JsonPatch.add(list, [reference]) : JsonPatch.add(`${list}/-`, reference));
    this.pullSecrets.add(secret.name);
  }

  /** Where the CSI driver brings a secret, it makes the Secret that variables need only for pods that mount it. */
  private ensureSecret(container: kplus.Container, secret: ISecret): void {
    const csi = csiVolumeOf(secret);
    if (csi === undefined) return;
    const problem = csi.requireSecret();
    if (problem !== undefined) throw new SecretsError(problem, this.path);
    const volume = this.volume([{ secret }], {}).asVolume();
    const containers = [...this.workload.containers, ...this.workload.initContainers];
    if (containers.some(({ mounts }) => mounts.some(mount => mount.volume === volume))) return;
    this.mount(container, posix.join(CSI_MOUNTS, secret.name), volume);
  }

  private everyVolume(): kplus.Volume[] {
    const containers = [...this.workload.containers, ...this.workload.initContainers];
    return [...this.workload.volumes, ...containers.flatMap(container => container.mounts.map(mount => mount.volume))];
  }

  private duplicateVolume(name: string): SecretsError {
    return this.refusal('DuplicateVolume', `the ${this.workload.kind} already has another volume named ${JSON.stringify(name)}`,
      'give the volume another name with volumeName, or leave it out to have one derived');
  }

  private refusal(code: Code, message: string, next: string): SecretsError {
    return new SecretsError({ code, message, next }, this.path);
  }
}

/** Where the pod spec is in the manifest of a workload, as a JSON pointer. */
function podSpecPath(workload: kplus.AbstractPod): string {
  switch (workload.kind) {
    case 'Pod': return '/spec';
    case 'CronJob': return '/spec/jobTemplate/spec/template/spec';
    default: return '/spec/template/spec';
  }
}
