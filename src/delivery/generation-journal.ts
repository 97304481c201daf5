import { readRegularFile } from '../document/regular-file';
import { SecretsError } from '../errors/secrets-error';
import { isEncrypted } from '../inspect/model/sops';
import { isRecord } from '../inspect/model/untyped';

const VERSION = 1;
const HEADER = JSON.stringify({ version: VERSION });

/** What stands for the delivery of a ConfigMap beside a secret. */
export const CONFIG_MAP = 'configMap';

/** One Secret with a hashed name that was made, or a ConfigMap beside one. */
export interface Generation {
  /** The path of the construct that declared it. */
  readonly path: string;
  /** What its delivery was called. */
  readonly delivery: string;
  readonly namespace?: string;
  readonly name: string;
  /** The object that brings it: encrypted, or a ConfigMap of what everybody may know. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Where the object holds values: which generation each generated value had. */
  readonly generations?: Readonly<Record<string, number>>;
}

/** What it is in the cluster, in words. */
export function placeOf({ delivery, namespace, name }: Generation): string {
  return `${delivery === CONFIG_MAP ? 'ConfigMap ' : ''}${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** The text of a journal, the oldest generation first: a line for each. */
export function journalText(generations: readonly Generation[]): string {
  return [HEADER, ...generations.map(lineOf)].map(line => `${line}\n`).join('');
}

/** The text of a file that is one; undefined where there is none. */
export function readJournal(path: string): string | undefined {
  try {
    return readRegularFile(path).toString('utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return undefined;
    throw unusable(path, `cannot be read (${code ?? 'unknown error'})`, 'name a file that can be read, or one that is not there yet');
  }
}

/**
 * The generations that a journal holds, the oldest first.
 *
 * @param path how messages name the file
 * @throws UnusableGenerations
 */
export function parseJournal(text: string, path: string): Generation[] {
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => ({ content: contentOf(line), number }));
  const version = isRecord(lines[0]?.content) ? lines[0].content.version : undefined;
  if (lines.length > 0 && version !== VERSION) {
    throw unusable(path, typeof version === 'number' ? `is of version ${version}, and this is version ${VERSION}` : 'is no journal of generations',
      'name another file, or take the version of cdk8s-secrets that wrote it');
  }
  const places = new Map<string, Generation>();
  for (const { content, number } of lines.slice(1)) {
    if (!isGeneration(content)) {
      throw unusable(path, `has no Secret in line ${number}`, 'where two branches met, keep the lines of both, the newest last; else take that line away');
    }
    const place = placeOf(content);
    // what two branches wrote both is once, where it was last
    places.delete(place);
    places.set(place, content);
  }
  return [...places.values()];
}

/** Why a journal cannot be used. */
export function unusable(path: string, why: string, next: string): SecretsError {
  return new SecretsError({ code: 'UnusableGenerations', message: `${JSON.stringify(path)} ${why}`, next });
}

function lineOf({ path, delivery, namespace, name, manifest, generations }: Generation): string {
  return JSON.stringify({ path, delivery, namespace, name, generations, manifest });
}

function contentOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Whether it is what could have been written: nothing else gets into the manifests by way of it. */
function isGeneration(content: unknown): content is Generation {
  if (!isRecord(content)) return false;
  const { path, delivery, namespace, name, manifest, generations } = content;
  if (![path, delivery, name].every(text => typeof text === 'string' && text !== '')) return false;
  if (namespace !== undefined && typeof namespace !== 'string') return false;
  if (generations !== undefined) {
    return delivery !== CONFIG_MAP && manifest === undefined && isRecord(generations)
      && Object.values(generations).every(number => Number.isSafeInteger(number));
  }
  if (!isRecord(manifest) || !(delivery === CONFIG_MAP ? isConfigMap(manifest) : holdsNoValue(manifest))) return false;
  return isRecord(manifest.metadata)
    && manifest.metadata.name === name && manifest.metadata.namespace === namespace;
}

function isConfigMap({ apiVersion, kind, immutable }: Readonly<Record<string, unknown>>): boolean {
  return kind === 'ConfigMap' && apiVersion === 'v1' && immutable === true;
}

function holdsNoValue(manifest: Readonly<Record<string, unknown>>): boolean {
  const { apiVersion, kind, data, stringData } = manifest;
  if (kind === 'SealedSecret') return typeof apiVersion === 'string' && apiVersion.startsWith('bitnami.com/');
  return kind === 'Secret' && apiVersion === 'v1' && isEncrypted(manifest) && [data, stringData].every(isCiphertext);
}

/** SOPS leaves empty texts as they are. */
function isCiphertext(values: unknown): boolean {
  if (values === undefined) return true;
  return isRecord(values) && Object.values(values).every(value => value === '' || (typeof value === 'string' && value.startsWith('ENC[')));
}
