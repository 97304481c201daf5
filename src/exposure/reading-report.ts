import type { ExposedSecret } from './exposed-secrets';
import type { GraphNode } from './graph';
import type { ReadingWay } from './reading-way';
import type { Reading } from './readings';
import { FieldPath } from '../inspect/field-path';
import type { FindingPlace } from '../inspect/finding';
import { referenceTo, type Manifest } from '../inspect/model/manifest';

/** Who reads: a workload, a subject of RBAC, or an object whose controller does. */
export interface SecretReader {
  /**
   * For example `Deployment`, `ServiceAccount`, `User`, `Group` or `Ingress`.
   */
  readonly kind: string;

  /**
   * Its namespace.
   *
   * @default - it is in none, or its manifest names none
   */
  readonly namespace?: string;

  /**
   * Its name.
   */
  readonly name: string;
}

/**
 * One way in which somebody can read a Secret. Nothing in it ever holds text of a value.
 */
export interface SecretReading {
  /**
   * The name of the Secret.
   */
  readonly secretName: string;

  /**
   * Its namespace; `*` where it is made in several.
   *
   * @default - its manifest names none
   */
  readonly secretNamespace?: string;

  /**
   * The key that can be read.
   *
   * @default - all of them
   */
  readonly key?: string;

  /**
   * Who reads.
   */
  readonly reader: SecretReader;

  /**
   * How.
   */
  readonly way: ReadingWay;

  /**
   * The container that has it, init and ephemeral containers among them.
   *
   * @default - it is no container that reads
   */
  readonly container?: string;

  /**
   * The variable that holds it; it ends in `*` where the keys of the Secret are not known.
   *
   * @default - none
   */
  readonly variable?: string;

  /**
   * The file that holds it; it ends in `/*` where the keys of the Secret are not known.
   *
   * @default - none
   */
  readonly file?: string;

  /**
   * The mode of the file, as chmod has it: `0400`.
   *
   * @default - it is in no file, or the mode is not known
   */
  readonly mode?: string;

  /**
   * The number of the user that the file belongs to.
   *
   * @default - it is in no file, or the user is not known
   */
  readonly user?: number;

  /**
   * The number of the group that the file belongs to.
   *
   * @default - it is in no file, or the group is not known
   */
  readonly group?: number;

  /**
   * Whom the value comes through before it comes to the reader: the workload whose pods it can enter, the ServiceAccount that it can act as.
   */
  readonly through: SecretReader[];

  /**
   * Why, as a clause about the reader or its role: lower case, no full stop.
   */
  readonly why: string;

  /**
   * Where a manifest says so.
   *
   * @default - the cluster has it by itself: a role such as `edit`
   */
  readonly place?: FindingPlace;
}

/** What makes a Secret. */
export interface SecretMaker {
  /**
   * How it gets to the cluster: the name of a delivery (`manifest`, `sealed`, `external`, `csi`), or the kind of the resource that it is made of.
   */
  readonly delivery: string;

  /**
   * The operator that writes it.
   *
   * @default - none: whoever applies the manifest
   */
  readonly controller?: string;

  /**
   * Where the operator reads the values, like `ClusterSecretStore vault`.
   */
  readonly sources: string[];

  /**
   * The manifest.
   */
  readonly place: FindingPlace;
}

/** A Secret, and who makes it. */
export interface SecretOverview {
  /**
   * Its name.
   */
  readonly name: string;

  /**
   * Its namespace; `*` where it is made in several.
   *
   * @default - its manifest names none
   */
  readonly namespace?: string;

  /**
   * Its type.
   *
   * @default - not known
   */
  readonly type?: string;

  /**
   * Its keys, sorted.
   *
   * @default - not known
   */
  readonly keys?: string[];

  /**
   * Whether it can not be changed.
   */
  readonly immutable: boolean;

  /**
   * What makes it; empty where no manifest does.
   */
  readonly makers: SecretMaker[];
}

/** Takes values out of texts. */
export type Redaction = (text: string) => string;

/** A reading, for whoever asks. */
export function reportReading({ secret, reader, way, key, container, variable, path, mode, user, group, through, why = '', manifest, field }: Reading, redact: Redaction): SecretReading {
  const texts = { key, container, variable, file: path, mode };
  const given = Object.entries(texts).flatMap(([name, value]) => value === undefined ? [] : [[name, redact(value)]]);
  return {
    secretName: redact(secret.name),
    ...namespaceIn(secret.namespace, 'secretNamespace'),
    ...Object.fromEntries(given),
    reader: reportReader(reader, redact),
    way,
    ...user === undefined ? {} : { user },
    ...group === undefined ? {} : { group },
    through: through.map(node => reportReader(node, redact)),
    why: redact(why),
    ...manifest === undefined ? {} : { place: placeOf(manifest, field, redact) },
  };
}

/** A Secret, for whoever asks. */
export function reportSecret({ node, type, keys, immutable, makers }: ExposedSecret, redact: Redaction): SecretOverview {
  return {
    name: redact(node.name),
    ...namespaceIn(node.namespace, 'namespace'),
    ...type === undefined ? {} : { type: redact(type) },
    ...keys === undefined ? {} : { keys: [...keys].sort().map(redact) },
    immutable,
    makers: makers.map(({ manifest, delivery, controller, sources }) => ({
      delivery, ...controller === undefined ? {} : { controller }, sources: sources.map(redact), place: placeOf(manifest, undefined, redact),
    })),
  };
}

function reportReader({ kind, namespace, name }: GraphNode, redact: Redaction): SecretReader {
  return { kind: redact(kind), ...namespaceIn(namespace, 'namespace'), name: redact(name) };
}

function namespaceIn<N extends string>(namespace: string, field: N): { [field in N]?: string } {
  return (namespace === '' ? {} : { [field]: namespace }) as { [field in N]?: string };
}

function placeOf(manifest: Manifest, field: FieldPath = FieldPath.ROOT, redact: Redaction): FindingPlace {
  const location = manifest.source.locate?.([...manifest.segments, ...field.segments]);
  const { name, ...object } = referenceTo(manifest);
  return { object: { ...object, name: redact(name) }, path: redact(field.toString()), ...location === undefined ? {} : { location } };
}

