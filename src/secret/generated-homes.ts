import type { IConstruct } from 'constructs';
import { AppEntry } from '../app/app-record';
import { determinismKeyOf } from '../delivery/determinism-key';
import { SecretsError } from '../errors/secrets-error';
import { derivedBytes } from '../value/derived-bytes';
import type { GeneratedValue } from '../value/generated-value';
import type { SensitiveValue } from '../value/sensitive-value';

const DOMAIN = 'cdk8s-secrets/generated/v1';

/** The secret that a generated value belongs to. */
export interface HomeSecret {
  /** The path of its construct. */
  readonly path: string;
  /** What its delivery is called. */
  readonly delivery: string;
  /** What its delivery derives values from. */
  readonly determinismKey?: SensitiveValue;
  /** Its name, without a hash, and its namespace. */
  place(): { readonly name: string; readonly namespace?: string };
}

/** The key of a secret that a generated value was declared as. */
interface Home {
  readonly secret: HomeSecret;
  readonly key: string;
}

/**
 * Which key of which secret each generated value of an app belongs to: the first secret that it was declared in, and there the first key by name; before these
 * come values only where it is a part of one. So one object is one value, wherever else it stands.
 */
export class GeneratedHomes {
  public static of(construct: IConstruct): GeneratedHomes {
    return HOMES.of(construct);
  }

  readonly #keys = new Map<GeneratedValue, Home>();
  readonly #parts = new Map<GeneratedValue, Home>();
  /** How many keys have a value. */
  readonly #counts = new Map<GeneratedValue, number>();
  /** What was derived: it never changes again. */
  readonly #derived = new Map<GeneratedValue, Buffer>();

  /** Notes that a value was declared as a key; what it is made of has the key with its own name as a home. */
  public declare(value: SensitiveValue, secret: HomeSecret, key: string): void {
    const { _generated: generated } = value;
    if (generated !== undefined) {
      this.#counts.set(generated, (this.#counts.get(generated) ?? 0) + 1);
      this.#declareKey(generated, { secret, key });
    }
    this.#declareParts(value, secret, key);
  }

  /** The path of the secret that a value belongs to. */
  public homeOf(value: GeneratedValue): string | undefined {
    return this.#homeOf(value)?.secret.path;
  }

  /**
   * What a value is called: the secret and the key that it belongs to.
   *
   * @param within the path of a secret, whose own values are called by their key alone
   */
  public nameOf(value: GeneratedValue, within?: string): string {
    const { secret, key } = this.#homeOf(value)!;
    return secret.path === within ? key : `${secret.path}#${key}`;
  }

  /** Whether a delivery makes it: it is derived, or belongs to another secret, which an operator brings. */
  public isDelivered(value: GeneratedValue, to: HomeSecret): boolean {
    const { secret } = this.#homeOf(value)!;
    return secret.determinismKey !== undefined || (secret.path !== to.path && secret.delivery !== to.delivery);
  }

  /** Whether another value is made of it. */
  public isPart(value: GeneratedValue): boolean {
    return this.#parts.has(value.root ?? value);
  }

  /**
   * A name for a value that several keys have.
   *
   * @param isReplicated whether its secret is in several namespaces
   */
  public sharedName(value: GeneratedValue, isReplicated: boolean): string | undefined {
    if (!isReplicated && (this.#counts.get(value) ?? 0) < 2) return undefined;
    return this.nameOf(value);
  }

  /** The bytes of a value. */
  public bytesOf(value: GeneratedValue): Buffer {
    const known = this.#derived.get(value);
    if (known !== undefined) return known;
    const { secret, key } = this.#homeOf(value)!;
    const { pairName, shape, generation } = value;
    if (secret.determinismKey === undefined) throw new SecretsError(withoutKey(value, secret));
    const { name, namespace } = secret.place();
    const within = pairName === undefined ? key : `pair/${pairName}`;
    const words = [DOMAIN, namespace === undefined ? 'no namespace' : `namespace ${namespace}`, name, within, String(generation), shape];
    const bytes = value.make(derivedBytes(determinismKeyOf(secret.determinismKey._read()), words));
    this.#derived.set(value, bytes);
    return bytes;
  }

  #homeOf(value: GeneratedValue): Home | undefined {
    const root = value.root ?? value;
    return this.#keys.get(root) ?? this.#parts.get(root);
  }

  #declareKey(value: GeneratedValue, home: Home): void {
    const root = value.root ?? value;
    const known = this.#keys.get(root);
    if (known === undefined || (known.secret === home.secret && home.key < known.key)) this.#keys.set(root, home);
  }

  #declareParts(value: SensitiveValue, secret: HomeSecret, key: string): void {
    for (const [name, part] of Object.entries(value._recipe?.parts ?? {})) {
      const path = `${key}/${name}`;
      const generated = part._generated?.root ?? part._generated;
      if (generated !== undefined && !this.#parts.has(generated)) this.#parts.set(generated, { secret, key: path });
      this.#declareParts(part, secret, path);
    }
  }
}

function withoutKey({ noun }: GeneratedValue, { path, delivery }: HomeSecret) {
  return {
    code: 'MissingDeterminismKey',
    message: `a generated ${noun} is derived from a secret key, and SecretDelivery.${delivery} of ${JSON.stringify(path)} has none`,
    next: "give it one: determinismKey: SensitiveValue.fromEnvironment('DETERMINISM_KEY'), made once by openssl rand -base64 32 and kept out of the repository",
  } as const;
}

const HOMES = new AppEntry<GeneratedHomes>('generated', () => new GeneratedHomes());
