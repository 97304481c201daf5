import { parseArgs } from 'node:util';
import { findConfig, readConfig, type CheckConfig, type ExpiringAcknowledgement } from './check-config';
import { parseChoice, parseCode, parseDate, parseMissingSecrets, parsePolicies, parseVersions } from './check-values';
import { UsageError } from './command';
import { didYouMean } from '../errors/suggest';
import { MissingSecrets, type ExistingSecret } from '../inspect/inspection-options';
import type { FileFilter } from '../inspect/read/find-files';
import type { KubernetesVersion } from '../kubernetes/versions';
import type { Pack } from '../policy/packs';

/** What a report can be. */
export enum ReportFormat {
  TABLE = 'table',
  JSON = 'json',
  SARIF = 'sarif',
  JUNIT = 'junit',
  GITHUB = 'github',
  MARKDOWN = 'markdown',
}

/** What `cdk8s-secrets check` was asked for, in its arguments and its file. */
export interface CheckOptions {
  readonly inputs: readonly string[];
  /** Whether kustomize builds what it can of the folders. */
  readonly buildKustomizations: boolean;
  /** Folders that kustomize builds. */
  readonly kustomize: readonly string[];
  /** Charts that Helm renders, and files of values for them. */
  readonly helm: readonly string[];
  readonly values: readonly string[];
  readonly format: ReportFormat;
  readonly output?: string;
  /** Those that were named; none means the default. */
  readonly versions: readonly KubernetesVersion[];
  readonly namespace?: string;
  /** Files of manifests, and names with or without a namespace. */
  readonly existing: readonly string[];
  readonly existingSecrets: readonly ExistingSecret[];
  readonly missingSecrets: MissingSecrets;
  readonly filter: FileFilter;
  readonly acknowledgements: readonly ExpiringAcknowledgement[];
  readonly policies: readonly Pack[];
  readonly today?: string;
  /** The file with the certificate of the Sealed Secrets controller. */
  readonly certificate?: string;
  readonly baseline?: string;
  /** How reports name standard input. */
  readonly stdinFilename?: string;
  readonly warningsAsErrors: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly progress?: boolean;
}

const OPTIONS = {
  'format': { type: 'string', short: 'f' },
  'output': { type: 'string', short: 'o' },
  'kubernetes-version': { type: 'string', short: 'k', multiple: true },
  'namespace': { type: 'string', short: 'n' },
  'existing': { type: 'string', short: 'e', multiple: true },
  'missing-secrets': { type: 'string' },
  'acknowledge': { type: 'string', short: 'a', multiple: true },
  'policy': { type: 'string', multiple: true },
  'include': { type: 'string', multiple: true },
  'exclude': { type: 'string', multiple: true },
  'build-kustomizations': { type: 'boolean' },
  'kustomize': { type: 'string', multiple: true },
  'helm': { type: 'string', multiple: true },
  'values': { type: 'string', multiple: true },
  'certificate': { type: 'string' },
  'config': { type: 'string' },
  'no-config': { type: 'boolean' },
  'baseline': { type: 'string' },
  'stdin-filename': { type: 'string' },
  'today': { type: 'string' },
  'warnings-as-errors': { type: 'boolean' },
  'quiet': { type: 'boolean', short: 'q' },
  'verbose': { type: 'boolean', short: 'v' },
  'progress': { type: 'boolean' },
  'no-progress': { type: 'boolean' },
} as const;

const NO_CONFIG: CheckConfig = { existing: [], include: [], exclude: [], acknowledge: [], policy: [] };

/**
 * Reads the arguments of `cdk8s-secrets check`, and the file `.cdk8s-secrets.yaml` where there is one: what the arguments say counts, and
 * lists are added to.
 *
 * @throws UsageError
 */
export function parseCheckOptions(args: readonly string[]): CheckOptions {
  const { values, positionals } = parse(args);
  const { kustomize = [], helm = [] } = values;
  if (positionals.length + kustomize.length + helm.length === 0) throw new UsageError("nothing to check: name files, folders, or '-' for standard input");
  const progress = values['no-progress'] === true ? false : values.progress;
  const file = values['no-config'] === true ? undefined : values.config ?? findConfig([...positionals, ...kustomize]);
  const config = file === undefined ? NO_CONFIG : readConfig(file);
  const namespace = values.namespace ?? config.namespace;
  const today = values.today === undefined ? config.today : parseDate(values.today);
  const baseline = values.baseline ?? config.baseline;
  const certificate = values.certificate ?? config.certificate;
  const missing = values['missing-secrets'] === undefined ? config.missingSecrets : parseMissingSecrets(values['missing-secrets']);
  return {
    inputs: positionals,
    buildKustomizations: values['build-kustomizations'] ?? config.buildKustomizations ?? false,
    kustomize,
    helm,
    values: values.values ?? [],
    format: parseChoice(values.format ?? ReportFormat.TABLE, Object.values(ReportFormat), 'format', 'formats'),
    ...values.output === undefined ? {} : { output: values.output },
    versions: values['kubernetes-version'] === undefined ? config.versions ?? [] : parseVersions(values['kubernetes-version']),
    ...namespace === undefined ? {} : { namespace },
    existing: values.existing ?? [],
    existingSecrets: config.existing,
    missingSecrets: missing ?? MissingSecrets.WARN,
    filter: { include: [...values.include ?? [], ...config.include], exclude: [...values.exclude ?? [], ...config.exclude] },
    acknowledgements: [...(values.acknowledge ?? []).map(parseAcknowledgement), ...config.acknowledge],
    policies: [...parsePolicies(values.policy ?? []), ...config.policy],
    ...today === undefined ? {} : { today },
    ...baseline === undefined ? {} : { baseline },
    ...certificate === undefined ? {} : { certificate },
    ...values['stdin-filename'] === undefined ? {} : { stdinFilename: values['stdin-filename'] },
    warningsAsErrors: values['warnings-as-errors'] ?? config.warningsAsErrors ?? false,
    quiet: values.quiet === true,
    verbose: values.verbose === true,
    ...progress === undefined ? {} : { progress },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('ERR_PARSE_ARGS') !== true) throw error;
    const unknown = /^Unknown option '(--?[^']*)'/.exec(message)?.[1];
    if (unknown === undefined) throw new UsageError(`${message[0].toLowerCase()}${message.slice(1).split('. ')[0]}`);
    throw new UsageError(`there is no option ${JSON.stringify(unknown)}; ${didYouMean(unknown, Object.keys(OPTIONS).map(name => `--${name}`), 'options')}`);
  }
}

function parseAcknowledgement(text: string): ExpiringAcknowledgement {
  const [code, ...rest] = text.split('=');
  const reason = rest.join('=').trim();
  parseCode(code);
  if (reason === '') throw new UsageError(`${code} is acknowledged without a reason; write --acknowledge '${code}=why it may stay'`);
  return { code, reason };
}
