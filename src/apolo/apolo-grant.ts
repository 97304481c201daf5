import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ApoloContext } from './apolo-context';
import { ApoloSecretUri } from './apolo-secret-uri';
import { refused } from './resource-uri';
import { SecretsError } from '../errors/secrets-error';
import { childPath } from '../secret/construct-path';
import type { ISecret } from '../secret/secret-reference';
import { shellWord } from '../workload/secret-commands';

/**
 * What a grant allows. Each level includes the ones before it.
 */
export enum ApoloPermission {
  /** To read the value, and to start jobs that use it. */
  READ = 'read',
  /** To change it. */
  WRITE = 'write',
  /** To remove it, and to grant it to others. */
  MANAGE = 'manage',
}

/**
 * Options of `ApoloGrant.roleFor`.
 */
export interface ApoloRoleOptions {
  /**
   * Whether it is meant that the user gets every key of the Secret.
   *
   * @default false - a Secret with further keys is refused
   */
  readonly wholeSecret?: boolean;
}

/** What a Role can allow on one named object; creating and listing can not be limited to a name. */
const VERBS: Readonly<Record<ApoloPermission, readonly string[]>> = {
  read: ['get'],
  write: ['get', 'patch', 'update'],
  manage: ['delete', 'get', 'patch', 'update'],
};

/**
 * A secret of the Apolo platform shared with a user: `apolo acl grant`, of which `apolo share` is another name.
 */
export class ApoloGrant {
  /**
   * A grant as `apolo acl grant URI USER PERMISSION` makes it.
   *
   * @param uri the secret, short or full
   * @param user the user
   * @param permission what the user may do; the client demands it
   * @param context where the client stands
   * @throws InvalidApoloReference in the words of the client
   */
  public static share(uri: string, user: string, permission: ApoloPermission, context: ApoloContext): ApoloGrant {
    if (user === '' || user.includes(':')) throw refused(`Invalid name: '${user}'`, 'give the name of a user');
    if (!Object.values(ApoloPermission).includes(permission)) {
      throw refused("Missing argument 'PERMISSION'", 'say what the user may do: ApoloPermission.READ, WRITE or MANAGE');
    }
    return new ApoloGrant(ApoloSecretUri.parse(uri, context), user, permission);
  }

  /**
   * The secret.
   */
  public readonly uri: ApoloSecretUri;

  /**
   * The user.
   */
  public readonly user: string;

  /**
   * What the user may do.
   */
  public readonly permission: ApoloPermission;

  private constructor(uri: ApoloSecretUri, user: string, permission: ApoloPermission) {
    this.uri = uri;
    this.user = user;
    this.permission = permission;
  }

  /**
   * The command that grants it on the platform.
   */
  public get grantCommand(): string {
    return `apolo acl grant ${shellWord(this.uri.toString())} ${shellWord(this.user)} ${this.permission}`;
  }

  /**
   * The command that takes it back.
   */
  public get revokeCommand(): string {
    return `apolo acl revoke ${shellWord(this.uri.toString())} ${shellWord(this.user)}`;
  }

  /**
   * The same on a cluster of one's own: a Role on exactly this Secret, and a RoleBinding to the user.
   *
   * Kubernetes can name a Secret in a Role, not one of its keys: whoever reads one reads all. So a Secret with other keys than
   * the shared one is refused, as is one whose keys are not known, unless `wholeSecret` says that it is meant.
   *
   * @param scope the construct that the objects belong to
   * @param id the id of the Role; the RoleBinding has it with `Binding` added
   * @param secret the Secret that has the key
   * @param options how far it may go
   * @throws UnknownKey where the Secret has no such key
   * @throws GrantTooWide
   */
  public roleFor(scope: Construct, id: string, secret: ISecret, options: ApoloRoleOptions = {}): ApiObject {
    secret.key(this.uri.key);
    const others = secret.keyNames?.filter(key => key !== this.uri.key);
    if (!options.wholeSecret && (others === undefined || others.length > 0)) {
      throw new SecretsError({
        code: 'GrantTooWide',
        message: `a Role on the secret ${JSON.stringify(secret.name)} allows ${others === undefined ? 'all its keys, which are not known' : `${others.length} further keys`}; RBAC names Secrets, not keys`,
        next: `put the key ${JSON.stringify(this.uri.key)} into a Secret of its own, or say wholeSecret where all are meant`,
      }, childPath(scope, id));
    }
    const { namespace } = secret;
    const role = new ApiObject(scope, id, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { namespace },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: [secret.name], verbs: [...VERBS[this.permission]] }],
    });
    new ApiObject(scope, `${id}Binding`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: this.user }],
    });
    return role;
  }
}
