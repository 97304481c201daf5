import { changedSecrets, type ChangedSecret, type CompareCiphertexts, type SecretPair, type SecretsOfState } from './changed-secrets';
import { changedWorkloads, type ChangedWorkload } from './changed-workloads';
import { grownExposure, type GrownExposure } from './grown-exposure';
import { newFindings } from './new-findings';
import { pairUp, type Pair } from './pair-up';
import { refusedUpdate } from './refused-updates';
import { seenBy } from './renamed-secrets';
import type { Inspection } from '../app/inspection';
import type { Finding } from '../inspect/finding';
import type { Inspected } from '../inspect/inspect';
import { identityOf, type Manifest } from '../inspect/model/manifest';
import { secretsOf } from '../inspect/model/secrets-of-manifest';

/**
 * What differs between two states of manifests: which keys of which secrets, what that does to workloads, what the API server refuses as a change, who can read more, and
 * which findings are new. It never holds a value, nor anything that a value could be told by.
 *
 * `cdk8s-secrets diff` prints it.
 *
 * @example
 * const change = SecretChange.between(Inspection.fromFiles(['dist']), Inspection.fromApp(app));
 * const isRefused = change.refusals.length > 0;
 */
export class SecretChange {
  /**
   * The change from one state to another.
   *
   * @param before what there is
   * @param after what there is to be
   */
  public static between(before: Inspection, after: Inspection): SecretChange {
    return SecretChange._between(before, after, () => undefined);
  }

  /**
   * The change, where some ciphertexts are known to be of one value.
   *
   * @internal
   */
  public static _between(before: Inspection, after: Inspection, compare: CompareCiphertexts): SecretChange {
    return new SecretChange(before, after, compare);
  }

  readonly #before: Inspected;
  readonly #after: Inspected;
  readonly #objects: readonly Pair<Manifest>[];
  readonly #secrets: readonly SecretPair[];

  private constructor(before: Inspection, after: Inspection, compare: CompareCiphertexts) {
    this.#before = before._inspected;
    this.#after = after._inspected;
    this.#objects = pairUp(this.#before.cluster.manifests, this.#after.cluster.manifests, { identityOf, fileOf: ({ source }) => source.file });
    this.#secrets = changedSecrets(secretsIn(this.#before), secretsIn(this.#after), compare);
  }

  /** The secrets that are not what they were. */
  public get secrets(): ChangedSecret[] {
    return this.#redacted(this.#secrets.flatMap(({ changed }) => changed === undefined ? [] : [changed]));
  }

  /** The workloads that start, stop or restart, and those that see other values, or keep the old ones. */
  public get workloads(): ChangedWorkload[] {
    // what is refused restarts nothing
    return this.#redacted(changedWorkloads(this.#objects.filter(pair => refusedUpdate(pair, this.#after).length === 0), this.#secrets));
  }

  /** What the API server refuses as a change, although it would take the object as a new one. */
  public get refusals(): Finding[] {
    return this.#redacted(this.#objects.flatMap(pair => refusedUpdate(pair, this.#after)));
  }

  /** Who can read secrets that they could not read before, as far as these manifests say. */
  public get exposure(): GrownExposure[] {
    return this.#redacted(grownExposure(this.#before, this.#after, this.secrets));
  }

  /** The findings that there were not before. */
  public get newFindings(): Finding[] {
    return this.#redacted(newFindings(this.#before.findings, this.#after.findings, this.secrets));
  }

  /** What is told, without the values that an app knows: a name could hold one. */
  #redacted<T>(told: T): T {
    const { redact: before } = this.#before;
    const { redact: after } = this.#after;
    return withTexts(told, text => after(before(text))) as T;
  }
}

/** Fields whose words are ours. */
const OWN_WORDS: ReadonlySet<string> = new Set(['change', 'effect', 'way', 'code', 'severity', 'stage', 'versions']);

function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map(item => withTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, OWN_WORDS.has(name) ? child : withTexts(child, change)]));
}

function secretsIn({ cluster: { manifests, resources } }: Inspected): SecretsOfState {
  return { secrets: manifests.flatMap(manifest => secretsOf(manifest, () => resources)).filter(({ name }) => name !== ''), isSeen: seenBy(manifests) };
}
