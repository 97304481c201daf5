import { ApiObject } from 'cdk8s';
import { ExternalRewrite } from './external-rewrite';
import { ExternalSource, type SourceVariant } from './external-source';
import { ExternalGeneratorKind } from './generator-kind';
import type { Problem } from '../../errors/problem';
import { SecretsError } from '../../errors/secrets-error';
import { quoteList } from '../../errors/suggest';
import { portableHash } from '../../kubernetes/name-hash';
import { dns1123Subdomain } from '../../kubernetes/names';
import type { GeneratedValue, OperatorGenerator } from '../../value/generated-value';
import type { SensitiveValue } from '../../value/sensitive-value';
import type { RemoteKeys } from '../remote-keys';
import type { SecretDeclaration } from '../secret-declaration';

/** The longest name of an object. */
const MAX_NAME = 253;
const API_VERSION = 'generators.external-secrets.io/v1alpha1';

/** The generators that make the values of one secret: objects beside its ExternalSecret, named like it and the key. */
export class OperatorGenerators {
  readonly #made = new Map<GeneratedValue, ApiObject>();

  /**
   * @param secret the ExternalSecret
   * @param declaration what it is made of
   * @param suffix what its name ends in
   */
  constructor(private readonly secret: ApiObject, private readonly declaration: SecretDeclaration, private readonly suffix: string) {}

  /** Makes the objects that are not made yet. */
  public make(): void {
    for (const [place, value] of generatedIn(this.declaration)) {
      const { generator } = value;
      if (generator === undefined || value.isPrevious === true || this.#made.has(madeAs(value))) continue;
      const id = `Generator-${place}`;
      this.#made.set(madeAs(value), new ApiObject(this.secret, id, {
        apiVersion: API_VERSION,
        kind: generator.kind,
        metadata: { name: generatorName(this.secret.name, place), namespace: this.secret.metadata.namespace },
        spec: generator.spec,
      }));
    }
  }

  /** The sources that bring values under these names, and whether they bring more: a generator of pairs makes both parts. */
  public bring(generated: ReadonlyMap<string, GeneratedValue>): { readonly sources: ExternalSource[]; readonly isMoreBrought: boolean } {
    const groups = new Map<GeneratedValue, [string, OperatorGenerator][]>();
    for (const [name, value] of generated) groups.set(madeAs(value), [...groups.get(madeAs(value)) ?? [], [name, value.generator!]]);
    const isTaken = (name: string) => this.declaration.values().has(name) || generated.has(name);
    const brought = [...groups].map(([made, parts]) => {
      const [[first, { kind, besides = [] }]] = parts;
      const names = new Map(parts.map(([name, { output }]) => [output, name]));
      const others = besides.filter(output => !names.has(output));
      for (const output of others) names.set(output, freeName(`${first}-${output}`, isTaken));
      const source = ExternalSource.generator(ExternalGeneratorKind.of(kind), this.#made.get(made)!.name, { rewrite: renaming(names) });
      return { source, isMore: others.length > 0 };
    });
    return { sources: brought.map(({ source }) => source), isMoreBrought: brought.some(({ isMore }) => isMore) };
  }

  /** Refuses what cannot be made by the operator. */
  public check({ generated, entries, parts }: RemoteKeys, sources: readonly SourceVariant[], isInSeveral: boolean): void {
    if (generated.size === 0) return;
    const problem = this.#valueProblem(generated, isInSeveral)
      ?? (entries.size + parts.size + sources.length > 0 ? mixed([...generated.keys()]) : undefined)
      ?? (this.declaration.immutable === false ? NOT_IMMUTABLE : undefined)
      ?? (generationSuffix(this.declaration) === this.suffix ? undefined : ADDED_LATER);
    if (problem !== undefined) throw new SecretsError(problem);
  }

  #valueProblem(generated: ReadonlyMap<string, GeneratedValue>, isInSeveral: boolean): Problem | undefined {
    for (const [name, value] of generated) {
      const refuse = (why: string, next: string): Problem =>
        ({ code: 'UnsupportedByDelivery', message: `${JSON.stringify(name)} is a generated ${value.noun}, and ${why}`, next });
      if (value.isPrevious === true) return refuse('the operator keeps no value of an earlier generation', 'leave keepPrevious out, or declare the two values as keys of their own, each with an entry of the store: .orRemote behind it');
      if (value.generator === undefined) return refuse('the operator has no generator of such', value.otherwise ?? "keep it in the store: .orRemote({ key: '…' }) behind it");
      if (isInSeveral || this.declaration.original !== undefined) {
        return refuse('the operator would make another value in each namespace', "keep it in the store: .orRemote({ key: '…' }) behind it");
      }
      if (this.declaration.isGeneratedHere?.(value) === false) {
        return refuse('it belongs to another secret; the operator would make another value for each',
          'bind the key of the secret that it was first declared in, or generate another value');
      }
    }
    return undefined;
  }
}

