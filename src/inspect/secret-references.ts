/** How a pod uses a secret. */
export enum SecretUse {
  ENV = 'env',
  ENV_FROM = 'envFrom',
  VOLUME = 'volume',
  PROJECTED_VOLUME = 'projectedVolume',
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
  /** The field that names it, from the pod spec on: `containers[0].env[1].valueFrom.secretKeyRef`. */
  readonly field: string;
}

/** Every reference to a secret in a pod spec, in the order of its fields. What is malformed in it is passed over. */
export function secretReferences(podSpec: unknown): SecretReference[] {
  const references: SecretReference[] = [];
  const spec = record(podSpec);
  for (const field of ['initContainers', 'containers', 'ephemeralContainers']) {
    list(spec[field]).forEach((container, index) => fromContainer(container, `${field}[${index}]`, references));
  }
  list(spec.volumes).forEach((volume, index) => fromVolume(volume, `volumes[${index}]`, references));
  list(spec.imagePullSecrets).forEach((entry, index) => {
    add(references, record(entry).name, { how: SecretUse.IMAGE_PULL, optional: true, field: `imagePullSecrets[${index}]` });
  });
  return references;
}

function fromContainer(container: unknown, at: string, references: SecretReference[]): void {
  const { env, envFrom } = record(container);
  list(envFrom).forEach((entry, index) => {
    const { name, optional } = record(record(entry).secretRef);
    add(references, name, { how: SecretUse.ENV_FROM, optional: optional === true, field: `${at}.envFrom[${index}].secretRef` });
  });
  list(env).forEach((entry, index) => {
    const { name, key, optional } = record(record(record(entry).valueFrom).secretKeyRef);
    if (typeof key !== 'string') return;
    add(references, name, { key, how: SecretUse.ENV, optional: optional === true, field: `${at}.env[${index}].valueFrom.secretKeyRef` });
  });
}

function fromVolume(volume: unknown, at: string, references: SecretReference[]): void {
  const { secret, projected } = record(volume);
  const { secretName, items, optional } = record(secret);
  addFiles(references, secretName, items, { how: SecretUse.VOLUME, optional: optional === true, field: `${at}.secret` });
  list(record(projected).sources).forEach((entry, index) => {
    const source = record(record(entry).secret);
    addFiles(references, source.name, source.items, {
      how: SecretUse.PROJECTED_VOLUME, optional: source.optional === true, field: `${at}.projected.sources[${index}].secret`,
    });
  });
}

type Use = Omit<SecretReference, 'secretName'>;

/** No items, and an empty list of items, both mean every key. */
function addFiles(references: SecretReference[], name: unknown, items: unknown, use: Use): void {
  const keys = list(items).map(item => record(item).key);
  if (keys.length === 0) add(references, name, use);
  keys.forEach((key, index) => {
    if (typeof key === 'string') add(references, name, { ...use, key, field: `${use.field}.items[${index}]` });
  });
}

function add(references: SecretReference[], secretName: unknown, use: Use): void {
  if (typeof secretName === 'string' && secretName !== '') references.push({ secretName, ...use });
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
