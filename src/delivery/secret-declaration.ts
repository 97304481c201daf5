import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { CsiVolume } from './csi/csi-volume';
import type { CheckedGenerations } from './kept-generations';
import type { RestartedWorkloads } from './restarted-workloads';
import type { AgentFiles } from './vault/agent-files';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import type { GeneratedValue } from '../value/generated-value';
import type { SensitiveValue } from '../value/sensitive-value';

/** What was declared of one secret: all that a delivery needs to bring it to the cluster. */
export interface SecretDeclaration {
  /** Name, namespace, labels and annotations as the user gave them. */
  readonly metadata?: ApiObjectMetadata;
  readonly type: string;
  readonly immutable?: boolean;
  /** The secret that this is a copy of, in another namespace: its name and namespace say what the values are called outside of the cluster. */
  readonly original?: { readonly name: string; readonly namespace?: string };
  /** Where each value comes from, by key, sorted. Not yet read. */
  values(): ReadonlyMap<string, SensitiveValue>;
  /** The bytes of every value, by key, sorted: read at the first call, and checked as a whole. Throws the first problem. */
  read(): ReadonlyMap<string, Buffer>;
  /** Reads like `read`, and says all that is wrong with the values. */
  problems(): Problem[];
  /** Whether a generated value belongs to this secret; else it belongs to another one, and this one has it too. */
  isGeneratedHere?(value: GeneratedValue): boolean;
}

/** One way to bring declared secrets to the cluster. */
export interface DeliveryVariant {
  /** What it is called, as in `SecretDelivery.manifest()`. */
  readonly name: string;
  /** What generated values are derived from, where the delivery writes values. */
  readonly determinismKey?: SensitiveValue;
  /** How many Secrets with hashed names stay in the manifests, where more than the newest do. */
  readonly keep?: CheckedGenerations;
  /** Whether nobody can read a value in its objects, so that they can be written down. */
  readonly isEncrypted?: boolean;
  /** Why an object of an earlier synth is of no use any more, in words that go on after its name. */
  readonly outdated?: (manifest: Readonly<Record<string, unknown>>) => string | undefined;
  /**
   * Makes what brings one secret to the cluster, below the secret's construct. Its object has the id `Resource`, so that
   * the secret's name is the same with every delivery. Values are read only when it is rendered.
   */
  deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret;
  /** A hash of the values that a name may show to everybody. Throws where there can be none. */
  nameHash(declaration: SecretDeclaration): string;
}

/** One declared secret, as its delivery brings it to the cluster. */
export interface DeliveredSecret {
  /** The name of the Secret in the cluster. */
  readonly name: string;
  readonly namespace?: string;
  /** The object that was made, where one was. */
  readonly object?: ApiObject;
  /** How pods get the files, where they come from no Secret. */
  readonly csiVolume?: CsiVolume;
  /** How pods get the files, where the Vault agent writes them and there is no Secret. */
  readonly agentFiles?: AgentFiles;
  /** The workloads that see it, where its operator restarts them itself when a value changes. */
  readonly restarted?: RestartedWorkloads;
  /** Whether it may be in a namespace, where it is in many that only the cluster knows. */
  readonly reaches?: (namespace: string) => boolean;
  /** Hears that a key was added after the object was made. */
  keyAdded?(): void;
  /** What would keep the object from being rendered; every value that it needs is read. */
  validate(): Problem[];
  /** What a checksum may hash of one key: it changes when, and only when, the value does. Undefined where that cannot be known. */
  checksumInput(key: string): Buffer | undefined;
  /** The values, by key, where the delivery reads them. */
  knownValues(): ReadonlyMap<string, Buffer>;
}

/** Why a delivery that never sees the values makes no hash of them, and what restarts the pods instead. */
export function valuesNotKnown(delivery: string, restarts = 'let a controller restart the pods: SecretRollout.reloader()'): SecretsError {
  return new SecretsError({
    code: 'UnsupportedByDelivery',
    message: `SecretDelivery.${delivery} never sees the values, so no hash of them can be in the name`,
    next: `leave hashedName out, and ${restarts}`,
  });
}
