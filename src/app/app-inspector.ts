import { type App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { answerCommands } from './app-answer';
import { manifestsOfApp, warningsOf } from './app-manifests';
import { writeAppNotes } from './app-notes';
import { WarningHandling } from './app-options';
import { AppEntry } from './app-record';
import { Inspection } from './inspection';
import { SynthRun } from './synth-run';
import { WARNING } from '../errors/warning';
import type { Finding } from '../inspect/finding';
import type { RepositoryOptions } from '../inspect/inspection-options';

const INSPECTOR = new AppEntry<AppInspector>('inspector', root => new AppInspector(root));

/** What is wrong with each construct: lines that cdk8s reports with the construct's path. */
type Report = ReadonlyMap<IConstruct, readonly string[]>;

/**
 * Inspects an app when it is synthesized: what cannot work fails the synth, all of it together and before anything is
 * written; warnings become metadata of the constructs.
 */
export class AppInspector {
  /** Has the app of a construct inspected from now on. */
  public static of(construct: IConstruct): AppInspector {
    const inspector = INSPECTOR.of(construct);
    const chart = construct.node.scopes.find(scope => Chart.isChart(scope));
    if (chart !== undefined) inspector.run.watch(chart as Chart, ['toJson']);
    return inspector;
  }

  private readonly run = new SynthRun<Report>();
  private latest: Report = new Map();
  private inspection?: Inspection;
  private options: RepositoryOptions = {};
  private readonly reporting = new WeakSet<IConstruct>();
  private readonly warned = new Set<string>();

  constructor(private readonly root: IConstruct) {
    answerCommands(root);
    this.run.watch(root as App, ['synth', 'synthYaml']);
    this.finishAfterSynth(root as App);
    // The root is validated first; what it finds is then reported by the constructs that it is about.
    root.node.addValidation({ validate: () => this.reportOf(root) });
  }

  private reportOf(construct: IConstruct): string[] {
    const found = construct === this.root ? this.run.once(() => this.inspect()) : this.latest;
    this.latest = found;
    return [...found.get(construct) ?? []];
  }

  private inspect(): Report {
    const manifests = manifestsOfApp(this.root, object => this.run.render(object));
    const inspection = Inspection._fromAppManifests(manifests);
    this.inspection = inspection;
    this.options = manifests.options;
    for (const finding of inspection.warnings) this.warn(finding);

    const report = new Map<IConstruct, string[]>();
    const add = (construct: IConstruct, line: string) => {
      const lines = report.get(construct);
      if (lines === undefined) report.set(construct, [line]);
      else if (!lines.includes(line)) lines.push(line);
      this.validateLater(construct);
    };
    const failing = warningsOf(this.root) === WarningHandling.FAIL ? inspection.findings : inspection.errors;
    for (const finding of failing) add(this.constructOf(finding), formatFinding(finding));
    return report;
  }

  /** Once everything is written, says what others must know of it, and how many warnings there are. */
  private finishAfterSynth(app: App): void {
    const { synth } = app;
    if (typeof synth !== 'function') return;
    const finish = (...args: []) => {
      synth.apply(app, args);
      if (this.inspection === undefined) return;
      writeAppNotes(app.outdir, this.options, this.inspection);
      if ((warningsOf(this.root) ?? WarningHandling.REPORT) === WarningHandling.REPORT) printCount(this.inspection.warnings);
    };
    Object.defineProperty(app, 'synth', { value: finish, configurable: true, writable: true });
  }

  private validateLater(construct: IConstruct): void {
    if (construct === this.root || this.reporting.has(construct)) return;
    this.reporting.add(construct);
    construct.node.addValidation({ validate: () => this.reportOf(construct) });
  }

  private warn(finding: Finding): void {
    const { code, path, message, next } = finding;
    const id = [finding.constructPath, code, path, message].join('\0');
    if (this.warned.has(id)) return;
    this.warned.add(id);
    this.constructOf(finding).node.addMetadata(WARNING, { code, path, message, next });
  }

  private constructOf({ constructPath = '' }: Finding): IConstruct {
    let construct = this.root;
    for (const id of constructPath.split('/')) construct = construct.node.tryFindChild(id) ?? construct;
    return construct;
  }
}

/** One line on standard error, where there are warnings. */
function printCount(warnings: readonly Finding[]): void {
  if (warnings.length === 0) return;
  const codes = [...new Set(warnings.map(({ code }) => code))].sort();
  process.stderr.write(`cdk8s-secrets: ${warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`} (${codes.join(', ')}); `
    + 'Inspection.fromApp(app).warnings has them, AppInspection.of(app).configure({ warnings: … }) can make them errors or say nothing\n');
}

function formatFinding({ code, path, message, next }: Finding): string {
  return `${code}: ${path === '' ? '' : `${path}: `}${message}; ${next}`;
}
