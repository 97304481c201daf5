import { findConfig, readConfig, type CheckConfig, type ExpiringAcknowledgement } from './check-config';
import { parseCode, parseDate, parsePolicies, parseVersions } from './check-values';
import { UsageError } from './command';
import { APP, INPUTS, NAMESPACE, OUTPUT, PROGRESS, wantsProgress } from './common-options';
import type { Options } from './option';
import { parseOptions } from './parse-options';
import { MissingSecrets, type ExistingSecret } from '../inspect/inspection-options';
import type { FileFilter } from '../inspect/read/find-files';
import { NEWEST_VERSION, OLDEST_VERSION, SUPPORTED_VERSIONS, type KubernetesVersion } from '../kubernetes/versions';
import { PACKS, type Pack } from '../policy/packs';

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
  /** The command of the app that is checked, in place of inputs. */
  readonly app?: string;
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
  /** Whether it is done again after every change. */
  readonly watch: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly progress?: boolean;
}

export const CHECK_OPTIONS = {
  'format': {
    type: 'string',
    short: 'f',
    value: 'FORMAT',
    choices: Object.values(ReportFormat),
    default: ReportFormat.TABLE,
    summary: '',
    details: '`table` is for people, `sarif` for code scanning, `junit` for test reports, `github` makes annotations, `markdown` a comment for a pull request.',
  },
  'output': OUTPUT,
  'kubernetes-version': {
    type: 'string',
    short: 'k',
    value: 'V',
    multiple: true,
    summary: `the version of the cluster, or ${OLDEST_VERSION}-${NEWEST_VERSION}`,
    details: `A version, or a range. Without it the versions in support are checked, ${SUPPORTED_VERSIONS[0]} to ${NEWEST_VERSION}, and the report says so.`,
  },
  'namespace': NAMESPACE,
  'existing': {
    type: 'string',
    short: 'e',
    value: 'NAME|FILE',
    multiple: true,
    summary: 'a Secret that the cluster has',
    details: '`NAME` or `NAMESPACE/NAME`, where `*` is any text, or a file of manifests whose Secrets the cluster has.',
  },
  'missing-secrets': {
    type: 'string',
    value: 'WHAT',
    choices: Object.values(MissingSecrets),
    noun: ['way to treat missing secrets', 'choices'],
    summary: 'Secrets that nothing makes',
    details: '`warn` where nothing is said.',
  },
  'policy': {
    type: 'string',
    multiple: true,
    value: 'NAME',
    get listOf() {
      return ['help', ...PACKS.map(({ name }) => name)];
    },
    summary: "demands more; '--policy help' lists the packs",
    details: 'What a platform team demands beyond that, in packs: `plaintext`, `rbac`, `cis`, …; several with commas. See [policies](policy.md#packs).',
  },
  'acknowledge': {
    type: 'string',
    short: 'a',
    multiple: true,
    value: 'CODE=WHY',
    summary: 'findings of this code may stay',
    details: 'They are listed with the reason.',
  },
  'app': { ...APP, summary: 'checks what an app writes', rare: true, details: 'It is synthesized into a folder that is removed again.' },
  ...INPUTS,
  'certificate': {
    type: 'string',
    value: 'FILE',
    summary: 'the certificate of the Sealed Secrets controller',
    rare: true,
    details: 'As `kubeseal --fetch-cert` prints it: sealed values must be of the length of its key.',
  },
  'config': { type: 'string', value: 'FILE', summary: 'another file than .cdk8s-secrets.yaml', rare: true },
  'no-config': { type: 'boolean', summary: 'reads no such file', rare: true },
  'baseline': {
    type: 'string',
    value: 'FILE',
    summary: 'shows only what an earlier report does not have',
    rare: true,
    details: 'A report that `--format json` made.',
  },
  'stdin-filename': { type: 'string', value: 'NAME', summary: 'how reports name standard input', rare: true },
  'today': {
    type: 'string',
    value: 'DATE',
    summary: 'checks the expiry of certificates and tokens at this date',
    rare: true,
    details: 'Without it expiry is not checked.',
  },
  'warnings-as-errors': { type: 'boolean', summary: 'exits with 1 for warnings too' },
  'watch': {
    type: 'boolean',
    short: 'w',
    summary: 'checks again after every change',
    details: 'Until it is stopped with Ctrl-C; then it exits as the last check did. `.git` and `node_modules` are not watched.',
  },
  'quiet': { type: 'boolean', short: 'q', summary: 'a table of errors only, or nothing', rare: true },
  'verbose': { type: 'boolean', short: 'v', summary: 'lists what was skipped and not read', rare: true },
  ...PROGRESS,
} as const satisfies Options;

