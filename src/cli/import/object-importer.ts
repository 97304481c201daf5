import { metadataIn, newObject, type ChartPlace, type Imported, type ImportedChart } from './charts';
import { cleaned } from './clean';
import { isCode, Member, type Code } from './code';
import { externalCode } from './declarations';
import { type HiddenValues, withoutTexts } from './hide-values';
import type { KnownName, KnownNames } from './known-names';
import type { LeftOut } from './left-out';
import { isSops, originalOf } from './manifest-kinds';
import { pascalCase } from './names';
import type { NeededValues } from './needed-values';
import { TRIAL, tryCode } from './trial';
import { bindablesOf, namesSecrets, referTo, type Bindable, type Find } from './workloads';
import type { Manifest } from '../../inspect/model/manifest';
import { isRecord } from '../../inspect/model/untyped';

type Fields = Record<string, any>;

/** With more bindings than this only all of them, or none, are made: each trial makes the whole object. */
const MAX_TRIALS = 64;

/** Code that makes an object. */
interface Bound {
  readonly code: Code;
  /** Whether its pods name Secrets beside what is bound. */
  readonly rest: boolean;
}

/** Makes code of objects that are no Secrets. */
export class ObjectImporter {
  constructor(
    private readonly names: KnownNames,
    private readonly values: NeededValues,
    private readonly hidden: HiddenValues,
    private readonly leftOut: LeftOut,
  ) {}

  /** Whether a declaration makes the same ExternalSecret. */
  public canDeclare({ kind, raw }: Manifest, chart: ChartPlace): boolean {
    return kind === 'ExternalSecret' && this.external(cleaned(raw), chart, 'Secret') !== undefined;
  }

  /** What becomes of an object. */
  public import(manifest: Manifest, chart: ImportedChart): Imported | undefined {
    const { raw, kind, name } = manifest;
    const title = pascalCase(name);
    const id = chart.ids.give(title.endsWith(kind) ? title : `${title}${kind}`);
    const clean = cleaned(isSops(manifest) ? originalOf(manifest) : raw);
    const at = { chart, id };
    if (isSops(manifest)) return this.asItIs(clean, at, manifest, 'SOPS has encrypted its values: they stay as they are.');
    if (kind === 'SealedSecret') return this.asItIs(clean, at, manifest, 'Its values are sealed for this name and namespace: they stay as they are.');
    const external = kind === 'ExternalSecret' ? this.external(clean, chart, id) : undefined;
    if (external !== undefined) return { ...at, code: external, comments: [], declares: name };
    const places = this.hidden.placesIn(clean);
    if (places === undefined) return this.leftOut.add(manifest, 'the key of a field holds the value of a Secret');
    const bound = this.bind(withoutTexts(clean, places, this.values), clean, chart, id);
    if (bound === undefined) return this.leftOut.addChanged(manifest);
    const comments = [
      ...kind === 'ExternalSecret' ? ['It stays as it is: a declaration would make an object with other fields.'] : [],
      ...bound.rest ? ['Some of its secrets stay where they are: a binding would put them into another place, or make them read-only.'] : [],
      ...places.length > 0 ? ['Texts that are credentials, or values of Secrets, come from the environment; better move them into a Secret.'] : [],
    ];
    return { ...at, code: bound.code, comments };
  }

  private asItIs(clean: Fields, { chart, id }: { chart: ImportedChart; id: string }, manifest: Manifest, comment: string): Imported | undefined {
    const { namespace } = chart;
    const isSame = tryCode(newObject(clean, { ...TRIAL, namespace }, id), { expected: clean, namespace, inputs: this.values }) === undefined;
    return isSame ? { chart, id, code: newObject(clean, chart, id), comments: [comment] } : this.leftOut.addChanged(manifest);
  }

  /** The declaration of what an ExternalSecret makes, where that makes the same ExternalSecret. */
  private external(clean: Fields, { variable, namespace }: ChartPlace, id: string): Code | undefined {
    const metadata = metadataIn(namespace, clean.metadata);
    const trial = externalCode(clean, metadata, { chart: TRIAL.variable, id });
    if (trial === undefined || tryCode(trial, { expected: clean, namespace, inputs: this.values }) !== undefined) return undefined;
    return externalCode(clean, metadata, { chart: variable, id });
  }

  /** The object with bindings for what can be bound, and references for the other secrets of its pods; nothing, where that is another object. */
  private bind(object: Fields, expected: Fields, chart: ImportedChart, id: string): Bound | undefined {
    const { namespace } = chart;
    const find: Find = name => this.names.find(chart, name);
    const known = new Map<string, Code>();
    const findStandIn: Find = name => standInFor(name, find(name), known);
    const inTrial = bindablesOf(object, findStandIn);
    const accepted = acceptedOf(inTrial.length, numbers => {
      const { code } = withBindings(object, numbers.map(number => inTrial[number]), { ...TRIAL, namespace }, id, findStandIn);
      return tryCode(code, { expected, namespace, inputs: this.values, known }) === undefined;
    });
    if (accepted === undefined) return undefined;
    const bindables = bindablesOf(object, find);
    return withBindings(object, accepted.map(number => bindables[number]), chart, id, find);
  }
}

/** In a trial something else stands for a Secret. */
function standInFor(name: string, found: KnownName | undefined, known: Map<string, Code>): KnownName | undefined {
  if (found === undefined) return undefined;
  const variable = `$${name}`;
  known.set(variable, found.standIn);
  return { variable, standIn: found.standIn };
}

function withBindings(object: Fields, bound: readonly Bindable[], chart: ChartPlace, id: string, find: Find): Bound {
  const copy = cloned(object) as Fields;
  for (const one of bound) one.take(copy);
  const rest = namesSecrets(copy);
  referTo(copy, find);
  const made = newObject(copy, chart, id);
  const bindings = bound.flatMap(one => one.bindings());
  return { code: bindings.length === 0 ? made : new Member(made, 'with', bindings), rest };
}

/** Which of some bindings can be made: all, or those that can be made one after the other; nothing, where not even none can. */
function acceptedOf(count: number, fits: (numbers: readonly number[]) => boolean): readonly number[] | undefined {
  const all = Array.from({ length: count }, (_, number) => number);
  if (fits(all)) return all;
  if (count === 0 || !fits([])) return undefined;
  let accepted: number[] = [];
  if (count <= MAX_TRIALS) for (const number of all) if (fits([...accepted, number])) accepted = [...accepted, number];
  return accepted;
}

function cloned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cloned);
  if (!isRecord(value) || isCode(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, cloned(child)]));
}
