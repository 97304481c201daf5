import type { IConstruct } from 'constructs';
import type { SecretConfigMap } from './secret-config-map';
import { addAppCheck } from '../app/app-checks';
import { AppEntry } from '../app/app-record';
import { didYouMean } from '../errors/suggest';
import type { Cluster } from '../inspect/model/cluster';
import { configMapReferences } from '../inspect/model/config-map-references';
import { templatePlaces } from '../inspect/model/template-places';
import { isRecord } from '../inspect/model/untyped';
import { placeOf } from '../kubernetes/place';

const REGISTRY = new AppEntry<ConfigMapRegistry>('configMaps', root => new ConfigMapRegistry(root));

/** The ConfigMaps beside the secrets of one app, by namespace and name. */
export class ConfigMapRegistry {
  /** The registry of the app that holds a construct. */
  public static of(scope: IConstruct): ConfigMapRegistry {
    return REGISTRY.of(scope);
  }

  readonly #configMaps = new Map<string, SecretConfigMap>();

  constructor(root: IConstruct) {
    addAppCheck(root, cluster => this.check(cluster));
  }

  /** Adds a ConfigMap, in one of its namespaces. Where two have one place, the manifests say so. */
  public add(configMap: SecretConfigMap, namespace: string | undefined): void {
    this.#configMaps.set(placeOf(namespace, configMap.name), configMap);
  }

  /** Whether there is none. */
  public get isEmpty(): boolean {
    return this.#configMaps.size === 0;
  }

  /** The ConfigMap of that name, as a pod of that namespace would find it. */
  public find(namespace: string | undefined, name: string): SecretConfigMap | undefined {
    return this.#configMaps.get(placeOf(namespace, name));
  }

  /** Finds pods that name a key which such a ConfigMap does not have: they never start. */
  private check({ manifests }: Cluster): void {
    if (this.isEmpty) return;
    for (const { raw, namespace, findings } of manifests) {
      if (!isRecord(raw)) continue;
      for (const { spec, path } of templatePlaces(raw)) {
        for (const { name, key, optional, field } of configMapReferences(spec, path)) {
          const keys = key === undefined || optional ? undefined : this.find(namespace === '' ? undefined : namespace, name)?.keyNames;
          if (keys === undefined || keys.includes(key!)) continue;
          findings.fails('UnknownKey', field, `the ConfigMap ${JSON.stringify(name)} has no key ${JSON.stringify(key)}: the pod does not start`, didYouMean(key!, keys, 'keys'));
        }
      }
    }
  }
}
