import { EVERYWHERE, type ExposureGraph, type GraphNode } from './graph';
import type { Places } from './places';
import { ReadingWay } from './reading-way';
import { FieldPath } from '../inspect/field-path';
import type { Manifest } from '../inspect/model/manifest';
import { mirroredBy } from '../inspect/model/mirrors';
import { record, text } from '../inspect/model/untyped';
import { quote } from '../inspect/quote';

const ANNOTATIONS = FieldPath.ROOT.child('metadata').child('annotations');
const REFLECTOR = 'reflector.v1.k8s.emberstack.com/';
const REPLICATOR = 'replicator.v1.mittwald.de/';

/** A name of a namespace, and no pattern of several. */
const PLAIN = /^[a-z0-9-]+$/;

/**
 * Connects a Secret with its copies in other namespaces, which an operator makes because annotations say so.
 *
 * @see https://github.com/emberstack/kubernetes-reflector
 * @see https://github.com/mittwald/kubernetes-replicator
 */
export function connectCopies(secret: GraphNode, manifest: Manifest, graph: ExposureGraph, places: Places): void {
  const annotations = annotationsOf(manifest);
  const says = (annotation: string, operator: string) => ({ why: `${operator} copies it`, manifest, field: ANNOTATIONS.key(annotation) });

  const mirrored = manifest.kind === 'Secret' ? mirroredBy(manifest.metadata) : undefined;
  if (mirrored !== undefined) {
    const { annotation, operator, namespace = secret.namespace, name } = mirrored;
    graph.connect(places.secret(namespace, name), secret, ReadingWay.COPY, says(annotation, operator));
  }

  const isReflected = annotations[`${REFLECTOR}reflection-allowed`] === 'true';
  const isAuto = isReflected && annotations[`${REFLECTOR}reflection-auto-enabled`] === 'true';
  const wanted: [string, string, unknown][] = [
    ...isAuto ? [[`${REFLECTOR}reflection-auto-namespaces`, 'Reflector', annotations[`${REFLECTOR}reflection-auto-namespaces`]
      ?? annotations[`${REFLECTOR}reflection-allowed-namespaces`] ?? ''] as [string, string, unknown]] : [],
    ...annotations[`${REPLICATOR}replicate-to`] === undefined ? [] : [[`${REPLICATOR}replicate-to`, 'the replicator', annotations[`${REPLICATOR}replicate-to`]] as [string, string, unknown]],
  ];
  for (const [annotation, operator, value] of wanted) {
    const namespaces = text(value).split(',').map(entry => entry.trim()).filter(entry => entry !== '');
    for (const namespace of namespaces.filter(entry => PLAIN.test(entry) && entry !== secret.namespace)) {
      graph.connect(secret, places.secret(namespace, secret.name), ReadingWay.COPY, says(annotation, operator));
      graph.connect(secret, places.object('Namespace', '', namespace), ReadingWay.COPY, { ...says(annotation, operator), why: `${operator} copies it there`, ends: true });
    }
    const patterns = namespaces.filter(entry => !PLAIN.test(entry));
    if (patterns.length === 0 && namespaces.length > 0) continue;
    // which namespaces there are is not known, and it has the same name in each
    const name = patterns.length === 0 ? EVERYWHERE : patterns.join(',');
    graph.connect(secret, places.object('Namespace', '', name), ReadingWay.COPY, {
      ...says(annotation, operator), why: `${operator} copies it to ${patterns.length === 0 ? 'every namespace' : `namespaces like ${patterns.map(quote).join(', ')}`}`, ends: true,
    });
  }
}

/** The annotations of the Secret, or those that its operator gives it. */
function annotationsOf({ kind, raw, metadata }: Manifest): Record<string, unknown> {
  const spec = record(raw.spec);
  const template = kind === 'SealedSecret' ? spec.template : kind === 'Certificate' ? { metadata: spec.secretTemplate } : record(spec.target).template;
  return { ...kind === 'Secret' ? record(metadata.annotations) : {}, ...record(record(record(template).metadata).annotations) };
}
