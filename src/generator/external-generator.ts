import { ApiObject, Chart, JsonPatch, type ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { type GeneratorSpec, generatorVariant } from './generator-spec';
import type { GeneratorVariant } from './generator-variant';
import type { IExternalGenerator } from '../delivery/external/external-source';
import { ExternalGeneratorKind } from '../delivery/external/generator-kind';
import { generatedKeys, GENERATORS, settingsField } from '../inspect/model/generators';
import { saidOf } from '../secret/construct-path';
import { IN_EACH_NAMESPACE, inNamespace } from '../store/store-references';

const VERSION = 'v1alpha1';

/**
 * Properties of `ExternalGenerator` and `ClusterGenerator`.
 */
export interface ExternalGeneratorProps {
  /**
   * What it makes, and how.
   */
  readonly spec: GeneratorSpec;

  /**
   * Name, namespace, labels and annotations.
   *
   * @default - a name made from the construct's path, in the namespace and with the labels of the chart
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * A generator of the External Secrets operator, for ExternalSecrets of its namespace. Each that names it gets values of its own.
 *
 * @example
 * const generator = new ExternalGenerator(this, 'DbPassword', { spec: GeneratorSpec.password() });
 * new Secret(this, 'Db', {
 *   data: { password: SensitiveValue.fromDelivery() },
 *   immutable: true,
 *   delivery: SecretDelivery.external({
 *     sources: [ExternalSource.generatedBy(generator)],
 *     refresh: ExternalRefresh.once(),
 *     creationPolicy: ExternalCreationPolicy.ORPHAN,
 *   }),
 * });
 *
 * @see https://external-secrets.io/latest/guides/generator/
 */
export class ExternalGenerator extends Construct implements IExternalGenerator {
  /**
   * Its name in the cluster.
   */
  public readonly generatorName: string;

  /**
   * The kind of its object.
   */
  public readonly generatorKind: ExternalGeneratorKind;

  /**
   * The kind that makes the values: the same.
   */
  public readonly madeBy: ExternalGeneratorKind;

  /**
   * The namespace that it serves.
   *
   * @default - not known: the namespace of whoever applies the manifest
   */
  public readonly generatorNamespace?: string;

  /**
   * The keys that it makes.
   *
   * @default - not known
   */
  public readonly generatedKeys?: string[];

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props what it makes
   * @throws InvalidGenerator, NamespaceMismatch for credentials of another namespace
   */
  constructor(scope: Construct, id: string, props: ExternalGeneratorProps) {
    super(scope, id);
    const variant = saidOf(this.node, () => generatorVariant(props.spec));
    const place = inNamespace(variant.kind.kind, props.metadata?.namespace ?? Chart.of(this).namespace);
    const spec = saidOf(this.node, () => variant.spec(place));
    const object = new ApiObject(this, 'Resource', { apiVersion: `${GENERATORS}/${VERSION}`, kind: variant.kind.kind, metadata: props.metadata, spec });
    this.generatorName = object.name;
    this.generatorKind = variant.kind;
    this.madeBy = variant.kind;
    this.generatorNamespace = object.metadata.namespace;
    this.generatedKeys = keysOf(variant, spec);
  }
}

/**
 * A generator of the External Secrets operator, for ExternalSecrets of any namespace. The Secrets and ServiceAccounts that it names must be
 * in the namespace of each.
 *
 * @see https://external-secrets.io/latest/api/generator/cluster/
 */
export class ClusterGenerator extends Construct implements IExternalGenerator {
  /**
   * Its name in the cluster.
   */
  public readonly generatorName: string;

  /**
   * The kind of its object.
   */
  public readonly generatorKind: ExternalGeneratorKind;

  /**
   * The kind that makes the values: the one that it wraps.
   */
  public readonly madeBy: ExternalGeneratorKind;

  /**
   * The keys that it makes.
   *
   * @default - not known
   */
  public readonly generatedKeys?: string[];

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props what it makes
   * @throws InvalidGenerator
   */
  constructor(scope: Construct, id: string, props: ExternalGeneratorProps) {
    super(scope, id);
    const variant = saidOf(this.node, () => generatorVariant(props.spec));
    const spec = saidOf(this.node, () => variant.spec(IN_EACH_NAMESPACE));
    const kind = ExternalGeneratorKind.CLUSTER_GENERATOR;
    const object = new ApiObject(this, 'Resource', {
      apiVersion: `${GENERATORS}/${VERSION}`,
      kind: kind.kind,
      metadata: props.metadata,
      spec: { kind: variant.kind.kind, generator: { [settingsField(variant.kind.kind)]: spec } },
    });
    if (object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    this.generatorName = object.name;
    this.generatorKind = kind;
    this.madeBy = variant.kind;
    this.generatedKeys = keysOf(variant, spec);
  }
}

/** The keys of what a generator makes, where they are known. */
function keysOf({ kind: { kind }, keys }: GeneratorVariant, spec: Readonly<Record<string, unknown>>): string[] | undefined {
  const known = keys ?? generatedKeys({ kind, spec });
  return known && [...known];
}
