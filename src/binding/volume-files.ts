import { fileModeOf } from './file-mode';
import { fileOwnerOf } from './file-owner';
import { SecretsError } from '../errors/secrets-error';
import { cleanPath, itemPath, kubeletItemPath } from '../kubernetes/paths';
import { isPullSecretType } from '../kubernetes/secret-types';
import type { ISecret } from '../secret/secret-reference';

/** Which keys of one secret become which files. */
export interface FileSelection {
  readonly items?: { readonly [key: string]: string };
  readonly modes?: { readonly [key: string]: string };
  readonly owners?: { readonly [key: string]: number };
  readonly optional?: boolean;
}

/** What has keys that can be files: a secret, a ConfigMap. */
export interface Keyed {
  readonly name: string;
  readonly secretType?: string;
  readonly keyNames?: string[];
  key(name: string): { readonly name: string };
}

/** One entry of `items` in a volume's source. */
export interface KeyToPath {
  readonly key: string;
  readonly path: string;
  readonly mode?: number;
  readonly user?: number;
}

/**
 * The files of one secret, or ConfigMap, in a volume: all of its keys, each under its own name, or the ones that `items` lists.
 */
export class VolumeFiles<T extends Keyed = ISecret> {
  /** The files that are listed one by one, sorted by key, or undefined where the volume holds every key. */
  public readonly items?: readonly KeyToPath[];

  /**
   * @param owner the node of the construct of which a refusal is said
   * @throws UnknownKey, InvalidPath, InvalidMode, OutOfRange, SecretTypeMismatch
   */
  constructor(
    public readonly secret: T, private readonly selection: FileSelection, private readonly owner: { readonly path: string }, private readonly noun = 'secret',
  ) {
    const { items, modes = {}, owners = {} } = selection;
    const singled = [...Object.keys(modes), ...Object.keys(owners)];
    for (const key of singled) secret.key(key);
    if (items === undefined && secret.secretType !== undefined && isPullSecretType(secret.secretType)) {
      throw this.refusal('SecretTypeMismatch',
        `${this.noun} ${JSON.stringify(secret.name)} holds image-pull credentials (${secret.secretType}); as files it pulls no image`,
        'bind it with SecretBinding.imagePull; where a program reads the file itself, name it: items: { \'.dockerconfigjson\': \'config.json\' }');
    }
    const paths = items ?? (singled.length > 0 ? this.everyKey() : undefined);
    this.items = paths && this.list(paths);
  }

  /** Whether the pod starts without the files where they are missing. */
  public get isOptional(): boolean {
    return this.selection.optional === true;
  }

  /** Every file with its mode, one by one. */
  public listed(defaultMode: number | undefined): KeyToPath[] {
    const items = this.items ?? this.list(this.everyKey());
    return items.map(item => ({ ...item, mode: item.mode ?? defaultMode }));
  }

  /** The path of each file, as the kernel reads it, by key; undefined where the keys are not known. */
  public paths(): ReadonlyMap<string, string> | undefined {
    if (this.items !== undefined) return new Map(this.items.map(item => [item.key, cleanPath(item.path)]));
    return this.secret.keyNames && new Map(this.secret.keyNames.map(key => [key, key]));
  }

  /** What tells these files from others of the same secret. */
  public get distinction(): string {
    return this.items === undefined && !this.selection.optional ? '' : JSON.stringify([this.items, this.selection.optional ?? false]);
  }

  /** The fields that a `secret` volume and a secret source of a `projected` volume have in common. */
  public toKube(): object {
    return { items: this.items, optional: this.selection.optional };
  }

  private everyKey(): Record<string, string> {
    const keys = this.secret.keyNames;
    if (keys === undefined) {
      throw this.refusal('UnknownKey',
        `the keys of ${this.noun} ${JSON.stringify(this.secret.name)} are not known, so what holds for some of them cannot be written down`,
        'list the files in items, or declare its keys: Secret.fromSecretName(…, { keys: […] })');
    }
    return Object.fromEntries(keys.map(key => [key, key]));
  }

  private list(paths: Readonly<Record<string, string>>): KeyToPath[] {
    const { modes = {}, owners = {} } = this.selection;
    const keys = Object.keys(paths).sort();
    if (keys.length === 0) {
      throw this.refusal('UnknownKey', `items lists no key of ${this.noun} ${JSON.stringify(this.secret.name)}; Kubernetes takes that for all keys`,
        'list the keys that are meant, or leave items out for all');
    }
    for (const [what, singled] of [['a mode', modes], ['an owner', owners]] as const) {
      const unlisted = Object.keys(singled).find(key => !Object.hasOwn(paths, key));
      if (unlisted !== undefined) {
        throw this.refusal('UnknownKey', `there is ${what} for key ${JSON.stringify(unlisted)}, which is not among the items`, 'list it in items too');
      }
    }
    return keys.map(key => ({
      key: this.secret.key(key).name,
      path: this.checkedPath(key, paths[key]),
      mode: fileModeOf(Object.hasOwn(modes, key) ? modes[key] : undefined, this.owner.path),
      user: fileOwnerOf(Object.hasOwn(owners, key) ? owners[key] : undefined, this.owner.path),
    }));
  }

  private checkedPath(key: string, path: string): string {
    const wrong = typeof path !== 'string' || path === '' ? ['must be a text that is not empty'] : [...itemPath(path), ...kubeletItemPath(path)];
    if (wrong.length === 0) return path;
    throw this.refusal('InvalidPath', `${JSON.stringify(path)} can be no path for key ${JSON.stringify(key)} in a volume: ${wrong.join(', ')}`,
      "give a relative path without '.', '..' and empty elements, like 'my-group/my-username'");
  }

  private refusal(code: 'SecretTypeMismatch' | 'UnknownKey' | 'InvalidPath', message: string, next: string): SecretsError {
    return new SecretsError({ code, message, next }, this.owner.path);
  }
}

/** What two files of one volume would have against each other, or undefined: equal paths, or a file that another needs as a folder. */
export function collidingFiles(files: readonly VolumeFiles<Keyed>[], noun = 'secret'): string | undefined {
  const owners = new Map<string, string>();
  const claims: { path: string; owner: string }[] = [];
  for (const source of files) {
    for (const [key, path] of source.paths() ?? []) {
      const owner = `key ${JSON.stringify(key)} of ${noun} ${JSON.stringify(source.secret.name)}`;
      const other = owners.get(path);
      if (other !== undefined) return `${other} and ${owner} would both be the file ${JSON.stringify(path)}`;
      owners.set(path, owner);
      claims.push({ path, owner });
    }
  }
  for (const { path, owner } of claims) {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const folder = owners.get(path.slice(0, slash));
      if (folder !== undefined) return `${owner} would be below ${JSON.stringify(path.slice(0, slash))}, where ${folder} is a file`;
    }
  }
  return undefined;
}
