import { writeFileSync } from 'node:fs';
import { parseCheckOptions, ReportFormat, type CheckOptions } from './check-options';
import { ExitCode, UsageError, type Command } from './command';
import type { Io } from './io';
import { Progress } from './progress';
import { Inspection } from '../app/inspection';
import { SecretsError } from '../errors/secrets-error';
import type { ExistingSecret } from '../inspect/inspection-options';
import { existingSecretsOf } from '../inspect/model/existing-secrets';
import { LastPlaces } from '../inspect/read/last-places';
import { decodeManifestText, manifestFiles, readManifestText } from '../inspect/read/manifest-files';
import type { ManifestSource } from '../inspect/read/manifest-source';
import { readManifestStream } from '../inspect/read/manifest-stream';
import { jsonReport } from '../report/json-report';
import { junitReport } from '../report/junit-report';
import { countsOf, type Report } from '../report/report';
import { sarifReport } from '../report/sarif-report';
import { tableReport } from '../report/table-report';

const STANDARD_INPUT = '-';

const HELP = `Usage: cdk8s-secrets check [OPTION…] FILE|DIRECTORY|-…

Finds what a cluster would refuse, or silently do wrong, with Secrets and what uses them. The input is YAML or JSON as kubectl takes
it; of directories every *.yaml, *.yml and *.json below them; '-' is standard input:

  helm template my-chart | cdk8s-secrets check -
  kustomize build overlays/production | cdk8s-secrets check --kubernetes-version 1.31 -

Everything that is named is looked at together, so name the manifests of one cluster in one call.

Options:
  -f, --format FORMAT               table (the default), json, sarif or junit
  -o, --output FILE                 writes the report to a file
  -k, --kubernetes-version VERSION  the version of the cluster, or a range such as 1.29-1.31; may be repeated
                                    (default: every version from 1.28 to 1.33)
  -n, --namespace NAMESPACE         the namespace of objects that name none
  -e, --existing NAME               a Secret that exists in the cluster, as NAME or NAMESPACE/NAME; may be repeated
  -e, --existing FILE               the Secrets of a file, such as one of kubectl get secrets -A -o yaml
  -a, --acknowledge CODE=REASON     findings of this code may stay; they are listed with the reason; may be repeated
      --today DATE                  checks the expiry of certificates and tokens at this date (default: it is not checked)
      --warnings-as-errors          exits with 1 for warnings too
  -q, --quiet                       prints errors only, and nothing where there are none (table only)
      --progress, --no-progress     says on standard error how far it is, after a second (default: on a terminal)
  -h, --help                        prints this

Exit codes: 0 no errors, 1 errors, 2 unusable input or arguments.
docs/errors.md says what each code means and how it is fixed.
`;

/** `cdk8s-secrets check`: inspects manifests and reports what it finds. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'finds what a cluster would refuse, or silently do wrong, in manifests',
  help: HELP,

  async run(args, io) {
    const options = parseCheckOptions(args);
    const progress = new Progress(io.stderr, options.progress ?? io.stderr.isTTY === true);
    const report = await inspect(options, io, progress).finally(() => progress.end());
    const text = render(report, options, io);
    if (options.output === undefined) io.stdout.write(text);
    else writeReport(options.output, text);
    const { errors, warnings } = countsOf(report);
    return errors > 0 || (options.warningsAsErrors && warnings > 0) ? ExitCode.FINDINGS : ExitCode.CLEAN;
  },
};

async function inspect(options: CheckOptions, io: Io, progress: Progress): Promise<Report> {
  const files = filesOf(options.inputs);
  const sources = await readAll(files, io, progress);
  progress.update(() => `inspecting ${sources.length} documents`);
  const inspection = Inspection._fromSources(sources, {
    versions: [...options.versions],
    namespace: options.namespace,
    today: options.today,
    existingSecrets: options.existing.flatMap(existing => existingSecrets(existing, options.namespace)),
    acknowledgements: [...options.acknowledgements],
  });
  if (inspection.objectCount === 0) {
    throw new SecretsError({ code: 'UnreadableManifest', message: 'there is no object in the input', next: 'check what it was made by' });
  }
  const { findings, acknowledged, objectCount } = inspection;
  return { files, objectCount, versions: options.versions, findings, acknowledged };
}

/** The files to read, standard input first. */
function filesOf(inputs: readonly string[]): string[] {
  const paths = inputs.filter(input => input !== STANDARD_INPUT);
  return [...paths.length < inputs.length ? [STANDARD_INPUT] : [], ...manifestFiles(paths)];
}

async function readAll(files: readonly string[], io: Io, progress: Progress): Promise<ManifestSource[]> {
  const places = new LastPlaces();
  const sources: ManifestSource[] = [];
  const unusable: SecretsError[] = [];
  for (const [index, file] of files.entries()) {
    try {
      const text = file === STANDARD_INPUT ? decodeManifestText(await io.readInput(), file) : readManifestText(file);
      const onProgress = (read: number) => progress.update(() => `reading file ${index + 1} of ${files.length}: ${Math.floor(read / text.length * 100)} %`);
      for (const source of readManifestStream(text, { file, places, onProgress })) sources.push(source);
    } catch (error) {
      if (!(error instanceof SecretsError)) throw error;
      unusable.push(error);
    }
  }
  if (unusable.length === 0) return sources;
  progress.end();
  for (const error of unusable.slice(0, -1)) io.stderr.write(`cdk8s-secrets: ${error.message}\n`);
  throw unusable[unusable.length - 1];
}

/** The Secrets of a file of manifests, or the one that is named. */
function existingSecrets(text: string, namespace: string | undefined): ExistingSecret[] {
  if (/\.(?:ya?ml|json)$/.test(text)) {
    return existingSecretsOf(manifestFiles([text]).flatMap(file => readManifestStream(readManifestText(file), { file })), namespace);
  }
  const [name, inNamespace, ...more] = text.split('/').reverse();
  if (name === '' || inNamespace === '' || more.length > 0) throw new UsageError(`${JSON.stringify(text)} is no NAME, NAMESPACE/NAME or file *.yaml, *.yml, *.json`);
  return [{ name, ...inNamespace === undefined ? {} : { namespace: inNamespace } }];
}

function render(report: Report, options: CheckOptions, { stdout, environment }: Io): string {
  switch (options.format) {
    case ReportFormat.JSON: return jsonReport(report);
    case ReportFormat.SARIF: return sarifReport(report);
    case ReportFormat.JUNIT: return junitReport(report, { warningsFail: options.warningsAsErrors });
    case ReportFormat.TABLE: {
      const isTerminal = options.output === undefined && stdout.isTTY === true;
      return tableReport(report, {
        width: isTerminal ? stdout.columns ?? 80 : Infinity,
        colours: isTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb',
        quiet: options.quiet,
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
