import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Problem } from '../errors/problem';
import type { SensitiveValue } from '../value/sensitive-value';

/** What was declared of one secret: all that a delivery needs to bring it to the cluster. */
export interface SecretDeclaration {
  /** Name, namespace, labels and annotations as the user gave them. */
  readonly metadata?: ApiObjectMetadata;
  readonly type: string;
  readonly immutable?: boolean;
  /** Where each value comes from, by key, sorted. Not yet read. */
  values(): ReadonlyMap<string, SensitiveValue>;
  /** The bytes of every value, by key, sorted: read at the first call, and checked as a whole. Throws the first problem. */
  read(): ReadonlyMap<string, Buffer>;
  /** Reads like `read`, and says all that is wrong with the values. */
  problems(): Problem[];
}

/**
 * One way to bring a declared secret to the cluster.
 *
 * The object it makes has the id `Resource`, so that the secret's name is the same with every delivery.
 */
export interface DeliveryVariant {
  /** Makes the object, below the secret's construct. Values are read only when it is rendered. */
  deliver(scope: Construct, declaration: SecretDeclaration): ApiObject;
  /** What would keep the object from being rendered; every value that it needs is read. */
  validate(declaration: SecretDeclaration): Problem[];
  /** What a checksum may hash of one key: it changes when, and only when, the value does. Undefined where that cannot be known. */
  checksumInput(declaration: SecretDeclaration, key: string): Buffer | undefined;
}
