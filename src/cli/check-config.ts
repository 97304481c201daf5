import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { parseCode, parseDate, parseMissingSecrets, parsePolicies, parseVersions } from './check-values';
import { UsageError } from './command';
import { wholeText } from '../document/parsed-document';
import { Unreadable } from '../document/unreadable';
import { parseYaml } from '../document/yaml-document';
import { didYouMean } from '../errors/suggest';
import type { Acknowledgement, ExistingSecret, MissingSecrets } from '../inspect/inspection-options';
import { isRecord } from '../inspect/model/untyped';
import type { KubernetesVersion } from '../kubernetes/versions';
import type { Pack } from '../policy/packs';

/** The file at the root of a repository that says how it is checked. */
export const CONFIG_FILE = '.cdk8s-secrets.yaml';

/** An acknowledgement that may end. */
export interface ExpiringAcknowledgement extends Acknowledgement {
  /** The last day that it holds. */
  readonly expires?: string;
}

/** What the file says. */
export interface CheckConfig {
  readonly versions?: readonly KubernetesVersion[];
  readonly namespace?: string;
  readonly today?: string;
  readonly missingSecrets?: MissingSecrets;
  readonly existing: readonly ExistingSecret[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly buildKustomizations?: boolean;
  readonly warningsAsErrors?: boolean;
  readonly baseline?: string;
  readonly certificate?: string;
  readonly acknowledge: readonly ExpiringAcknowledgement[];
  readonly policy: readonly Pack[];
}

const FIELDS = [
  'versions', 'namespace', 'today', 'missingSecrets', 'existing', 'include', 'exclude', 'buildKustomizations', 'warningsAsErrors', 'baseline', 'certificate', 'acknowledge', 'policy',
];
const ACKNOWLEDGE_FIELDS = ['code', 'reason', 'kind', 'namespace', 'name', 'path', 'file', 'expires'];
const EXISTING_FIELDS = ['name', 'namespace', 'type', 'keys'];

/** The file that says how these inputs are checked: that of a folder among them, or else that of the working directory. */
export function findConfig(inputs: readonly string[]): string | undefined {
  const folders = inputs.filter(input => input !== '-' && isFolder(input));
  return [...folders, '.'].map(folder => join(folder, CONFIG_FILE)).find(file => existsSync(file));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Reads the file. Patterns with a slash start at its folder.
 *
 * @throws UsageError
 */
export function readConfig(file: string): CheckConfig {
  try {
    return parseConfig(parseYaml(wholeText(readFileSync(file, 'utf8'))).value ?? {}, dirname(resolve(file)));
  } catch (error) {
    if (error instanceof Unreadable) throw new UsageError(`${JSON.stringify(file)}: ${error.reason}`);
    if (error instanceof UsageError) throw new UsageError(`${JSON.stringify(file)}: ${error.message}`);
    throw new UsageError(`${JSON.stringify(file)} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

function parseConfig(value: unknown, folder: string): CheckConfig {
  const config = fieldsOf(value, FIELDS, 'the file');
  const pattern = (text: string) => text.includes('/') ? `${folder.split(sep).join('/')}/${text.replace(/^\.?\//, '')}` : text;
  const { namespace, today, missingSecrets, baseline, certificate } = config;
  return {
    ...config.versions === undefined ? {} : { versions: parseVersions(texts(config.versions, 'versions')) },
    ...namespace === undefined ? {} : { namespace: textOf(namespace, 'namespace') },
    ...today === undefined ? {} : { today: parseDate(textOf(today, 'today')) },
    ...missingSecrets === undefined ? {} : { missingSecrets: parseMissingSecrets(textOf(missingSecrets, 'missingSecrets')) },
    existing: entries(config.existing, 'existing').map(parseExisting),
    include: texts(config.include, 'include').map(pattern),
    exclude: texts(config.exclude, 'exclude').map(pattern),
    ...isSet(config, 'buildKustomizations'),
    ...isSet(config, 'warningsAsErrors'),
    ...baseline === undefined ? {} : { baseline: resolve(folder, textOf(baseline, 'baseline')) },
    ...certificate === undefined ? {} : { certificate: resolve(folder, textOf(certificate, 'certificate')) },
    acknowledge: entries(config.acknowledge, 'acknowledge').map(entry => parseAcknowledgement(entry, pattern)),
    policy: parsePolicies(typeof config.policy === 'string' ? [config.policy] : texts(config.policy, 'policy')),
  };
}

/** The field, where the file has it. */
function isSet<T extends string>(config: Record<string, unknown>, name: T): { readonly [key in T]?: boolean } {
  const value = config[name];
  if (value === undefined) return {};
  if (typeof value !== 'boolean') throw new UsageError(`${name} is true or false`);
  return { [name]: value } as { readonly [key in T]: boolean };
}

/** `NAME` or `NAMESPACE/NAME`, with `*` for any text. */
export function parseExistingName(text: string): ExistingSecret {
  const [name, namespace, ...more] = text.split('/').reverse();
  if (name === '' || namespace === '' || more.length > 0) throw new UsageError(`${JSON.stringify(text)} is no NAME, NAMESPACE/NAME or file *.yaml, *.yml, *.json`);
  return { name, ...namespace === undefined ? {} : { namespace } };
}

function parseExisting(entry: unknown): ExistingSecret {
  if (typeof entry === 'string') return parseExistingName(entry);
  const { name, namespace, type, keys } = fieldsOf(entry, EXISTING_FIELDS, 'an entry of existing');
  return {
    name: textOf(name, 'name'),
    ...namespace === undefined ? {} : { namespace: textOf(namespace, 'namespace') },
    ...type === undefined ? {} : { type: textOf(type, 'type') },
    ...keys === undefined ? {} : { keys: texts(keys, 'keys') },
  };
}

function parseAcknowledgement(entry: unknown, pattern: (text: string) => string): ExpiringAcknowledgement {
  const fields = fieldsOf(entry, ACKNOWLEDGE_FIELDS, 'an entry of acknowledge');
  const given = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, textOf(value, name)]));
  const code = parseCode(given.code ?? '');
  if ((given.reason ?? '').trim() === '') throw new UsageError(`${code} is acknowledged without a reason; say why it may stay`);
  return {
    ...given,
    code,
    reason: given.reason.trim(),
    ...given.file === undefined ? {} : { file: pattern(given.file) },
    ...given.expires === undefined ? {} : { expires: parseDate(given.expires) },
  };
}

function fieldsOf(value: unknown, names: readonly string[], what: string): Record<string, unknown> {
  if (!isRecord(value)) throw new UsageError(`${what} is no map`);
  const unknown = Object.keys(value).find(name => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`${what} has no field ${JSON.stringify(unknown)}; ${didYouMean(unknown, names, 'fields')}`);
  return value;
}

function entries(value: unknown, name: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new UsageError(`${name} is no list`);
  return value;
}

function texts(value: unknown, name: string): string[] {
  return entries(value, name).map(entry => textOf(entry, name));
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new UsageError(`${name} takes texts: put it in quotes`);
  return value;
}
