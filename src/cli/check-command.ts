import { readFileSync } from 'node:fs';
import type { BuiltRepository } from './built-repository';
import { parseExistingName } from './check-config';
import { CHECK_OPTIONS, parseCheckOptions, ReportFormat, type CheckOptions } from './check-options';
import { ExitCode, UsageError, type Command } from './command';
import { progressOf } from './common-options';
import { readState } from './diff-state';
import { errorText } from './error-text';
import { expandGlobs } from './expand-globs';
import { readInputs, refuseNothing, sayUnreadable, STANDARD_INPUT } from './inputs';
import type { Io } from './io';
import { asksForPolicies, policyList } from './policy-list';
import type { Progress } from './progress';
import { CLEAR, hasColours, widthOf } from './terminal';
import { watch } from './watch';
import { writeOutput } from './write-output';
import { readAppNotes, withAppNotes, type AppNotes } from '../app/app-notes';
import { Inspection } from '../app/inspection';
import { SealingCertificate } from '../delivery/sealed/sealing-certificate';
import type { Acknowledgement, ExistingSecret } from '../inspect/inspection-options';
import { existingSecretsOf } from '../inspect/model/existing-secrets';
import { readManifestFiles } from '../inspect/read/repository';
import { SUPPORTED_VERSIONS, textOfVersions } from '../kubernetes/versions';
import { checksOf } from '../policy/packs';
import { baselineOf, withoutBaseline } from '../report/baseline';
import { githubReport } from '../report/github-report';
import { jsonReport } from '../report/json-report';
import { junitReport } from '../report/junit-report';
import { markdownReport } from '../report/markdown-report';
import { countsOf, type Report } from '../report/report';
import { sarifReport } from '../report/sarif-report';
import { tableReport } from '../report/table-report';

/** `cdk8s-secrets check`: inspects manifests and reports what it finds. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'finds what a cluster would refuse, or silently do wrong',
  usage: ['[OPTION…] FILE|DIRECTORY|-…'],
  description: 'Finds what a cluster would refuse, or silently do wrong, with Secrets and what uses them. The file .cdk8s-secrets.yaml of a repository holds the same options.',
  details: ['See [checking manifests](check.md) for what is read, what the report holds, and how a repository says what may stay.'],
  examples: [
    { call: 'cdk8s-secrets check .', does: 'checks all manifests below this folder' },
    { call: 'helm template my-chart | cdk8s-secrets check -', does: 'checks what a chart renders' },
    { call: 'cdk8s-secrets check deploy/ -k 1.36 -f sarif -o check.sarif', does: 'checks a folder for one version of Kubernetes, for code scanning' },
  ],
  options: CHECK_OPTIONS,
  exits: {
    [ExitCode.CLEAN]: 'no errors', [ExitCode.FINDINGS]: 'errors', [ExitCode.UNUSABLE]: 'unusable input or arguments',
  },
  completes: () => ({ files: true }),

  async run(args, io) {
    if (asksForPolicies(args)) {
      io.stdout.write(policyList());
      return ExitCode.CLEAN;
    }
    const options = parseCheckOptions(args);
    if (!options.watch) return check(options, io);
    if (options.inputs.includes(STANDARD_INPUT)) throw new UsageError("'-' cannot be watched");
    const paths = [...expandGlobs(options.inputs), ...options.kustomize, ...options.helm, ...options.values];
    if (paths.length === 0) throw new UsageError('--watch needs files or folders to watch');
    return watch({ paths, written: options.output }, () => checkAgain(args, io), io.stopped());
  },
};

/** A run among others: what is wrong with it is told, and may be mended. */
async function checkAgain(args: readonly string[], io: Io): Promise<ExitCode> {
  if (io.stdout.isTTY === true) io.stdout.write(CLEAR);
  try {
    return await check(parseCheckOptions(args), io);
  } catch (error) {
    io.stderr.write(errorText(error, checkCommand.name));
    return ExitCode.UNUSABLE;
  }
}

async function check(options: CheckOptions, io: Io): Promise<ExitCode> {
  const progress = progressOf(options.progress, io);
  const report = await inspect(options, io, progress).finally(() => progress.end());
  const named = (report.unreadable ?? []).filter(file => file.named);
  sayUnreadable(named, io);
  if (report.objectCount === 0 && named.length > 0) return ExitCode.UNUSABLE;
  writeOutput(render(report, options, io), options.output, io);
  if (named.length > 0 || (report.objectCount === 0 && (report.unreadable ?? []).length > 0)) return ExitCode.UNUSABLE;
  const { errors, warnings } = countsOf(report);
  return errors > 0 || (options.warningsAsErrors && warnings > 0) ? ExitCode.FINDINGS : ExitCode.CLEAN;
}

