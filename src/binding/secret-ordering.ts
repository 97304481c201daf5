import { Chart, type Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { AppFluxOrdering, type FluxOrderingVariant } from './app-flux-ordering';
import { AppOrdering } from './app-ordering';
import type { FluxSource } from './flux-source';
import { argoSyncWaves, helmHooks, type OrderingVariant } from './ordering-variants';
import { SecretsError } from '../errors/secrets-error';
import { variantOf } from '../errors/sum-type';
import { isRecord } from '../inspect/model/untyped';
import { printGoDuration } from '../kubernetes/go-duration';
import { nameProblem } from '../kubernetes/metadata';
import { withoutEnd } from '../kubernetes/trim';

/**
 * Options of `SecretOrdering.fluxDependsOn`.
 */
export interface FluxDependsOnOptions {
  /**
   * The chart that holds the Kustomizations, in the namespace in which Flux is to find them. It gets none of its own: whoever tells Flux of this program applies
   * it, and what else is in it, such as the source and the key of SOPS.
   */
  readonly chart: Chart;

  /**
   * Where Flux has the manifests from: `FluxSource.gitRepository('shop')`.
   */
  readonly source: FluxSource;

  /**
   * The folder in the source into which the app is synthesized, like `./dist`.
   */
  readonly path: string;

  /**
   * How often Flux compares what is in the cluster with the source.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * The name of the Secret with the key that opens secrets of `SecretDelivery.sops`, in the namespace of the Kustomizations. Its keys end in `.agekey`.
   *
   * @default - none: the key that Flux was started with
   */
  readonly decryptionSecretName?: string;

  /**
   * Further fields of the spec of every Kustomization, as Flux names them: `{ serviceAccountName: 'deployer', timeout: '5m' }`.
   *
   * @default - `prune: true`
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
   */
  readonly fields?: { [name: string]: any };
}

/**
 * In which order secrets and what needs them are applied, as the program that applies them is told.
 *
 * What was annotated already stays as it is, and what comes before it follows it.
 */
export class SecretOrdering {
  /**
   * Waves of Argo CD: each wave is applied when what is in the one before is healthy.
   *
   * What makes a Secret is in the wave before all workloads that it is bound to, -1 or earlier; stores, issuers and generators are in the
   * wave before that, and the Secrets and ServiceAccounts with which a store is asked, and the Namespaces of all these, before them. A
   * workload gets no wave; where the user has given it one, its secrets follow.
   *
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
   */
  public static argoSyncWaves(): SecretOrdering {
    return new SecretOrdering(annotating(argoSyncWaves));
  }

  /**
   * Hooks of Helm: what makes a Secret for a workload with a `pre-install`, `pre-upgrade` or `pre-rollback` hook becomes a hook of a lower
   * weight, and so does its store. Everything else stays a part of the release.
   *
   * Helm deletes a hook and makes it anew in every upgrade, and leaves it when the release is uninstalled. It waits for no operator.
   *
   * @see https://helm.sh/docs/topics/charts_hooks/
   */
  public static helmHooks(): SecretOrdering {
    return new SecretOrdering(annotating(helmHooks));
  }

  /**
   * Kustomizations of Flux, one for each chart, and what they wait for: the charts that bring the secrets that its workloads see, the stores, issuers and generators that its
   * secrets come from, and its namespaces, and those that it depends on in the program.
   *
   * A Kustomization that others wait for has `wait: true`, and says how Flux sees that its secrets are there. One of a chart with secrets of `SecretDelivery.sops`
   * is decrypted. The app must write a folder for each chart: `YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE`.
   *
   * It needs Flux 2.5 or later.
   *
   * @param options where Flux has the manifests from, and which chart holds the Kustomizations
   * @throws InvalidOrdering; InvalidName for a name that no Secret can have
   *
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies
   */
  public static fluxDependsOn(options: FluxDependsOnOptions): SecretOrdering {
    const variant = fluxVariant(options);
    return new SecretOrdering(scope => AppFluxOrdering.of(scope).choose(variant, scope));
  }

  readonly #choose: (scope: IConstruct) => void;

  private constructor(choose: (scope: IConstruct) => void) {
    this.#choose = choose;
  }

  /**
   * Orders the secrets below a scope, those that come later too. The nearest scope wins.
   *
   * @param scope an app, a chart or any other construct
   * @throws InvalidOrdering with Flux where the app writes no folder for each chart; when the app is synthesized BindingUnused where there is nothing
   *   to order, OrderingCycle with Flux where charts need each other
   */
  public useFor(scope: IConstruct): void {
    this.#choose(scope);
  }
}

function annotating(variant: OrderingVariant): (scope: IConstruct) => void {
  return scope => AppOrdering.of(scope).choose(variant, scope);
}

/** What is computed of the program. */
const COMPUTED = ['dependsOn', 'interval', 'path', 'sourceRef'];

function fluxVariant({ chart, source, path, interval, decryptionSecretName, fields = {} }: FluxDependsOnOptions): FluxOrderingVariant {
  const sourceRef = variantOf(source, { code: 'InvalidOrdering', message: 'the source of the manifests is none', next: "give FluxSource.gitRepository('…')" });
  const refuse = (message: string, next: string) => new SecretsError({ code: 'InvalidOrdering', message, next }, chart?.node?.path);
  if (!Chart.isChart(chart)) throw refuse('no chart holds the Kustomizations', "give one: new Chart(app, 'flux-system', { namespace: 'flux-system' })");
  if (typeof path !== 'string' || path === '' || path.startsWith('/') || path.split('/').includes('..')) {
    throw refuse(`${JSON.stringify(path)} is no folder of a source`, "give the folder into which the app is synthesized, from the root of the source: './dist'");
  }
  if (!isRecord(fields)) throw refuse('`fields` are no fields of a Kustomization', "give them by their names: { timeout: '3m' }");
  const computed = Object.keys(fields).find(name => COMPUTED.includes(name));
  if (computed !== undefined) throw refuse(`${JSON.stringify(computed)} is no further field: it is computed, or has an option of its own`, 'leave it out of `fields`');
  if (interval !== undefined && typeof interval?.toSeconds !== 'function') throw refuse('the interval is no Duration', 'give one: Duration.minutes(10)');
  const seconds = interval?.toSeconds({ integral: false }) ?? 600;
  if (seconds <= 0) throw refuse('with an interval of nothing Flux would look once, and never again', 'give some minutes: Duration.minutes(10)');
  const misnamed = decryptionSecretName === undefined ? undefined : nameProblem(decryptionSecretName, 'name of a Secret', text => JSON.stringify(text));
  if (misnamed !== undefined) throw new SecretsError(misnamed, chart.node.path);
  return { chart, source: sourceRef, path: withoutEnd(path, '/'), key: decryptionSecretName, fields: { prune: true, interval: printGoDuration(seconds), ...fields } };
}
