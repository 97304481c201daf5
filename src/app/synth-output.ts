import { mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { type App, Yaml } from 'cdk8s';
import { type NewFile, replaceFiles } from './replaced-files';
import { YamlLayout } from './yaml-layout';
import { isEncrypted } from '../inspect/model/sops';
import { isRecord } from '../inspect/model/untyped';

/** What cdk8s calls to write the metadata of constructs, and the file that it writes. */
const METADATA = 'writeConstructMetadata';
const METADATA_FILE = 'construct-metadata.json';

/** From how many documents on it is worth the while to lay them out here. */
const MANY_DOCUMENTS = 20;

/** Looks at manifests before they are written, and throws where they must not be. */
export type LastLook = (documents: readonly unknown[]) => void;

/**
 * Runs the synth of cdk8s, which hands over each file with its documents to `Yaml.save`. There they are kept until all of them can be
 * looked at, and are then written together.
 *
 * @param beside the files that are written with them
 */
export function writeTogether(app: App, synth: () => void, look: LastLook, beside: () => readonly NewFile[]): void {
  const output = new SynthOutput(app);
  const files = new Map<string, NewFile & { readonly documents: readonly unknown[] }>();
  try {
    output.during(synth, (path, documents, write) => {
      files.delete(path);
      files.set(path, { path, documents, write, isPrivate: documents.some(holdsValues) });
    }, (path, write) => files.set(path, { path, documents: [], write, isPrivate: false }));
    look([...files.values()].flatMap(({ documents }) => documents));
    replaceFiles(app.outdir, [...files.values(), ...beside()]);
  } catch (error) {
    output.removeNewFolders();
    throw error;
  }
}

/** Runs a synth that is more than that of cdk8s, and may read what that has written: each file is looked at and written by itself. */
export function writeOneByOne(app: App, synth: () => void, look: LastLook, beside: () => readonly NewFile[]): void {
  new SynthOutput(app).during(synth, (path, documents, write) => {
    look(documents);
    replaceFiles(app.outdir, [{ path, write, isPrivate: documents.some(holdsValues) }]);
  });
  replaceFiles(app.outdir, beside());
}

type Write = (path: string) => void;

class SynthOutput {
  readonly #outdir: string;
  readonly #entries: ReadonlySet<string>;

  constructor(private readonly app: App) {
    this.#outdir = resolve(app.outdir);
    this.#entries = new Set(entriesOf(this.#outdir));
  }

  /** Runs a synth, and takes over what it would write into the folder of the app. */
  public during(
    synth: () => void, file: (path: string, documents: readonly unknown[], write: Write) => void, metadata?: (path: string, write: Write) => void,
  ): void {
    const { save } = Yaml;
    const writer = fastYaml();
    const taken = (path: string, documents: any[]) => {
      if (resolve(path).startsWith(this.#outdir + sep)) file(path, documents, to => save.call(writer, to, documents));
      else save.call(Yaml, path, documents);
    };
    const restore = metadata === undefined ? undefined : this.takeMetadata(metadata);
    Yaml.save = taken;
    try {
      synth();
    } finally {
      if (Yaml.save === taken) Yaml.save = save;
      restore?.();
    }
  }

  /** cdk8s writes the metadata of constructs into the folder of the app that it is called on. */
  private takeMetadata(metadata: (path: string, write: Write) => void): () => void {
    const app = this.app as any;
    const { [METADATA]: method } = app;
    if (typeof method !== 'function' || Object.hasOwn(app, METADATA)) return () => undefined;
    const value = (...args: unknown[]) => metadata(join(app.outdir, METADATA_FILE), to => {
      const outdir = `${to}.folder`;
      mkdirSync(outdir);
      method.apply(Object.create(app, { outdir: { value: outdir } }), args);
      renameSync(join(outdir, METADATA_FILE), to);
    });
    Object.defineProperty(app, METADATA, { value, configurable: true });
    return () => delete app[METADATA];
  }

  /** cdk8s makes the folders of charts before their files: those that stayed empty go again. */
  public removeNewFolders(): void {
    for (const name of entriesOf(this.#outdir)) {
      if (this.#entries.has(name)) continue;
      try {
        rmdirSync(join(this.#outdir, name));
      } catch {
        // no folder, or something is in it
      }
    }
  }
}

/** `Yaml`, which writes the same bytes in less time where a file has many documents. */
function fastYaml(): typeof Yaml {
  const peer = (...documents: any[]) => Yaml.stringify(...documents);
  const layout = new YamlLayout(peer);
  const stringify = (...documents: unknown[]) => {
    return documents.length < MANY_DOCUMENTS || isReplaced(Yaml.stringify) ? peer(...documents) : layout.stringify(...documents);
  };
  return Object.create(Yaml, { stringify: { value: stringify } });
}

/** Whether a program has put a function of its own in the place of a method, which may write some documents in another way. */
function isReplaced(method: () => unknown): boolean {
  return !Function.prototype.toString.call(method).startsWith('stringify(');
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Whether a manifest is a Secret with something in it, or a list of such. */
function holdsValues(manifest: unknown): boolean {
  if (!isRecord(manifest)) return false;
  const { kind, data, stringData, items } = manifest;
  if (kind === 'Secret') return !isEncrypted(manifest) && [data, stringData].some(values => isRecord(values) && Object.keys(values).length > 0);
  return Array.isArray(items) && items.some(holdsValues);
}
