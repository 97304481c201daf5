import { ApiObject, Lazy } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { ISecret } from './secret-reference';
import { SecretsError } from '../errors/secrets-error';

const READER_ID = 'Reader';
const RBAC_GROUP = 'rbac.authorization.k8s.io';

/**
 * Who may do what with one secret.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class SecretGrants {
  readonly #secret: ISecret;

  /**
   * The grants of a secret; `secret.grants` gives them.
   *
   * @param secret the secret
   */
  constructor(secret: ISecret) {
    this.#secret = secret;
  }

  /**
   * Lets a subject get this secret through the API: a Role for just this name, and a RoleBinding, in the namespace of the
   * secret. Granting it again changes nothing.
   *
   * A pod needs no grant for secrets that are bound to it: the kubelet fetches those. RBAC knows no keys, so who may get a
   * secret gets all of them; and it can not limit `list` and `watch` to one name, so those are not granted.
   *
   * @param subject a ServiceAccount, User or Group of cdk8s-plus, of any namespace, or a workload, which stands for its
   *   ServiceAccount
   * @throws MissingNamespace for a ServiceAccount whose namespace is not known
   */
  public read(subject: kplus.ISubject): void {
    const reader = this.#secret.node.tryFindChild(READER_ID) as SecretReader | undefined ?? new SecretReader(this.#secret);
    reader.add(subject);
  }
}

/** The Role that may get one secret, and the RoleBinding of those who have it. */
class SecretReader extends Construct {
  private readonly subjects = new Map<string, object>();

  constructor(private readonly secret: ISecret) {
    super(secret as unknown as Construct, READER_ID);
    const metadata = { namespace: secret.namespace };
    const role = new ApiObject(this, 'Role', {
      apiVersion: `${RBAC_GROUP}/v1`,
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: [secret.name], verbs: ['get'] }],
    });
    new ApiObject(this, 'Binding', {
      apiVersion: `${RBAC_GROUP}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: RBAC_GROUP, kind: 'Role', name: role.name },
      subjects: Lazy.any({ produce: () => [...this.subjects.keys()].sort().map(key => this.subjects.get(key)) }),
    });
  }

  public add(subject: kplus.ISubject): void {
    const { kind, name, apiGroup, namespace } = subject.toSubjectConfiguration();
    const isAccount = kind === 'ServiceAccount';
    const itsNamespace = isAccount ? namespace ?? this.secret.namespace : undefined;
    if (isAccount && itsNamespace === undefined) {
      throw new SecretsError({
        code: 'MissingNamespace',
        message: `a RoleBinding must name the namespace of service account ${JSON.stringify(name)}, which is not known`,
        next: 'give the chart a namespace',
      }, this.secret.node.path);
    }
    const fields = { kind, name, apiGroup: isAccount ? undefined : apiGroup ?? RBAC_GROUP, namespace: itsNamespace };
    this.subjects.set(JSON.stringify([kind, itsNamespace, name]), fields);
  }
}
