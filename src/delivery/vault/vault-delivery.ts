import { type ApiObject, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { oneUnit } from '../one-unit';
import { DeliveredByOperator, metadataOf } from '../operator-object';
import { undeclaredTemplate } from '../remote-keys';
import { RemoteNaming } from '../remote-naming';
import { RestartedWorkloads } from '../restarted-workloads';
import { type DeliveredSecret, type DeliveryVariant, type SecretDeclaration, valuesNotKnown } from '../secret-declaration';
import { engineVariant, type EngineVariant, type VaultEngine } from './vault-engine';
import { type IVaultOperatorAuth, vaultAuthRef } from './vault-operator-auth';
import { vaultTemplates } from './vault-template';
import { SecretsError } from '../../errors/secrets-error';

/** What the operator calls the kinds that it restarts. */
const RESTARTED: Readonly<Record<string, string>> = {
  'apps/Deployment': 'Deployment', 'apps/DaemonSet': 'DaemonSet', 'apps/StatefulSet': 'StatefulSet', 'argoproj.io/Rollout': 'argo.Rollout',
};

/**
 * Options of `SecretDelivery.vault`.
 */
export interface VaultDeliveryOptions {
  /**
   * What the values come from: `VaultEngine.keyValue('secret')`.
   */
  readonly engine: VaultEngine;

  /**
   * How the operator authenticates: a `VaultOperatorAuth` of this program, or `VaultOperatorAuthReference.named('shop')`.
   *
   * @default - the VaultAuth `default` in the namespace of the operator
   */
  readonly auth?: IVaultOperatorAuth;

  /**
   * Which entry, and which field of it, holds the keys that have no `SensitiveValue.fromRemote` of their own, for the key-value engine. All keys of a secret are in
   * one entry.
   *
   * @default - what `RemoteNaming.….useFor(scope)` set nearest above the secret; without it, one entry of the secret's
   *   name, with a field for each key
   */
  readonly naming?: RemoteNaming;

  /**
   * How often the operator asks a key-value engine for changes. Leases and certificates are renewed by themselves.
   *
   * @default Duration.hours(1)
   */
  readonly refreshAfter?: Duration;

  /**
   * The namespace of Vault Enterprise.
   *
   * @default - that of the VaultAuth
   */
  readonly vaultNamespace?: string;

  /**
   * Keys that are made by a Go template of what is fetched, by key: `{ url: 'postgres://{{ .Secrets.username }}@db' }`.
   *
   * @default - none
   * @see https://developer.hashicorp.com/vault/docs/platform/k8s/vso/secret-transformation
   */
  readonly templates?: { [key: string]: string };

  /**
   * Whether the operator restarts the Deployments, StatefulSets, DaemonSets and Rollouts that the secret is bound to, when a value changes: those for which
   * no `SecretRollout.none()` or `.reloader()` was chosen.
   *
   * @default true
   */
  readonly restarts?: boolean;
}

/** A VaultStaticSecret, VaultDynamicSecret or VaultPKISecret: the Vault Secrets Operator makes the Secret. No value is read here. */
export class VaultDelivery implements DeliveryVariant {
  public readonly name = 'vault';
  readonly #engine: EngineVariant;
  readonly #refreshAfter: string;

  constructor(private readonly options: VaultDeliveryOptions) {
    this.#engine = engineVariant(options.engine);
    this.#refreshAfter = oneUnit(options.refreshAfter ?? Duration.hours(1), 'refreshAfter');
  }

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    const restarted = this.options.restarts === false ? undefined : new RestartedWorkloads();
    const delivered = new DeliveredByOperator(scope, declaration, {
      apiVersion: 'secrets.hashicorp.com/v1beta1',
      kind: this.#engine.kind,
      operator: 'the Vault Secrets Operator',
      restarted,
      spec: object => this.spec(object, scope, declaration, restarted),
    });
    if (this.options.auth !== undefined) vaultAuthRef(this.options.auth, delivered.namespace);
    return delivered;
  }

  public nameHash(): string {
    throw valuesNotKnown(this.name, 'let the operator restart the pods');
  }

  private spec(object: ApiObject, scope: Construct, declaration: SecretDeclaration, restarted: RestartedWorkloads | undefined): object {
    const { auth, vaultNamespace, naming, templates = {} } = this.options;
    const { namespace } = object.metadata;
    const made = new Map(Object.entries(templates));
    const declared = [...declaration.values().keys()];
    for (const key of made.keys()) {
      if (!declared.includes(key)) throw new SecretsError(undeclaredTemplate(key, declared));
    }
    const place = { name: object.name, namespace };
    const { spec, ...keys } = this.#engine.request({ declaration, place, naming: naming ?? RemoteNaming._of(scope), made });
    const targets = restarted?.targets(namespace, RESTARTED) ?? [];
    return {
      vaultAuthRef: auth && vaultAuthRef(auth, namespace),
      namespace: vaultNamespace,
      ...spec,
      ...this.#engine.polls ? { refreshAfter: this.#refreshAfter } : {},
      destination: {
        name: object.name,
        create: true,
        overwrite: false,
        type: declaration.type,
        ...metadataOf(object),
        transformation: { excludeRaw: true, excludes: ['.*'], templates: vaultTemplates(keys) },
      },
      ...targets.length === 0 ? {} : { rolloutRestartTargets: targets },
    };
  }
}
