import { readFileSync, writeFileSync } from 'node:fs';
import { buildRepository } from './built-repository';
import { parseExistingName } from './check-config';
import { parseCheckOptions, ReportFormat, type CheckOptions } from './check-options';
import { ExitCode, UsageError, type Command } from './command';
import type { Io } from './io';
import { kustomize } from './kustomize';
import { asksForPolicies, policyList } from './policy-list';
import { Progress } from './progress';
import { asUsage, renderCharts } from './render';
import { readAppNotes, withAppNotes } from '../app/app-notes';
import { Inspection } from '../app/inspection';
import { SealingCertificate } from '../delivery/sealing-certificate';
import { UnreadableManifest } from '../document/unreadable';
import { SecretsError } from '../errors/secrets-error';
import type { Acknowledgement, ExistingSecret } from '../inspect/inspection-options';
import { existingSecretsOf } from '../inspect/model/existing-secrets';
import { Kustomizations } from '../inspect/read/kustomization';
import { decodeManifestText } from '../inspect/read/manifest-files';
import { readManifestStream } from '../inspect/read/manifest-stream';
import { asUnreadableFile, readManifestFiles, readRepository, type Repository } from '../inspect/read/repository';
import { SourceFiles } from '../inspect/read/source-files';
import { NEWEST_VERSION, OLDEST_VERSION, SUPPORTED_VERSIONS, textOfVersions } from '../kubernetes/versions';
import { checksOf } from '../policy/packs';
import { baselineOf, withoutBaseline } from '../report/baseline';
import { githubReport } from '../report/github-report';
import { jsonReport } from '../report/json-report';
import { junitReport } from '../report/junit-report';
import { markdownReport } from '../report/markdown-report';
import { countsOf, type Report } from '../report/report';
import { sarifReport } from '../report/sarif-report';
import { tableReport } from '../report/table-report';

const STANDARD_INPUT = '-';

const HELP = `Usage: cdk8s-secrets check [OPTION…] FILE|DIRECTORY|-…

Finds what a cluster would refuse, or silently do wrong, with Secrets and what uses them:
  cdk8s-secrets check .
  helm template my-chart | cdk8s-secrets check -
Options (the file .cdk8s-secrets.yaml of the repository holds the same):
  -f, --format FORMAT          table (the default), json, sarif, junit, github, markdown
  -o, --output FILE            writes the report to a file
  -k, --kubernetes-version V   the cluster's version, or a range such as ${OLDEST_VERSION}-${NEWEST_VERSION} (default: those in
                               support, ${SUPPORTED_VERSIONS[0]}-${NEWEST_VERSION})
  -n, --namespace NAMESPACE    the namespace of objects that name none
  -e, --existing NAME|FILE     a Secret of the cluster ([NAMESPACE/]NAME, with *), or a file of them
      --missing-secrets WHAT   error, warn (the default) or ignore
      --policy NAME[,NAME]     what a platform team demands beyond that; --policy help lists it
  -a, --acknowledge CODE=WHY   findings of this code may stay
      --include GLOB, --exclude GLOB  which files of folders are looked at
      --build-kustomizations   has kustomize build those of the folders, and checks what they make
      --kustomize DIRECTORY    checks what kustomize builds of it, and fetches
      --helm CHART, --values FILE     checks what Helm renders
      --config FILE, --no-config      another file than .cdk8s-secrets.yaml, or none
      --baseline FILE          an earlier report (--format json): only what is new counts
      --stdin-filename NAME    how reports name standard input
      --certificate FILE       that of Sealed Secrets (kubeseal --fetch-cert): checks the length of sealed values
      --today DATE             checks the expiry of certificates and tokens
      --warnings-as-errors     exits with 1 for warnings too
  -q, --quiet; -v, --verbose   errors only; everything that was skipped
      --progress, --no-progress  says how far it is (default: on a terminal)

Exit codes: 0 no errors, 1 errors, 2 nothing or a named file not readable, wrong arguments.
`;

