/** What a cluster does with an object that violates a policy. */
export enum AdmissionAction {
  /** It refuses it. */
  DENY = 'deny',
  /** It takes it, and warns whoever made it. Kyverno reports it. */
  WARN = 'warn',
  /** It takes it, and writes it into the audit log. Kyverno reports it. */
  AUDIT = 'audit',
}

/** How policies are enforced in a cluster. */
export interface PolicyTargetOptions {
  /**
   * What is done with an object that violates them.
   *
   * @default AdmissionAction.DENY
   */
  readonly action?: AdmissionAction;

  /**
   * The namespaces that they hold in. Objects of the whole cluster, ClusterRoles for example, are in none and are looked at all the same.
   *
   * @default - every one but those of Kubernetes: kube-system, kube-public, kube-node-lease
   */
  readonly namespaces?: string[];

  /**
   * What the names of the objects begin with.
   *
   * @default 'cdk8s-secrets'
   */
  readonly namePrefix?: string;
}

/** An object that enforces a policy, without its metadata but the name. */
export interface PolicyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: object;
}
