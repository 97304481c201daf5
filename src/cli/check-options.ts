import { parseArgs } from 'node:util';
import { UsageError } from './command';
import { CODES } from '../errors/codes';
import { didYouMean } from '../errors/suggest';
import type { Acknowledgement } from '../inspect/inspection-options';
import { ALL_VERSIONS, type KubernetesVersion } from '../kubernetes/versions';

/** What a report can be. */
export enum ReportFormat {
  TABLE = 'table',
  JSON = 'json',
  SARIF = 'sarif',
  JUNIT = 'junit',
}

/** What `cdk8s-secrets check` was asked for. */
export interface CheckOptions {
  readonly inputs: readonly string[];
  readonly format: ReportFormat;
  readonly output?: string;
  readonly versions: readonly KubernetesVersion[];
  readonly namespace?: string;
  /** Files of manifests, and names with or without a namespace. */
  readonly existing: readonly string[];
  readonly acknowledgements: readonly Acknowledgement[];
  readonly today?: string;
  readonly warningsAsErrors: boolean;
  readonly quiet: boolean;
  readonly progress?: boolean;
}

const OPTIONS = {
  'format': { type: 'string', short: 'f' },
  'output': { type: 'string', short: 'o' },
  'kubernetes-version': { type: 'string', short: 'k', multiple: true },
  'namespace': { type: 'string', short: 'n' },
  'existing': { type: 'string', short: 'e', multiple: true },
  'acknowledge': { type: 'string', short: 'a', multiple: true },
  'today': { type: 'string' },
  'warnings-as-errors': { type: 'boolean' },
  'quiet': { type: 'boolean', short: 'q' },
  'progress': { type: 'boolean' },
  'no-progress': { type: 'boolean' },
} as const;

/**
 * Reads the arguments of `cdk8s-secrets check`.
 *
 * @throws UsageError
 */
export function parseCheckOptions(args: readonly string[]): CheckOptions {
  const { values, positionals } = parse(args);
  if (positionals.length === 0) throw new UsageError("nothing to check: name files, folders, or '-' for standard input");
  const progress = values['no-progress'] === true ? false : values.progress;
  return {
    inputs: positionals,
    format: parseFormat(values.format ?? ReportFormat.TABLE),
    ...values.output === undefined ? {} : { output: values.output },
    versions: parseVersions(values['kubernetes-version'] ?? []),
    ...values.namespace === undefined ? {} : { namespace: values.namespace },
    existing: values.existing ?? [],
    acknowledgements: (values.acknowledge ?? []).map(parseAcknowledgement),
    ...values.today === undefined ? {} : { today: parseDate(values.today) },
    warningsAsErrors: values['warnings-as-errors'] === true,
    quiet: values.quiet === true,
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

function parseFormat(text: string): ReportFormat {
  const formats: readonly string[] = Object.values(ReportFormat);
  if (!formats.includes(text)) throw new UsageError(`there is no format ${JSON.stringify(text)}; ${didYouMean(text, formats, 'formats')}`);
  return text as ReportFormat;
}

/** Each is a version (`1.30`, `v1.30.4`) or a range (`1.29-1.31`); none means every version. */
function parseVersions(texts: readonly string[]): readonly KubernetesVersion[] {
  if (texts.length === 0) return ALL_VERSIONS;
  const asked = new Set<KubernetesVersion>();
  for (const text of texts) {
    const [first, last = first, ...more] = text.split('-').map(parseVersion);
    if (more.length > 0 || first > last) throw new UsageError(`${JSON.stringify(text)} is no range of versions; write 1.29-1.31`);
    ALL_VERSIONS.slice(first, last + 1).forEach(version => asked.add(version));
  }
  return ALL_VERSIONS.filter(version => asked.has(version));
}

/** Which of all versions it is. */
function parseVersion(text: string): number {
  const minor = /^v?(\d+\.\d+)(?:\.\d+)?$/.exec(text.trim())?.[1];
  const index = ALL_VERSIONS.findIndex(version => version === minor);
  if (index === -1) throw new UsageError(`${JSON.stringify(text)} is no version of Kubernetes that is known; versions: ${ALL_VERSIONS.join(', ')}`);
  return index;
}

function parseAcknowledgement(text: string): Acknowledgement {
  const [code, ...rest] = text.split('=');
  const reason = rest.join('=').trim();
  if (!Object.hasOwn(CODES, code)) throw new UsageError(`there is no code ${JSON.stringify(code)}; ${didYouMean(code, Object.keys(CODES), 'codes')}`);
  if (reason === '') throw new UsageError(`${code} is acknowledged without a reason; write --acknowledge '${code}=why it may stay'`);
  return { code, reason };
}

function parseDate(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}(?:T.*)?$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new UsageError(`${JSON.stringify(text)} is no date; write 2030-01-31`);
  }
  return text;
}
