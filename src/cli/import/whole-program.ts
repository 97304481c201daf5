import { App } from 'cdk8s';
import { newChart, noRollout, type Charts, type Imported, type ImportedChart } from './charts';
import { Call, calledIn, Member, Name, type Statement } from './code';
import { Evaluation, ENVIRONMENT, IMPORTS, type Inputs } from './evaluate';
import type { KnownNames } from './known-names';
import { camelCase, type Names } from './names';
import { printStatement } from './print';
import { Inspection } from '../../app/inspection';
import type { Finding } from '../../inspect/finding';

const ENVIRONMENT_FUNCTION = `
/** A text of the environment. */
function ${ENVIRONMENT}(name: string): string {
  const text = process.env[name];
  if (text === undefined) throw new Error(\`the environment variable \${name} is not set\`);
  return text;
}`;

/** All statements of a program, and its text. */
export class WholeProgram {
  readonly #byChart = new Map<ImportedChart, Imported[]>();
  /** The declaration that a name means, where there are several. */
  readonly #owners = new Map<string, Imported>();
  readonly #variables = new Map<Imported, string>();

  constructor(all: readonly Imported[], private readonly charts: Charts, private readonly names: KnownNames, private readonly variables: Names) {
    for (const imported of all) {
      const { chart, declares } = imported;
      const own = this.#byChart.get(chart);
      if (own === undefined) this.#byChart.set(chart, [imported]);
      else own.push(imported);
      const place = `${chart.namespace ?? ''}/${declares}`;
      if (declares !== undefined && !this.#owners.has(place)) this.#owners.set(place, imported);
    }
  }

  /**
   * The program, in which every error is acknowledged that its inspection finds.
   *
   * @param inputs what it reads
   * @param isPrintable whether a text may be in it
   */
  public print(inputs: Inputs, isPrintable: (text: string) => boolean): string {
    const acknowledged = this.acknowledge(this.errors(inputs), isPrintable);
    const charts = this.charts.all.map(chart => this.statementsWith(chart));
    const body = [
      'const app = new App();',
      ...charts.map(([open, statements]) => [open.map(printStatement).join('\n'), ...statements.map(printStatement)].join('\n\n')),
      ...acknowledged.length === 0 ? [] : [['// What was wrong when it was imported, and stays as it is.', ...acknowledged.map(printStatement)].join('\n')],
      'app.synth();',
    ].join('\n\n');
    return `${head(calledIn([...charts.flat(2), ...acknowledged].map(({ code }) => code)))}\n\n${body}\n`;
  }

  /** How a chart begins, and what is in it. */
  private statementsWith(chart: ImportedChart): [open: Statement[], statements: Statement[]] {
    const statements = this.statementsOf(chart);
    const isBound = calledIn(statements.map(({ code }) => code)).has('SecretBinding');
    const rollout = { code: noRollout(chart.variable), comments: ['Nothing restarts the pods when a value changes, as before. Without this line, a checksum does.'] };
    return [[newChart(chart), ...isBound ? [rollout] : []], statements];
  }

  /** What others refer to comes first. */
  private statementsOf(chart: ImportedChart): Statement[] {
    const own = this.#byChart.get(chart) ?? [];
    const statement = (imported: Imported): Statement => {
      const name = this.nameOf(imported);
      return { code: imported.code, comments: imported.comments, ...name === undefined ? {} : { name } };
    };
    return [
      ...own.filter(({ declares }) => declares !== undefined).map(statement),
      ...this.names.importedIn(chart),
      ...own.filter(({ declares }) => declares === undefined).map(statement),
    ];
  }

  /** The variable of an object, where anything refers to it. */
  private nameOf(imported: Imported): string | undefined {
    const { chart: { namespace }, declares } = imported;
    const known = this.#variables.get(imported);
    if (known !== undefined || declares === undefined || this.#owners.get(`${namespace ?? ''}/${declares}`) !== imported) return known;
    return this.names.variableOf(namespace, declares);
  }

  /** What an inspection of the whole finds that would end its synth. */
  private errors(inputs: Inputs): Finding[] {
    const evaluation = new Evaluation(inputs);
    const app = new App();
    evaluation.declare('app', app);
    for (const chart of this.charts.all) {
      evaluation.declare(chart.variable, evaluation.run(newChart(chart).code));
      evaluation.run(noRollout(chart.variable));
      for (const { name, code } of this.statementsOf(chart)) {
        const construct = evaluation.run(code);
        if (name !== undefined) evaluation.declare(name, construct);
      }
    }
    return Inspection.fromApp(app).errors;
  }

  /** One acknowledgement for each code of an object. */
  private acknowledge(errors: readonly Finding[], isPrintable: (text: string) => boolean): Statement[] {
    const byPath = new Map([...this.#byChart.values()].flat().map(imported => [`${imported.chart.id}/${imported.id}`, imported]));
    const said = new Set<string>();
    return errors.flatMap(({ code, message, constructPath = '' }) => {
      const path = constructPath.split('/').slice(0, 2).join('/');
      if (said.has(`${path} ${code}`)) return [];
      said.add(`${path} ${code}`);
      const imported = byPath.get(path);
      const variable = imported === undefined ? 'app' : this.variableOf(imported);
      const reason = isPrintable(message) ? message : 'it was so before';
      return [{ code: new Member(new Call('AppInspection.of', [new Name(variable)]), 'acknowledge', [code, reason]), comments: [] }];
    });
  }

  private variableOf(imported: Imported): string {
    const known = this.nameOf(imported);
    if (known !== undefined) return known;
    const name = this.variables.give(camelCase(imported.id), `${camelCase(imported.id)}Object`);
    this.#variables.set(imported, name);
    return name;
  }
}

/** What a program imports for what it calls, and the function that it has where it reads texts of its environment. */
function head(called: ReadonlySet<string>): string {
  const imports = (Object.keys(IMPORTS) as (keyof typeof IMPORTS)[]).flatMap(from => {
    const names = IMPORTS[from].filter(name => name === 'App' || called.has(name));
    return names.length === 0 ? [] : [`import { ${names.join(', ')} } from '${from}';`];
  });
  return [
    '// Made by cdk8s-secrets import, of manifests whose objects it makes again. Values are read from where the program says.',
    ...imports,
    ...called.has(ENVIRONMENT) ? [ENVIRONMENT_FUNCTION] : [],
  ].join('\n');
}
