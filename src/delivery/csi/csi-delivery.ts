import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { type CsiProvider, csiProviderVariant } from './csi-provider';
import type { CsiProviderVariant } from './csi-variant';
import type { CsiSelection, CsiVolume } from './csi-volume';
import type { Problem } from '../../errors/problem';
import { SecretsError } from '../../errors/secrets-error';
import { requiredKeys, TLS } from '../../kubernetes/secret-types';
import type { RemoteRef } from '../../value/remote-ref';
import { checkPlain } from '../one-entry';
import { plainEntriesOf, problemsOf } from '../remote-keys';
import { RemoteNaming } from '../remote-naming';
import { type DeliveredSecret, type DeliveryVariant, type SecretDeclaration, valuesNotKnown } from '../secret-declaration';

const PROVIDER_CLASS = { apiVersion: 'secrets-store.csi.x-k8s.io/v1', kind: 'SecretProviderClass' } as const;
const DRIVER = 'secrets-store.csi.k8s.io';

/**
 * Options of `SecretDelivery.csi`.
 */
export interface CsiDeliveryOptions {
  /**
   * The provider that the values come from.
   */
  readonly provider: CsiProvider;

  /**
   * Where the store holds the keys that have no `SensitiveValue.fromRemote` of their own.
   *
   * @default - what `RemoteNaming.….useFor(scope)` set nearest above the secret; without it, one entry of the secret's
   *   name, with a property for each key
   */
  readonly naming?: RemoteNaming;

  /**
   * Whether the driver makes a Secret too, for as long as a pod mounts the volume. It must be installed with
   * `syncSecret.enabled`. Without it nothing but files can be bound.
   *
   * @default - where a variable is bound
   */
  readonly sync?: boolean;

  /**
   * The name of a Secret, in the namespace of the pods, that holds the provider's own credentials. It must have the label
   * `secrets-store.csi.k8s.io/used: "true"`.
   *
   * @default - none: pods authenticate as their ServiceAccounts
   */
  readonly nodePublishSecretName?: string;
}

/** A SecretProviderClass: the Secrets Store CSI driver mounts the values into pods. No value is read here. */
export class CsiDelivery implements DeliveryVariant {
  public readonly name = 'csi';
  public readonly provider: CsiProviderVariant;

  constructor(public readonly options: CsiDeliveryOptions) {
    this.provider = csiProviderVariant(options.provider);
  }

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    return new DeliveredProviderClass(scope, declaration, this.provider, this.options);
  }

  public nameHash(): string {
    throw valuesNotKnown(this.name);
  }
}

class DeliveredProviderClass implements DeliveredSecret, CsiVolume {
  public readonly name: string;
  public readonly namespace?: string;
  public readonly object: ApiObject;
  #synced: boolean;

  constructor(
    private readonly scope: Construct, private readonly declaration: SecretDeclaration, public readonly provider: CsiProviderVariant,
    private readonly options: CsiDeliveryOptions,
  ) {
    this.#synced = options.sync === true;
    this.object = new ApiObject(scope, 'Resource', {
      ...PROVIDER_CLASS,
      metadata: declaration.metadata,
      spec: Lazy.any({ produce: () => this.spec() }),
    });
    this.name = this.object.name;
    this.namespace = this.object.metadata.namespace;
  }

  public get csiVolume(): CsiVolume {
    return this;
  }

  public get source(): object {
    return this.sourceOf(this.name);
  }

  public sourceOf(className: string): object {
    const { nodePublishSecretName } = this.options;
    return {
      csi: {
        driver: DRIVER,
        readOnly: true,
        volumeAttributes: { secretProviderClass: className },
        nodePublishSecretRef: nodePublishSecretName === undefined ? undefined : { name: nodePublishSecretName },
      },
    };
  }

  public entryOf(key: string): RemoteRef {
    return this.entries().get(key)!;
  }

