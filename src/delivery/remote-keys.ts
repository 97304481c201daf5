import { namingVariant, type RemoteNaming } from './remote-naming';
import type { SecretDeclaration } from './secret-declaration';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { didYouMean } from '../errors/suggest';
import { isPublicValue } from '../inspect/leaks/public-values';
import type { GeneratedValue } from '../value/generated-value';
import { goField, goOperand } from '../value/go-template-text';
import { randomCommand } from '../value/random-command';
import type { RemoteRef } from '../value/remote-ref';
import type { SensitiveValue } from '../value/sensitive-value';
import type { ValueRecipe } from '../value/value-source';

/** Where a cluster has what a secret declares. */
export interface RemoteKeys {
  /** The entry of each key that is one: by key. */
  readonly entries: ReadonlyMap<string, RemoteRef>;
  /** The Go template of each key that is made: of entries, of what is generated, or of a text of the program. */
  readonly templates: ReadonlyMap<string, string>;
  /** The keys whose templates are made of the value that was declared; the others are templates of the delivery. */
  readonly composed: ReadonlySet<string>;
  /** The entries that only templates use: by the name that a template has for them. */
  readonly parts: ReadonlyMap<string, RemoteRef>;
  /** What is generated: by key, or by the name that a template has for it. */
  readonly generated: ReadonlyMap<string, GeneratedValue>;
}

/** The name and namespace of a secret. */
interface Place {
  readonly name: string;
  readonly namespace?: string;
}

/**
 * Finds where a cluster has the keys of a secret: what the value says, else what the naming convention says.
 *
 * @param declaration the secret
 * @param place its name and namespace
 * @param naming the convention, or undefined where keys without an entry of their own come from elsewhere
 * @param made Go templates of keys that are made of others
 */
export function remoteKeysOf(
  declaration: SecretDeclaration, place: Place, naming: RemoteNaming | undefined, made: ReadonlyMap<string, string> = new Map(),
): RemoteKeys {
  const keys = new KeyCollector(declaration, declaration.original ?? place, naming, made);
  const values = [...declaration.values()].filter(([key]) => !made.has(key));
  // what is made of keys comes after them
  for (const [key, value] of values) if (!isMade(value)) keys.add(key, value);
  for (const [key, value] of values) if (isMade(value)) keys.addMade(key, value._recipe!);
  return keys;
}

/** Whether a value is made of others in the cluster. A value that may be in the store as a whole is so where none of its parts is known there. */
function isMade({ _remote: remote, _recipe: recipe }: SensitiveValue): boolean {
  if (remote !== undefined || recipe === undefined) return false;
  return recipe.isWholeElse !== true || Object.values(recipe.parts).some(part => part._remote !== undefined || part._generated !== undefined);
}

const REMOTE_NEXT = "say where the store has the value of this environment, with .orRemote({ key: '…' }) behind it";
const LITERAL_NEXT = `${REMOTE_NEXT}, or .asPublic() where everybody may read it in the manifest`;

class KeyCollector implements RemoteKeys {
  public readonly entries = new Map<string, RemoteRef>();
  public readonly templates: Map<string, string>;
  public readonly composed = new Set<string>();
  public readonly parts = new Map<string, RemoteRef>();
  public readonly generated = new Map<string, GeneratedValue>();
  readonly #declared: ReadonlyMap<string, SensitiveValue>;

  constructor(
    private readonly declaration: SecretDeclaration,
    private readonly place: Place,
    private readonly naming: RemoteNaming | undefined,
    made: ReadonlyMap<string, string>,
  ) {
    this.#declared = declaration.values();
    this.templates = new Map(made);
  }

  public add(key: string, value: SensitiveValue): void {
    if (value._remote !== undefined) {
      this.entries.set(key, value._remote);
    } else if (value._generated !== undefined) {
      const name = this.#nameOfGenerated(value._generated, key);
      if (name !== key) this.#compose(key, `{{ ${goField(name)} }}`);
    } else if (this.naming !== undefined && value._isLiteral) {
      this.#compose(key, `{{ ${this.#literal(key, value)} }}`);
    } else if (this.naming !== undefined) {
      const { name, namespace } = this.place;
      const found = namingVariant(this.naming).refOf({ name, namespace, key });
      if ('code' in found) throw new SecretsError(found);
      this.entries.set(key, found);
    }
  }

  public addMade(key: string, recipe: ValueRecipe): void {
    this.#compose(key, recipe.template(this.#operands(key, recipe)));
  }

