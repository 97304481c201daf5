import { type ExternalRewrite, rewriteStep } from './external-rewrite';
import { type GeneratorFacts, generatorFacts } from './generator-facts';
import { type ExternalGeneratorKind, kindName } from './generator-kind';
import { type ISecretStore, storeRef } from './store-reference';
import { SecretsError } from '../../errors/secrets-error';
import { variantOf } from '../../errors/sum-type';
import { dns1123Subdomain } from '../../kubernetes/names';
import {
  checkedRemoteRef, RemoteConversionStrategy, RemoteDecodingStrategy, RemoteMetadataPolicy, type RemoteNullBytePolicy, type RemoteRef,
} from '../../value/remote-ref';

/**
 * What every source of many keys can be given.
 */
export interface ExternalSourceOptions {
  /**
   * How the keys are renamed, one step after the other.
   *
   * @default - they keep their names
   */
  readonly rewrite?: ExternalRewrite[];

  /**
   * Another store than that of the delivery.
   *
   * @default - the store of the delivery
   */
  readonly store?: ISecretStore;
}

/**
 * Options of `ExternalSource.find`: which entries. At least `nameRegexp` or `tags` is needed.
 */
export interface ExternalFindOptions extends ExternalSourceOptions {
  /**
   * A regular expression for the names of the entries.
   *
   * @default - any name
   */
  readonly nameRegexp?: string;

  /**
   * Tags that the entries have.
   *
   * @default - any tags
   */
  readonly tags?: { [key: string]: string };

  /**
   * The path below which entries are looked for, where the store knows paths.
   *
   * @default - the whole store
   */
  readonly path?: string;

  /**
   * How names from the store become keys.
   *
   * @default RemoteConversionStrategy.DEFAULT
   */
  readonly conversionStrategy?: RemoteConversionStrategy;

  /**
   * How the values are decoded.
   *
   * @default RemoteDecodingStrategy.NONE
   */
  readonly decodingStrategy?: RemoteDecodingStrategy;

  /**
   * What is done with NUL bytes in the values. Needs External Secrets 2.3 or later.
   *
   * @default - not written: NUL bytes are taken as they are
   */
  readonly nullBytePolicy?: RemoteNullBytePolicy;
}

/**
 * A generator of the External Secrets operator, for ExternalSecrets.
 */
export interface IExternalGenerator {
  /**
   * Its name in the cluster.
   */
  readonly generatorName: string;

  /**
   * The kind of its object: `ExternalGeneratorKind.CLUSTER_GENERATOR` for one that serves all namespaces.
   */
  readonly generatorKind: ExternalGeneratorKind;

  /**
   * The kind that makes the values: for a ClusterGenerator the one that it wraps.
   */
  readonly madeBy: ExternalGeneratorKind;

  /**
   * The namespace that it serves.
   *
   * @default - not known, or all
   */
  readonly generatorNamespace?: string;

  /**
   * The keys that it makes.
   *
   * @default - not known
   */
  readonly generatedKeys?: string[];
}

/** Where an ExternalSecret has many keys from. */
export interface SourceVariant {
  /** What a manifest holds of it. */
  readonly fields: object;
  /** Whether the store of the delivery is asked. */
  readonly needsStore: boolean;
  /** The generator that makes the keys. */
  readonly generator?: NamedGenerator;
  /** Whether its keys are renamed. */
  readonly renames: boolean;
}

/** What is known of a generator that a source names. */
export interface NamedGenerator {
  readonly name: string;
  readonly namespace?: string;
  /** What is known of what it makes. */
  readonly facts: GeneratorFacts;
}

/**
 * Where an ExternalSecret has many keys from at once. The declared keys of the Secret that have no value of their own
 * are what it must bring.
 */
export class ExternalSource {
  /**
   * Every property of one entry, as a key.
   *
   * @param ref the entry
   * @param options how the keys are renamed, and another store
   * @throws InvalidExternalSecret
   */
  public static extract(ref: RemoteRef, options: ExternalSourceOptions = {}): ExternalSource {
    return new ExternalSource(fromStore({ extract: remoteRefFields(checkedRemoteRef(ref)) }, options));
  }