/** What is made at once: a value, or the pair of which it is a part. */
function madeAs(value: GeneratedValue): GeneratedValue {
  return value.isPrevious === true ? value : value.root ?? value;
}

function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  return isTaken(wanted) ? freeName(`${wanted}_`, isTaken) : wanted;
}

/** The steps that give what a generator makes its names. They follow one another, so none may make a name that a later one takes. */
function renaming(names: ReadonlyMap<string, string>): ExternalRewrite[] {
  const steps = [...names].filter(([output, name]) => output !== name);
  if (!steps.some(([, name]) => names.has(name))) return steps.map(([output, name]) => ExternalRewrite.regexp(`^${output}$`, name));
  return [ExternalRewrite.regexp('^', 'made-'), ...[...names].map(([output, name]) => ExternalRewrite.regexp(`^made-${output}$`, name))];
}

/** What the name of a Secret ends in, whose values the operator makes once: a higher generation needs an object of its own. */
export function generationSuffix(declaration: SecretDeclaration): string {
  const generations = [...generatedIn(declaration)].filter(([, value]) => value.isPrevious !== true).map(([, { generation }]) => generation);
  const distinct = new Set(generations);
  if (distinct.size === 0 || (distinct.size === 1 && distinct.has(1))) return '';
  return `-g${[...distinct.size === 1 ? distinct : generations].join('-')}`;
}

/** Every value of a secret that the operator makes, each once, of a pair one part, with the key or the path of the part that it is. */
function* generatedIn(declaration: SecretDeclaration): Iterable<[string, GeneratedValue]> {
  const seen = new Set<GeneratedValue>();
  const direct = [...declaration.values()];
  for (const [place, value] of [...direct, ...direct.flatMap(([key, of]) => [...partsOf(key, of)])]) {
    const { _generated: generated, _remote: remote } = value;
    if (generated === undefined || remote !== undefined || seen.has(madeAs(generated))) continue;
    seen.add(madeAs(generated));
    yield [place, generated];
  }
}

function* partsOf(place: string, value: SensitiveValue): Iterable<[string, SensitiveValue]> {
  if (value._remote !== undefined) return;
  for (const [name, part] of Object.entries(value._recipe?.parts ?? {})) {
    yield [`${place}-${name}`, part];
    yield* partsOf(`${place}-${name}`, part);
  }
}

/** The name of a generator: that of the secret and the key, or a hash of both where this would be too long. */
function generatorName(secret: string, place: string): string {
  const name = `${secret}-${partOfName(place)}`;
  return name.length <= MAX_NAME ? name : `generated-${portableHash(name)}`;
}

/** A part of a name that says which key is meant; what no name may hold is replaced, and told apart by a hash. */
function partOfName(place: string): string {
  if (dns1123Subdomain(place).length === 0) return place;
  const plain = place.toLowerCase().replace(/[^a-z0-9]/g, '-').slice(0, 60).replace(/^-/, 'x');
  return `${plain}-${portableHash(place)}`;
}

function mixed(names: readonly string[]): Problem {
  return {
    code: 'UnsupportedByDelivery',
    message: `${quoteList(names)} ${names.length > 1 ? 'are' : 'is'} generated, and other keys are fetched: what the operator generates once it never writes again, and they would stay as they were too`,
    next: "declare the generated keys in a secret of their own, or keep these values in the store as well: .orRemote({ key: '…' }) behind each",
  };
}

const NOT_IMMUTABLE: Problem = {
  code: 'UnsupportedByDelivery',
  message: 'the operator leaves a generated value as it is in an immutable Secret only, and this one is declared with immutable: false',
  next: 'leave immutable out',
};

const ADDED_LATER: Problem = {
  code: 'InvalidGeneratedValue',
  message: 'a key of another generation was added after the name of the secret was made, which ends in the generation',
  next: 'declare all generated keys at once, in `data`',
};