  #compose(key: string, template: string): void {
    this.templates.set(key, template);
    this.composed.add(key);
  }

  #operands(key: string, { parts }: ValueRecipe): Record<string, string> {
    return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, this.#operand(key, name, part)]));
  }

  /** How a Go template names a part of a value. */
  #operand(key: string, name: string, part: SensitiveValue): string {
    const { _remote: remote, _generated: generated, _recipe: recipe } = part;
    if (remote !== undefined) return goField(this.#nameOfEntry(remote, name));
    if (generated !== undefined) return goField(this.#nameOfGenerated(generated, name));
    const declared = [...this.#declared].find(([, value]) => value === part)?.[0];
    if (declared !== undefined && (this.entries.has(declared) || this.naming === undefined)) return goField(declared);
    if (recipe?.operand !== undefined) return recipe.operand(this.#operands(key, recipe));
    if (part._isLiteral && (this.#isPublic(name, part) || (declared !== undefined && this.#isPublic(declared, part)))) return goOperand(part._read());
    const others = Object.values(this.#declared.get(key)?._recipe?.parts ?? {}).some(other => other._remote !== undefined);
    throw new SecretsError({
      code: 'InvalidExternalSecret',
      message: `key ${JSON.stringify(key)} is made of values ${others ? `of which some are remote, and ${JSON.stringify(name)} is not`
        : `that the cluster must have, and it has not ${JSON.stringify(name)}`}: ${part._description}`,
      next: part._isLiteral ? LITERAL_NEXT : `${REMOTE_NEXT}, or declare the same value as a key of this secret too`,
    });
  }

  /** An operand that is a literal, which everybody can read who reads the manifest. */
  #literal(key: string, value: SensitiveValue): string {
    if (this.#isPublic(key, value)) return goOperand(value._read());
    throw new SecretsError({
      code: 'InvalidExternalSecret',
      message: `the value of key ${JSON.stringify(key)} is a ${value._description} of the program, and no store holds it unless somebody puts it there`,
      next: LITERAL_NEXT,
    });
  }

  #isPublic(key: string, value: SensitiveValue): boolean {
    return value._isPublic || isPublicValue(this.declaration.type, key, value._read());
  }

  #nameOfEntry(ref: RemoteRef, wanted: string): string {
    const text = JSON.stringify(ref);
    const isSame = (other: RemoteRef | undefined) => JSON.stringify(other) === text;
    const known = [...this.entries].find(([, entry]) => isSame(entry))?.[0];
    if (known !== undefined) return known;
    if (isSame(this.parts.get(wanted))) return wanted;
    const name = this.#freeName(wanted);
    this.parts.set(name, ref);
    return name;
  }

  #nameOfGenerated(value: GeneratedValue, wanted: string): string {
    const known = [...this.generated].find(([, other]) => other === value)?.[0];
    if (known !== undefined) return known;
    const name = this.#declared.get(wanted)?._generated === value ? wanted : this.#freeName(wanted);
    this.generated.set(name, value);
    return name;
  }

  /** A name that neither a key nor another part has. */
  #freeName(wanted: string): string {
    const isTaken = (name: string) => this.#declared.has(name) || this.parts.has(name) || this.generated.has(name);
    let name = wanted;
    for (let count = 2; isTaken(name); count++) name = `${wanted}_${count}`;
    return name;
  }
}

/** That a delivery's templates make a key which the secret does not declare. */
export function undeclaredTemplate(key: string, declared: readonly string[]): Problem {
  return { code: 'UnknownKey', message: `a template makes the key ${JSON.stringify(key)}, which the secret does not declare`, next: didYouMean(key, declared, 'keys') };
}

/** That a value is generated, which a delivery fetches; the command makes one that can be put where it is fetched from. */
export function notInStore(key: string, { _description: description, _origin: origin }: SensitiveValue, reads: string): Problem {
  const command = randomCommand(origin?.random);
  return {
    code: 'UnsupportedByDelivery',
    message: `the value of key ${JSON.stringify(key)} is a ${description}, and ${reads} what a store holds`,
    next: `put one into the store${command === undefined ? '' : `, made by ${command}`}, and say where, with .orRemote({ key: '…' }) behind it`,
  };
}

/** Throws where a value is generated, which nothing generates for whoever fetches the others. */
export function refuseGenerated(declaration: SecretDeclaration, { generated }: RemoteKeys, reads: string): void {
  const values = new Set(generated.values());
  for (const [key, value] of declaration.values()) {
    if (value._generated !== undefined && values.has(value._generated)) throw new SecretsError(notInStore(key, value, reads));
  }
  const [part] = generated.keys();
  if (part !== undefined) {
    throw new SecretsError({
      code: 'UnsupportedByDelivery',
      message: `the value ${JSON.stringify(part)}, which others are made of, is generated, and ${reads} what a store holds`,
      next: "put one into the store, and say where, with .orRemote({ key: '…' }) behind it",
    });
  }
}

/**
 * The entries of a secret's keys, for whoever takes values as a store holds them: nothing is composed, generated, or a literal of the program.
 *
 * @param reads who does that: `the CSI driver mounts`
 */
export function plainEntriesOf(declaration: SecretDeclaration, place: Place, naming: RemoteNaming, reads: string): RemoteKeys['entries'] {
  for (const [key, value] of declaration.values()) {
    if (value._remote !== undefined) continue;
    if (value._generated !== undefined) throw new SecretsError(notInStore(key, value, reads));
    if (value._isLiteral) {
      throw new SecretsError({
        code: 'UnsupportedByDelivery',
        message: `the value of key ${JSON.stringify(key)} is a ${value._description} of the program, and ${reads} what a store holds`,
        next: REMOTE_NEXT,
      });
    }
  }
  const { entries, templates } = remoteKeysOf(declaration, place, naming);
  const [made] = templates.keys();
  if (made !== undefined) {
    throw new SecretsError({
      code: 'UnsupportedByDelivery',
      message: `key ${JSON.stringify(made)} is made of several values, and ${reads} values as they are`,
      next: "keep the whole text in the store, with .orRemote({ key: '…' }) behind it, or use SecretDelivery.external",
    });
  }
  return entries;
}

/** What an action has against something, as problems. */
export function problemsOf(action: () => unknown): Problem[] {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof SecretsError) return [error.problem];
    throw error;
  }
}
