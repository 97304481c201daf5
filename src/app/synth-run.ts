import { type ApiObject, type App, Chart } from 'cdk8s';

/**
 * One run of `app.synth()`, `app.synthYaml()` or `chart.toJson()`.
 *
 * cdk8s validates the whole app before it renders, and once more for every chart that it renders. So that checks that
 * read the manifests cost no second rendering, and one validation instead of one for every chart, what was computed in
 * a run is kept until it ends. Outside of a run nothing is kept.
 */
export class SynthRun<T> {
  private depth = 0;
  private result?: T;
  private readonly rendered = new Map<ApiObject, unknown>();
  /** What charts gave in this run. */
  private readonly given: unknown[] = [];
  /** Of those, what charts gave that have a way of their own. */
  private readonly changed = new Set<unknown>();
  private readonly watched = new WeakSet<object>();
  /** How objects are rendered that were rendered in this run: one function for all, as there are many. */
  private readonly toJson: (this: ApiObject) => unknown;

  /**
   * @param finish what is done with the manifests that charts gave, at the end of a run
   */
  constructor(private readonly finish: (manifests: readonly unknown[]) => void) {
    const { rendered } = this;
    this.toJson = function (this: ApiObject): unknown {
      return rendered.get(this) ?? Object.getPrototypeOf(this).toJson.call(this);
    };
  }

  /** Takes the calls of an app's methods as runs. */
  public watch(app: App, methods: readonly string[]): void {
    for (const name of methods) {
      const method = (app as any)[name];
      if (typeof method === 'function') define(app, name, (...args: unknown[]) => this.during(() => method.apply(app, args)));
    }
  }

  /** Takes the calls of a chart's `toJson` as runs, and remembers what they give. */
  public watchChart(chart: Chart): void {
    if (this.watched.has(chart)) return;
    this.watched.add(chart);
    const { toJson } = chart;
    const isOwn = toJson !== Chart.prototype.toJson;
    define(chart, 'toJson', () => this.during(() => {
      const manifests = toJson.call(chart);
      this.given.push(...Object.values(manifests));
      if (isOwn) Object.values(manifests).forEach(manifest => this.changed.add(manifest));
      return manifests;
    }));
  }

  /** Whether a manifest came straight from its object. */
  public isStraight(manifest: unknown): boolean {
    return !this.changed.has(manifest);
  }

  /** What `compute` gives, computed once in a run. */
  public once(compute: () => T): T {
    if (this.depth === 0) return compute();
    return this.result ??= compute();
  }

  /** Whether there is a run. */
  public get isOn(): boolean {
    return this.depth > 0;
  }

  /** The manifest of an object; in a run it is then not rendered again. */
  public render(object: ApiObject): unknown {
    if (this.depth === 0) return object.toJson();
    const manifest = object.toJson();
    // only now: rendering is faster while all objects of a class have the same fields
    this.keep(object);
    this.rendered.set(object, manifest);
    return manifest;
  }

  /** From now on, an object that was rendered in this run is not rendered again. */
  private keep(object: ApiObject): void {
    if (!Object.hasOwn(object, 'toJson')) {
      define(object, 'toJson', this.toJson);
    } else if (object.toJson !== this.toJson && !this.watched.has(object)) {
      // somebody gave this one object another way to be rendered
      this.watched.add(object);
      const { toJson } = object;
      define(object, 'toJson', () => this.rendered.get(object) ?? toJson.call(object));
    }
  }

  private during<R>(work: () => R): R {
    this.depth++;
    try {
      const result = work();
      if (this.depth === 1) this.finish(this.given);
      return result;
    } finally {
      this.depth--;
      if (this.depth === 0) {
        this.result = undefined;
        this.rendered.clear();
        this.given.length = 0;
        this.changed.clear();
      }
    }
  }
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}
