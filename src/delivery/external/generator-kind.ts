import { inspect } from 'node:util';
import { SecretsError } from '../../errors/secrets-error';

/**
 * The kinds of generators of the External Secrets operator. One that is newer than this library is named with `of`.
 *
 * @see https://external-secrets.io/latest/api/generator/
 */
export class ExternalGeneratorKind {
  /** Tokens of the Azure Container Registry. */
  public static readonly ACR_ACCESS_TOKEN = new ExternalGeneratorKind('ACRAccessToken');
  /** Credentials of BeyondTrust Workload Credentials. */
  public static readonly BEYONDTRUST_WORKLOAD_CREDENTIALS_DYNAMIC_SECRET = new ExternalGeneratorKind('BeyondtrustWorkloadCredentialsDynamicSecret');
  /** Tokens of Cloudsmith. */
  public static readonly CLOUDSMITH_ACCESS_TOKEN = new ExternalGeneratorKind('CloudsmithAccessToken');
  /** Any generator, for all namespaces. */
  public static readonly CLUSTER_GENERATOR = new ExternalGeneratorKind('ClusterGenerator');
  /** Tokens of the Elastic Container Registry of AWS. */
  public static readonly ECR_AUTHORIZATION_TOKEN = new ExternalGeneratorKind('ECRAuthorizationToken');
  /** Texts in the manifest, for tests. */
  public static readonly FAKE = new ExternalGeneratorKind('Fake');
  /** Tokens of the registries of Google. */
  public static readonly GCR_ACCESS_TOKEN = new ExternalGeneratorKind('GCRAccessToken');
  /** Tokens of a GitHub App. */
  public static readonly GITHUB_ACCESS_TOKEN = new ExternalGeneratorKind('GithubAccessToken');
  /** Deploy tokens of GitLab. */
  public static readonly GITLAB_DEPLOY_TOKEN = new ExternalGeneratorKind('GitlabDeployToken');
  /** Tokens of service accounts of Grafana. */
  public static readonly GRAFANA = new ExternalGeneratorKind('Grafana');
  /** One-time passwords. */
  public static readonly MFA = new ExternalGeneratorKind('MFA');
  /** Random passwords. */
  public static readonly PASSWORD = new ExternalGeneratorKind('Password');
  /** Tokens of robot accounts of Quay. */
  public static readonly QUAY_ACCESS_TOKEN = new ExternalGeneratorKind('QuayAccessToken');
  /** Key pairs for SSH. */
  public static readonly SSH_KEY = new ExternalGeneratorKind('SSHKey');
  /** Session tokens of AWS. */
  public static readonly STS_SESSION_TOKEN = new ExternalGeneratorKind('STSSessionToken');
  /** Random UUIDs. */
  public static readonly UUID = new ExternalGeneratorKind('UUID');
  /** What an engine of Vault makes. */
  public static readonly VAULT_DYNAMIC_SECRET = new ExternalGeneratorKind('VaultDynamicSecret');
  /** What a server answers. */
  public static readonly WEBHOOK = new ExternalGeneratorKind('Webhook');

  /**
   * A kind by its name, for example one of a newer operator.
   *
   * @param kind the `kind` of its objects: `Password`
   * @throws InvalidGenerator
   */
  public static of(kind: string): ExternalGeneratorKind {
    if (typeof kind === 'string' && /^[A-Z][A-Za-z0-9]{0,62}$/.test(kind)) return new ExternalGeneratorKind(kind);
    throw new SecretsError({
      code: 'InvalidGenerator',
      message: 'this can be no kind of a generator',
      next: "give the kind of its objects, as in ExternalGeneratorKind.of('Password')",
    });
  }

  /**
   * The `kind` of its objects.
   */
  public readonly kind: string;

  private constructor(kind: string) {
    this.kind = kind;
  }

  /**
   * The `kind` of its objects.
   */
  public toString(): string {
    return this.kind;
  }

  /** @internal */
  public [inspect.custom](): string {
    return `ExternalGeneratorKind ${this.kind}`;
  }
}

/** The name of a kind, whichever copy of the library made it. */
export function kindName(kind: ExternalGeneratorKind): string {
  const name = (kind as { readonly kind?: unknown } | null | undefined)?.kind;
  if (typeof name === 'string') return name;
  throw new SecretsError({
    code: 'InvalidGenerator',
    message: 'the kind of the generator is none',
    next: "give ExternalGeneratorKind.PASSWORD, or another of its kinds, or ExternalGeneratorKind.of('…')",
  });
}
