import type { IConstruct } from 'constructs';
import { ScopedChoice } from '../app/app-record';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { didYouMean } from '../errors/suggest';
import { variantOf } from '../errors/sum-type';
import type { RemoteRef } from '../value/remote-ref';

/** Where a key is declared. */
export interface DeclaredKey {
  readonly namespace?: string;
  readonly name: string;
  readonly key: string;
}

/** The convention set for a scope. */
const CHOSEN = new ScopedChoice<RemoteNaming>('namings');

const PLACEHOLDERS = ['namespace', 'name', 'key'] as const;

/**
 * Where the store holds the keys of which nothing else is said: those without `SensitiveValue.fromRemote`.
 *
 * In a pattern `{namespace}` and `{name}` stand for those of the Secret and `{key}` for the key.
 */
export class RemoteNaming {
  /**
   * One entry for each Secret, with a property for each key.
   *
   * @param pattern the name of the entry, for example `prod/{namespace}/{name}`
   * @throws InvalidExternalSecret
   */
  public static entryPerSecret(pattern: string = '{name}'): RemoteNaming {
    return new RemoteNaming(patternNaming(pattern, true));
  }

  /**
   * One entry for each key.
   *
   * @param pattern the name of the entry, for example `{namespace}-{name}-{key}`
   * @throws InvalidExternalSecret
   */
  public static entryPerKey(pattern: string = '{name}-{key}'): RemoteNaming {
    return new RemoteNaming(patternNaming(pattern, false));
  }

  /**
   * Nowhere: every key needs a `SensitiveValue.fromRemote`.
   */
  public static none(): RemoteNaming {
    return new RemoteNaming(NO_NAMING);
  }

  /**
   * The convention set nearest above a construct; without any, one entry of the secret's name.
   *
   * @internal
   */
  public static _of(scope: IConstruct): RemoteNaming {
    return CHOSEN.nearest(scope) ?? RemoteNaming.entryPerSecret();
  }

  /** @internal */
  public readonly _variant: NamingVariant;

  private constructor(variant: NamingVariant) {
    this._variant = variant;
  }

  /**
   * Uses this convention for every secret under a scope, whose delivery has none of its own.
   *
   * @param scope an app, a chart or any other construct
   */
  public useFor(scope: IConstruct): void {
    CHOSEN.set(scope, this);
  }
}

/** Where the store holds keys. */
export interface NamingVariant {
  /** The entry of a key, or why there is none. */
  refOf(declared: DeclaredKey): RemoteRef | Problem;
}

/** What is in a RemoteNaming. */
export function namingVariant(naming: RemoteNaming): NamingVariant {
  return variantOf(naming, {
    code: 'InvalidExternalSecret', message: 'the naming convention is none', next: 'use RemoteNaming.entryPerSecret, .entryPerKey or .none',
  });
}

function patternNaming(pattern: string, keysAreProperties: boolean): NamingVariant {
  if (typeof pattern !== 'string' || pattern === '') throw refusal('the name of an entry must be a text that is not empty', "give a pattern like 'prod/{name}'");
  for (const [, placeholder] of pattern.matchAll(/\{([^{}]*)\}/g)) {
    if (!(PLACEHOLDERS as readonly string[]).includes(placeholder)) {
      throw refusal(`the pattern ${JSON.stringify(pattern)} has the unknown placeholder ${JSON.stringify(placeholder)}`, didYouMean(placeholder, PLACEHOLDERS, 'placeholders'));
    }
  }
  if (keysAreProperties === pattern.includes('{key}')) {
    throw keysAreProperties ? refusal(`the pattern ${JSON.stringify(pattern)} names the key, which is a property of the entry already`, 'use RemoteNaming.entryPerKey')
      : refusal(`the pattern ${JSON.stringify(pattern)} does not name the key: all keys would have one value`, 'put {key} into it, or use RemoteNaming.entryPerSecret');
  }
  return { refOf: declared => entryOf(pattern, keysAreProperties, declared) };
}

function entryOf(pattern: string, keysAreProperties: boolean, { namespace, name, key }: DeclaredKey): RemoteRef | Problem {
  if (namespace === undefined && pattern.includes('{namespace}')) {
    return {
      code: 'MissingNamespace',
      message: `the naming convention ${JSON.stringify(pattern)} needs the namespace of secret ${JSON.stringify(name)}, which has none`,
      next: 'give the chart a namespace, or use a convention without {namespace}',
    };
  }
  const texts: Record<string, string> = { namespace: namespace ?? '', name, key };
  const entry = pattern.replace(/\{(\w+)\}/g, (_, placeholder: string) => texts[placeholder]);
  return keysAreProperties ? { key: entry, property: key } : { key: entry };
}

const NO_NAMING: NamingVariant = {
  refOf: ({ key }) => ({
    code: 'InvalidExternalSecret',
    message: `nothing says where the store holds key ${JSON.stringify(key)}`,
    next: 'give it SensitiveValue.fromRemote({ key: … }), or the delivery a naming convention',
  }),
};

function refusal(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidExternalSecret', message, next });
}
