import { stringify } from 'yaml';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { formatMode } from '../kubernetes/modes';
import type { RemoteRef } from '../value/remote-ref';

/** One file that the driver mounts. */
export interface CsiFile {
  /** Its path in the volume. */
  readonly path: string;
  readonly ref: RemoteRef;
  /** Its mode, or undefined for that of the provider. */
  readonly mode?: number;
}

/**
 * Options of `CsiProvider.vault`.
 */
export interface VaultCsiOptions {
  /**
   * The role of Vault's Kubernetes auth method. Pods authenticate as their own ServiceAccounts.
   */
  readonly roleName: string;

  /**
   * The address of Vault.
   *
   * @default - the one that the provider was installed with
   */
  readonly vaultAddress?: string;

  /**
   * The namespace of Vault Enterprise.
   *
   * @default - none
   */
  readonly vaultNamespace?: string;

  /**
   * Where the Kubernetes auth method is mounted.
   *
   * @default 'kubernetes' (by the provider)
   */
  readonly vaultKubernetesMountPath?: string;
}

/**
 * Options of the providers of AWS. Pods authenticate as their own ServiceAccounts.
 */
export interface AwsCsiOptions {
  /**
   * The region.
   *
   * @default - the region of the node
   */
  readonly region?: string;

  /**
   * Whether pods authenticate by EKS Pod Identity.
   *
   * @default false - by a role of IAM (IRSA)
   */
  readonly usePodIdentity?: boolean;
}

/**
 * Options of `CsiProvider.azureKeyVault`.
 */
export interface AzureCsiOptions {
  /**
   * The name of the vault.
   */
  readonly keyvaultName: string;

  /**
   * Its tenant.
   */
  readonly tenantId: string;

  /**
   * The client id of the identity that pods are federated with (workload identity).
   *
   * @default - none
   */
  readonly clientId?: string;

  /**
   * The client id of the managed identity of the node.
   *
   * @default - none
   */
  readonly userAssignedIdentityId?: string;
}

/**
 * Options of `CsiProvider.googleSecretManager`. Pods authenticate as their own ServiceAccounts.
 */
export interface GoogleCsiOptions {
  /**
   * The project.
   */
  readonly projectId: string;
}

/**
 * A provider of the Secrets Store CSI driver: where the files of a volume come from.
 *
 * @see https://secrets-store-csi-driver.sigs.k8s.io/providers
 */
export abstract class CsiProvider {
  /**
   * Vault. The key of an entry is its full path, `secret/data/db` for version 2 of the key-value engine, its property a
   * field; entries have no version.
   *
   * @param options the role, and which Vault
   * @see https://developer.hashicorp.com/vault/docs/platform/k8s/csi/configurations
   */
  public static vault(options: VaultCsiOptions): CsiProvider {
    const { roleName, vaultAddress, vaultNamespace, vaultKubernetesMountPath } = options;
    return new VaultCsiProvider('vault', { roleName, vaultAddress, vaultNamespace, vaultKubernetesMountPath });
  }

  /**
   * AWS Secrets Manager. The key of an entry is its name or ARN, its property a field of its JSON text.
   *
   * @param options the region
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/integrating_csi_driver.html
   */
  public static awsSecretsManager(options: AwsCsiOptions = {}): CsiProvider {
    return new AwsCsiProvider('secretsmanager', options);
  }

  /**
   * The Parameter Store of AWS Systems Manager.
   *
   * @param options the region
   */
  public static awsParameterStore(options: AwsCsiOptions = {}): CsiProvider {
    return new AwsCsiProvider('ssmparameter', options);
  }

  /**
   * Azure Key Vault. The key of an entry is the name of a secret of the vault; entries have no properties.
   *
   * @param options which vault, and how to authenticate
   * @see https://azure.github.io/secrets-store-csi-driver-provider-azure/docs/getting-started/usage/
   */
  public static azureKeyVault(options: AzureCsiOptions): CsiProvider {
    const { keyvaultName, tenantId, clientId, userAssignedIdentityId } = options;
    return new AzureCsiProvider('azure', {
      keyvaultName,
      tenantId,
      clientID: clientId,
      usePodIdentity: 'false',
      useVMManagedIdentity: userAssignedIdentityId === undefined ? undefined : 'true',
      userAssignedIdentityID: userAssignedIdentityId,
    });
  }

  /**
   * Google Secret Manager. The key of an entry is the name of a secret of the project, its property a field of its JSON text.
   *
   * @param options the project
   * @see https://github.com/GoogleCloudPlatform/secrets-store-csi-driver-provider-gcp
   */
  public static googleSecretManager(options: GoogleCsiOptions): CsiProvider {
    return new GoogleCsiProvider(options.projectId);
  }

  /**
   * Any other provider. Its parameters are written as they are; the files that they name must be the keys of the secret.
   *
   * @param name the name that it is installed under: letters, digits, `-` and `_`, at most 30
   * @param parameters its parameters
   * @throws InvalidProviderClass
   */
  public static of(name: string, parameters: { [name: string]: string }): CsiProvider {
    return new OtherCsiProvider(name, parameters);
  }

  /**
   * The name that it is installed under.
   *
   * @internal
   */
  public abstract readonly _name: string;

  /**
   * The parameters that mount these files.
   *
   * @internal
   */
  public abstract _parameters(files: readonly CsiFile[]): Record<string, string>;
}

type Parameters = Readonly<Record<string, string | undefined>>;

abstract class KnownCsiProvider extends CsiProvider {
  constructor(public readonly _name: string, private readonly parameters: Parameters) {
    super();
  }

  public _parameters(files: readonly CsiFile[]): Record<string, string> {
    const given = Object.entries({ ...this.parameters, ...this.objects(files) });
    return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
  }

