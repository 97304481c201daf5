import type { AdmissionRule } from './admission/admission-rule';
import { kyvernoPolicy } from './admission/kyverno-policy';
import type { PolicyObject, PolicyTargetOptions } from './admission/policy-object';
import { validatingAdmissionPolicy } from './admission/validating-admission-policy';

/** How one target makes objects of a rule. */
export interface PolicyTargetVariant {
  readonly name: string;
  /** The objects, by the id of their constructs. */
  objects(rule: AdmissionRule, name: string, options: PolicyTargetOptions): Readonly<Record<string, PolicyObject>>;
}

/**
 * What enforces policies in a cluster, for those who apply what no synth has seen.
 *
 * @example
 * SecretPolicy.of(this).filesOnly();
 * SecretPolicy.of(this).exportTo(this, PolicyTarget.validatingAdmissionPolicy());
 */
export class PolicyTarget {
  /**
   * The API server itself: a ValidatingAdmissionPolicy and its binding for each, Kubernetes 1.30 and later.
   *
   * @param options what is done, and in which namespaces
   * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
   */
  public static validatingAdmissionPolicy(options: PolicyTargetOptions = {}): PolicyTarget {
    return new PolicyTarget({ name: 'validating-admission-policy', objects: validatingAdmissionPolicy }, options);
  }

  /**
   * Kyverno, 1.13 and later: a ClusterPolicy for each, with the same expressions.
   *
   * @param options what is done, and in which namespaces
   * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#common-expression-language-cel
   */
  public static kyverno(options: PolicyTargetOptions = {}): PolicyTarget {
    return new PolicyTarget({ name: 'kyverno', objects: kyvernoPolicy }, options);
  }

  readonly #variant: PolicyTargetVariant;
  readonly #options: PolicyTargetOptions;

  private constructor(variant: PolicyTargetVariant, options: PolicyTargetOptions) {
    this.#variant = variant;
    this.#options = { ...options };
  }

  /**
   * What it is called.
   *
   * @internal
   */
  public get _name(): string {
    return this.#variant.name;
  }

  /**
   * The objects of a rule, by the id of their constructs.
   *
   * @internal
   */
  public _objects(rule: AdmissionRule): Readonly<Record<string, PolicyObject>> {
    const { namePrefix = 'cdk8s-secrets' } = this.#options;
    const code = rule.code.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
    return this.#variant.objects(rule, [namePrefix, code, ...rule.suffix === undefined ? [] : [rule.suffix]].join('-'), this.#options);
  }
}
