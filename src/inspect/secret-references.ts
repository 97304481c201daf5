import { FieldPath } from './field-path';
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
const DRIVER_SECRETS: readonly (readonly [string, readonly string[]])[] = Object.entries({
  csi: ['nodePublishSecretRef', 'name'],
  azureFile: ['secretName'],
  cephfs: ['secretRef', 'name'],
  cinder: ['secretRef', 'name'],
  flexVolume: ['secretRef', 'name'],
  iscsi: ['secretRef', 'name'],
  rbd: ['secretRef', 'name'],
  scaleIO: ['secretRef', 'name'],
  storageos: ['secretRef', 'name'],
});

/**
 * Every reference to a secret in a pod spec, in the order of its fields. What is malformed in it is passed over.
 *
 * @param podSpec the pod spec, parsed or decoded
 * @param path where it stands, for the paths of the fields
 */
export function secretReferences(podSpec: unknown, path = FieldPath.ROOT): SecretReference[] {
  const references: SecretReference[] = [];
  const spec = record(podSpec);
  for (const field of ['initContainers', 'containers', 'ephemeralContainers']) {
    list(spec[field]).forEach((container, index) => fromContainer(container, path.child(field).index(index), references));
  }
  list(spec.volumes).forEach((volume, index) => fromVolume(record(volume), path.child('volumes').index(index), references));
  list(spec.imagePullSecrets).forEach((entry, index) => {
    add(references, record(entry).name, { how: SecretUse.IMAGE_PULL, optional: true, field: path.child('imagePullSecrets').index(index).child('name') });
  });
  return references;
}

function fromContainer(container: unknown, path: FieldPath, references: SecretReference[]): void {
  const { env, envFrom } = record(container);
  list(envFrom).forEach((entry, index) => {
    const { name, optional } = record(record(entry).secretRef);
    const field = path.child('envFrom').index(index).child('secretRef', 'name');
    add(references, name, { how: SecretUse.ENV_FROM, optional: optional === true, field });
  });
  list(env).forEach((entry, index) => {
    const { name, key, optional } = record(record(record(entry).valueFrom).secretKeyRef);
    if (typeof key !== 'string') return;
    const field = path.child('env').index(index).child('valueFrom', 'secretKeyRef', 'key');
    add(references, name, { key, how: SecretUse.ENV, optional: optional === true, field });
  });
}

function fromVolume(volume: Record<string, unknown>, path: FieldPath, references: SecretReference[]): void {
  const { secret, projected } = volume;
  const { secretName, items, optional } = record(secret);
  addFiles(references, secretName, items, { how: SecretUse.VOLUME, optional: optional === true, field: path.child('secret') }, 'secretName');
  list(record(projected).sources).forEach((entry, index) => {
    const source = record(record(entry).secret);
    const field = path.child('projected', 'sources').index(index).child('secret');
    addFiles(references, source.name, source.items, { how: SecretUse.PROJECTED_VOLUME, optional: source.optional === true, field }, 'name');
  });
  for (const [source, fields] of DRIVER_SECRETS) {
    if (volume[source] === undefined) continue;
    const name = fields.reduce<unknown>((value, field) => record(value)[field], volume[source]);
    add(references, name, { how: SecretUse.VOLUME_DRIVER, optional: false, field: path.child(source, ...fields) });
  }
}

type Use = Omit<SecretReference, 'secretName'>;

/** No items, and an empty list of items, both mean every key. */
function addFiles(references: SecretReference[], name: unknown, items: unknown, use: Use, nameField: string): void {
  const keys = list(items).map(item => record(item).key);
  if (keys.length === 0) add(references, name, { ...use, field: use.field.child(nameField) });
  keys.forEach((key, index) => {
    if (typeof key === 'string') add(references, name, { ...use, key, field: use.field.child('items').index(index).child('key') });
  });
}

function add(references: SecretReference[], secretName: unknown, use: Use): void {
  if (typeof secretName === 'string' && secretName !== '') references.push({ secretName, ...use });
}
