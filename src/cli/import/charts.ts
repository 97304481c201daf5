import { Call, Member, Name, type Code, type Statement, type Value } from './code';
import { camelCase, Names } from './names';
import { isRecord, record } from '../../inspect/model/untyped';

type Fields = Readonly<Record<string, unknown>>;

/** How code calls the chart that it stands in. */
export interface ChartPlace {
  readonly variable: string;
  readonly namespace?: string;
}

/** A chart of a program: the objects of one namespace. */
export interface ImportedChart extends ChartPlace {
  readonly id: string;
  /** Ids of constructs in it. */
  readonly ids: Names;
}

/** An object of a program. */
export interface Imported {
  readonly chart: ImportedChart;
  /** The id of its construct. */
  readonly id: string;
  readonly code: Code;
  /** What is said above it. */
  readonly comments: readonly string[];
  /** The Secret that it declares. */
  readonly declares?: string;
}

/** The charts of a program, in the order in which their namespaces are met. */
export class Charts {
  readonly #charts = new Map<string, ImportedChart>();
  readonly #ids = Names.ofConstructs();

  constructor(private readonly variables: Names) {}

  public get all(): readonly ImportedChart[] {
    return [...this.#charts.values()];
  }

  /** The chart that an object belongs into. */
  public of(object: Fields): ImportedChart {
    const { namespace } = record(object.metadata);
    const key = typeof namespace === 'string' ? namespace : '';
    let chart = this.#charts.get(key);
    if (chart === undefined) {
      const id = this.#ids.give(key.replace(/[^\w.-]+/g, '-') || 'imported');
      const variable = key === '' ? this.variables.give('chart') : this.variables.give(camelCase(key), `${camelCase(key)}Chart`);
      chart = { id, variable, ids: Names.ofConstructs(), ...key === '' ? {} : { namespace: key } };
      this.#charts.set(key, chart);
    }
    return chart;
  }
}

/** `const shop = new Chart(app, 'shop', { namespace: 'shop', … });` */
export function newChart({ variable, id, namespace }: ImportedChart): Statement {
  const props = { ...namespace === undefined ? {} : { namespace }, disableResourceNameHashes: true };
  return { name: variable, code: new Call('Chart', [new Name('app'), id, props], true), comments: [] };
}

/** `chart.with(SecretRollout.none())` */
export function noRollout(chart: string): Code {
  return new Member(new Name(chart), 'with', [new Call('SecretRollout.none', [])]);
}

/** `new ApiObject(chart, …)`, for a chart that gives the namespace. */
export function newObject(object: Fields, { variable, namespace }: ChartPlace, id: string): Code {
  const { apiVersion, kind, metadata, ...others } = object;
  const rest = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
  return new Call('ApiObject', [new Name(variable), id, { apiVersion, kind, metadata: metadataIn(namespace, metadata), ...rest } as Value], true);
}

/** Metadata, without the namespace that the chart gives. */
export function metadataIn(chartNamespace: string | undefined, metadata: unknown): Value {
  if (!isRecord(metadata)) return {};
  const { namespace, ...rest } = metadata;
  return (namespace === undefined || namespace === chartNamespace ? rest : metadata) as Value;
}