/** `cdk8s-secrets check`: inspects manifests and reports what it finds. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'finds what a cluster would refuse, or silently do wrong, in manifests',
  help: HELP,

  async run(args, io) {
    if (asksForPolicies(args)) {
      io.stdout.write(policyList());
      return ExitCode.CLEAN;
    }
    const options = parseCheckOptions(args);
    const progress = new Progress(io.stderr, options.progress ?? io.stderr.isTTY === true);
    const report = await inspect(options, io, progress).finally(() => progress.end());
    const named = (report.unreadable ?? []).filter(file => file.named);
    for (const { file, line, message, next } of named) {
      io.stderr.write(`cdk8s-secrets: UnreadableManifest: ${JSON.stringify(file)}${line === undefined ? '' : `, line ${line}`}: ${message}; ${next}\n`);
    }
    if (report.objectCount === 0 && named.length > 0) return ExitCode.UNUSABLE;
    const text = render(report, options, io);
    if (options.output === undefined) io.stdout.write(text);
    else writeReport(options.output, text);
    if (named.length > 0 || (report.objectCount === 0 && (report.unreadable ?? []).length > 0)) return ExitCode.UNUSABLE;
    const { errors, warnings } = countsOf(report);
    return errors > 0 || (options.warningsAsErrors && warnings > 0) ? ExitCode.FINDINGS : ExitCode.CLEAN;
  },
};

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
  }, readAppNotes(options.inputs.filter(input => input !== STANDARD_INPUT))), checksOf(options.policies));
  const { objectCount } = inspection;
  if (objectCount === 0) refuseNothing(read);
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

/** Where nothing was skipped and nothing is unreadable, there was nothing to read. */
function refuseNothing({ unreadable, skipped }: Repository): void {
  if (unreadable.length > 0 || skipped.length > 0) return;
  throw new SecretsError({ code: 'UnreadableManifest', message: 'there is no object in the input', next: 'check what it was made by' });
}

/** Those that still hold, and a note of each that has ended: only this asks for the day. */
function sortAcknowledgements({ acknowledgements, today }: CheckOptions): { acknowledgements: Acknowledgement[]; expired: string[] } {
  const day = today ?? new Date().toISOString().slice(0, 10);
  const has = (expires: string | undefined) => expires !== undefined && expires.slice(0, 10) < day.slice(0, 10);
  return {
    acknowledgements: acknowledgements.filter(({ expires }) => !has(expires)),
    expired: acknowledgements.filter(({ expires }) => has(expires)).map(({ code, expires }) => `an acknowledgement of ${code} ended on ${expires}`),
  };
}

/** All that was named, and how many kustomizations were built for it. */
async function readAll(options: CheckOptions, io: Io, progress: Progress): Promise<Repository & { readonly built: number }> {
  const { inputs, filter } = options;
  const paths = inputs.filter(input => input !== STANDARD_INPUT);
  const parts: Repository[] = [];
  if (paths.length < inputs.length) parts.push(readStream(await io.readInput(), options.stdinFilename ?? STANDARD_INPUT));
  parts.push(...options.kustomize.map(readKustomized), ...renderCharts(options).map(({ text, name }) => readStream(Buffer.from(text), name)));
  const lying = readRepository(paths, filter, (index, count, share) => progress.update(() => `reading file ${index + 1} of ${count}: ${Math.floor(share * 100)} %`));
  const repository = options.buildKustomizations
    ? buildRepository(lying, (index, count) => progress.update(() => `building kustomization ${index + 1} of ${count}`))
    : { ...lying, built: 0 };
  parts.push(repository);
  return {
    files: parts.flatMap(part => part.files),
    sources: parts.flatMap(part => part.sources),
    skipped: parts.flatMap(part => part.skipped),
    unreadable: parts.flatMap(part => part.unreadable),
    generated: parts.flatMap(part => part.generated),
    kustomizations: repository.kustomizations,
    built: repository.built,
  };
}

const NOTHING: Repository = { files: [], sources: [], skipped: [], unreadable: [], generated: [], kustomizations: new Kustomizations(new Map()) };

/** Of a folder that was named for it: what cannot be built is an error, and what lies elsewhere is fetched. */
function readKustomized(folder: string): Repository {
  const sources = asUsage(folder, () => kustomize(folder, new SourceFiles([])));
  return { ...NOTHING, files: [...new Set(sources.map(({ file }) => file!))], sources };
}

function readStream(bytes: Buffer, file: string): Repository {
  try {
    return { ...NOTHING, files: [file], sources: readManifestStream(decodeManifestText(bytes, file), { file }).map(source => ({ ...source, file })) };
  } catch (error) {
    if (!(error instanceof UnreadableManifest)) throw error;
    return { ...NOTHING, unreadable: [asUnreadableFile(error, file, true)] };
  }
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

function render(report: Report, options: CheckOptions, { stdout, environment }: Io): string {
  switch (options.format) {
    case ReportFormat.JSON: return jsonReport(report);
    case ReportFormat.SARIF: return sarifReport(report);
    case ReportFormat.JUNIT: return junitReport(report, { warningsFail: options.warningsAsErrors });
    case ReportFormat.GITHUB: return githubReport(report);
    case ReportFormat.MARKDOWN: return markdownReport(report);
    case ReportFormat.TABLE: {
      const isTerminal = options.output === undefined && stdout.isTTY === true;
      return tableReport(report, {
        width: isTerminal ? stdout.columns ?? 80 : Number(environment.COLUMNS) || Infinity,
        colours: isTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb',
        quiet: options.quiet,
        verbose: options.verbose,
      });
    }
  }
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`the report cannot be written to ${JSON.stringify(file)} (${(error as NodeJS.ErrnoException).code})`);
  }
}
