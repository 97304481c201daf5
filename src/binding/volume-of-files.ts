import { Construct, type IConstruct } from 'constructs';
import { agentProblem } from './agent-files';
import { checkIsSecret } from './binding-rules';
import { csiSource, csiVolumeOf } from './csi-source';
import { fileModeOf } from './file-mode';
import { fileOwnerOf } from './file-owner';
import { collidingFiles, type FileSelection, VolumeFiles } from './volume-files';
import { volumeName } from './volume-name';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { formatMode } from '../kubernetes/modes';
import { dns1123Label } from '../kubernetes/names';
import type { ISecret } from '../secret/secret-reference';

/** Which files of one secret are in a volume. */
export interface VolumeSelection extends FileSelection {
  readonly secret: ISecret;
}

/** The mode and the owner of the files, and the name of the volume. */
export interface VolumeOptions {
  readonly mode?: string;
  readonly owner?: number;
  readonly volumeName?: string;
}

/** A volume that holds files of secrets: its name, and what it is made of. */
export class VolumeOfFiles {
  /** Its name in the pod. */
  public readonly name: string;
  readonly #files: readonly VolumeFiles[];
  readonly #mode: number | undefined;
  readonly #owner: number | undefined;

  /**
   * @param owner the node of the construct of which a refusal is said
   * @throws UnknownKey, InvalidPath, InvalidMode, OutOfRange, InvalidName, DuplicateFile, SecretTypeMismatch
   */
  constructor(selections: readonly VolumeSelection[], options: VolumeOptions, owner: { readonly path: string }) {
    for (const { secret } of selections) checkIsSecret(secret);
    this.#files = selections.map(selection => new VolumeFiles(selection.secret, selection, owner));
    this.#mode = fileModeOf(options.mode, owner.path);
    this.#owner = fileOwnerOf(options.owner, owner.path);
    this.name = options.volumeName ?? this.derivedName();
    const problem = sourceProblem(this.#files) ?? nameProblem(this.name) ?? this.collision();
    if (problem !== undefined) throw new SecretsError(problem, owner.path);
  }

  /** A text that is the same for every volume of the same files and name. */
  public get content(): string {
    return JSON.stringify([this.name, contentOf(this.#files, this.#mode, this.#owner)]);
  }

  /** What two of its files have against each other, as their secrets are now. */
  public collision(): Problem | undefined {
    const collision = collidingFiles(this.#files);
    return collision === undefined ? undefined : {
      code: 'DuplicateFile',
      message: collision,
      next: 'give one of them another path in items',
    };
  }

  /**
   * What gives its source when a pod is rendered. Where the CSI driver brings the files it may need a class of its own, which is made now.
   *
   * @param scope gives the construct below which such a class is made
   * @throws UnsupportedByDelivery
   */
  public sourceIn(scope: () => Construct): () => object {
    for (const { secret } of this.#files) {
      const agent = agentProblem(secret);
      if (agent !== undefined) throw new SecretsError(agent, scope().node.path);
    }
    if (!this.#files.some(({ secret }) => csiVolumeOf(secret) !== undefined)) return () => this.secretSource();
    const csi = csiSource(scope(), this.#files, this.#mode, this.#owner);
    return csi === undefined ? () => this.secretSource() : () => csi;
  }

  private secretSource(): object {
    const defaults = { defaultMode: this.#mode, ...this.#owner === undefined ? {} : { defaultUser: this.#owner } };
    if (this.#files.length === 1) {
      const [only] = this.#files;
      return { secret: { secretName: only.secret.name, ...defaults, ...only.toKube() } };
    }
    return {
      projected: {
        ...defaults,
        sources: this.#files.map(source => ({ secret: { name: source.secret.name, ...source.toKube() } })),
      },
    };
  }

  private derivedName(): string {
    const names = this.#files.map(source => source.secret.name);
    const isPlain = this.#files.length === 1 && this.#files[0].distinction === '' && this.#mode === undefined && this.#owner === undefined;
    return volumeName(`secret-${names.join('-')}`, isPlain ? '' : contentOf(this.#files, this.#mode, this.#owner));
  }
}

/** A text that is the same for the same files, however they were written down. */
function contentOf(files: readonly VolumeFiles[], mode: number | undefined, owner: number | undefined): string {
  const defaults = [mode === undefined ? mode : formatMode(mode), ...owner === undefined ? [] : [owner]];
  return JSON.stringify([...defaults, files.map(source => [source.secret.name, source.distinction])]);
}

function sourceProblem(files: readonly VolumeFiles[]): Problem | undefined {
  return files.length > 0 ? undefined : {
    code: 'InvalidValue',
    message: 'a volume of secrets needs at least one secret',
    next: 'name the secrets whose files it holds',
  };
}

function nameProblem(name: string): Problem | undefined {
  const wrong = dns1123Label(name);
  return wrong.length === 0 ? undefined : {
    code: 'InvalidName',
    message: `${JSON.stringify(name)} can be no name of a volume: ${wrong.join(', ')}`,
    next: "use lower-case letters, digits and '-', at most 63, or leave it out to have one derived",
  };
}

/** The construct below a scope that holds what a volume needs there, made once. */
export function childOf(scope: IConstruct, id: string): Construct {
  return scope.node.tryFindChild(id) as Construct | undefined ?? new Construct(scope as Construct, id);
}
