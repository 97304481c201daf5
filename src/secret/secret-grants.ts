import { ApiObject, Lazy } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { ISecret } from './secret-reference';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';

const READER_ID = 'Reader';
const ACCOUNT = 'ServiceAccount';
const RBAC_GROUP = 'rbac.authorization.k8s.io';

/**
 * Who may do what with one secret.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class SecretGrants {
  readonly #secret: ISecret;
  /** The same secret in other namespaces. */
  readonly #copies = new Map<string, ISecret>();
  readonly #granted: kplus.ISubject[] = [];
  /** Whether it may be in a namespace, where nobody knows all of them. */
  #reaches?: (namespace: string) => boolean;

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
   * Of a secret that is in several namespaces, a ServiceAccount gets the one of its own namespace, where there is one; users and groups
   * get all. Where nobody knows all of the namespaces, as with a `NamespaceSelector`, only ServiceAccounts can be granted it, in their own.
   *
   * @param subject a ServiceAccount, User or Group of cdk8s-plus, of any namespace, or a workload, which stands for its
   *   ServiceAccount
   * @throws MissingNamespace for a ServiceAccount whose namespace is not known, NamespaceMismatch for one of a namespace that the secret is not in,
   *   UnsupportedByDelivery where there is no Secret
   */
  public read(subject: kplus.ISubject): void {
    const problem = (this.#secret as { readonly _grantProblem?: Problem })._grantProblem;
    if (problem !== undefined) throw new SecretsError(problem, this.#secret.node.path);
    this.#granted.push(subject);
    if (this.#reaches !== undefined) return this.#readInItsNamespace(subject, this.#reaches);
    if (!this.#isElsewhere(subject)) {
      const reader = this.#secret.node.tryFindChild(READER_ID) as SecretReader | undefined
        ?? new SecretReader(this.#secret, READER_ID, this.#secret.namespace, namespace => this.#copies.has(namespace));
      reader.add(subject);
    }
    for (const copy of this.#copies.values()) grantCopy(copy, subject);
  }

  /**
   * Lets those who may get the secret get a copy of it in another namespace, too.
   *
   * @internal
   */
  public _extendTo(copy: ISecret): void {
    this.#copies.set(copy.namespace!, copy);
    for (const subject of this.#granted) grantCopy(copy, subject);
  }

  /**
   * Grants it in the namespaces of accounts, as it is in many.
   *
   * @internal
   */
  public _inMany(reaches: (namespace: string) => boolean): void {
    this.#reaches = reaches;
  }

  #readInItsNamespace(subject: kplus.ISubject, reaches: (namespace: string) => boolean): void {
    const { kind, name, namespace } = subject.toSubjectConfiguration();
    const { node, name: secret } = this.#secret;
    if (kind !== ACCOUNT || namespace === undefined) {
      throw new SecretsError({
        code: 'MissingNamespace',
        message: `secret ${JSON.stringify(secret)} is in namespaces that only the cluster knows, and nothing says in which of them ${kind} ${JSON.stringify(name)} is to get it`,
        next: 'grant it to a ServiceAccount of a namespace, or write a ClusterRole and RoleBindings',
      }, node.path);
    }
    if (!reaches(namespace)) {
      throw new SecretsError({
        code: 'NamespaceMismatch',
        message: `secret ${JSON.stringify(secret)} is not in namespace ${JSON.stringify(namespace)}, that of ServiceAccount ${JSON.stringify(name)}`,
        next: 'name the namespace in the NamespaceSelector',
      }, node.path);
    }
    const id = `${READER_ID}-${namespace}`;
    const reader = node.tryFindChild(id) as SecretReader | undefined ?? new SecretReader(this.#secret, id, namespace, () => false);
    reader.add(subject);
  }

  #isElsewhere(subject: kplus.ISubject): boolean {
    const { kind, namespace } = subject.toSubjectConfiguration();
    return kind === ACCOUNT && namespace !== undefined && this.#copies.has(namespace);
  }
}

function grantCopy(copy: ISecret, subject: kplus.ISubject): void {
  const { kind, namespace } = subject.toSubjectConfiguration();
  if (kind !== ACCOUNT || namespace === copy.namespace) copy.grants.read(subject);
}

/** The Role that may get one secret, and the RoleBinding of those who have it. */
class SecretReader extends Construct {
  private readonly subjects = new Map<string, { readonly kind: string; readonly namespace?: string }>();

  /**
   * @param namespace where the secret is
   * @param isElsewhere whether accounts of a namespace get a copy that is there
   */
  constructor(
    private readonly secret: ISecret, id: string, private readonly namespace: string | undefined,
    private readonly isElsewhere: (namespace: string) => boolean,
  ) {
    super(secret as unknown as Construct, id);
    const metadata = { namespace };
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
      subjects: Lazy.any({ produce: () => this.sorted() }),
    });
  }

  public add(subject: kplus.ISubject): void {
    const { kind, name, apiGroup, namespace } = subject.toSubjectConfiguration();
    const isAccount = kind === ACCOUNT;
    const itsNamespace = isAccount ? namespace ?? this.namespace : undefined;
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

  private sorted(): object[] {
    return [...this.subjects.keys()].sort().map(key => this.subjects.get(key)!)
      .filter(({ kind, namespace }) => kind !== ACCOUNT || namespace === undefined || !this.isElsewhere(namespace));
  }
}