  /**
   * Every entry that has such a name or such tags, as a key.
   *
   * @param options which entries
   * @throws InvalidExternalSecret
   */
  public static find(options: ExternalFindOptions): ExternalSource {
    const { nameRegexp, tags, path, nullBytePolicy } = options;
    if (nameRegexp === undefined && tags === undefined) {
      throw new SecretsError({
        code: 'InvalidExternalSecret',
        message: 'neither names nor tags say which entries are meant',
        next: "give nameRegexp, for example '.*', or tags",
      });
    }
    const find = {
      path,
      name: nameRegexp === undefined ? undefined : { regexp: nameRegexp },
      tags: tags && { ...tags },
      conversionStrategy: options.conversionStrategy ?? RemoteConversionStrategy.DEFAULT,
      decodingStrategy: options.decodingStrategy ?? RemoteDecodingStrategy.NONE,
      nullBytePolicy,
    };
    return new ExternalSource(fromStore({ find }, options));
  }

  /**
   * What a generator of this program makes at each refresh.
   *
   * @param generator an `ExternalGenerator` or a `ClusterGenerator`
   * @param options how the keys are renamed
   * @throws InvalidGenerator, InvalidExternalSecret; where a secret is declared also NamespaceMismatch; when the manifest is made also RegeneratedSecret
   */
  public static generatedBy(generator: IExternalGenerator, options: ExternalSourceOptions = {}): ExternalSource {
    const { generatorName, generatorKind, madeBy, generatorNamespace, generatedKeys } = generator ?? {};
    return new ExternalSource(madeByGenerator(kindName(generatorKind), generatorName, options, {
      name: generatorName,
      namespace: generatorNamespace,
      facts: generatorFacts({ kind: kindName(madeBy) }, generatedKeys),
    }));
  }

  /**
   * What a generator that somebody else declares makes at each refresh: `password` for `Password`, `username` and `password` for registries…
   *
   * A `Password`, a `UUID` and an `SSHKey` keep nothing of what they made: with every refresh there is a new value, so the delivery must say
   * when that is. To make it once, give the Secret `immutable: true` and the delivery `ExternalRefresh.once()` with `ExternalCreationPolicy.ORPHAN`.
   *
   * @param kind its kind
   * @param name its name in the cluster
   * @param options how the keys are renamed
   * @throws InvalidGenerator, InvalidExternalSecret; when the manifest is made also RegeneratedSecret
   */
  public static generator(kind: ExternalGeneratorKind, name: string, options: ExternalSourceOptions = {}): ExternalSource {
    return new ExternalSource(madeByGenerator(kindName(kind), name, options, { name, facts: generatorFacts({ kind: kindName(kind) }) }));
  }

  /** @internal */
  public readonly _variant: SourceVariant;

  private constructor(variant: SourceVariant) {
    this._variant = variant;
  }
}

function fromStore(source: object, { rewrite = [], store }: ExternalSourceOptions): SourceVariant {
  return {
    fields: {
      ...source,
      ...store === undefined ? {} : { sourceRef: { storeRef: storeRef(store) } },
      ...rewriteFields(rewrite),
    },
    needsStore: store === undefined,
    renames: rewrite.length > 0,
  };
}

function madeByGenerator(kind: string, name: string, { rewrite = [], store }: ExternalSourceOptions, generator: NamedGenerator): SourceVariant {
  const wrong = typeof name === 'string' ? dns1123Subdomain(name) : ['must be a text'];
  const problem = wrong.length > 0 ? `${JSON.stringify(name)} can be no name of a generator: ${wrong.join(', ')}`
    : store !== undefined ? 'a generator has no store' : undefined;
  if (problem !== undefined) throw new SecretsError({ code: 'InvalidExternalSecret', message: problem, next: 'correct it' });
  return {
    fields: { sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind, name } }, ...rewriteFields(rewrite) },
    needsStore: false,
    generator,
    renames: rewrite.length > 0,
  };
}

function rewriteFields(steps: readonly ExternalRewrite[]): object {
  return steps.length === 0 ? {} : { rewrite: steps.map(rewriteStep) };
}

/** What is in an ExternalSource. */
export function sourceVariant(source: ExternalSource): SourceVariant {
  return variantOf(source, {
    code: 'InvalidExternalSecret', message: 'a source of keys is none', next: 'use ExternalSource.extract, .find, .generatedBy or .generator',
  });
}

/**
 * What a manifest holds of a reference. The three strategies are written out: versions from 0.16 to 2.8 of the operator
 * write them into the object where they are missing, and whoever compares it with the repository sees a change.
 */
export function remoteRefFields(ref: RemoteRef): object {
  return {
    key: ref.key,
    property: ref.property,
    version: ref.version,
    conversionStrategy: ref.conversionStrategy ?? RemoteConversionStrategy.DEFAULT,
    decodingStrategy: ref.decodingStrategy ?? RemoteDecodingStrategy.NONE,
    metadataPolicy: ref.metadataPolicy ?? RemoteMetadataPolicy.NONE,
    nullBytePolicy: ref.nullBytePolicy,
  };
}