  public requireSecret(): Problem | undefined {
    if (this.options.sync === false) {
      return {
        code: 'UnsupportedByDelivery',
        message: `secret ${JSON.stringify(this.name)} is delivered by the CSI driver as files only, with sync: false`,
        next: 'bind it as files, or let the driver make a Secret: leave sync out',
      };
    }
    this.#synced = true;
    return undefined;
  }

  public validate(): Problem[] {
    return this.declarationProblem() ?? problemsOf(() => this.spec());
  }

  public checksumInput(): undefined {
    return undefined;
  }

  public knownValues(): ReadonlyMap<string, Buffer> {
    return new Map();
  }

  private declarationProblem(): Problem[] | undefined {
    const keys = [...this.declaration.values().keys()];
    const problem = (message: string, next: string): Problem[] => [{ code: 'UnsupportedByDelivery', message, next }];
    if (keys.length === 0) return problem('the secret declares no key, so there is nothing to mount', 'declare its keys, or give it another delivery');
    if (!this.#synced) return undefined;
    if (this.declaration.immutable === true) {
      return problem('the Secret that the CSI driver makes is never immutable', 'leave immutable out, or bind it as files only');
    }
    const other = this.declaration.type === TLS ? keys.find(key => !requiredKeys(TLS).includes(key)) : undefined;
    return other === undefined ? undefined
      : problem(`of a secret of type ${JSON.stringify(TLS)} the CSI driver makes the keys tls.crt and tls.key, and not ${JSON.stringify(other)}`,
        'leave the key out, or bind it as files only');
  }

  private entries(): ReadonlyMap<string, RemoteRef> {
    const entries = plainEntriesOf(this.declaration, this, this.options.naming ?? RemoteNaming._of(this.scope), 'the CSI driver mounts');
    for (const [key, ref] of entries) checkPlain(key, ref, 'the CSI driver');
    return entries;
  }

  private spec(): object {
    const files = [...this.entries()].map(([path, ref]) => ({ path, ref }));
    return {
      provider: this.provider.name,
      parameters: this.provider.parameters(files),
      secretObjects: this.#synced ? [this.secretObject()] : undefined,
    };
  }

  /** The keys that the driver makes a Secret of; a declaration with others is refused. */
  private secretKeys(): string[] {
    const keys = [...this.declaration.values().keys()];
    return this.declaration.type === TLS ? keys.filter(key => requiredKeys(TLS).includes(key)) : keys;
  }

  /** The Secret that the driver makes. Its `objectName`s are the names of mounted files: the keys. */
  private secretObject(): object {
    const { labels, annotations } = this.object.metadata.toJson();
    return {
      secretName: this.name,
      type: this.declaration.type,
      labels,
      annotations,
      data: this.secretKeys().map(key => ({ objectName: key, key })),
    };
  }
}

/**
 * Makes a class for a volume that needs one of its own: files of several secrets, under other names than their keys, or
 * with modes.
 */
export function csiClass(scope: Construct, selections: readonly CsiSelection[]): object {
  const [{ volume }] = selections;
  const { provider } = volume;
  if (selections.some(other => other.volume.provider !== provider)) {
    throw new SecretsError({
      code: 'UnsupportedByDelivery',
      message: 'one volume of the CSI driver has one provider, and these secrets have several',
      next: 'deliver them with one SecretDelivery.csi, or mount two volumes',
    });
  }
  const object = scope.node.tryFindChild('Resource') as ApiObject | undefined ?? new ApiObject(scope, 'Resource', {
    ...PROVIDER_CLASS,
    spec: Lazy.any({
      produce: () => {
        const files = selections.flatMap(selection =>
          selection.files().map(({ key, path, mode }) => ({ path, mode, ref: selection.volume.entryOf(key) })));
        return { provider: provider.name, parameters: provider.parameters(files) };
      },
    }),
  });
  return volume.sourceOf(object.name);
}
