import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/**
 * The volume of cdk8s-plus with a source that it has no factory for, like `projected`.
 *
 * Its constructor is private there, and its source is asked for when the pod is rendered; test/binding/pod-volume.test.ts
 * holds what we rely on.
 */
const VolumeOfAnySource = kplus.Volume as unknown as new (scope: Construct, id: string, name: string, source: object) => kplus.Volume;

/** A volume whose source is made when the pod is rendered. */
export class PodVolume extends VolumeOfAnySource {
  constructor(scope: Construct, id: string, name: string, private readonly source: () => object) {
    super(scope, id, name, {});
  }

  /** What a pod's `volumes` hold of it. */
  public _toKube(): any {
    return { name: this.name, ...this.source() };
  }
}