const NO_CONFIG: CheckConfig = { existing: [], include: [], exclude: [], acknowledge: [], policy: [] };

/**
 * Reads the arguments of `cdk8s-secrets check`, and the file `.cdk8s-secrets.yaml` where there is one: what the arguments say counts, and
 * lists are added to.
 *
 * @throws UsageError
 */
export function parseCheckOptions(args: readonly string[]): CheckOptions {
  const { values, positionals } = parseOptions(args, CHECK_OPTIONS);
  const { kustomize = [], helm = [] } = values;
  const named = positionals.length + kustomize.length + helm.length;
  if (named > 0 && values.app !== undefined) throw new UsageError('an app and files are two checks; ask for one at a time');
  if (named === 0 && values.app === undefined) throw new UsageError("nothing to check: name files, folders, or '-' for standard input");
  const progress = wantsProgress(values);
  const file = values['no-config'] === true ? undefined : values.config ?? findConfig([...positionals, ...kustomize]);
  const config = file === undefined ? NO_CONFIG : readConfig(file);
  const namespace = values.namespace ?? config.namespace;
  const today = values.today === undefined ? config.today : parseDate(values.today);
  const baseline = values.baseline ?? config.baseline;
  const certificate = values.certificate ?? config.certificate;
  return {
    inputs: positionals,
    ...values.app === undefined ? {} : { app: values.app },
    buildKustomizations: values['build-kustomizations'] ?? config.buildKustomizations ?? false,
    kustomize,
    helm,
    values: values.values ?? [],
    format: values.format,
    ...values.output === undefined ? {} : { output: values.output },
    versions: values['kubernetes-version'] === undefined ? config.versions ?? [] : parseVersions(values['kubernetes-version']),
    ...namespace === undefined ? {} : { namespace },
    existing: values.existing ?? [],
    existingSecrets: config.existing,
    missingSecrets: values['missing-secrets'] ?? config.missingSecrets ?? MissingSecrets.WARN,
    filter: { include: [...values.include ?? [], ...config.include], exclude: [...values.exclude ?? [], ...config.exclude] },
    acknowledgements: [...(values.acknowledge ?? []).map(parseAcknowledgement), ...config.acknowledge],
    policies: [...parsePolicies(values.policy ?? []), ...config.policy],
    ...today === undefined ? {} : { today },
    ...baseline === undefined ? {} : { baseline },
    ...certificate === undefined ? {} : { certificate },
    ...values['stdin-filename'] === undefined ? {} : { stdinFilename: values['stdin-filename'] },
    warningsAsErrors: values['warnings-as-errors'] ?? config.warningsAsErrors ?? false,
    watch: values.watch === true,
    quiet: values.quiet === true,
    verbose: values.verbose === true,
    ...progress === undefined ? {} : { progress },
  };
}

function parseAcknowledgement(text: string): ExpiringAcknowledgement {
  const [code, ...rest] = text.split('=');
  const reason = rest.join('=').trim();
  parseCode(code);
  if (reason === '') throw new UsageError(`${code} is acknowledged without a reason; write --acknowledge '${code}=why it may stay'`);
  return { code, reason };
}
