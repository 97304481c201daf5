import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { argument, firstInstalled, ProgramFailed } from './programs';
import { wholeText } from '../document/parsed-document';
import { parseYaml } from '../document/yaml-document';
import { isRecord, record, text } from '../inspect/model/untyped';
import { builtSource, generatedSource } from '../inspect/read/built-source';
import { isKustomization } from '../inspect/read/kustomization';
import type { ManifestSource } from '../inspect/read/manifest-source';
import { readManifestStream } from '../inspect/read/manifest-stream';
import type { SourceFiles } from '../inspect/read/source-files';

/** Where kustomize says what an object was made of, if it is asked to. */
const ORIGIN = 'config.kubernetes.io/origin';

/** What kustomize builds of a folder. */
interface Built {
  readonly text: string;
  /** What paths of origins are relative to; undefined where there are none. */
  readonly root?: string;
}

/**
 * Has kustomize, or else kubectl, build a folder; the objects have the places of the files that they were made of, as far as
 * kustomize says them.
 *
 * @throws ProgramFailed
 * @throws UsageError where neither is installed
 * @throws UnreadableManifest
 */
export function kustomize(folder: string, files: SourceFiles): ManifestSource[] {
  const built = buildWithOrigins(folder) ?? { text: build(folder) };
  const name = `${folder} (kustomize)`;
  const unit = JSON.stringify([resolve(folder), 'built']);
  return readManifestStream(built.text, { file: name }).map(source => {
    const { path, configuredIn, manifest } = takeOrigin(source.manifest);
    const origin = path ?? configuredIn;
    // what was fetched has a path in a repository elsewhere
    const file = origin === undefined || built.root === undefined ? undefined : files.find(resolve(built.root, origin));
    if (file === undefined) return { ...source, manifest, file: name, units: [unit], isBuilt: true };
    if (path === undefined) return generatedSource(manifest, file, isKustomization(file) ? files.documentsOf(file)[0] : undefined, unit);
    return builtSource(manifest, file, files.originsOf(file), unit);
  });
}

function build(folder: string): string {
  return firstInstalled([['kustomize', 'build', argument(folder)], ['kubectl', 'kustomize', argument(folder)]], 'kustomize or kubectl');
}

/** Builds it as the one part of another kustomization, which asks for origins; undefined where that fails, as with a kustomize that does not know them. */
function buildWithOrigins(folder: string): Built | undefined {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-secrets-kustomize-')));
  try {
    const part = relative(root, realpathSync(folder));
    if (isAbsolute(part)) return undefined;
    writeFileSync(join(root, 'kustomization.yaml'), JSON.stringify({ resources: [part.split(sep).join('/')], buildMetadata: ['originAnnotations'] }));
    return { text: build(root), root };
  } catch (error) {
    if (error instanceof ProgramFailed || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** What the annotation says, and the object without it. */
function takeOrigin(manifest: unknown): { readonly path?: string; readonly configuredIn?: string; readonly manifest: unknown } {
  const metadata = record(record(manifest).metadata);
  const { [ORIGIN]: origin, ...annotations } = record(metadata.annotations);
  if (!isRecord(manifest) || typeof origin !== 'string') return { manifest };
  const { annotations: _, ...rest } = metadata;
  const { path, configuredIn, repo } = record(parseYaml(wholeText(origin)).value);
  const without = { ...manifest, metadata: Object.keys(annotations).length === 0 ? rest : { ...rest, annotations } };
  if (repo !== undefined) return { manifest: without };
  return {
    manifest: without, ...text(path) === '' ? {} : { path: text(path) }, ...text(configuredIn) === '' ? {} : { configuredIn: text(configuredIn) },
  };
}
