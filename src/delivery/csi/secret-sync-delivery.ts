import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { type CsiProvider, csiProviderVariant } from './csi-provider';
import { PATTERNS } from '../../crd/patterns';
import { SecretsError } from '../../errors/secrets-error';
import { dns1123Subdomain } from '../../kubernetes/names';
import { checkPlain } from '../one-entry';
import { DeliveredByOperator, metadataOf } from '../operator-object';
import { plainEntriesOf } from '../remote-keys';
import { RemoteNaming } from '../remote-naming';
import { type DeliveredSecret, type DeliveryVariant, type SecretDeclaration, valuesNotKnown } from '../secret-declaration';

/** What the definition of SecretSync asks of keys: less than Kubernetes takes. */
const KEY_PATTERN = PATTERNS['^[A-Za-z0-9.]([-A-Za-z0-9]+([-._a-zA-Z0-9]?[A-Za-z0-9])*)?(\\/([0-9]+))*$'];

/**
 * Options of `SecretDelivery.secretSync`.
 */
export interface SecretSyncDeliveryOptions {
  /**
   * The provider that the values come from: one of the Secrets Store CSI driver.
   */
  readonly provider: CsiProvider;

  /**
   * The ServiceAccount, in the namespace of the secret, that the store is asked as.
   */
  readonly serviceAccountName: string;

  /**
   * Where the store holds the keys that have no `SensitiveValue.fromRemote` of their own.
   *
   * @default - what `RemoteNaming.….useFor(scope)` set nearest above the secret; without it, one entry of the secret's
   *   name, with a property for each key
   */
  readonly naming?: RemoteNaming;
}

/** A SecretSync with its SecretProviderClass: the Secrets Store Sync controller makes the Secret. No value is read here. */
export class SecretSyncDelivery implements DeliveryVariant {
  public readonly name = 'secretSync';

  constructor(private readonly options: SecretSyncDeliveryOptions) {
    csiProviderVariant(options.provider);
    const { serviceAccountName } = options;
    const wrong = typeof serviceAccountName === 'string' ? dns1123Subdomain(serviceAccountName) : ['must be a text'];
    if (wrong.length > 0) {
      throw new SecretsError({
        code: 'InvalidDelivery',
        message: `${JSON.stringify(serviceAccountName)} can be no name of a ServiceAccount: ${wrong.join(', ')}`,
        next: 'name one of the namespace of the secret',
      });
    }
  }

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    const { serviceAccountName } = this.options;
    const provider = csiProviderVariant(this.options.provider);
    const delivered = new DeliveredByOperator(scope, declaration, {
      apiVersion: 'secret-sync.x-k8s.io/v1alpha1',
      kind: 'SecretSync',
      operator: 'the Secrets Store Sync controller',
      spec: object => ({
        secretProviderClassName: object.name,
        serviceAccountName,
        secretObject: {
          type: declaration.type,
          ...metadataOf(object),
          data: this.files(object, scope, declaration).map(({ path }) => ({ sourcePath: path, targetKey: path })),
        },
      }),
    });
    const { name, namespace, object } = delivered;
    new ApiObject(scope, 'ProviderClass', {
      apiVersion: 'secrets-store.csi.x-k8s.io/v1',
      kind: 'SecretProviderClass',
      metadata: { name, namespace },
      spec: Lazy.any({
        produce: () => ({ provider: provider.name, parameters: provider.parameters(this.files(object, scope, declaration)) }),
      }),
    });
    return delivered;
  }

  public nameHash(): string {
    throw valuesNotKnown(this.name);
  }

  /** The files that the provider is asked for: each is named as its key. */
  private files({ name, metadata: { namespace } }: ApiObject, scope: Construct, declaration: SecretDeclaration) {
    const naming = this.options.naming ?? RemoteNaming._of(scope);
    const entries = plainEntriesOf(declaration, { name, namespace }, naming, 'a SecretSync takes');
    if (entries.size === 0) throw unsupported('the secret declares no key, so there is nothing to fetch', 'declare its keys, or give it another delivery');
    const wrong = [...entries.keys()].find(key => !KEY_PATTERN.matches(key));
    if (wrong !== undefined) {
      throw unsupported(`a SecretSync cannot make the key ${JSON.stringify(wrong)}: it must be ${KEY_PATTERN.asks}`,
        'give the key another name; a binding can rename the file or variable');
    }
    for (const [key, ref] of entries) checkPlain(key, ref, 'a SecretSync');
    return [...entries].map(([path, ref]) => ({ path, ref }));
  }
}

function unsupported(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'UnsupportedByDelivery', message, next });
}
