import type { Duration } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { admissionOfRule, OTHER_OBJECTS } from './admission/admission-of-rule';
import { maxModeInCluster } from './admission/pod-rules';
import { PACKS, rulesOf } from './packs';
import { exportPolicies, rememberPolicy, type PolicyExport } from './policy-export';
import { filesOnly, forbidPlaintext, maxMode, requireImmutable, requireRollout } from './policy-rules';
import type { PolicyTarget } from './policy-target';
import type { PolicyRule } from './rules/policy-rule';
import { allowReaders, limitReaders } from './rules/readers';
import { requireRotation } from './rules/rotation';
import { addAppCheck } from '../app/app-checks';
import { AppInspector } from '../app/app-inspector';
import { isAcknowledged } from '../app/app-manifests';
import { AppEntry } from '../app/app-record';
import { addOwnValidation } from '../app/own-validation';
import { formatProblem, type Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { quoteList } from '../errors/suggest';
import { isAtOrBelow } from '../inspect/construct-paths';
import { FieldPath } from '../inspect/field-path';
import type { AppCheck } from '../inspect/inspect';
import type { Manifest } from '../inspect/model/manifest';
import { parseMode } from '../kubernetes/modes';
import type { DeclaredSecret } from '../secret/declared-secret';
import { isOfEarlier } from '../secret/earlier-secrets';
import { SecretRegistry } from '../secret/secret-registry';

/**
 * The ways to bring secrets to the cluster, as `SecretPolicy.allowDeliveries` takes them.
 */
export enum DeliveryKind {
  /** `SecretDelivery.manifest()` */
  MANIFEST = 'manifest',
  /** `SecretDelivery.sealed(…)` */
  SEALED = 'sealed',
  /** `SecretDelivery.sops(…)` */
  SOPS = 'sops',
  /** `SecretDelivery.external(…)` */
  EXTERNAL = 'external',
  /** `SecretDelivery.csi(…)` */
  CSI = 'csi',
  /** `SecretDelivery.certificate(…)` */
  CERTIFICATE = 'certificate',
  /** `SecretDelivery.vault(…)` */
  VAULT = 'vault',
  /** `SecretDelivery.vaultAgent(…)` */
  VAULT_AGENT = 'vaultAgent',
  /** `SecretDelivery.onePassword(…)` */
  ONE_PASSWORD = 'onePassword',
  /** `SecretDelivery.infisical(…)` */
  INFISICAL = 'infisical',
  /** `SecretDelivery.secretSync(…)` */
  SECRET_SYNC = 'secretSync',
  /** `SecretDelivery.existing()` */
  EXISTING = 'existing',
}

/**
 * Rules that go together, as `SecretPolicy.require` and `cdk8s-secrets check --policy` take them. `cdk8s-secrets check --policy help` prints what each demands.
 */
export enum PolicyPack {
  /** No secret values in manifests: neither in Secrets nor elsewhere. Placeholders may stand there. */
  PLAINTEXT = 'plaintext',
  /** Nobody may read Secrets through the API that a role does not name. */
  RBAC = 'rbac',
  /** Secrets are files, and no environment variables. */
  FILES_ONLY = 'files-only',
  /** No token of a ServiceAccount is mounted that nothing needs: warnings. */
  TOKENS = 'tokens',
  /** Every Secret, and every key of it, is used: warnings. */
  UNUSED = 'unused',
  /** What the CIS Kubernetes Benchmark says of Secrets. */
  CIS = 'cis',
  /** What the Kubernetes Hardening Guide of NSA and CISA says of Secrets. */
  NSA = 'nsa',
}

/**
 * What a platform team demands of every secret, and of every use of one, below a construct: an app, or a chart.
 *
 * It holds for manifests, whoever made them: constructs of this library, of cdk8s-plus, included YAML. A violation fails the
 * synth. An exception is made with `AppInspection.of(construct).acknowledge(code, reason)`; it shows, with its reason, in
 * `Inspection.fromApp(app).acknowledged`.
 *
 * @example
 * SecretPolicy.of(this).forbidPlaintext();
 * SecretPolicy.of(this).maxMode('0440');
 */
export class SecretPolicy {
  /**
   * The policies of a construct and all that is below it.
   *
   * @param scope an app, a chart or any other construct
   */
  public static of(scope: IConstruct): SecretPolicy {
    return new SecretPolicy(scope);
  }

  readonly #scope: IConstruct;

  private constructor(scope: IConstruct) {
    this.#scope = scope;
  }

  /**
   * Everything that packs demand, as `cdk8s-secrets check --policy` does of files. Codes: see docs/policy.md.
   *
   * @param packs the packs; what several of them demand is demanded once
   */
  public require(...packs: PolicyPack[]): void {
    for (const rule of rulesOf(PACKS.filter(({ name }) => (packs as string[]).includes(name)))) demand(this.#scope, rule);
  }

  /**
   * No values in manifests: no Secret with data. Code `PlaintextForbidden`.
   */
  public forbidPlaintext(): void {
    demand(this.#scope, forbidPlaintext);
  }

  /**
   * No secrets in environment variables, which are for non-confidential data, as OpenFaaS holds. Code `VariablesForbidden`.
   */
  public filesOnly(): void {
    demand(this.#scope, filesOnly);
  }

  /**
   * Every Deployment, StatefulSet and DaemonSet that sees a secret is rolled out when it changes: by a checksum, by Reloader, or
   * because the secret is immutable. Code `RolloutRequired`.
   */
  public requireRollout(): void {
    demand(this.#scope, requireRollout);
  }

  /**
   * Every Secret is immutable. Code `ImmutableRequired`.
   */
  public requireImmutable(): void {
    demand(this.#scope, requireImmutable);
  }

  /**
   * Values are replaced before they are older than a time. Code `RotationRequired`.
   *
   * When they were made is said by the annotation `cdk8s-secrets/rotated-at` (`2026-05-31`) of whatever makes the Secret, and of a Secret
   * with a certificate by that. A Secret and a SealedSecret with values must say it. Of what an operator fetches or makes, nothing is known but
   * such an annotation. Secrets of before that the `keep` of a delivery lets stay may be older.
   *
   * @param maxAge how old values may be
   * @param asOf the day on which they must not be older; where none is given, that of the call
   */
  public requireRotation(maxAge: Duration, asOf: Date = new Date()): void {
    const isEarlier = ({ source }: Manifest) => isOfEarlier(this.#scope, source.constructPath);
    demand(this.#scope, requireRotation(maxAge.toMilliseconds(), asOf.getTime(), isEarlier), { code: 'RotationRequired', admission: 'it depends on the day' });
  }

  /**
   * Files of secrets have no permissions beyond those of a mode. Code `ModeTooOpen`.
   *
   * Without a mode Kubernetes gives them 0644. Those that the CSI driver mounts are not looked at.
   *
   * @param mode the mode, as an octal text like `'0440'`
   * @throws InvalidMode
   */
  public maxMode(mode: string): void {
    const allowed = typeof mode === 'string' ? parseMode(mode) : undefined;
    if (allowed === undefined) {
      throw new SecretsError({
        code: 'InvalidMode',
        message: `${JSON.stringify(mode)} is no file mode`,
        next: "write an octal text from '0000' to '0777', as in chmod",
      }, this.#scope.node.path);
    }
    demand(this.#scope, maxMode(allowed), { code: 'ModeTooOpen', admission: maxModeInCluster(allowed) });
  }

  /**
   * Of each Secret at most so many can read: workloads, subjects of RBAC, objects whose controllers read it, as `Exposure` counts them. Code
   * `TooManyReaders`.
   *
   * @param count how many
   * @throws InvalidReader where it is no whole number from 0
   */
  public maxReaders(count: number): void {
    if (!Number.isInteger(count) || count < 0) throw new SecretsError(noReader(`${count} is no number of readers`, 'give a whole number from 0'), this.#scope.node.path);
    rememberPolicy(this.#scope, 'TooManyReaders', OTHER_OBJECTS);
    this.#check(limitReaders(count, manifest => isBelow(manifest.source.constructPath ?? '', this.#scope)));
  }

  /**
   * Nobody but these can read a Secret, in whatever way, as `Exposure` tells it. Code `ReaderForbidden`.
   *
   * @param readers those who may: `KIND/NAME` or `KIND/NAMESPACE/NAME`, for example `Deployment/api` or `ServiceAccount/ci/*`; `*` stands for any text
   * @throws InvalidReader for another text
   */
  public onlyReaders(...readers: string[]): void {
    for (const reader of readers) {
      if (typeof reader === 'string' && READER.test(reader)) continue;
      throw new SecretsError(noReader(`${JSON.stringify(reader)} is no reader`, "write 'KIND/NAME' or 'KIND/NAMESPACE/NAME', for example 'ServiceAccount/ci/build'"), this.#scope.node.path);
    }
    rememberPolicy(this.#scope, 'ReaderForbidden', OTHER_OBJECTS);
    this.#check(allowReaders([...readers], manifest => isBelow(manifest.source.constructPath ?? '', this.#scope)));
  }

  #check(check: AppCheck): void {
    AppInspector.of(this.#scope);
    addAppCheck(this.#scope, check);
  }

  /**
   * Declared secrets have one of these deliveries. Code `DeliveryForbidden`.
   *
   * @param deliveries those that are allowed
   */
  public allowDeliveries(...deliveries: DeliveryKind[]): void {
    const scope = this.#scope;
    const allowed = [...deliveries];
    rememberPolicy(scope, 'DeliveryForbidden', 'it is about what a program declares, which a cluster does not see');
    const violations = () => [...SecretRegistry.of(scope).all()]
      .filter(secret => isBelow(secret.node.path, scope) && !(allowed as string[]).includes(secret._deliveryName));
    addAppCheck(scope, ({ manifests }) => {
      const paths = new Map(violations().map(secret => [secret.node.path, forbidden(secret, allowed)]));
      for (const { source, findings } of manifests) {
        const problem = paths.get(source.constructPath ?? '');
        if (problem !== undefined) findings.fails(problem.code, FieldPath.ROOT, problem.message, problem.next);
      }
    });
    // what has no manifest is said here
    addOwnValidation(scope, () => violations().filter(secret => !secret._hasObject && !isAcknowledged(secret, 'DeliveryForbidden'))
      .map(secret => formatProblem(forbidden(secret, allowed))));
  }

  /**
   * Has a cluster enforce the policies that hold for the construct, for those who apply what no synth has seen. The objects are made in a chart.
   *
   * Only policies that were demanded before are exported. Those that look at more than one object, or at what is in no cluster, hold at synth only: they are named in what
   * is returned. Exceptions of `AppInspection` are not known to a cluster.
   *
   * @param chart where the objects are made: a chart of what the whole cluster shares
   * @param target what enforces them
   * @returns which are enforced, and which are not
   * @throws NothingToExport
   */
  public exportTo(chart: Construct, target: PolicyTarget): PolicyExport {
    return exportPolicies(this.#scope, chart, target);
  }
}

/** Who reads, as policies name it. */
const READER = /^[^/]+\/[^/]+(?:\/[^/]+)?$/;

function noReader(message: string, next: string): Problem {
  return { code: 'InvalidReader', message, next };
}

function forbidden(secret: DeclaredSecret, allowed: readonly DeliveryKind[]): Problem {
  return {
    code: 'DeliveryForbidden',
    message: `the secret ${JSON.stringify(secret.name)} is delivered by SecretDelivery.${secret._deliveryName}, which is not allowed here`,
    next: `use one of ${quoteList(allowed)}`,
  };
}

/** What is demanded below each construct: what is demanded twice, by packs and by name, is found once. */
const DEMANDED = new AppEntry<Map<IConstruct, Set<PolicyRule>>>('demanded', () => new Map());

/** Has a rule checked in every inspection, for the objects below a construct. */
function demand(scope: IConstruct, rule: PolicyRule, inCluster = admissionOfRule(rule)): void {
  AppInspector.of(scope);
  const demanded = DEMANDED.of(scope);
  const rules = demanded.get(scope) ?? new Set();
  if (rules.has(rule)) return;
  demanded.set(scope, rules.add(rule));
  if (inCluster !== undefined) rememberPolicy(scope, inCluster.code, inCluster.admission);
  addAppCheck(scope, cluster => {
    for (const manifest of cluster.manifests) {
      if (manifest.readable && isBelow(manifest.source.constructPath ?? '', scope)) rule(manifest, cluster);
    }
  });
}

function isBelow(path: string, scope: IConstruct): boolean {
  return isAtOrBelow(path, scope.node.path);
}
