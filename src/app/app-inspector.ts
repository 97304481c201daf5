import { type ApiObject, App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { answerCommands } from './app-answer';
import { appFilesOf } from './app-files';
import { type AppManifests, manifestsOfApp, warningsOf } from './app-manifests';
import { appNotesFile } from './app-notes';
import { WarningHandling } from './app-options';
import { AppEntry } from './app-record';
import { Inspection } from './inspection';
import { changedFiles, type ChangedFile } from './kept-files';
import { lastWord } from './last-word';
import { addOwnValidation, runOthersValidations } from './own-validation';
import { RenderHook } from './render-hook';
import { writeOneByOne, writeTogether } from './synth-output';
import { SynthRun } from './synth-run';
import { WARNING } from '../errors/warning';
import type { Finding } from '../inspect/finding';
import { textOfVersions } from '../kubernetes/versions';

const INSPECTOR = new AppEntry<AppInspector>('inspector', root => new AppInspector(root));

/** What is wrong with each construct: lines that cdk8s reports with the construct's path. */
type Report = ReadonlyMap<IConstruct, readonly string[]>;

/**
 * Inspects an app when it is synthesized: what cannot work fails the synth, all of it together and before anything is
 * written; warnings become metadata of the constructs. What is written in the end is looked at once more where it is something else.
 */
export class AppInspector {
  /** Has the app of a construct inspected from now on. */
  public static of(construct: IConstruct): AppInspector {
    const inspector = INSPECTOR.of(construct);
    for (const scope of construct.node.scopes) if (Chart.isChart(scope)) inspector.run.watchChart(scope);
    return inspector;
  }

  private readonly run = new SynthRun<Report>(given => this.finishRun(given));
  private latest: Report = new Map();
  /** Who was asked for what is wrong with it since the last inspection. cdk8s does not ask what a validation has added. */
  private readonly asked = new Set<IConstruct>();
  /** What was inspected last, and what was found. */
  private manifests?: AppManifests;
  private inspection?: Inspection;
  /** What was written in this run, and looked at. */
  private seen: ReadonlySet<unknown> = new Set();
  private readonly reporting = new WeakSet<IConstruct>();
  private readonly warned = new Set<string>();

  constructor(private readonly root: IConstruct) {
    answerCommands(root);
    this.finishSynth(root as App);
    this.run.watch(root as App, ['synth', 'synthYaml']);
    // The root is validated first; what it finds is then reported by the constructs that it is about.
    addOwnValidation(root, () => this.reportOf(root));
  }

  /** The manifest of an object, for what another one says of it: in a run of synth it is the one that is written. */
  public manifestOf(object: ApiObject): unknown {
    return this.run.isOn ? this.run.render(object) : RenderHook.of(this.root).aside(() => object.toJson());
  }

  private reportOf(construct: IConstruct): string[] {
    const found = construct === this.root ? this.run.once(() => this.inspect()) : this.latest;
    this.latest = found;
    this.asked.add(construct);
    return [...found.get(construct) ?? []];
  }

  private inspect(): Report {
    this.asked.clear();
    const constructs = this.root.node.findAll();
    const mayHaveChanged = constructs.filter(runOthersValidations).length > 0;
    for (const construct of mayHaveChanged ? this.root.node.findAll() : constructs) if (Chart.isChart(construct)) this.run.watchChart(construct);
    const manifests = manifestsOfApp(this.root, object => this.run.render(object));
    const report = this.reportOn(manifests);
    for (const construct of report.keys()) this.validateLater(construct);
    return report;
  }

  /** Inspects manifests: what fails, by construct. Warnings are said on the constructs. */
  private reportOn(manifests: AppManifests): Report {
    const inspection = Inspection._fromAppManifests(manifests);
    this.manifests = manifests;
    this.inspection = inspection;
    for (const finding of inspection.warnings) this.warn(finding);
    const report = new Map<IConstruct, string[]>();
    const failing = warningsOf(this.root) === WarningHandling.FAIL ? inspection.findings : inspection.errors;
    for (const finding of failing) {
      const construct = this.constructOf(finding);
      const line = formatFinding(finding);
      const lines = report.get(construct);
      if (lines === undefined) report.set(construct, [line]);
      else if (!lines.includes(line)) lines.push(line);
    }
    return report;
  }

  /** Inspects what is written, where that is not what was inspected, and fails as a validation does. */
  private lookAgain(written: readonly unknown[]): void {
    fail([...this.latest].filter(([construct]) => !this.asked.has(construct)));
    const last = lastWord(this.manifests ?? manifestsOfApp(this.root), written, manifest => this.run.isStraight(manifest));
    if (last !== undefined) fail(this.reportOn(last));
  }

  /** What was given is what was written, but for an app that was synthesized, whose files were looked at. */
  private finishRun(given: readonly unknown[]): void {
    if (!given.every(manifest => this.seen.has(manifest))) this.lookAgain(given);
    this.seen = new Set();
    this.manifests = undefined;
  }

  /** Writes what cdk8s would, all of it or none, with what others must know of it; and says how many warnings there are. */
  private finishSynth(app: App): void {
    const { synth } = app;
    if (typeof synth !== 'function') return;
    const look = (documents: readonly unknown[]) => {
      this.lookAgain(documents);
      this.seen = new Set([...this.seen, ...documents]);
    };
    let kept: ChangedFile[] = [];
    const notes = () => {
      if (this.inspection === undefined) return [];
      kept = changedFiles(this.root);
      const { options = {}, redact = (text: string) => text } = this.manifests ?? {};
      return [appNotesFile(app.outdir, options, this.inspection), ...appFilesOf(this.root, app.outdir, this.inspection, redact),
        ...kept.map(({ file }) => file)];
    };
    const finish = (...args: []) => {
      this.inspection = undefined;
      this.seen = new Set();
      kept = [];
      if (synth === App.prototype.synth) writeTogether(app, () => synth.apply(app, args), look, notes);
      else writeOneByOne(app, () => synth.apply(app, args), look, notes);
      if (this.inspection === undefined) return;
      for (const { said } of kept) printLine(said);
      if ((warningsOf(this.root) ?? WarningHandling.REPORT) === WarningHandling.REPORT) printCount(this.inspection as Inspection);
    };
    this.sayUnkept(app);
    Object.defineProperty(app, 'synth', { value: finish, configurable: true, writable: true });
  }

  /** What only a synth that writes files keeps, another one says that it does not. */
  private sayUnkept(app: App): void {
    const { synthYaml } = app;
    if (typeof synthYaml !== 'function') return;
    const value = (...args: []) => {
      const text = synthYaml.apply(app, args);
      for (const { file } of changedFiles(this.root)) printLine(`${JSON.stringify(file.path)} is not brought up to date by synthYaml(), which writes no file: use synth()`);
      return text;
    };
    Object.defineProperty(app, 'synthYaml', { value, configurable: true, writable: true });
  }

  private validateLater(construct: IConstruct): void {
    if (construct === this.root || this.reporting.has(construct)) return;
    this.reporting.add(construct);
    addOwnValidation(construct, () => this.reportOf(construct));
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

/** Fails as the validation of cdk8s does, where there is something wrong. */
function fail(report: Iterable<[IConstruct, readonly string[]]>): void {
  const lines = [...report].flatMap(([construct, found]) => found.map(line => `[${construct.node.path}] ${line}`));
  if (lines.length > 0) throw new Error(`Validation failed with the following errors:\n  ${lines.join('\n  ')}`);
}

function printLine(text: string): void {
  process.stderr.write(`cdk8s-secrets: ${text}\n`);
}

/** One line on standard error, where there are warnings. */
function printCount({ warnings, _versions: versions }: Inspection): void {
  if (warnings.length === 0) return;
  const codes = [...new Set(warnings.map(({ code }) => code))].sort();
  const count = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`;
  printLine(`${count} for ${textOfVersions(versions)} (${codes.join(', ')}); `
    + 'Inspection.fromApp(app).warnings has them, AppInspection.of(app).configure({ warnings: … }) can make them errors or say nothing');
}

function formatFinding({ code, path, message, next }: Finding): string {
  return `${code}: ${path === '' ? '' : `${path}: `}${message}; ${next}`;
}
