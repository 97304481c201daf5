import type { ConfigMap, ServiceAccount } from '../decode/decoded';
import { missingSecretsOf, type MissingSecrets, type RepositoryOptions } from '../inspection-options';
import { BoundAccounts } from './bound-accounts';
import { CustomResources } from './custom-resources';
import { KnownSecrets } from './known-secrets';
import type { Manifest } from './manifest';
import { Namespaces } from './namespaces';
import { hasTurn } from './order-annotations';
import { mountedClasses } from './provider-classes';
import { SecretContents } from './secret-contents';
import { SecretMentions } from './secret-mentions';
import { secretsOf } from './secrets-of-manifest';
import { WorkloadLabels } from './workload-labels';

/** What a cluster would hold once the manifests are applied, as far as secrets and their consumers need it. */
export class Cluster {
  public readonly secrets = new KnownSecrets();
  readonly #configMaps = new Map<string, SecretContents>();
  readonly #serviceAccounts = new Map<string, ServiceAccount>();

  #resources?: CustomResources;
  #isOrdered?: boolean;
  #mentions?: SecretMentions;
  #namespaces?: Namespaces;
  #boundAccounts?: BoundAccounts;
  #workloads?: WorkloadLabels;
  #mountedClasses?: ReadonlySet<string>;

  /** What is said of Secrets that nothing makes. */
  public readonly missingSecrets: MissingSecrets;

  constructor(public readonly manifests: readonly Manifest[], public readonly options: RepositoryOptions) {
    this.missingSecrets = missingSecretsOf(options);
    for (const { name, namespace, type, keys } of options.existingSecrets ?? []) {
      this.secrets.add({ name, namespace, type, keys: keys === undefined ? undefined : new Set(keys) });
    }
    for (const { name, namespace, keys } of options.assumedSecrets ?? []) {
      this.secrets.add({ name, namespace, keys: keys && new Set(keys), isAssumed: true });
    }
    for (const manifest of manifests) this.#add(manifest);
  }

  /** The custom resources among the manifests. */
  public get resources(): CustomResources {
    return this.#resources ??= new CustomResources(this.manifests);
  }

  /** The SecretProviderClasses that pods mount. */
  public get mountedClasses(): ReadonlySet<string> {
    return this.#mountedClasses ??= mountedClasses(this.manifests);
  }

  /** Whether some of the manifests are applied before others. */
  public get isOrdered(): boolean {
    return this.#isOrdered ??= this.manifests.some(hasTurn);
  }

  /** What speaks of the Secrets that the manifests make. */
  public get mentions(): SecretMentions {
    return this.#mentions ??= new SecretMentions(this.manifests, manifest => secretsOf(manifest, () => this.resources).map(({ name }) => name));
  }

  /** The ServiceAccounts that are allowed something. */
  public get boundAccounts(): BoundAccounts {
    return this.#boundAccounts ??= new BoundAccounts(this.manifests);
  }

  /** What runs in the namespaces, and who may read there. */
  public get namespaces(): Namespaces {
    return this.#namespaces ??= new Namespaces(this.manifests);
  }

  /** The pods by their labels. */
  public get workloads(): WorkloadLabels {
    return this.#workloads ??= new WorkloadLabels(this.manifests);
  }

  #add(manifest: Manifest): void {
    for (const secret of secretsOf(manifest, () => this.resources)) {
      if (secret.name !== '') this.secrets.add(manifest.source.moved ? { ...secret, namespace: undefined } : secret);
    }
    const at = key(manifest.namespace, manifest.name);
    if (manifest.decoded === undefined) return;
    if (manifest.kind === 'ServiceAccount') this.#serviceAccounts.set(at, manifest.decoded);
    if (manifest.kind === 'ConfigMap') this.#configMaps.set(at, contentsOf(manifest.decoded));
  }

  /** The contents of a ConfigMap that a manifest makes. */
  public configMap(namespace: string, name: string): SecretContents | undefined {
    return this.#configMaps.get(key(namespace, name));
  }

  /** A ServiceAccount that a manifest makes. */
  public serviceAccount(namespace: string, name: string): ServiceAccount | undefined {
    return this.#serviceAccounts.get(key(namespace, name));
  }
}

function contentsOf(configMap: ConfigMap): SecretContents {
  return new SecretContents({ data: configMap.binaryData, stringData: configMap.data });
}

function key(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