  /** The parameters that name the files. */
  protected abstract objects(files: readonly CsiFile[]): Parameters;
}

class VaultCsiProvider extends KnownCsiProvider {
  protected objects(files: readonly CsiFile[]): Parameters {
    for (const { ref } of files) refuse(ref, 'version', 'Vault');
    return {
      objects: yaml(files.map(({ path, ref, mode }) => ({ objectName: path, secretPath: ref.key, secretKey: ref.property, filePermission: mode }))),
    };
  }
}

class AwsCsiProvider extends KnownCsiProvider {
  constructor(private readonly objectType: string, { region, usePodIdentity }: AwsCsiOptions) {
    super('aws', { region, usePodIdentity: usePodIdentity === true ? 'true' : undefined });
  }

  /** The provider refuses an entry that is named twice, so each stands once, with all of its properties. */
  protected objects(files: readonly CsiFile[]): Parameters {
    const byEntry = new Map<string, CsiFile[]>();
    for (const file of files) byEntry.set(file.ref.key, [...byEntry.get(file.ref.key) ?? [], file]);
    return {
      pathTranslation: files.some(({ path }) => path.includes('/')) ? 'False' : undefined,
      objects: yaml([...byEntry].map(([key, ofEntry]) => this.object(key, ofEntry))),
    };
  }

  private object(objectName: string, files: readonly CsiFile[]): object {
    const wholes = files.filter(({ ref }) => ref.property === undefined);
    const properties = files.filter(({ ref }) => ref.property !== undefined);
    if (wholes.length > 1) throw invalid(`entry ${JSON.stringify(objectName)} would be mounted as two files`, 'let two keys have two entries, or properties of one');
    if (new Set(files.map(({ ref }) => ref.version)).size > 1) {
      throw invalid(`entry ${JSON.stringify(objectName)} would be mounted in two versions`, 'let all keys of one entry have one version');
    }
    const [whole] = wholes;
    const taken = properties.find(({ path }) => path === objectName);
    if (taken !== undefined) {
      throw invalid(`the file ${JSON.stringify(taken.path)} has the name of the entry that it comes from, which the provider mounts as well`, 'rename one of them');
    }
    return {
      objectName,
      objectType: objectName.startsWith('arn:') ? undefined : this.objectType,
      objectAlias: whole === undefined || whole.path === objectName ? undefined : whole.path,
      objectVersion: files[0].ref.version,
      filePermission: permission(whole?.mode),
      jmesPath: properties.length === 0 ? undefined : properties.map(({ path, ref, mode }) => ({
        path: /^[A-Za-z_]\w*$/.test(ref.property!) ? ref.property : JSON.stringify(ref.property),
        objectAlias: path,
        filePermission: permission(mode),
      })),
    };
  }
}

class AzureCsiProvider extends KnownCsiProvider {
  protected objects(files: readonly CsiFile[]): Parameters {
    for (const { ref } of files) refuse(ref, 'property', 'Azure Key Vault');
    return {
      objects: yaml({
        array: files.map(({ path, ref, mode }) => yaml({
          objectName: ref.key,
          objectType: 'secret',
          objectAlias: path === ref.key ? undefined : path,
          objectVersion: ref.version,
          filePermission: permission(mode),
        })),
      }),
    };
  }
}

class GoogleCsiProvider extends KnownCsiProvider {
  constructor(private readonly projectId: string) {
    super('gcp', {});
  }

  protected objects(files: readonly CsiFile[]): Parameters {
    return {
      secrets: yaml(files.map(({ path, ref, mode }) => ({
        resourceName: `projects/${this.projectId}/secrets/${ref.key}/versions/${ref.version ?? 'latest'}`,
        path,
        extractJSONKey: ref.property,
        mode,
      }))),
    };
  }
}

class OtherCsiProvider extends CsiProvider {
  readonly #parameters: Record<string, string>;

  constructor(public readonly _name: string, parameters: Readonly<Record<string, string>>) {
    super();
    if (typeof _name !== 'string' || !/^[a-zA-Z0-9_-]{1,30}$/.test(_name)) {
      throw invalid(`${JSON.stringify(_name)} can be no name of a provider`, "use letters, digits, '-' and '_', at most 30");
    }
    for (const [name, text] of Object.entries(parameters)) {
      if (typeof text !== 'string') throw invalid(`the parameter ${JSON.stringify(name)} is no text`, 'write lists and objects as YAML in a text');
    }
    this.#parameters = { ...parameters };
  }

  public _parameters(files: readonly CsiFile[]): Record<string, string> {
    if (files.some(({ mode }) => mode !== undefined)) {
      throw invalid(`how the provider ${JSON.stringify(this._name)} sets modes is not known`, 'say it in its parameters, and leave the mode out here');
    }
    return { ...this.#parameters };
  }
}

/** A text of YAML, as providers take lists in a parameter. */
function yaml(content: object): string {
  return stringify(content, { lineWidth: 0, keepUndefined: false });
}

/** A mode as AWS and Azure take it: a text of four octal digits. */
function permission(mode: number | undefined): string | undefined {
  return mode === undefined ? undefined : formatMode(mode);
}

function refuse(ref: RemoteRef, field: 'version' | 'property', provider: string): void {
  if (ref[field] === undefined) return;
  throw invalid(`entries of ${provider} have no ${field} for the CSI driver, and that of ${JSON.stringify(ref.key)} has one`,
    field === 'property' ? 'let each key have an entry of its own: RemoteNaming.entryPerKey' : 'leave the version out');
}

function invalid(message: string, next: string): SecretsError {
  const problem: Problem = { code: 'InvalidProviderClass', message, next };
  return new SecretsError(problem);
}
