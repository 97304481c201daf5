import { FieldPath } from '../field-path';
import { list, record } from './untyped';

/** One place in a pod spec that names a ConfigMap. */
export interface ConfigMapReference {
  readonly name: string;
  /** The key, or undefined where every key is meant. */
  readonly key?: string;
  /** Whether the pod runs without it. */
  readonly optional: boolean;
  /** The field that holds the name of the ConfigMap, or of the key where there is one. */
  readonly field: FieldPath;
}

/**
 * Every reference to a ConfigMap by which a container sees it. What is malformed is passed over.
 *
 * @param podSpec the pod spec, parsed or decoded
 * @param path where it stands, for the paths of the fields
 */
export function configMapReferences(podSpec: unknown, path = FieldPath.ROOT): ConfigMapReference[] {
  const spec = record(podSpec);
  return [
    ...['initContainers', 'containers', 'ephemeralContainers'].flatMap(field => each(spec[field], path.child(field), inContainer)),
    ...each(spec.volumes, path.child('volumes'), inVolume),
  ];
}

function inContainer(container: Record<string, unknown>, path: FieldPath): ConfigMapReference[] {
  return [
    ...each(container.envFrom, path.child('envFrom'), ({ configMapRef }, at) => whole(configMapRef, at.child('configMapRef'))),
    ...each(container.env, path.child('env'), ({ valueFrom }, at) => {
      const { configMapKeyRef } = record(valueFrom);
      return one(configMapKeyRef, record(configMapKeyRef).key, at.child('valueFrom').child('configMapKeyRef').child('key'));
    }),
  ];
}

function inVolume({ configMap, projected }: Record<string, unknown>, path: FieldPath): ConfigMapReference[] {
  const sources = path.child('projected').child('sources');
  return [
    ...files(configMap, path.child('configMap')),
    ...each(record(projected).sources, sources, (source, at) => files(source.configMap, at.child('configMap'))),
  ];
}

/** No items, and an empty list of items, both mean every key. */
function files(source: unknown, path: FieldPath): ConfigMapReference[] {
  const { items } = record(source);
  return list(items).length === 0 ? whole(source, path) : each(items, path.child('items'), ({ key }, at) => one(source, key, at.child('key')));
}

function whole(source: unknown, path: FieldPath): ConfigMapReference[] {
  const { name, optional } = record(source);
  return typeof name === 'string' && name !== '' ? [{ name, optional: optional === true, field: path.child('name') }] : [];
}

function one(source: unknown, key: unknown, field: FieldPath): ConfigMapReference[] {
  return typeof key === 'string' ? whole(source, field).map(reference => ({ ...reference, key, field })) : [];
}

function each<T>(items: unknown, path: FieldPath, of: (item: Record<string, unknown>, path: FieldPath) => T[]): T[] {
  return list(items).flatMap((item, index) => of(record(item), path.index(index)));
}
