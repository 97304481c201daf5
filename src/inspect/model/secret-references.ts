import { FieldPath } from '../field-path';
import { list, record } from './untyped';

/** How a pod uses a secret. */
export enum SecretUse {
  ENV = 'env',
  ENV_FROM = 'envFrom',
  VOLUME = 'volume',
  PROJECTED_VOLUME = 'projectedVolume',
  /** What a volume's driver reads on its own account: no container sees it. */
  VOLUME_DRIVER = 'volumeDriver',
  IMAGE_PULL = 'imagePullSecret',
}

/** One place in a pod spec that names a secret. */
export interface SecretReference {
  readonly secretName: string;
  /** The key, or undefined where every key is meant. */
  readonly key?: string;
  readonly how: SecretUse;
  /** Whether the pod runs without it. */
  readonly optional: boolean;
  /** The field that holds the name of the secret, or of the key where there is one. */
  readonly field: FieldPath;
}

/** The field of a volume source that names the secret that its driver reads. */
const DRIVER_SECRETS: ReadonlyMap<string, readonly string[]> = new Map([
  ['csi', ['nodePublishSecretRef', 'name']],
  ['azureFile', ['secretName']],
  ...['cephfs', 'cinder', 'flexVolume', 'iscsi', 'rbd', 'scaleIO', 'storageos'].map(source => [source, ['secretRef', 'name']] as [string, string[]]),
]);

/**
 * Every reference to a secret in a pod spec, in the order of its fields. What is malformed in it is passed over.
 *
 * @param podSpec the pod spec, parsed or decoded
 * @param path where it stands, for the paths of the fields
 */
export function secretReferences(podSpec: unknown, path = FieldPath.ROOT): SecretReference[] {
  const references: SecretReference[] = [];
  const spec = record(podSpec);
  for (const field of CONTAINERS) {
    if (spec[field] === undefined) continue;
    list(spec[field]).forEach((container, index) => fromContainer(container, path.child(field).index(index), references));
  }
  list(spec.volumes).forEach((volume, index) => fromVolume(record(volume), path.child('volumes').index(index), references));
  list(spec.imagePullSecrets).forEach((entry, index) => {
    add(references, record(entry).name, undefined, SecretUse.IMAGE_PULL, true, path.child('imagePullSecrets').index(index).child('name'));
  });
  return references;
}

const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

function fromContainer(container: unknown, path: FieldPath, references: SecretReference[]): void {
  const { env, envFrom } = record(container);
  list(envFrom).forEach((entry, index) => {
    const { secretRef } = record(entry);
    if (secretRef === undefined) return;
    const { name, optional } = record(secretRef);
    add(references, name, undefined, SecretUse.ENV_FROM, optional, path.child('envFrom').index(index).child('secretRef').child('name'));
  });
  list(env).forEach((entry, index) => {
    const { secretKeyRef } = record(record(entry).valueFrom);
    if (secretKeyRef === undefined) return;
    const { name, key, optional } = record(secretKeyRef);
    if (typeof key !== 'string') return;
    add(references, name, key, SecretUse.ENV, optional, path.child('env').index(index).child('valueFrom').child('secretKeyRef').child('key'));
  });
}

function fromVolume(volume: Record<string, unknown>, path: FieldPath, references: SecretReference[]): void {
  if (volume.secret !== undefined) {
    const { secretName, items, optional } = record(volume.secret);
    addFiles(references, secretName, items, SecretUse.VOLUME, optional, path.child('secret'), 'secretName');
  }
  if (volume.projected !== undefined) {
    list(record(volume.projected).sources).forEach((entry, index) => {
      const { name, items, optional } = record(record(entry).secret);
      const field = path.child('projected').child('sources').index(index).child('secret');
      addFiles(references, name, items, SecretUse.PROJECTED_VOLUME, optional, field, 'name');
    });
  }
  for (const source in volume) {
    const fields = DRIVER_SECRETS.get(source);
    if (fields === undefined) continue;
    const name = fields.reduce<unknown>((value, field) => record(value)[field], volume[source]);
    add(references, name, undefined, SecretUse.VOLUME_DRIVER, false, fields.reduce((at, field) => at.child(field), path.child(source)));
  }
}

/** No items, and an empty list of items, both mean every key. */
function addFiles(
  references: SecretReference[], name: unknown, items: unknown, how: SecretUse, optional: unknown, field: FieldPath, nameField: string,
): void {
  const listed = list(items);
  if (listed.length === 0) add(references, name, undefined, how, optional, field.child(nameField));
  listed.forEach((item, index) => {
    const { key } = record(item);
    if (typeof key === 'string') add(references, name, key, how, optional, field.child('items').index(index).child('key'));
  });
}

function add(references: SecretReference[], secretName: unknown, key: string | undefined, how: SecretUse, optional: unknown, field: FieldPath): void {
  if (typeof secretName === 'string' && secretName !== '') references.push({ secretName, key, how, optional: optional === true, field });
}
