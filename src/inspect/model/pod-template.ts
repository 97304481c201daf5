import type { ObjectMeta, PodSpec } from '../decode/decoded';
import type { FieldPath } from '../field-path';

/** The pods that an object is, or makes. */
export interface PodTemplate {
  readonly spec: PodSpec;
  readonly path: FieldPath;
  /** Labels and annotations of the pods, and where they stand. */
  readonly metadata: ObjectMeta;
  readonly metadataPath: FieldPath;
  /** Names of volumes that the workload adds to its pods: the claim templates of a StatefulSet. */
  readonly claims: readonly string[];
}
