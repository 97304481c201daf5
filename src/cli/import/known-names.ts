import type { ImportedChart } from './charts';
import { Call, Member, Name, type Code, type Statement, type Value } from './code';
import { camelCase, type Names, pascalCase } from './names';
import { TRIAL } from './trial';
import { dns1123Subdomain } from '../../kubernetes/names';

/** A Secret that a program knows, and that others may refer to. */
export interface KnownName {
  /** The name of its variable; asking for it makes one. */
  readonly variable: string;
  /** The same, as code that declares it in a chart that stands alone, so that what refers to it can be tried. */
  readonly standIn: Code;
}

/** What is known of the Secret of a name. */
export interface SecretFacts {
  readonly name: string;
  readonly namespace?: string;
  readonly type?: string;
  readonly keys?: readonly string[];
}

/** The Secrets of a program, by name: those that it declares, and those that something else makes. */
export class KnownNames {
  readonly #declared = new Map<string, { readonly facts: SecretFacts; variable?: string }>();
  readonly #made = new Map<string, SecretFacts>();
  readonly #imported: { readonly chart: ImportedChart; readonly statement: Statement }[] = [];

  constructor(private readonly variables: Names) {}

  /** One that the program declares. */
  public declare(facts: SecretFacts): void {
    this.#declared.set(placeOf(facts.namespace, facts.name), { facts });
  }

  /** One that an object of the program makes, or something else in the cluster. */
  public make(facts: SecretFacts): void {
    if (!this.#made.has(placeOf(facts.namespace, facts.name))) this.#made.set(placeOf(facts.namespace, facts.name), facts);
  }

  /** The variable of a declared one, where anybody has asked for it. */
  public variableOf(namespace: string | undefined, name: string): string | undefined {
    return this.#declared.get(placeOf(namespace, name))?.variable;
  }

  /** The statements for those that the program does not declare. */
  public importedIn(chart: ImportedChart): Statement[] {
    return this.#imported.filter(imported => imported.chart === chart).map(({ statement }) => statement);
  }

  /** What code in a chart calls the Secret of a name; undefined where there can be none of that name. */
  public find(chart: ImportedChart, name: string): KnownName | undefined {
    if (dns1123Subdomain(name).length > 0) return undefined;
    const place = placeOf(chart.namespace, name);
    const known = this.#declared.get(place);
    const facts = known?.facts ?? this.#made.get(place) ?? { name, namespace: chart.namespace };
    const entry = known ?? { facts, variable: undefined };
    const give = () => entry.variable ??= this.give(name, chart);
    const importing = () => {
      const variable = give();
      const code = fromSecretName(chart.variable, chart.ids.give(pascalCase(name), `${pascalCase(name)}Secret`), facts);
      this.#imported.push({ chart, statement: { name: variable, code, comments: [] } });
      this.#declared.set(place, entry);
      return variable;
    };
    return {
      get variable() {
        return known === undefined && entry.variable === undefined ? importing() : give();
      },
      standIn: fromSecretName(TRIAL.variable, `stand-in ${name}`, facts),
    };
  }

  private give(name: string, { namespace }: ImportedChart): string {
    return this.variables.give(camelCase(name), `${camelCase(name)}Secret`, `${camelCase(namespace ?? 'other')}${pascalCase(name)}`);
  }
}

function fromSecretName(chart: string, id: string, { name, type, keys }: SecretFacts): Code {
  const options: Record<string, Value> = { ...keys === undefined ? {} : { keys: [...keys] }, ...type === undefined ? {} : { type } };
  return new Call('Secret.fromSecretName', [new Name(chart), id, name, ...Object.keys(options).length === 0 ? [] : [options]]);
}

/** `db.name` */
export function nameOf(variable: string): Code {
  return new Member(new Name(variable), 'name');
}

/** `db.key('password')` */
export function keyOf(variable: string, key: string): Code {
  return new Member(new Name(variable), 'key', [key]);
}

function placeOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