async function inspect(options: CheckOptions, io: Io, progress: Progress): Promise<Report> {
  const read = await readAll(options, io, progress);
  progress.update(() => `inspecting ${read.sources.length} documents`);
  const { acknowledgements, expired } = sortAcknowledgements(options);
  const inspection = Inspection._fromSources(read.sources, withAppNotes({
    versions: [...options.versions],
    namespace: options.namespace,
    today: options.today,
    existingSecrets: [
      ...read.generated, ...options.existingSecrets, ...options.existing.flatMap(existing => existingSecrets(existing, options.namespace)),
    ],
    acknowledgements,
    unknownSecrets: options.missingSecrets,
    repository: true,
    ...options.certificate === undefined ? {} : { sealingKeyBytes: sealingKeyBytes(options.certificate, options.today) },
  }, read.notes), checksOf(options.policies));
  const { objectCount } = inspection;
  refuseNothing(read, objectCount);
  const { findings, known } = withoutBaseline(inspection.findings, options.baseline === undefined ? new Map() : readBaseline(options.baseline));
  const alternatives = inspection._alternatives;
  return {
    files: read.files,
    objectCount,
    versions: inspection._versions,
    findings,
    acknowledged: inspection.acknowledged,
    skipped: read.skipped,
    unreadable: read.unreadable,
    notes: [
      ...options.versions.length > 0 ? [] : [`checked for ${textOfVersions(SUPPORTED_VERSIONS)}, the versions in support; --kubernetes-version names others`],
      ...read.built === 0 ? [] : [read.built === 1 ? '1 kustomization was built, and what it makes was checked' : `${read.built} kustomizations were built, and what they make was checked`],
      ...alternatives === 0 ? [] : [`${alternatives === 1 ? '1 object is' : `${alternatives} objects are`} in several files that nothing applies together: taken for alternatives, not for duplicates`],
      ...known === 0 ? [] : [`${known === 1 ? '1 finding is' : `${known} findings are`} known from the baseline`],
      ...expired,
    ],
  };
}

/** What is checked, and what the apps say that wrote it. */
async function readAll(options: CheckOptions, io: Io, progress: Progress): Promise<Checked> {
  if (options.app === undefined) {
    return { ...await readInputs(options, io, progress), notes: readAppNotes(options.inputs.filter(input => input !== STANDARD_INPUT)) };
  }
  const { sources, generated, notes, unreadable } = await readState({ kind: 'app', text: options.app }, io, progress);
  return { files: [...new Set(sources.map(({ file }) => file!))], sources, skipped: [], unreadable, generated, built: 0, notes };
}

type Checked = Omit<BuiltRepository, 'kustomizations'> & { readonly notes: AppNotes };

/** Those that still hold, and a note of each that has ended: only this asks for the day. */
function sortAcknowledgements({ acknowledgements, today }: CheckOptions): { acknowledgements: Acknowledgement[]; expired: string[] } {
  const day = today ?? new Date().toISOString().slice(0, 10);
  const has = (expires: string | undefined) => expires !== undefined && expires.slice(0, 10) < day.slice(0, 10);
  return {
    acknowledgements: acknowledgements.filter(({ expires }) => !has(expires)),
    expired: acknowledgements.filter(({ expires }) => has(expires)).map(({ code, expires }) => `an acknowledgement of ${code} ended on ${expires}`),
  };
}

/** Whether the certificate has expired is only asked where a day is given. */
function sealingKeyBytes(certificate: string, today: string | undefined): number {
  return SealingCertificate.fromFile(certificate, new Date(today ?? 0)).modulusBytes;
}

function readBaseline(file: string): Map<string, number> {
  try {
    return baselineOf(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`the baseline ${JSON.stringify(file)} is no report of this command in JSON (${(error as NodeJS.ErrnoException).code ?? (error as Error).name})`);
  }
}

/** The Secrets of a file of manifests, or the one that is named. */
function existingSecrets(text: string, namespace: string | undefined): ExistingSecret[] {
  return /\.(?:ya?ml|json)$/.test(text) ? existingSecretsOf(readManifestFiles([text]).sources, namespace) : [parseExistingName(text)];
}

function render(report: Report, options: CheckOptions, io: Io): string {
  switch (options.format) {
    case ReportFormat.JSON: return jsonReport(report);
    case ReportFormat.SARIF: return sarifReport(report);
    case ReportFormat.JUNIT: return junitReport(report, { warningsFail: options.warningsAsErrors });
    case ReportFormat.GITHUB: return githubReport(report);
    case ReportFormat.MARKDOWN: return markdownReport(report);
    case ReportFormat.TABLE: {
      const toFile = options.output !== undefined;
      return tableReport(report, { width: widthOf(io, toFile), colours: hasColours(io, toFile), quiet: options.quiet, verbose: options.verbose });
    }
  }
}
