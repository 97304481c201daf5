import { ApiObject, type App, Chart, Lazy, Names, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { boundObjects } from './app-ordering';
import { chartFolders } from './chart-folders';
import { ChartOrder, type Need } from './chart-order';
import { healthChecks } from './flux-health';
import type { FluxSourceFields } from './flux-source';
import { unusedOrdering } from './unused-ordering';
import { AppInspector } from '../app/app-inspector';
import { AppEntry } from '../app/app-record';
import { type ConstructProblem, type ManifestChanger, objectOf, ownerOf, RenderHook } from '../app/render-hook';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { ConfigMapRegistry } from '../secret/config-map-registry';
import { DeclaredSecret } from '../secret/declared-secret';
import { SecretRegistry } from '../secret/secret-registry';

const KUSTOMIZATION = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' } as const;

/** How the Kustomizations of charts are made. */
export interface FluxOrderingVariant {
  /** The chart that holds them. */
  readonly chart: Chart;
  readonly source: FluxSourceFields;
  /** The folder of the source that has those of the charts. */
  readonly path: string;
  /** The name of the Secret that has the key of SOPS. */
  readonly key?: string;
  /** What else is in their specs. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Kustomizations of Flux for the charts of an app: one each, which waits for those of the charts that bring what it needs. */
export class AppFluxOrdering implements ManifestChanger {
  /** Those of the app that holds a construct. */
  public static of(construct: IConstruct): AppFluxOrdering {
    return ORDERING.of(construct);
  }

  readonly #chosen = new Map<IConstruct, FluxOrderingVariant>();
  /** The Kustomization of each chart. */
  readonly #made = new Map<Chart, ApiObject>();
  /** While objects are rendered together. */
  #order?: ChartOrder;
  #folders?: ReadonlyMap<Chart, string>;
  #isRendering = false;

  constructor(private readonly root: IConstruct) {
    RenderHook.of(root).add(this);
  }

  /**
   * Has the charts below a scope applied in their order.
   *
   * @throws InvalidOrdering
   */
  public choose(variant: FluxOrderingVariant, scope: IConstruct): void {
    const problem = outputProblem(this.root as Partial<App>) ?? (variant.chart.node.root === this.root ? undefined : OTHER_APP);
    if (problem !== undefined) throw new SecretsError(problem, scope.node.path);
    AppInspector.of(variant.chart);
    this.#chosen.set(scope, variant);
  }

  public concerns(): boolean {
    return false;
  }

  public change(): ConstructProblem[] {
    return [];
  }

  public missing(): ConstructProblem[] {
    return [];
  }

  public begin(): void {
    this.#isRendering = true;
    for (const [chart, variant] of this.charts()) if (!this.#made.has(chart)) this.#made.set(chart, this.make(chart, variant));
  }

  public end(): ConstructProblem[] {
    const order = this.order();
    this.#order = undefined;
    this.#folders = undefined;
    this.#isRendering = false;
    const problems = [...this.#chosen.keys()].filter(scope => !order.bringsSecrets(scope)).flatMap(unusedOrdering);
    const cycle = order.cycle(new Set(this.#made.keys()));
    return cycle.length === 0 ? problems : [...problems, { construct: Chart.of(cycle[0].by), problem: cycleProblem(cycle) }];
  }

  /** The charts that Flux is to apply, with how. A chart without objects becomes no folder. */
  private charts(): Map<Chart, FluxOrderingVariant> {
    const holders = new Set([...this.#chosen.values()].map(({ chart }) => chart));
    const charts = new Map<Chart, FluxOrderingVariant>();
    for (const construct of this.root.node.findAll()) {
      if (!ApiObject.isApiObject(construct)) continue;
      const chart = Chart.of(construct);
      const variant = holders.has(chart) || charts.has(chart) ? undefined : this.variantOf(chart);
      if (variant !== undefined) charts.set(chart, variant);
    }
    return charts;
  }

  /** The nearest choice holds. */
  private variantOf(chart: Chart): FluxOrderingVariant | undefined {
    return chart.node.scopes.reverse().map(scope => this.#chosen.get(scope)).find(variant => variant !== undefined);
  }

  private make(chart: Chart, variant: FluxOrderingVariant): ApiObject {
    const name = Names.toDnsLabel(chart);
    return new ApiObject(variant.chart, `Kustomization-${name}`, {
      ...KUSTOMIZATION,
      metadata: { name },
      spec: Lazy.any({ produce: () => this.specOf(chart, variant) }),
    });
  }

  private specOf(chart: Chart, { source, path, fields, chart: holder, key }: FluxOrderingVariant): object {
    const order = this.order();
    const objects = order.objectsOf(chart);
    const needed = [...order.neededBy(chart).keys()].flatMap(other => this.#made.get(other) ?? []);
    const isNeeded = order.isNeeded(chart);
    const checks = isNeeded ? healthChecks(objects) : [];
    const dependsOn = needed.map(({ name, metadata: { namespace } }) => ({ name, ...namespace === holder.namespace ? {} : { namespace } }));
    const decryption = { provider: 'sops', secretRef: key === undefined ? undefined : { name: key } };
    return {
      ...objects.some(isEncrypted) ? { decryption } : {},
      ...isNeeded ? { wait: true } : {},
      ...checks.length === 0 ? {} : { healthCheckExprs: checks },
      ...fields,
      path: `${path}/${this.folders().get(chart)}`,
      sourceRef: source,
      dependsOn: dependsOn.length === 0 ? undefined : dependsOn.sort((a, b) => a.name < b.name ? -1 : 1),
    };
  }

  private order(): ChartOrder {
    if (this.#order !== undefined) return this.#order;
    const inspector = AppInspector.of(this.root);
    const order = new ChartOrder({
      root: this.root,
      bound: boundObjects(this.root),
      declared: {
        secret: (namespace, name) => {
          const secret = SecretRegistry.of(this.root).find(namespace, name);
          return secret && objectOf(secret);
        },
        configMap: (namespace, name) => ConfigMapRegistry.of(this.root).find(namespace, name)?._object(namespace),
      },
      render: object => isKustomization(object) ? undefined : rendered(inspector, object),
    });
    if (this.#isRendering) this.#order = order;
    return order;
  }

  private folders(): ReadonlyMap<Chart, string> {
    if (this.#folders !== undefined) return this.#folders;
    const folders = chartFolders(this.root as App);
    if (this.#isRendering) this.#folders = folders;
    return folders;
  }
}

const ORDERING = new AppEntry<AppFluxOrdering>('fluxOrdering', root => new AppFluxOrdering(root));

function isKustomization({ apiVersion, kind }: ApiObject): boolean {
  return kind === KUSTOMIZATION.kind && apiVersion === KUSTOMIZATION.apiVersion;
}

/** What cannot be rendered has no references; why, is said where it is inspected. */
function rendered(inspector: AppInspector, object: ApiObject): unknown {
  try {
    return inspector.manifestOf(object);
  } catch {
    return undefined;
  }
}

/** Whether an object is one that Flux has to decrypt. */
function isEncrypted(object: ApiObject): boolean {
  const owner = ownerOf(object);
  return DeclaredSecret._is(owner) && owner._deliveryName === 'sops';
}

const OTHER_APP: Problem = {
  code: 'InvalidOrdering',
  message: 'the chart of the Kustomizations belongs to another app',
  next: 'give a chart of this app, such as new Chart(app, \'flux-system\', { namespace: \'flux-system\' })',
};

/** Flux applies folders, so every chart has to be one. */
function outputProblem({ yamlOutputType: type }: Partial<App>): Problem | undefined {
  return type === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE ? undefined : {
    code: 'InvalidOrdering',
    message: 'a Kustomization of Flux applies a folder, and this app writes no folder for each chart',
    next: 'make it with new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE })',
  };
}

function cycleProblem(cycle: readonly Need[]): Problem {
  const waits = cycle.map(({ by, needed }) => {
    const [from, to] = [Chart.of(by), Chart.of(needed)].map(({ node: { path } }) => JSON.stringify(path));
    return `${from} for ${to}, as ${JSON.stringify(ownerOf(by).node.path)} needs ${JSON.stringify(ownerOf(needed).node.path)}`;
  });
  return {
    code: 'OrderingCycle',
    message: `charts wait for each other, and Flux would apply none of them: ${waits.join('; ')}`,
    next: 'put secrets, and what they need, into a chart of their own',
  };
}
